import type { CellGroup, DiffCell } from './cell-pair.js';
import { type Block, diffLines } from './line-diff.js';

/** A line of the cells of one side of a group, laid one behind the other. */
export type GroupLine =
  | { readonly kind: 'code'; readonly cell: DiffCell; readonly line: number; readonly text: string }
  /** Where a cell begins behind another; so that a diff shows that cells merged and split. */
  | { readonly kind: 'border'; readonly cell: DiffCell };

export interface GroupLines {
  readonly before: readonly GroupLine[];
  readonly after: readonly GroupLine[];
  readonly blocks: readonly Block[];
}

/** Both sides of a group as lines, and what differs between them. */
export function groupLines(group: CellGroup): GroupLines {
  // A border in front of the first cell says something only where the other side begins with another type of cell.
  const sameStart = (group.before[0]?.type ?? 'code') === (group.after[0]?.type ?? 'code');
  const before = lay(group.before, !sameStart);
  const after = lay(group.after, !sameStart);
  return { before, after, blocks: diffLines(before.map(key), after.map(key)) };
}

function lay(cells: readonly DiffCell[], borderFirst: boolean): GroupLine[] {
  const lines: GroupLine[] = [];
  cells.forEach((cell, i) => {
    if (i > 0 || borderFirst) lines.push({ kind: 'border', cell });
    sourceLines(cell.source).forEach((text, line) => {
      lines.push({ kind: 'code', cell, line, text });
    });
  });
  return lines;
}

/** An empty cell has no line; a source that ends with a newline has an empty last one, as Jupyter shows it. */
function sourceLines(source: string): string[] {
  return source === '' ? [] : source.split('\n');
}

/** Equal for lines that are the same. A cell's number is no difference: cells above it may have merged. */
function key(line: GroupLine): string {
  return line.kind === 'code' ? `=${line.text}` : `%${line.cell.type}`;
}
