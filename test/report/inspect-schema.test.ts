import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import { inspectionOfCell, inspectProgram } from '../../src/report/inspection.js';
import { formatDot } from '../../src/report/inspection-dot.js';
import { analyzeCells } from '../analysis/analyze-cells.js';

const schema = JSON.parse(readFileSync(new URL('../../docs/inspect.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const inspect = async (...cells: string[]) =>
  inspectProgram(await analyzeCells(...cells), UNKNOWN_ENVIRONMENT);

const NOTEBOOKS: readonly (readonly string[])[] = [
  [],
  ['print 1', 'exec("x")', '%%bash\nls'],
  [
    'import pandas as pd\nimport numpy as np\ndf = pd.read_csv("a.csv", usecols=["a", "b"])',
    'small = df[["a"]]\nprint(small.a.max())\ndf.describe()',
    'rows = [df]\nx = {}.get(1)\ndel rows\nnp.random.seed(1)\ndf.plot()\ndf.to_csv("b.csv")',
  ],
];

describe('the schema of what inspect says', () => {
  it.each(NOTEBOOKS.map((cells) => [cells]))('takes %j', async (cells) => {
    const inspection = await inspect(...cells);
    expect(validate(JSON.parse(JSON.stringify(inspection))), JSON.stringify(validate.errors)).toBe(true);
  });

  it('refuses what it does not know', async () => {
    const inspection = await inspect('x = 1');
    expect(validate({ ...inspection, more: 1 })).toBe(false);
    expect(validate({ ...inspection, schemaVersion: 2 })).toBe(false);
    expect(validate({ ...inspection, names: { x: 'integer' } })).toBe(false);
  });
});

it('tells which columns are asked for, and what asks for all', async () => {
  const { files, values } = await inspect(
    'import pandas as pd\ndf = pd.read_csv("a.csv")\nother = pd.read_csv("b.csv")',
    's = df["a"]\nprint(s.max(), df.b.sum())',
    'other.describe()\ny = None',
  );
  expect(files).toEqual([
    { cell: 1, function: 'read_csv', path: 'a.csv', columnsInUse: ['a', 'b'], allIn: null },
    {
      cell: 1,
      function: 'read_csv',
      path: 'b.csv',
      columnsInUse: 'all',
      allIn: { cell: 3, code: 'other.describe()' },
    },
  ]);
  expect(values['s']).toEqual({ none: 'never', columns: null, sharedWith: ['df'] });
  expect(values['y']).toEqual({ none: 'always', columns: null, sharedWith: [] });
});

it('speaks of one cell', async () => {
  const inspection = await inspect('a = 1', 'b = a');
  expect(inspectionOfCell(inspection, 2).cells.map(({ index }) => index)).toEqual([2]);
  expect(() => inspectionOfCell(inspection, 3)).toThrow(
    'cells.ipynb: there is no cell 3; the notebook has 2',
  );
});

describe('the graph', () => {
  const hasDot = spawnSync('dot', ['-V']).status === 0;

  it('leads from a cell over a name to the cell that reads it', async () => {
    expect(formatDot(await inspect('a = []', 'a.append(1)', 'a = 2\nprint(a)'))).toBe(`digraph "cells.ipynb" {
  rankdir=LR;
  node [fontname="sans-serif"];
  "cell 1" [shape=box];
  "a (1)" [label="a"];
  "cell 1" -> "a (1)";
  "cell 2" [shape=box];
  "a (1)" -> "cell 2";
  "cell 2" -> "a (1)" [style=dashed];
  "cell 3" [shape=box];
  "a (3)" [label="a"];
  "cell 3" -> "a (3)";
}
`);
  });

  it.skipIf(!hasDot)('is one for Graphviz', async () => {
    const input = formatDot({ ...(await inspect('a = 1', 'b = a')), path: 'an "odd" name\\.ipynb' });
    const { status, stderr } = spawnSync('dot', ['-Tsvg'], { input, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});
