import type { CellGroup as DiffGroup, NotebookDiff } from '../diff/cell-pair.js';
import type { Cell } from '../notebook/notebook.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { type Refactoring, savedBytes } from '../refactor/refactoring.js';

/** A refactoring as the diffs take it: the old and the new cells that belong together, and why they differ. */
export function notebookDiff(path: string, refactoring: Refactoring): NotebookDiff {
  const before = refactoring.program.notebook.cells;
  const after =
    refactoring.text === refactoring.program.notebook.text
      ? before
      : readNotebook(refactoring.text, path).cells;
  const changes = new Map(refactoring.changes.map((change) => [change.id, change]));
  const groups = refactoring.cellMap.map(
    (group): DiffGroup => ({
      before: group.before.map((index) => cellAt(before, index)),
      after: group.after.map((index) => cellAt(after, index)),
      changes: group.changes.flatMap((id) => {
        const planned = changes.get(id);
        if (planned === undefined) return [];
        const { transform, change, saving } = planned;
        const { summary, reason } = change;
        return [{ id, transform, summary, reason, saving: saving === null ? null : savedBytes(saving) }];
      }),
    }),
  );
  return { path, groups };
}

function cellAt(cells: readonly Cell[], index: number): DiffGroup['before'][number] {
  const cell = cells[index - 1];
  if (cell === undefined) throw new RangeError(`the cell map names cell ${index} of ${cells.length}`);
  return { index, type: cell.type, source: cell.source };
}
