import { type FileSpan, fileOffset } from '../text/offset.js';
import type { CellSpans } from './notebook.js';
import { scanArray, scanObject, skipSpace, skipValue } from './scan-json.js';

export interface CellsLocation {
  readonly span: FileSpan;
  readonly cells: readonly LocatedCell[];
}

/** `source` is null where the cell has none. */
export type LocatedCell = Omit<CellSpans, 'source'> & { readonly source: FileSpan | null };

/**
 * Finds the cells in a notebook's text, in one pass over it. The text is valid JSON and holds a notebook. Of keys that
 * occur twice the last counts, as for `JSON.parse`.
 */
export function locateCells(text: string): CellsLocation {
  let found: CellsLocation = { span: fileSpan(0, 0), cells: [] };
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  scanObject(text, skipSpace(text, start), (key, _keyStart, valueStart) => {
    if (key !== 'cells' || text[valueStart] !== '[') return skipValue(text, valueStart);
    const cells: LocatedCell[] = [];
    const end = scanArray(text, valueStart, (cellStart) => {
      if (text[cellStart] !== '{') return skipValue(text, cellStart);
      const cell = locateCell(text, cellStart);
      cells.push(cell);
      return cell.cell.end;
    });
    found = { span: fileSpan(valueStart, end), cells };
    return end;
  });
  return found;
}

function locateCell(text: string, start: number): LocatedCell {
  let source: FileSpan | null = null;
  let outputs: FileSpan | null = null;
  let executionCount: FileSpan | null = null;
  let id: FileSpan | null = null;
  let metadata: FileSpan | null = null;
  const end = scanObject(text, start, (key, _keyStart, valueStart) => {
    const valueEnd = skipValue(text, valueStart);
    if (key === 'source') source = fileSpan(valueStart, valueEnd);
    else if (key === 'outputs') outputs = fileSpan(valueStart, valueEnd);
    else if (key === 'execution_count') executionCount = fileSpan(valueStart, valueEnd);
    else if (key === 'id') id = fileSpan(valueStart, valueEnd);
    else if (key === 'metadata') metadata = fileSpan(valueStart, valueEnd);
    return valueEnd;
  });
  return { cell: fileSpan(start, end), source, outputs, executionCount, id, metadata };
}

function fileSpan(start: number, end: number): FileSpan {
  return { start: fileOffset(start), end: fileOffset(end) };
}
