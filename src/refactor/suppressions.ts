import { isIgnored } from '../notebook/cell-markers.js';
import { sourceOffset } from '../text/offset.js';
import type { Change } from './contract.js';
import type { NotebookSyntax } from './render/cell-syntax.js';
import { nodesOf } from './render/notebook-renderer.js';

/**
 * Whether the author has forbidden the change: `# nbslim: ignore[...]` on one of the lines concerned or above it, or a
 * marker of a cell or of the file. Cells that are merged must allow it all over.
 */
export function isSuppressed(syntax: NotebookSyntax, transform: string, change: Change): boolean {
  const { cells } = syntax.program;
  if (cells.some(({ markers }) => markers.skipsFile)) return true;
  const isForbidden = (cell: number, start: number, end: number) => {
    const markers = cells[cell - 1]?.markers;
    const span = { start: sourceOffset(start), end: sourceOffset(end) };
    return markers !== undefined && isIgnored(markers, transform, span);
  };
  for (const intent of change.intents) {
    if (intent.type === 'extract') {
      for (const cell of intent.cells) if (isForbidden(cell, 0, syntax.cell(cell).source.length)) return true;
    } else {
      for (const node of nodesOf(intent))
        if (isForbidden(syntax.of(node).facts.index, node.start, node.end)) return true;
    }
  }
  const { at } = change;
  return at.kind !== 'Module' && isForbidden(syntax.of(at).facts.index, at.start, at.end);
}
