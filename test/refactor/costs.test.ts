import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refactor } from '../../src/api.js';
import { notebookOf } from '../notebook-of.js';

const ROWS = 900;
const CITIES = 100;
const COPIES = 6;

describe('what takes more at the peak', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'nbslim-costs-'));
  beforeAll(() => {
    const rows = Array.from({ length: ROWS }, (_, i) => `a long name of a city ${i % CITIES},${i}`);
    writeFileSync(path.join(directory, 'data.csv'), ['city,n', ...rows, ''].join('\n'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** They have few rows and, as a category, each city all the same. */
  const copies = Array.from({ length: COPIES }, (_, i) => `few${i} = df.head(3).copy()`).join('\n');
  const show = Array.from({ length: COPIES }, (_, i) => `len(few${i})`).join(', ');
  const narrowed = async (...sources: string[]) => {
    const notebook = notebookOf('import pandas as pd', "df = pd.read_csv('data.csv')", ...sources);
    const settings = { path: path.join(directory, 'in.ipynb'), minSaving: 0 };
    const { changes } = await refactor(notebook, settings);
    return changes.flatMap(({ change }) => (change.subject === 'city' ? change.summary : []));
  };

  it('is not proposed, even where it takes less at the end', async () => {
    const last = 'print(len(df), df["n"].max())';
    expect(await narrowed(last)).toEqual(["read 'city' as category"]);
    const deleted = Array.from({ length: COPIES }, (_, i) => `few${i}`).join(', ');
    expect(await narrowed(copies, `print(${show})\ndel ${deleted}`, last)).toEqual([]);
  });

  it('is proposed where it does save once the others are done', async () => {
    // What cells show is kept; what a function shows is not.
    const shown = Array.from({ length: COPIES }, () => 'df.head(3)');
    const last = 'print(len(df), df["n"].max())';
    expect(await narrowed(...shown, last)).toEqual(["read 'city' as category"]);
    expect(await narrowed(...shown, last, 'print(len(Out))')).toEqual([]);
  });
});
