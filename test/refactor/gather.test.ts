import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMBINATIONS, type Combination } from '../../src/environment/environment.js';
import { gatherWith } from '../../src/refactor/gather.js';
import { programOf } from './notebooks.js';

const folder = mkdtempSync(join(tmpdir(), 'nbslim-gather-'));
writeFileSync(join(folder, 'x.csv'), 'a,b\n1,x\n2,None\n');
writeFileSync(join(folder, 'x.tsv'), '1\tx\n2\ty\n');

async function gatherAll(source: string, combinations: readonly Combination[] = COMBINATIONS) {
  const program = programOf(`import pandas as pd\nimport numpy as np\n${source}`);
  const bytes: number[] = [];
  const evidence = await gatherWith((count) => bytes.push(count))(program.reads, {
    path: join(folder, 'notebook.ipynb'),
    environment: {
      versions: { python: null, pandas: null, numpy: null, pyarrow: null },
      origin: null,
      combinations,
    },
  });
  return { found: program.reads.map((read) => evidence.get(read)), bytes };
}

describe('gather', () => {
  it('profiles a file beside the notebook, and the same one once', async () => {
    const { found, bytes } = await gatherAll("x = pd.read_csv('x.csv')\ny = pd.read_csv('./x.csv')");
    expect(found.map((one) => one?.type)).toEqual(['profile', 'profile']);
    expect(found[0]).toBe(found[1]);
    expect(bytes.reduce((sum, count) => sum + count, 0)).toBe('a,b\n1,x\n2,None\n'.length);
  });

  it('tells the scan what the call says', async () => {
    const source =
      "x = pd.read_table('x.tsv', names=['n', 's'], index_col='n', dtype={'s': str, 'n': np.int8}, nrows=1)";
    const [one] = (await gatherAll(source)).found;
    if (one?.type !== 'profile') throw new Error(one?.why);
    expect(one.profile.rows).toBe(1);
    expect(one.profile.columns.map(({ name, isIndex, declared }) => [name, isIndex, declared])).toEqual([
      ['n', true, 'int8'],
      ['s', false, 'str'],
    ]);
  });

  it('knows from which version on None is a missing value', async () => {
    const kindOn = async (...combinations: Combination[]) => {
      const [one] = (await gatherAll("x = pd.read_csv('x.csv')", combinations)).found;
      if (one?.type !== 'profile') throw new Error('no profile');
      return [one.profile.columns[1]?.kind, one.profile.columns[1]?.missing];
    };
    expect(await kindOn('E1')).toEqual(['string', 0]);
    expect(await kindOn('E2', 'E6')).toEqual(['string', 1]);
    expect(await kindOn('E1', 'E6')).toEqual(['mixed', expect.anything()]);
  });

  it.each([
    ["pd.read_csv('nothing.csv')", 'no-file', 'nothing.csv'],
    ["pd.read_csv('https://example.org/x.csv')", 'remote', 'https://example.org/x.csv'],
    ["pd.read_csv('x.csv', thousands=',')", 'keyword', 'thousands'],
    ["pd.read_csv('x.csv', sep=separator)", 'keyword', 'sep'],
    ["pd.read_csv('x.csv', sep='::')", 'keyword', 'sep'],
    ["pd.read_csv('x.csv', dtype=types)", 'keyword', 'dtype'],
    ["pd.read_csv('x.csv', usecols=lambda c: True)", 'keyword', 'usecols'],
    ['pd.read_csv(path)', 'no-path', 'read_csv'],
  ])('%s is unknown: %s', async (source, code, text) => {
    const [one] = (await gatherAll(`x = ${source}`)).found;
    if (one?.type !== 'unknown') throw new Error(`it is ${one?.type}`);
    expect(one.code).toBe(code);
    expect(one.why).toContain(text);
    expect(one.why).toMatch(/[^.]\.$/);
  });
});
