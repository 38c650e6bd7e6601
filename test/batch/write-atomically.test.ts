import { chmod, lstat, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { readText } from '../../src/batch/read-text.js';
import { writeAtomically } from '../../src/batch/write-atomically.js';

let root: string;
let path: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'nbslim-write-'));
  path = join(root, 'n.ipynb');
});

it('leaves a file alone that has changed since it was read, and nothing beside it', async () => {
  await writeFile(path, 'saved in Jupyter meanwhile');
  await expect(writeAtomically(path, 'new', 'old')).rejects.toThrow('was changed while nbslim was at work');
  expect(await readFile(path, 'utf8')).toBe('saved in Jupyter meanwhile');
  expect(await readdir(root)).toEqual(['n.ipynb']);
});

it('does not write over a directory', async () => {
  await expect(writeAtomically(root, 'new')).rejects.toThrow(`${root}: this is a directory, not a file`);
});

it('says that there is no such directory', async () => {
  const nowhere = join(root, 'none', 'n.ipynb');
  await expect(writeAtomically(nowhere, 'new')).rejects.toThrow(
    `${nowhere}: there is no such file or directory`,
  );
});

it.each([0o600, 0o644, 0o666, 0o755])('keeps the mode %o', async (mode) => {
  await writeFile(path, 'old');
  await chmod(path, mode);
  await writeAtomically(path, 'new', 'old');
  expect((await stat(path)).mode & 0o7777).toBe(mode);
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('writes through a symbolic link, which stays one', async () => {
  const link = join(root, 'link.ipynb');
  await writeFile(path, 'old');
  await symlink('n.ipynb', link);
  await writeAtomically(link, 'new', 'old');
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('makes a file that is not there yet', async () => {
  await writeAtomically(path, 'new');
  expect(await readdir(root)).toEqual(['n.ipynb']);
});

it('gives back every byte of what was read: byte order mark, line ends, all planes', async () => {
  const bytes = Buffer.from('\uFEFF{"a": "é\u2028😀"}\r\n');
  await writeFile(path, bytes);
  await writeAtomically(path, await readText(path));
  expect(await readFile(path)).toEqual(bytes);
});

it('refuses to read what is not UTF-8', async () => {
  await writeFile(path, Buffer.from([0x7b, 0xff, 0x7d]));
  await expect(readText(path)).rejects.toThrow('the file is not UTF-8 text');
});
