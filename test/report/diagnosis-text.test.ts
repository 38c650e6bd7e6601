import { expect, it } from 'vitest';
import type { Diagnosis, ModelledObject } from '../../src/report/diagnosis.js';
import { formatDiagnosis } from '../../src/report/diagnosis-text.js';
import { colours } from '../../src/text/colour.js';
import { measuredRun } from './html-notebooks.js';

const plain = colours({ colour: false });

const pin = (name: string, through: string | null = null, to: number | null = null) => ({
  name,
  through,
  from: 2,
  to,
});

const object: ModelledObject = {
  kind: 'DataFrame',
  bytes: 3 << 20,
  isPart: false,
  source: 'a.csv',
  columns: 'all',
  code: "pd.read_csv('a.csv')",
  place: { cell: 2, line: 1, column: 6 },
  from: 2,
  to: null,
  lastUse: 3,
  pins: [pin('df')],
};

function diagnosis(objects: readonly ModelledObject[], more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    version: 1,
    path: 'n.ipynb',
    model: {
      environment: 'pandas 3.1.1 with pyarrow',
      environmentIsKnown: true,
      peak: 9 << 20,
      peakCell: 2,
      held: 3 << 20,
      after: { peak: 1 << 20, held: 0 },
      cells: [
        { cell: 2, peak: 9 << 20, held: 3 << 20 },
        { cell: 3, peak: 3 << 20, held: 3 << 20 },
        { cell: 5, peak: 3 << 20, held: 3 << 20 },
      ],
      objects,
    },
    measured: null,
    changes: [],
    unknownData: [],
    ...more,
  };
}

const linesOf = (told: Diagnosis): string[] => formatDiagnosis(told, plain).split('\n');

it('tells of each object how much, where, and by what', () => {
  const lines = linesOf(
    diagnosis([
      object,
      { ...object, isPart: true, to: 4, columns: ['b'], pins: [pin('Out[3]', null, 4)], code: 'df[\n  "b"]' },
      { ...object, to: 2, columns: ['b', 'c'], pins: [] },
    ]),
  );
  const at = lines.findIndex((line) => line.startsWith('What holds it'));
  expect(lines.slice(at + 2, at + 5).map((line) => line.trim().replace(/ {2,}/g, ' | '))).toEqual([
    '3.0 MiB | 2 to the end | df: DataFrame, all rows of a.csv | cell 3 | df',
    '≤ 3.0 MiB | 2 to 4 | `df[...`: DataFrame, some rows of a.csv, column b | cell 3 | Out[3] until cell 4',
    "3.0 MiB | 2 | `pd.read_csv('a.csv')`: DataFrame, all rows of a.csv, 2 columns | cell 3 | nothing: it lives while its statement runs",
  ]);
});

it('draws cells that need the same as one bar', () => {
  const bars = linesOf(diagnosis([object])).filter((line) => line.includes('█'));
  expect(bars.map((line) => line.replace(/[█░]+ */, '| '))).toEqual([
    '  cell 2     | 3.0 MiB, peak 9.0 MiB',
    '  cells 3-5  | 3.0 MiB, peak 3.0 MiB',
  ]);
});

it('leaves the rest to JSON where there is much, and says so', () => {
  const pins = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => pin(name, 'Series'));
  const text = formatDiagnosis(diagnosis(Array.from({ length: 23 }, () => ({ ...object, pins }))), plain);
  expect(text).toContain('d (Series that keeps it), and 2 more\n');
  expect(text).toContain('  and 3 smaller ones (--json has all)\n');
});

it('says where nothing is known, and what was measured all the same', () => {
  const run = { ...measuredRun(2), stoppedAt: { cell: 3, error: 'KeyError: \u001b[31m' } };
  const text = formatDiagnosis(
    diagnosis([], {
      model: null,
      measured: {
        run,
        objects: [
          { type: 'a.b.Frame', bytes: 1 << 20, heldAtEnd: 0, from: 1, to: 3, pins: [pin('x', null, 3)] },
        ],
      },
      unknownData: [{ path: null, code: 'no-path', why: 'It can\u202e be anything.' }],
    }),
    plain,
  );
  expect(text).toContain('n.ipynb: the memory is not known without running it (--run)\n');
  expect(text).toContain('It stops at cell 3: KeyError: \\x1b[31m\n');
  expect(text).toMatch(/1\.0 MiB +1 to 3 +0 bytes +x: Frame +x until cell 3\n/);
  expect(text).toContain('  a file that the code does not name: no path: It can\\u202e be anything.\n');
});
