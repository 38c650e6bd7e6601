import { expect, it } from 'vitest';
import { refactor } from '../../src/api.js';
import { notebookOf } from '../notebook-of.js';

const HEAD = "import pandas as pd\nnames = ['a.csv', 'b.csv']";
const FILLED = 'parts = []\nfor name in names:\n    parts.append(pd.read_csv(name))';

const both = (notebook: string) =>
  refactor(notebook, { path: 'in.ipynb', select: ['collapse', 'free-parts'], minSaving: 0 });

it('frees a list before the end of a function that makes it', async () => {
  const { text, changes } = await both(
    notebookOf(HEAD, `${FILLED}\ndf = pd.concat(parts)\nprint(df.shape)`, 'df.describe()'),
  );
  expect(changes.map(({ transform }) => transform)).toEqual(['collapse', 'free-parts']);
  expect(text).toContain('df = pd.concat(parts)\\n    del parts\\n    print(df.shape)');
});

it('frees no list in a function that gets it from outside, where it would live on', async () => {
  const { text, changes, refusals } = await both(
    notebookOf(
      HEAD,
      FILLED,
      "df = pd.concat(parts)\nother = pd.read_csv('c.csv')\nprint(df.shape, other.shape)",
      'other.describe()',
    ),
  );
  expect(changes.map(({ transform }) => transform)).toEqual(['collapse']);
  expect(text).not.toContain('del parts');
  const lost = refusals.filter(({ transform }) => transform === 'free-parts');
  expect(lost.map(({ refusal }) => refusal.code)).toEqual(['conflict']);
});
