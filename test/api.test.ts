import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { refactor, transforms, UserError } from '../src/api.js';
import { temporaryDirectory, writeExample } from './cli/run-cli.js';

it('gives back the very same text where nothing is to be changed', async () => {
  const text = await writeExample(await temporaryDirectory());
  const { text: after, changes } = await refactor(text, { transforms: [] });
  expect([after, changes]).toEqual([text, []]);
});

it('refactors as the command line does, and writes nothing', async () => {
  const directory = await temporaryDirectory();
  const text = await writeExample(directory);
  const path = join(directory, 'btc.ipynb');
  const result = await refactor(text, { path, tier: 'lossy' });
  expect(result.changes.map(({ transform }) => transform)).toContain('collapse');
  expect(result.text).not.toBe(text);
  expect(await readFile(path, 'utf8')).toBe(text);
  const ids = transforms.map(({ id }) => id);
  expect((await refactor(text, { path, ignore: ids })).text).toBe(text);
});

it('rejects what is no notebook with a UserError', async () => {
  await expect(refactor('{}')).rejects.toThrow(UserError);
});
