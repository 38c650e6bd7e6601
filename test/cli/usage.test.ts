import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notebookText, runCli, temporaryDirectory } from './run-cli.js';

describe('bad usage ends with 2, says why on stderr, and prints nothing', () => {
  it.each([
    [[], 'Usage: nbslim'],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['refactor'], "missing required argument 'paths'"],
    [['refactor', 'a.ipynb', '--frobnicate'], "unknown option '--frobnicate'"],
    [['refactor', 'a.ipynb', '--write', '--check'], "option '--write' cannot be used with option '--check'"],
    [['refactor', 'a.ipynb', '-o', 'b.ipynb', '--diff'], 'cannot be used with'],
    [['refactor', 'a.ipynb', '--diff-format', 'html'], 'Allowed choices are cells, unified, patch, json'],
    [['refactor', 'a.ipynb', '--headroom', '0.5'], 'It must be a number of at least 1.'],
    [['refactor', 'a.ipynb', '--select', 'dtpye'], "there is no transform 'dtpye'; there are "],
    [['refactor', 'a.ipynb', '--reverse'], '--reverse needs --select inplace'],
    [['refactor', 'a.ipynb', '--reverse', '--select', 'inplace,dtype'], '--reverse needs --select inplace'],
    [['refactor', 'a.ipynb', '--float16'], '--float16 needs --unsafe'],
    [['refactor', 'a.ipynb', '--write', '--report', 'r.html'], '--report tells what was verified'],
    [['refactor', 'a.ipynb', 'b.ipynb', '-o', 'c.ipynb'], '-o takes one notebook, and there are 2 paths'],
    [['refactor', '-', 'a.ipynb'], 'standard input (-) stands alone'],
    [['refactor', '-', '--write'], 'standard input cannot be written in place'],
    [['refactor', 'none.ipynb'], 'none.ipynb: there is no such file or directory'],
    [['doctor', 'none.ipynb'], 'none.ipynb: there is no such file or directory'],
    [['inspect', 'none.ipynb'], 'none.ipynb: there is no such file or directory'],
    [['profile', 'none.csv'], 'none.csv cannot be read: there is no such file'],
    [['profile', 'a.csv', '--sep', '||'], 'It must be one ASCII character.'],
    [['explain', 'nothing'], "there is no transform 'nothing'"],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: await temporaryDirectory() });
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(stderr).not.toContain('    at ');
  });
});

it('prints the version', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  for (const flag of ['--version', '-V'])
    expect(await runCli([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('prints help, for every command too', async () => {
  const { code, stdout, stderr } = await runCli(['--help']);
  expect([code, stderr]).toEqual([0, '']);
  for (const name of ['refactor', 'verify', 'doctor', 'inspect', 'profile', 'list', 'explain']) {
    expect(stdout).toContain(`\n  ${name}`);
    const help = await runCli(['help', name]);
    expect(help).toEqual(await runCli([name, '--help']));
    expect(help.stdout).toContain(`Usage: nbslim ${name}`);
  }
});

it('lists every transform, and explains each', async () => {
  const { code, stdout } = await runCli(['list']);
  expect(code).toBe(0);
  const ids = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0] as string);
  expect(ids).toEqual(expect.arrayContaining(['dtype', 'category-map', 'inplace', 'collapse']));
  for (const id of ids) {
    const explained = await runCli(['explain', id]);
    expect(explained.code).toBe(0);
    expect(explained.stdout).toMatch(new RegExp(`^# ${id}: `));
    expect(explained.stdout.length).toBeGreaterThan(200);
  }
});

describe('profile', () => {
  it('prints a table, or JSON', async () => {
    const cwd = await temporaryDirectory();
    await writeFile(join(cwd, 'a.csv'), 'n;x\n1;0.5\n300;\n');
    const table = await runCli(['profile', 'a.csv', '--sep', ';'], { cwd });
    expect(table.stdout).toBe(
      [
        'a.csv: 15 bytes, 2 rows, 2 columns',
        '',
        'name  kind   missing  min  max  digits  float32?  distinct  type     needs',
        'n     int          0    1  300       1                      int64    int16',
        'x     float        1  0.5  0.5       1  exact               float64  float32',
        '',
      ].join('\n'),
    );
    const json = await runCli(['profile', 'a.csv', '--sep', ';', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      path: 'a.csv',
      rows: 2,
      columns: [
        { name: 'n', kind: 'int', min: 1, max: 300, type: 'int64', narrowest: 'int16', loss: 'none' },
        { name: 'x', kind: 'float', missing: 1, float32: true, narrowest: 'float32' },
      ],
    });
    expect([table.code, json.code]).toEqual([0, 0]);
  });
});

describe('inspect', () => {
  it('tells what each cell does', async () => {
    const cwd = await temporaryDirectory();
    const text = notebookText('import pandas as pd', 'a = [1]\na.append(2)', 'b = a\ndel a\nb');
    await writeFile(join(cwd, 'n.ipynb'), text);
    const { code, stdout, stderr } = await runCli(['inspect', 'n.ipynb', '--json'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      path: 'n.ipynb',
      nbformat: '4.5',
      cells: [
        { index: 1, type: 'code', id: 'cell-1', reads: [], writes: ['pd'], shows: null, opaque: null },
        { index: 2, reads: ['a'], writes: ['a'], mutates: ['a'], deletes: [], liveAfter: ['a'] },
        { index: 3, reads: ['a', 'b'], writes: ['b'], deletes: ['a'], shows: 'b', liveAfter: [] },
      ],
      names: { b: 'list', pd: 'module' },
    });
    const shown = await runCli(['inspect', '-'], { cwd, stdin: text });
    expect(shown.stdout).toContain('<stdin>:cell 2\n  reads        a\n');
    expect(shown.code).toBe(0);
  });
});
