import type { Program } from '../../analysis/program.js';
import type { Read } from '../../analysis/reads.js';
import type { Change, Options } from '../contract.js';

/** What a method or attribute of this name prints depends on the types of the columns. */
const SHOWS_TYPES: ReadonlySet<string> = new Set([
  'info',
  'dtypes',
  'dtype',
  'memory_usage',
  'nbytes',
  'itemsize',
]);

/**
 * The code cells whose saved outputs may not be what the new notebook shows: their outputs are cleared.
 *
 * - `keep`: those that show types, for a change of types; those that look at the data, for a change of values.
 * - `clear-changed`: all that look at data which a change concerns, and all whose source has changed.
 * - `clear`: all.
 */
export function findStaleCells(
  program: Program,
  changes: readonly Change[],
  changedCells: ReadonlySet<number>,
  outputs: Options['outputs'],
): ReadonlySet<number> {
  const codeCells = program.cells.filter(({ cell }) => cell.type === 'code').map(({ index }) => index);
  if (outputs === 'clear') return new Set(codeCells);
  const stale = new Set<number>(outputs === 'clear-changed' ? changedCells : []);
  for (const change of changes) {
    if (change.effect === 'none') continue;
    const typesOnly = change.effect === 'types' && outputs === 'keep';
    if (change.effect !== 'types') stale.add(program.cellOf(change.at).index);
    for (const read of readsOf(change)) {
      for (const { statement, operation, carrier } of program.usesOf(read)) {
        const cell = program.statements[statement]?.cell;
        if (cell === undefined) continue;
        const name = 'name' in operation ? operation.name : '';
        // A Series is shown with its type below it; of an unknown call nobody knows what it shows.
        const showsTypes =
          SHOWS_TYPES.has(name) ||
          operation.type === 'unknown' ||
          (operation.type === 'shown' && carrier !== 'DataFrame');
        if (!typesOnly || showsTypes) stale.add(cell);
      }
    }
  }
  return stale;
}

function readsOf(change: Change): Set<Read> {
  const reads = change.adjustments.flatMap((adjustment) => ('read' in adjustment ? [adjustment.read] : []));
  return new Set(reads);
}
