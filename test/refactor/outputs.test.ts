import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/refactor/contract.js';
import { type CellText, call, changeOf, programOf, run, transformOf } from './notebooks.js';

const printed = [{ output_type: 'stream', name: 'stdout', text: ['x'] }];
const cells: CellText[] = [
  "import pandas as pd\ndf = pd.read_csv('x.csv')",
  { source: 'df.info()', outputs: printed },
  { source: 'df.head()', outputs: printed },
  { source: 'print(1)', outputs: printed },
  { source: 'df.a.max()', outputs: printed },
];

interface SavedCell {
  readonly outputs: readonly unknown[];
  readonly execution_count: number | null;
}

/** The cells after a change of the read. */
function cellsAfter(
  effect: 'none' | 'types' | 'rounding',
  outputs: Options['outputs'],
  before = cells,
): readonly SavedCell[] {
  const program = programOf(...before);
  const [read] = program.reads;
  if (read === undefined) throw new Error('no read');
  const target = call(program, "pd.read_csv('x.csv')");
  const change = changeOf({
    at: target,
    effect,
    intents: [{ type: 'setKeyword', call: target, name: 'dtype', code: ["{'a': 'int8'}"] }],
    adjustments: [{ type: 'column-dtype', read, column: 'a', dtype: 'int8' }],
  });
  const { text } = run(program, [transformOf('t', () => [change])], { outputs, tier: 'lossy' });
  return (JSON.parse(text) as { cells: SavedCell[] }).cells;
}

/** The cells that still have outputs after a change of the read. */
function cellsWithOutputs(...change: Parameters<typeof cellsAfter>): number[] {
  return cellsAfter(...change).flatMap((cell, at) => (cell.outputs.length > 0 ? [at + 1] : []));
}

describe('saved outputs', () => {
  it('stay where nothing that is shown differs', () => {
    expect(cellsWithOutputs('none', 'keep')).toEqual([2, 3, 4, 5]);
    expect(cellsWithOutputs('none', 'clear-changed')).toEqual([2, 3, 4, 5]);
  });

  it('are cleared where other types would be shown, which numpy 2 does for a number too', () => {
    expect(cellsWithOutputs('types', 'keep')).toEqual([3, 4]);
  });

  it('are cleared where the data are looked at, for other values or where it is asked for', () => {
    expect(cellsWithOutputs('rounding', 'keep')).toEqual([4]);
    expect(cellsWithOutputs('types', 'clear-changed')).toEqual([4]);
    expect(cellsWithOutputs('none', 'clear')).toEqual([]);
  });

  it('leave their execution count behind where that tells of another order', () => {
    const counts = (...change: Parameters<typeof cellsAfter>) =>
      cellsAfter(...change).map(({ execution_count }) => execution_count);
    expect(counts('types', 'keep')).toEqual([1, null, 3, 4, null]);
    const late = cells.map((cell, at) =>
      typeof cell === 'string' || at !== 1 ? cell : { ...cell, count: 9 },
    );
    expect(cellsWithOutputs('types', 'keep', late)).toEqual([3, 4]);
    expect(counts('types', 'keep', late)).toEqual([1, 9, 3, 4, 5]);
    expect(counts('none', 'clear', late)).toEqual([1, null, null, null, null]);
  });

  it('stay, with all of the file, where nothing is changed', () => {
    const program = programOf(...cells);
    expect(run(program, [], { outputs: 'clear' }).text).toBe(program.notebook.text);
  });
});
