import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatPatch } from '../../src/diff/patch.js';
import { UserError } from '../../src/errors/user-error.js';

let repository: string;

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'nbslim-patch-'));
  execFileSync('git', ['init', '-q'], { cwd: repository });
});

afterAll(() => {
  rmSync(repository, { recursive: true });
});

/** Writes `before`, runs the real `git apply` on the patch, and gives back what then stands in the file. */
function gitApply(path: string, before: string, after: string, directory = '.'): string {
  const cwd = join(repository, directory);
  const file = join(cwd, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, before);
  execFileSync('git', ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn', '-'], {
    cwd,
    input: formatPatch(path, before, after),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return readFileSync(file, 'utf8');
}

const BEFORE = '{\n "cells": [\n  {\n   "source": [\n    "a = 1\\n",\n    "b = 2"\n   ]\n  }\n ]\n}\n';
const AFTER = BEFORE.replace('b = 2', 'b = 3');

describe('formatPatch', () => {
  test('is empty for equal texts', () => {
    expect(formatPatch('a.ipynb', BEFORE, BEFORE)).toBe('');
  });

  test('looks as git writes it, but for the lines that only git can know', () => {
    expect(formatPatch('notes/a.ipynb', BEFORE, AFTER)).toBe(
      [
        '--- a/notes/a.ipynb',
        '+++ b/notes/a.ipynb',
        '@@ -3,7 +3,7 @@',
        '   {',
        '    "source": [',
        '     "a = 1\\n",',
        '-    "b = 2"',
        '+    "b = 3"',
        '    ]',
        '   }',
        '  ]',
        '',
      ].join('\n'),
    );
  });

  test.each([
    ['a plain file', BEFORE, AFTER],
    ['CRLF', BEFORE.replaceAll('\n', '\r\n'), AFTER.replaceAll('\n', '\r\n')],
    [
      'no newline at the end, the change far above it',
      BEFORE.trimEnd() + ' '.repeat(3),
      AFTER.trimEnd() + ' '.repeat(3),
    ],
    ['no newline at the end, the last line changed', 'a\nb\nc', 'a\nb\nd'],
    ['the newline at the end is lost', 'a\nb\n', 'a\nb'],
    ['a newline at the end is new', 'a\nb', 'a\nb\n'],
    ['the whole file is one line', '{"cells": [1]}', '{"cells": [2]}'],
    ['CRLF and no newline at the end', 'a\r\nb\r\nc', 'a\r\nb\r\nC'],
    ['a carriage return alone ends no line', 'a\rb\nc\n', 'a\rB\nc\n'],
    ['a byte order mark', `\ufeff${BEFORE}`, `\ufeff${AFTER}`],
    ['line separators that are no newlines', 'a\u2028b\u0085c\nx\n', 'a\u2028b\u0085d\nx\n'],
    ['lines that look like a patch', '--- a\n+++ b\n@@ -1 +1 @@\n', '--- a\n+++ c\n@@ -1 +1 @@\n'],
    ['all lines are gone', 'a\nb\n', ''],
  ])('git apply takes it: %s', (_, before, after) => {
    expect(gitApply('a.ipynb', before, after)).toBe(after);
  });

  test.each([
    'my notes/Chapter 1.ipynb',
    'notes/été – 日本語 🙂.ipynb',
    'quote".ipynb',
    'back\\slash.ipynb',
    'tab\there.ipynb',
    "it's [1].ipynb",
    'a 2024-01-01 10:00:00 +0000.ipynb',
    'b/a.ipynb',
  ])('git apply finds %s', (path) => {
    expect(gitApply(path, BEFORE, AFTER)).toBe(AFTER);
  });

  test('names are quoted as git quotes them', () => {
    const header = (path: string) => formatPatch(path, 'a\n', 'b\n').split('\n')[0];
    for (const path of ['été.ipynb', 'a b.ipynb', 'a"b.ipynb', 'a\\b.ipynb', 'plain.ipynb']) {
      writeFileSync(join(repository, path), 'a\n');
      execFileSync('git', ['add', path], { cwd: repository });
      writeFileSync(join(repository, path), 'b\n');
      const git = execFileSync('git', ['diff', '--', path], { cwd: repository, encoding: 'utf8' });
      expect(git.split('\n')).toContain(header(path));
    }
  });

  test('paths are relative to the directory that git apply runs in', () => {
    expect(gitApply('a.ipynb', BEFORE, AFTER, 'deep/below')).toBe(AFTER);
    expect(formatPatch('./x//./a.ipynb', 'a\n', 'b\n')).toContain('--- a/x/a.ipynb\n');
  });

  test('the patches of several notebooks are one patch', () => {
    const cwd = join(repository, 'several');
    mkdirSync(cwd);
    const names = ['1.ipynb', '2 b.ipynb', '3.ipynb'];
    for (const name of names) writeFileSync(join(cwd, name), name === '3.ipynb' ? 'a\n' : BEFORE);
    const input = names.map((name) => formatPatch(name, name === '3.ipynb' ? 'a\n' : BEFORE, AFTER)).join('');
    execFileSync('git', ['apply', '-'], { cwd, input, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const name of names) expect(readFileSync(join(cwd, name), 'utf8')).toBe(AFTER);
  });

  test.each(['/etc/a.ipynb', '../a.ipynb', 'x/../../a.ipynb', 'C:/a.ipynb'])(
    'no patch can name %s',
    (path) => {
      expect(() => formatPatch(path, 'a\n', 'b\n')).toThrow(UserError);
    },
  );

  test('git apply takes the patch of any two texts', () => {
    const text = fc
      .array(fc.constantFrom('', 'a', 'b', 'c\r', ' x', '-', '+', '\\ No newline at end of file'), {
        maxLength: 30,
      })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        // What has no text at all is a file that does not exist: that is no notebook.
        fc.pre(before !== after && before !== '');
        expect(gitApply('any.ipynb', before, after)).toBe(after);
      }),
      { numRuns: 60 },
    );
  });

  test('a notebook of 20 MB takes a second or so: by far not what a diff of all lines with all lines would', () => {
    const cell = (i: number, source: string, output: string) =>
      `  {\n   "cell_type": "code",\n   "id": "cell-${i}",\n   "outputs": [\n    {\n     "data": {\n      "text/html": [\n${output}\n      ],\n      "image/png": "${'iVBORw0KGgo'.repeat(3_000)}"\n     }\n    }\n   ],\n   "source": [\n    "${source}"\n   ]\n  }`;
    const row = (i: number) =>
      `       "    <tr>\\n",\n       "      <td>${i % 100}</td>\\n",\n       "    </tr>\\n"`;
    const output = Array.from({ length: 1_200 }, (_, i) => row(i)).join(',\n');
    const notebook = (change: (i: number) => string) =>
      `{\n "cells": [\n${Array.from({ length: 170 }, (_, i) => cell(i, change(i), output)).join(',\n')}\n ]\n}\n`;
    const before = notebook((i) => `x = ${i}`);
    const after = notebook((i) => (i % 20 === 3 ? `x = ${i}.0` : `x = ${i}`));
    // With all outputs cleared most lines are gone, and few of them are unique.
    const cleared = after.replace(/"outputs": \[[\s\S]*?\n {3}\]/g, '"outputs": []');
    expect(before.length).toBeGreaterThan(20_000_000);
    for (const changed of [after, cleared]) {
      // The fastest of three: other work on the machine only ever adds.
      let patch = '';
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        patch = formatPatch('a.ipynb', before, changed);
        return performance.now() - start;
      });
      expect(Math.min(...times)).toBeLessThan(4_000);
      writeFileSync(join(repository, 'a.ipynb'), before);
      execFileSync('git', ['apply', '-'], { cwd: repository, input: patch, stdio: ['pipe', 'pipe', 'pipe'] });
      expect(readFileSync(join(repository, 'a.ipynb'), 'utf8') === changed).toBe(true);
    }
  });
});
