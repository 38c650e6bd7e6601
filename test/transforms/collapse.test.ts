import { describe, expect, it } from 'vitest';
import { refactorNotebook } from '../../src/batch/refactor-notebook.js';
import { UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import { collapse } from '../../transforms/collapse.js';

/** The code of a notebook, cell by cell, before and after; a cell that starts with `#!` is Markdown. */
async function collapseCells(cells: readonly string[]) {
  const text = JSON.stringify({
    cells: cells.map((source) =>
      source.startsWith('#!')
        ? { cell_type: 'markdown', metadata: {}, source: source.slice(2) }
        : { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source },
    ),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
  });
  const result = await refactorNotebook({
    text,
    path: 'notebook.ipynb',
    transforms: [collapse],
    settings: { select: ['collapse'] },
    environment: UNKNOWN_ENVIRONMENT,
  });
  expect(result.broken).toEqual([]);
  const after = (JSON.parse(result.text) as { cells: { source: string }[] }).cells.map(
    ({ source }) => source,
  );
  return { after, codes: result.refusals.map(({ refusal }) => refusal.code), isSame: result.text === text };
}

const READ = "import pandas as pd\ndf = pd.read_csv('data.csv')";
const names = (count: number) =>
  Array.from({ length: count }, (_, i) => `n${i} = ${i === 0 ? 2 : `n${i - 1} + n${i - 1}`}`).join('\n');
const HEADING = '#!## Results';

describe('what dies is worth a function', () => {
  const isLeft = async (statement: string) =>
    (await collapseCells([READ, `x = ${statement}\nprint(x)`, HEADING, 'print(df)'])).isSame;

  it.each([
    'df.sum(axis=1)',
    'df.sample(frac=0.5)',
    'df.sample(int(1e6))',
    "df.groupby('k').cumsum()",
    "df.set_index('day').resample('D').sum()",
    "df['a'].rolling(8).mean()",
    "df[df['a'] > 0]",
    "df.pivot_table(index='k', columns='a', values='b')",
    "df.pivot_table(index='k', columns='a', values='b').corr()",
    'df.T.mean()',
    'df.transpose().describe()',
    'df.head().sample(10000000, replace=True)',
  ])('%s', async (statement) => {
    expect(await isLeft(statement)).toBe(false);
  });

  it.each([
    ['a count that is told by itself', 'n = n * 2', 'np.zeros(n)'],
    ['counts that are told by each other', 'a = b\nb = a', 'np.zeros(a)'],
    ['more names than are followed', names(40), 'np.zeros(n39)'],
    ['a count that is bound twice', 'n = 5\nn = 10 ** 8', 'np.zeros(n)'],
    ['an array of parameters', 'lam = np.ones(10000000)', 'np.random.poisson(lam)'],
    ['arguments that are not written out', "a = {'size': 10000000}", 'pd.Series(np.random.poisson(3, **a))'],
    ['what another module has', 'from mymod import ratings', 'pd.DataFrame(ratings)'],
    ['an end that has a name', '', 'np.arange(0, stop=10000000)'],
    ['a grid', '', 'np.mgrid[0:3000, 0:3000] + np.ones(1)'],
    ['pairs of labels in their places', '', 'pd.DataFrame(0, range(3000), range(3000))'],
    ['pairs of labels', '', 'pd.DataFrame(0, index=range(3000), columns=range(3000))'],
    [
      'a text of a file',
      "with open('a.txt') as f:\n    text = f.read()",
      "pd.DataFrame({'w': text.split()})",
    ],
    [
      'a function that sees what its caller does not',
      'y = list(range(10000000))\ndef f(a): return [a] + y',
      'pd.DataFrame([f(y) for y in [1, 2]])',
    ],
    [
      'functions that call each other over and over',
      Array.from(
        { length: 8 },
        (_, i) =>
          `def f${i}(x): return ${i === 0 ? 'pd.Series(x)' : `pd.concat([f${i - 1}(x), f${i - 1}(x)])`}`,
      ).join('\n'),
      'f7([1, 2])',
    ],
  ])('nobody knows how large: %s', async (_, before, made) => {
    const head = `import numpy as np\nimport pandas as pd\n${before}`;
    const cells = [head, `x = ${made}\nprint(x)`, HEADING, 'print(1)'];
    expect(await collapseCells(cells)).toMatchObject({ isSame: false, codes: [] });
  });

  it.each([
    'df.sum()',
    'df.sample(10)',
    'df.head()',
    "df.groupby('k')['b'].sum().sort_values()",
    "df.groupby('k').agg({'b': 'sum'}).reset_index()",
    "df['k'].value_counts()",
    'df.corr()',
    "pd.DataFrame(df.groupby('k')['b'].mean())",
    "pd.crosstab(df['k'], df['a'])",
    "df.pivot_table(index='k', values='b')",
  ])('and not that of few values: %s', async (statement) => {
    expect(await isLeft(statement)).toBe(true);
  });
});

describe('leaves alone', () => {
  it.each([
    ['no data', ['x = 1', 'y = x + 1']],
    [
      'a number that was made of data',
      ['import pandas as pd', "n = len(pd.read_csv('data.csv'))", 'print(n)'],
    ],
    ['data that nothing reads: it is what the user wanted', [READ]],
    [
      'data that a function reads that is called later',
      ['def f():\n    return len(df)', READ, 'print(len(df))', HEADING, 'print(f())'],
    ],
    ['data whose every name exec may read', [READ, 'n = len(df)', "exec('print(df)')"]],
  ])('%s', async (_, cells) => {
    expect((await collapseCells(cells)).isSame).toBe(true);
  });

  it.each([
    ['pinned', 'a column that is kept', "column = df['a']"],
    ['pinned', 'a list that is kept', 'both = [df, 1]'],
    ['maybe-unbound', 'a name that is bound on some paths', 'if len(df) > 2:\n    both = 1'],
    ['top-level-only', 'an annotation without a value', 'both: int\nboth = len(df)'],
    [
      'frame-lookup',
      'names that a query looks up from a lambda',
      "u = 1\nboth = df.a.map(lambda v: df.query('a > @u'))",
    ],
    ['magic', 'a magic between', '%time both = len(df)'],
    [
      'late-import',
      'an import behind what it may depend on',
      "import sys\nsys.path.append('x')\nimport mine\nboth = len(df)",
    ],
    ['may-be-none', 'a value that may be None, on a line with others', "n = 1; getattr(df, 'head')()"],
    ['lifetime', 'what ends when it dies', "both = open('log.txt')\nprint(len(df))"],
    ['nested-import', 'an import in a block', 'if len(df):\n    import json as both\nelse:\n    both = 1'],
  ])('%s: %s', async (code, _, cell) => {
    const { isSame, codes } = await collapseCells([READ, cell, HEADING, 'print(both if True else column)']);
    expect(isSame).toBe(true);
    expect(codes).toContain(code);
  });
});

describe('the function', () => {
  it.each([
    ['is handed what it reads and then binds', 'n = n + len(df)', 'def compute_n(n):', 'n = compute_n(n)'],
    [
      'is handed what it binds on some paths only',
      'if len(df) > 9:\n    n = 1',
      'def compute_n(n):',
      'n = compute_n(n)',
    ],
    ['is not handed what it binds first', 'n = len(df)', 'def compute_n():', 'n = compute_n()'],
    [
      'is not handed a function or a module',
      'n = len(pd.concat([df, df]))',
      'def compute_n():',
      'n = compute_n()',
    ],
  ])('%s', async (_, cell, head, call) => {
    const { after } = await collapseCells(['n = 0', HEADING, READ, cell, HEADING, 'print(n)']);
    const lines = after[2]?.split('\n') ?? [];
    expect(lines).toContain(head);
    expect(lines.at(-1)).toBe(call);
  });

  it('shows what its cells showed, and leaves bare what is None', async () => {
    const { after } = await collapseCells([
      READ,
      'df.head()',
      'df.info()',
      'df.tail();',
      'len(df), 1',
      'n = len(df)',
      HEADING,
      'print(n)',
    ]);
    expect(after[0]).toContain(
      '\n    display(df.head())\n\n    df.info()\n\n    df.tail();\n\n    display((len(df), 1))\n',
    );
  });

  it.each([
    [
      'a name that a block binds for its own use',
      ['if len(df) > 1:\n    row = df.iloc[0]\n    print(row)', 'n = len(df)'],
    ],
    ['a name that held something before of which nobody knows that it is data', ['g = len(df)\nn = g + 1']],
  ])('takes %s along', async (_, cells) => {
    const { codes, isSame } = await collapseCells([
      'g = make()',
      HEADING,
      READ,
      ...cells,
      HEADING,
      'print(n)',
    ]);
    expect([codes, isSame]).toEqual([[], false]);
  });
});
