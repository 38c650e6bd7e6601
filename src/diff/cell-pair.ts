/**
 * What a diff is made of. Which old cells a new cell came from is known from the cell map; nothing here pairs cells by
 * their position or guesses by their text.
 */
export interface NotebookDiff {
  /** As the user gave it; cells are named `path:cell N`. */
  readonly path: string;
  /** All groups, also those that are unchanged, in the order of the notebook. */
  readonly groups: readonly CellGroup[];
}

/** The old cells and the new ones that came from them: one and one where a cell was edited or not touched at all. */
export interface CellGroup {
  readonly before: readonly DiffCell[];
  readonly after: readonly DiffCell[];
  readonly changes: readonly CellChange[];
}

export interface DiffCell {
  /** From 1, over all cells of the notebook that it is in. */
  readonly index: number;
  /** nbformat's `cell_type`. */
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
}

/** A change of the plan, as far as a diff tells of it. */
export interface CellChange {
  readonly id: string;
  readonly transform: string;
  /** What is done: `read 'a' as int8`. */
  readonly summary: string;
  readonly reason: string;
  /** Bytes by the memory model; null where they are not known. */
  readonly saving: number | null;
}

/** Whether a group shows in a diff. A cell that only moved up because others merged above it has not changed. */
export function isChanged(group: CellGroup): boolean {
  return (
    group.changes.length > 0 ||
    group.before.length !== group.after.length ||
    group.before.some((cell, i) => {
      const after = group.after[i];
      return after === undefined || cell.source !== after.source || cell.type !== after.type;
    })
  );
}

/** `3`, `3–6`, `3–4, 6`; with `to` between the ends of a range. Empty for no cells. */
export function cellNumbers(cells: readonly DiffCell[], to: string): string {
  const ranges: { first: number; last: number }[] = [];
  for (const { index } of cells) {
    const range = ranges.at(-1);
    if (range !== undefined && index === range.last + 1) range.last = index;
    else ranges.push({ first: index, last: index });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}${to}${last}`)).join(', ');
}
