import { diffArrays } from 'diff';
import type { CellGroup, DiffCell } from './cell-pair.js';

/**
 * The groups of two notebooks of which nobody knows how the one became the other: cells that are the same and in the same
 * order stand one to one, and what lies between two of them is one group.
 */
export function pairCells(before: readonly DiffCell[], after: readonly DiffCell[]): readonly CellGroup[] {
  const groups: CellGroup[] = [];
  let old = 0;
  let now = 0;
  let open: { before: DiffCell[]; after: DiffCell[] } | null = null;
  const same = (a: DiffCell, b: DiffCell) => a.type === b.type && a.source === b.source;
  for (const { added, removed, count } of diffArrays([...before], [...after], { comparator: same })) {
    if (added || removed) {
      open ??= { before: [], after: [] };
      if (removed) open.before.push(...before.slice(old, old + count));
      else open.after.push(...after.slice(now, now + count));
    } else {
      if (open !== null) groups.push({ ...open, changes: [] });
      open = null;
      for (let at = 0; at < count; at++)
        groups.push({
          before: before.slice(old + at, old + at + 1),
          after: after.slice(now + at, now + at + 1),
          changes: [],
        });
    }
    if (!added) old += count;
    if (!removed) now += count;
  }
  if (open !== null) groups.push({ ...open, changes: [] });
  return groups;
}
