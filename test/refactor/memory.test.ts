import { describe, expect, it } from 'vitest';
import type { Program, ProgramObject } from '../../src/analysis/program.js';
import type { Read } from '../../src/analysis/reads.js';
import type { ColumnProfile } from '../../src/data/column-profile.js';
import type { Call } from '../../src/python/ast.js';
import { findAll } from '../../src/python/walk.js';
import type { Adjustment, Evidence } from '../../src/refactor/contract.js';
import { SavingModel } from '../../src/refactor/memory/saving.js';
import { timeline } from '../../src/refactor/memory/timeline.js';
import type { Saving } from '../../src/refactor/refactoring.js';
import { changeOf, programOf, run, statement, transformOf } from './notebooks.js';

const ROWS = 1000;

function integers(name: string, position: number): ColumnProfile {
  return {
    name,
    position,
    isIndex: false,
    declared: null,
    count: ROWS,
    missing: 0,
    kind: 'int',
    mixedBecause: null,
    integers: { min: 0n, max: 100n, increasing: false },
    floats: null,
    strings: null,
  };
}

/** Of the read: a thousand rows of the integers a and b. */
function evidenceOf(read: Read): Evidence {
  const columns = [integers('a', 0), integers('b', 1)];
  return new Map([
    [
      read,
      {
        type: 'profile',
        profile: {
          type: 'csv-profile',
          path: 'x.csv',
          size: 1,
          sha256: '',
          rows: ROWS,
          header: ['a', 'b'],
          columns,
        },
      },
    ],
  ]);
}

interface Held {
  readonly statement: number;
  readonly held: ProgramObject['held'];
  readonly extent?: 'whole' | 'view' | 'part' | 'aggregate';
  readonly columns?: 'all' | readonly string[];
}

function callOf(program: Program, index: number): Call {
  const [call] = findAll(statement(program, index), 'Call');
  if (call === undefined) throw new Error('no call');
  return call;
}

/** A program of so many statements, the first of which reads, with these objects. */
function modelOf(
  count: number,
  objects: readonly Held[],
): { program: Program; read: Read; evidence: Evidence } {
  const lines = Array.from({ length: count }, (_, at) =>
    at === 0 ? "x = pd.read_csv('x.csv')" : `f(${at})`,
  );
  const bare = programOf(['import pandas as pd', ...lines].slice(1).join('\n'));
  const first = statement(bare, 0);
  if (first.kind !== 'Assign' || first.value.kind !== 'Call') throw new Error('no read');
  const call = first.value;
  const read: Read = {
    call,
    function: 'read_csv',
    path: 'x.csv',
    arguments: new Map(),
    unknown: null,
  };
  const program: Program = {
    ...bare,
    reads: [read],
    objects: objects.map(({ statement: made, held, extent = 'whole', columns = 'all' }) => ({
      kind: 'DataFrame',
      node: made === 0 ? call : callOf(bare, made),
      statement: made,
      data: { read, columns, extent },
      held,
      isHeld: held.length > 0,
    })),
  };
  return { program, read, evidence: evidenceOf(read) };
}

const FRAME = 2 * 8 * ROWS;

describe('timeline', () => {
  it('is null where no data are known', () => {
    const { program } = modelOf(1, [{ statement: 0, held: [{ name: 'x', from: 0, to: null }] }]);
    expect(timeline(program, new Map(), 'E1', [])).toBeNull();
  });

  it('adds what is held, what is made and what reading needs besides', () => {
    const { program, evidence } = modelOf(4, [
      { statement: 0, held: [{ name: 'x', from: 0, to: 2 }] },
      { statement: 1, held: [{ name: 'y', from: 1, to: null }], columns: ['a'] },
      { statement: 2, held: [{ name: 'x', from: 2, to: null }] },
      { statement: 3, held: [], extent: 'part' },
    ]);
    const expected = (overhead: number) => [
      { statement: 0, held: FRAME, peak: FRAME * (1 + overhead) },
      { statement: 1, held: 1.5 * FRAME, peak: 1.5 * FRAME },
      // The old frame dies when the new one has taken its name.
      { statement: 2, held: 1.5 * FRAME, peak: 2.5 * FRAME },
      { statement: 3, held: 1.5 * FRAME, peak: 2.5 * FRAME },
    ];
    expect(timeline(program, evidence, 'E1', [])).toEqual(expected(1));
    expect(timeline(program, evidence, 'E6', [])).toEqual(expected(2));
  });

  it('counts a frame that two names hold once, and a view not at all', () => {
    const { program, evidence } = modelOf(3, [
      {
        statement: 0,
        held: [
          { name: 'x', from: 0, to: 2 },
          { name: 'v', from: 1, to: null },
        ],
      },
      { statement: 1, held: [{ name: 'v', from: 1, to: null }], extent: 'view' },
    ]);
    expect(timeline(program, evidence, 'E4', [])?.map(({ held }) => held)).toEqual([FRAME, FRAME, FRAME]);
  });
});

describe('what an adjustment saves', () => {
  const { program, read, evidence } = modelOf(4, [
    { statement: 0, held: [{ name: 'x', from: 0, to: 2 }] },
    { statement: 2, held: [{ name: 'x', from: 2, to: null }] },
  ]);
  const environment = {
    versions: { python: null, pandas: null, numpy: null, pyarrow: null },
    origin: null,
    combinations: ['E1', 'E6'] as const,
  };
  const savings = new SavingModel(program, evidence, environment);
  const cases: [string, Adjustment, Saving][] = [
    [
      'a narrower column',
      { type: 'column-dtype', read, column: 'a', dtype: 'int8' },
      { peak: 14_000, held: 7000, meanwhile: 14_000 },
    ],
    [
      'fewer columns',
      { type: 'columns', read, columns: ['a'] },
      { peak: 16_000, held: 8000, meanwhile: 16_000 },
    ],
    ['fewer rows', { type: 'rows', read, rows: 100 }, { peak: 28_800, held: 14_400, meanwhile: 28_800 }],
    [
      'an earlier end',
      { type: 'dies-after', names: ['x'], statement: 3 },
      { peak: 0, held: 16_000, meanwhile: 16_000 },
    ],
    [
      'an end that no peak sees',
      { type: 'dies-after', names: ['x'], statement: 1 },
      { peak: 0, held: 0, meanwhile: 16_000 },
    ],
    // Reading is as much on E1, and more on E6.
    [
      'no copy',
      { type: 'no-copy', calls: [callOf(program, 2)], fraction: 1 },
      { peak: 0, held: 0, meanwhile: 16_000 },
    ],
    // On E1 the copy is the peak as well.
    [
      'less while reading',
      { type: 'read-memory', read, fraction: 0.5 },
      { peak: 0, held: 0, meanwhile: 8000 },
    ],
  ];
  it.each(cases)('%s: the least over the combinations', (_, adjustment, saving) => {
    expect(savings.savingOf([adjustment])).toEqual(saving);
  });

  it('is not known without adjustments, or for data that are not known', () => {
    expect(savings.savingOf([])).toBeNull();
    expect(savings.savingOf([{ type: 'dies-after', names: ['nobody'], statement: 3 }])).toBeNull();
    const other = { ...read };
    expect(savings.savingOf([{ type: 'columns', read: other, columns: [] }])).toBeNull();
  });

  it('decides what is proposed: nothing that is known to save nothing, unless it is asked for by name', () => {
    const useless = changeOf({
      at: statement(program, 1),
      summary: 'useless',
      adjustments: [{ type: 'column-dtype', read, column: 'a', dtype: 'int64' }],
      intents: [{ type: 'insertAfter', statement: statement(program, 1), code: ['del x'] }],
    });
    const useful = changeOf({
      at: statement(program, 3),
      summary: 'useful',
      adjustments: [{ type: 'dies-after', names: ['x'], statement: 3 }],
      intents: [{ type: 'insertAfter', statement: statement(program, 3), code: ['del x'] }],
    });
    const unknown = { ...useless, summary: 'unknown', adjustments: [] };
    const summaries = (options: Parameters<typeof run>[2], changes = [useless, useful, unknown]) =>
      run(program, [transformOf('t', () => changes)], { environment, ...options }, evidence).changes.map(
        ({ change }) => change.summary,
      );
    expect(summaries({})).toEqual(['unknown', 'useful']);
    expect(summaries({ select: ['t'] })).toEqual(['useless', 'unknown', 'useful']);
    expect(summaries({}, [useless, { ...useful, dependsOn: [useless] }])).toEqual(['useless', 'useful']);
  });
});
