import type { Cell, CellType } from './notebook.js';

/**
 * What may be done to a notebook's cells. A cell is named by at most one edit; `applyEdits` takes two for a bug.
 *
 * - `edit` changes a cell where it stands.
 * - `replace` puts `by` in the place of the cells `first` to `last`, both included: it merges, splits, moves and removes.
 *   The old cells in `by` are among these, each at most once; those that are not named are gone.
 * - `insert` adds cells behind `after`, or before all cells where it is null. Where `after` itself is replaced, they
 *   stand behind what replaces it.
 */
export type CellEdit =
  | { readonly kind: 'edit'; readonly cell: Cell; readonly change: CellChange }
  | {
      readonly kind: 'replace';
      readonly first: Cell;
      readonly last: Cell;
      readonly by: readonly CellContent[];
    }
  | { readonly kind: 'insert'; readonly after: Cell | null; readonly cells: readonly NewCell[] };

export type CellContent = OldCell | NewCell;

/** A cell of the notebook: its id, metadata and order of members stay, byte by byte, as does all that is not changed. */
export interface OldCell {
  readonly kind: 'old';
  readonly cell: Cell;
  readonly change?: CellChange;
}

export interface CellChange {
  /** The new source; it is written in the form that the old one has: one string, or a list of lines. */
  readonly source?: string;
  readonly outputs?: OutputsChange;
}

export interface NewCell {
  readonly kind: 'new';
  readonly type: CellType;
  readonly source: string;
  /** Otherwise made from the id of the cell before it. Ignored where the notebook is older than nbformat 4.5. */
  readonly id?: string;
  /** What becomes of a merged or split cell's outputs. None, where it is left out. */
  readonly outputs?: OutputsChange;
}

/**
 * `clear` does what Jupyter's "Clear Outputs" does: no outputs, no execution count. `collect` puts together the saved
 * outputs of some cells of this notebook, in their order and byte by byte, but that an `execute_result` becomes
 * `display_data`: only a cell's last expression has a result. `resultOf` names the cell whose last expression still is.
 */
export type OutputsChange =
  | { readonly kind: 'clear' }
  | { readonly kind: 'collect'; readonly from: readonly Cell[]; readonly resultOf?: Cell };

export function replaceSource(cell: Cell, source: string): CellEdit {
  return { kind: 'edit', cell, change: { source } };
}

export function clearOutputs(cell: Cell): CellEdit {
  return { kind: 'edit', cell, change: { outputs: { kind: 'clear' } } };
}

export function removeCell(cell: Cell): CellEdit {
  return { kind: 'replace', first: cell, last: cell, by: [] };
}

export function insertCell(after: Cell | null, type: CellType, source: string): CellEdit {
  return { kind: 'insert', after, cells: [{ kind: 'new', type, source }] };
}
