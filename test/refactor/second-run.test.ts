import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refactor } from '../../src/api.js';
import { notebookOf } from '../notebook-of.js';

const ROWS = 900;

/** What is too small to be worth a change must be so behind what else is changed as well. */
const NOTEBOOKS: Readonly<Record<string, readonly string[]>> = {
  'a read that goes into a function': [
    'import pandas as pd',
    "df = pd.read_csv('data.csv')\ndf.head()",
    'young = df[df["age"] < 25]',
    'young["fare"].mean()',
  ],
  'a frame in place of itself, in a chain that goes into a function': [
    'import pandas as pd',
    "df = pd.read_csv('data.csv')\ndf.head()",
    "df = df.set_index('id')",
    'df = df.drop(columns="age")',
    'total = df["fare"].sum()',
    'print(total)',
  ],
  'a list that goes into a function': [
    'import pandas as pd',
    "df = pd.read_csv('data.csv')\ndf.head()",
    'hours = [f"{i:02d}" for i in range(24)]\nnames = [name for name in zip(hours, ["x" + str(i) for i in range(24)])]',
    'df.shape',
    'print(names)',
  ],
  'arrays of what a list was made into a generator for': [
    'import pandas as pd\nimport numpy as np',
    "features = pd.read_csv('data.csv')",
    'dates = [str(int(a)) for a, b in zip(features["age"], features["id"])]\ndates = [date.strip() for date in dates]',
    'labels = np.array(features["fare"])\nfeatures = features.drop("fare", axis=1)',
    'print(labels.mean(), len(dates))',
    'print(features.shape)',
  ],
  'arrays whose counts have names that become parameters': [
    'import pandas as pd\nimport numpy as np\nN = 40\nrng = np.random.RandomState(0)',
    'df = pd.DataFrame({"a": np.arange(N), "b": rng.rand(N)})\nprint(df.shape)',
    'big = pd.DataFrame({"c": np.zeros(10 ** 6), "n": N})\nprint(big.shape)',
    'small = np.arange(N * 3.0)\nprint(small.sum(), big.shape, rng.rand(1))',
    'more = np.ones(N)\nprint(more.sum())',
  ],
};

describe('a second run', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'nbslim-second-run-'));
  beforeAll(() => {
    const rows = Array.from({ length: ROWS }, (_, i) => `${i},${i % 80},${(i * 7) % 300}.5,c${i % 5}`);
    writeFileSync(path.join(directory, 'data.csv'), ['id,age,fare,class', ...rows, ''].join('\n'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(Object.entries(NOTEBOOKS))('changes nothing, whatever is too small: %s', async (_, sources) => {
    const notebook = notebookOf(...sources);
    const counts = new Set<number>();
    for (let minSaving = 256; minSaving < 1 << 20; minSaving *= 1.5) {
      const settings = { path: path.join(directory, 'in.ipynb'), tier: 'lossy', minSaving } as const;
      const first = await refactor(notebook, settings);
      counts.add(first.changes.length);
      const second = await refactor(first.text, settings);
      expect(second.changes.map(({ change }) => `${minSaving}: ${change.summary}`)).toEqual([]);
    }
    // Else nothing was ever too small, or all of it.
    expect(counts.size).toBeGreaterThan(1);
  });
});
