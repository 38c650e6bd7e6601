import type { Program } from '../../src/analysis/program.js';
import type { Read } from '../../src/analysis/reads.js';
import { UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import type { Change, ReadEvidence } from '../../src/refactor/contract.js';
import type { PlacedRefusal, PlannedChange, Refactoring } from '../../src/refactor/refactoring.js';

const cell = (source: string) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
});

const file = (...sources: string[]) =>
  JSON.stringify({ cells: sources.map(cell), metadata: {}, nbformat: 4, nbformat_minor: 4 });

export const BEFORE = file("df = pd.read_csv('a.csv')", 'df = df.dropna()', 'df.a.max()');
export const AFTER = file(
  "df = pd.read_csv('a.csv', dtype={'a': 'int8'})\ndf.dropna(inplace=True)",
  'df.a.max()',
);

export function planned(
  id: string,
  more: Partial<Omit<PlannedChange, 'change'>> & { change?: Partial<Change> },
): PlannedChange {
  return {
    id,
    transform: id.split('-')[0] ?? '',
    place: { cell: 1, line: 1, column: 6 },
    tier: 'safe',
    saving: null,
    ...more,
    change: {
      type: 'change',
      at: { kind: 'Pass' } as never,
      summary: `summary of ${id}`,
      reason: `Reason of ${id}.`,
      effect: 'none',
      assumes: ['code'],
      intents: [],
      adjustments: [],
      ...more.change,
    },
  };
}

export function refusal(code: string, cell: number): PlacedRefusal {
  return {
    transform: 'inplace',
    refusal: { type: 'refusal', code, why: `Why ${code} in ${cell}.`, at: { kind: 'Pass' } as never },
    place: { cell, line: 2, column: 1 },
  };
}

/** Two cells became one, by two changes; the reports ask for nothing of the program but its notebook. */
export function refactoring(more: Partial<Refactoring> = {}): Refactoring {
  return {
    program: { notebook: readNotebook(BEFORE, 'n.ipynb') } as Program,
    evidence: new Map(),
    options: { environment: UNKNOWN_ENVIRONMENT } as Refactoring['options'],
    changes: [
      planned('dtype-1', {
        saving: { peak: 2 << 20, held: 1 << 20, meanwhile: 0 },
        change: { effect: 'types' },
      }),
      planned('inplace-2', {
        saving: { peak: 0, held: 4096, meanwhile: 0 },
        place: { cell: 2, line: 1, column: 1 },
      }),
    ],
    withheld: [],
    refusals: [],
    broken: [],
    text: AFTER,
    cellMap: [
      { before: [1, 2], after: [1], changes: ['dtype-1', 'inplace-2'] },
      { before: [3], after: [2], changes: [] },
    ],
    timelines: {
      combination: 'E6',
      before: [
        { statement: 0, held: 4 << 20, peak: 8 << 20 },
        { statement: 1, held: 4 << 20, peak: 4 << 20 },
      ],
      after: [{ statement: 0, held: 3 << 20, peak: 6 << 20 }],
    },
    ...more,
  };
}

export function withoutData(): Refactoring {
  const evidence: ReadEvidence = { type: 'unknown', code: 'no-file', why: 'There is no a.csv.' };
  const read = { path: 'a.csv' } as Read;
  const change = planned('dtype-1', {});
  const adjustments = [{ type: 'column-dtype', read, column: 'a', dtype: 'int8' }] as const;
  return refactoring({
    evidence: new Map([[read, evidence]]),
    changes: [{ ...change, change: { ...change.change, adjustments } }],
    timelines: null,
  });
}
