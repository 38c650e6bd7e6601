import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { findNotebooks } from '../../src/batch/find-notebooks.js';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'nbslim-find-'));
  for (const path of [
    '.git/x.ipynb',
    '.hidden.ipynb',
    '.ipynb_checkpoints/a-checkpoint.ipynb',
    'node_modules/x.ipynb',
    'venv/pyvenv.cfg',
    'venv/share/x.ipynb',
    'a.ipynb',
    'B.ipynb',
    'b/c/d.ipynb',
    'b/data.csv',
  ]) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), '');
  }
  await symlink('..', join(root, 'b', 'circle'));
});

const names = async (...paths: string[]) =>
  (await findNotebooks(paths.map((path) => join(root, path)))).map(({ path }) => path.slice(root.length + 1));

it('leaves out what is hidden, what others installed, and circles', async () => {
  expect(await names('')).toEqual(['B.ipynb', 'a.ipynb', 'b/c/d.ipynb']);
});

it('takes what is named, in the order of the names, once', async () => {
  expect(await names('b/data.csv', '.hidden.ipynb', 'b', 'b/c/d.ipynb', 'a.ipynb')).toEqual([
    'b/data.csv',
    '.hidden.ipynb',
    'b/c/d.ipynb',
    'a.ipynb',
  ]);
});

it('says what leads nowhere and goes on', async () => {
  const found = await findNotebooks([join(root, 'none'), join(root, 'a.ipynb')]);
  expect(found).toEqual([
    {
      type: 'problem',
      path: join(root, 'none'),
      error: expect.objectContaining({
        message: `${join(root, 'none')}: there is no such file or directory`,
      }),
    },
    { type: 'notebook', path: join(root, 'a.ipynb') },
  ]);
});
