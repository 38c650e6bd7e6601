import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { notebookText, runCli, temporaryDirectory, writeExample } from './run-cli.js';

let cwd: string;
let before: string;
const read = (name: string) => readFile(join(cwd, name), 'utf8');

beforeEach(async () => {
  cwd = await temporaryDirectory();
  before = await writeExample(cwd);
});

describe('where the result goes', () => {
  it('writes nothing without being told to, shows what would change, and says so', async () => {
    const { code, stdout, stderr } = await runCli(['refactor', 'btc.ipynb'], { cwd });
    expect(stdout).toContain('btc.ipynb:cell ');
    expect(stderr).toContain('This was a dry run, nothing was written');
    expect(code).toBe(1);
    expect(await read('btc.ipynb')).toBe(before);
    expect(await readdir(cwd)).toEqual(['btc.csv', 'btc.ipynb']);
  });

  it('writes the same into a file, in place, and to standard output', async () => {
    const toFile = await runCli(['refactor', 'btc.ipynb', '-o', 'out.ipynb'], { cwd });
    const after = await read('out.ipynb');
    expect(after).not.toBe(before);
    expect([toFile.code, toFile.stdout]).toEqual([0, '']);
    expect(toFile.stderr).toMatch(/^btc\.ipynb: \d+ changes?, written to out\.ipynb; by the memory model /);

    const piped = await runCli(['refactor', '-', '-o', '-'], { cwd, stdin: before });
    expect([piped.code, piped.stdout]).toEqual([0, after]);

    const inPlace = await runCli(['refactor', '.', '--write', '-q'], { cwd });
    expect(inPlace).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await read('btc.ipynb')).toBe(after);
  });

  it('leaves alone what is known to save less than it was told', async () => {
    const large = await runCli(['refactor', 'btc.ipynb', '--check', '--min-saving', '1GiB'], { cwd });
    expect(large.code).toBe(0);
    expect(large.stderr).toContain('(too-small): It would save at most ');
    await writeFile(join(cwd, 'nbslim.toml'), 'min-saving = "1 GB"\n');
    expect((await runCli(['refactor', 'btc.ipynb', '--check'], { cwd })).code).toBe(0);
    expect((await runCli(['refactor', 'btc.ipynb', '--check', '--min-saving', '0'], { cwd })).code).toBe(1);
    const wrong = await runCli(['refactor', 'btc.ipynb', '--min-saving', 'much'], { cwd });
    expect([wrong.code, wrong.stderr.includes('It must be a size')]).toEqual([2, true]);
  });

  it('finds nothing more in its own result', async () => {
    await runCli(['refactor', 'btc.ipynb', '--write'], { cwd });
    const again = await runCli(['refactor', 'btc.ipynb', '--check'], { cwd });
    expect(again.stderr).toContain('btc.ipynb: nothing to change');
    expect([again.code, again.stdout]).toEqual([0, '']);
  });

  it('copies a notebook without a change byte for byte', async () => {
    const plain = notebookText('1 + 1');
    await writeFile(join(cwd, 'plain.ipynb'), `\uFEFF${plain}`);
    const { code } = await runCli(['refactor', 'plain.ipynb', '-o', 'copy.ipynb'], { cwd });
    expect(code).toBe(0);
    expect(await read('copy.ipynb')).toBe(`\uFEFF${plain}`);
  });
});

describe('--check and --diff', () => {
  it('--check prints nothing and ends with 1', async () => {
    const { code, stdout } = await runCli(['refactor', 'btc.ipynb', '--check'], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(await read('btc.ipynb')).toBe(before);
  });

  it('--diff-format patch is what git apply takes', async () => {
    const { code, stdout } = await runCli(['refactor', 'btc.ipynb', '--diff', '--diff-format', 'patch'], {
      cwd,
    });
    expect(code).toBe(1);
    await runCli(['refactor', 'btc.ipynb', '-o', 'out.ipynb'], { cwd });
    execFileSync('git', ['apply'], { cwd, input: stdout });
    expect(await read('btc.ipynb')).toBe(await read('out.ipynb'));
  });

  it('--diff-format json is one array, empty where nothing changes', async () => {
    const changed = await runCli(['refactor', '.', '--diff-format', 'json'], { cwd });
    expect(JSON.parse(changed.stdout)).toMatchObject([{ notebook: 'btc.ipynb' }]);
    await writeFile(join(cwd, 'btc.ipynb'), notebookText('1 + 1'));
    const clean = await runCli(['refactor', '.', '--diff-format', 'json'], { cwd });
    expect([clean.code, JSON.parse(clean.stdout)]).toEqual([0, []]);
  });

  it('--output-format json tells everything on standard output, and nothing on the other', async () => {
    const { code, stdout, stderr } = await runCli(
      ['refactor', 'btc.ipynb', '--diff', '--output-format', 'json'],
      { cwd },
    );
    expect([code, stderr]).toEqual([1, '']);
    const report = JSON.parse(stdout);
    expect(report.total).toMatchObject({ notebooks: 1, changed: 1, failed: 0 });
    expect(report.notebooks[0].changes.length).toBeGreaterThan(0);
    expect(report.notebooks[0].diff.length).toBeGreaterThan(0);
    expect(report.notebooks[0].memory.before.peak).toBeGreaterThan(report.notebooks[0].memory.after.peak);
  });
});

describe('many notebooks', () => {
  it('goes on behind one that cannot be read, and ends with 2', async () => {
    await mkdir(join(cwd, 'deep'));
    await writeFile(join(cwd, 'a-broken.ipynb'), '{"cells": [');
    await writeFile(join(cwd, 'deep', 'plain.ipynb'), notebookText('1 + 1'));
    const { code, stdout, stderr } = await runCli(['refactor', '.', 'none', '--write'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('nbslim: none: there is no such file or directory\n');
    expect(stderr).toContain('nbslim: a-broken.ipynb: not valid JSON: line 1, column 12');
    expect(stderr).toContain('deep/plain.ipynb: nothing to change\n');
    expect(stderr).toContain('4 notebooks: 1 changed, 1 unchanged, 2 failed');
    expect(await read('btc.ipynb')).not.toBe(before);
    expect(await read('a-broken.ipynb')).toBe('{"cells": [');
  });

  it('does the same in several processes as in one', async () => {
    for (const name of ['a.ipynb', 'b.ipynb', 'c.ipynb']) await writeExample(cwd, name);
    await writeFile(join(cwd, 'd.ipynb'), 'not a notebook');
    for (const args of [['--diff'], ['--diff-format', 'json'], ['--check', '--output-format', 'json']]) {
      const [one, two] = await Promise.all(
        ['1', '2'].map((jobs) => runCli(['refactor', cwd, '-j', jobs, ...args])),
      );
      expect(two).toEqual(one);
      expect(two?.code).toBe(2);
    }
    const written = await runCli(['refactor', cwd, '-j', '2', '--write']);
    expect(written.code).toBe(2);
    expect(await readFile(join(cwd, 'c.ipynb'), 'utf8')).toContain('def ');
  });

  it('says that there are none', async () => {
    await mkdir(join(cwd, 'empty'));
    const { code, stderr } = await runCli(['refactor', 'empty', '--check'], { cwd });
    expect([code, stderr]).toEqual([0, 'nbslim: no notebooks found in empty\n']);
  });
});

describe('what is chosen', () => {
  it('leaves out a change by its id', async () => {
    const report = async (...args: string[]) =>
      JSON.parse(
        (await runCli(['refactor', 'btc.ipynb', '--output-format', 'json', ...args], { cwd })).stdout,
      ).notebooks[0].changes.map(({ id }: { id: string }) => id) as string[];
    const all = await report();
    const [first] = all;
    if (first === undefined) throw new Error('nothing was changed');
    expect(await report('--leave-out', first)).not.toContain(first);
    expect(await report('--ignore', 'dtype,collapse,category-map,inplace')).toEqual([]);
  });

  it('takes the nearest configuration upward, and the command line above it', async () => {
    await writeFile(join(cwd, 'pyproject.toml'), '[tool.nbslim]\nignore = ["dtype", "collapse"]\n');
    await mkdir(join(cwd, 'sub'));
    await writeExample(join(cwd, 'sub'));
    const inherited = await runCli(['refactor', 'sub', '--check'], { cwd });
    expect(inherited.code).toBe(0);
    const selected = await runCli(['refactor', 'sub', '--check', '--select', 'dtype,collapse'], { cwd });
    expect(selected.code).toBe(1);
    await writeFile(join(cwd, 'sub', 'nbslim.toml'), '');
    const nearer = await runCli(['refactor', 'sub', '--check'], { cwd });
    expect(nearer.code).toBe(1);
  });

  it.each([
    ['nbslim.toml', 'slect = ["dtype"]', "nbslim.toml: unknown key 'slect'; there are select, ignore, "],
    [
      'nbslim.toml',
      'min-saving = "little"',
      'nbslim.toml: \'min-saving\' must be a size like "500KB", not "little"',
    ],
    ['nbslim.toml', 'headroom = "much"', 'nbslim.toml: \'headroom\' must be number, not "much"'],
    ['nbslim.toml', 'lossy =', 'nbslim.toml:1:8: not valid TOML'],
    ['nbslim.toml', 'ignore = ["x"]', "nbslim.toml: there is no transform 'x'"],
    ['nbslim.toml', 'python = "./evil"', "'python' can be given on the command line only"],
    ['pyproject.toml', 'tool.nbslim.x = 1', "pyproject.toml, [tool.nbslim]: unknown key 'x'"],
  ])('%s with %s is an error', async (name, text, message) => {
    await writeFile(join(cwd, name), text);
    const { code, stdout, stderr } = await runCli(['refactor', 'btc.ipynb', '--write'], { cwd });
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
    expect(await read('btc.ipynb')).toBe(before);
  });
});

describe('the terminal', () => {
  it('gets colour only where it is one, or where asked', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    const colour = /\x1b\[/;
    const plain = await runCli(['refactor', 'btc.ipynb'], { cwd });
    expect(plain.stdout + plain.stderr).not.toMatch(colour);
    const asked = await runCli(['refactor', 'btc.ipynb', '--color', 'always'], { cwd });
    expect(asked.stdout).toMatch(colour);
    expect(asked.stderr).toMatch(colour);
  });

  it('does not mind a reader that goes away', async () => {
    const { code, stderr } = await runCli(['refactor', 'btc.ipynb', '--diff'], { cwd, closeStdout: true });
    expect(stderr).not.toContain('EPIPE');
    expect(code).toBe(1);
  });
});
