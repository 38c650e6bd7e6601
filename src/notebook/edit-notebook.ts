import type { CellChange, CellContent, CellEdit, NewCell, OldCell, OutputsChange } from './cell-edit.js';
import { CellIds } from './cell-id.js';
import { collectOutputs } from './collect-outputs.js';
import { detectEscapes, type Escapes } from './json-escapes.js';
import { detectLayout, detectTopLayout, type Layout, type TopLayout } from './layout.js';
import type { Cell, Notebook } from './notebook.js';
import { detectSourceForm, rewriteSource, type SourceForm, writeSource } from './write-source.js';

/**
 * The notebook's text with its cells edited. Splices: every byte that no edit concerns stays as it is, and what is
 * written follows the file's own layout, escapes and form of sources. No edits give the very same text.
 *
 * @throws Error, which is a bug in the caller, if two edits want the same cell or a cell is not this notebook's
 */
export function applyEdits(notebook: Notebook, edits: readonly CellEdit[]): string {
  const contents = arrangeCells(notebook, edits);
  if (contents === null) return notebook.text;
  const top = detectTopLayout(notebook.text);
  const writer: Writer = { notebook, escapes: detectEscapes(notebook), ids: new CellIds(notebook), top };
  const { text, cells, cellsSpan } = notebook;
  const { lead, separator, tail } = detectLayout(notebook, top, cells[0] ?? null).cells;
  const parts = [text.slice(0, cellsSpan.start), '['];
  let before: CellContent | null = null;
  let beforeId: string | null = null;
  for (const [at, content] of contents.entries()) {
    parts.push(before === null ? lead : separatorBetween(text, before, content, separator));
    const model = content.kind === 'old' ? content.cell : findModel(contents, at, cells, content);
    const written: Written =
      content.kind === 'old' ? writeOld(writer, content) : writeNew(writer, content, model, beforeId);
    parts.push(written.text);
    beforeId = written.id ?? beforeId;
    before = content;
  }
  if (before !== null) parts.push(tail);
  parts.push(']', text.slice(cellsSpan.end));
  return parts.join('');
}

interface Writer {
  readonly notebook: Notebook;
  readonly escapes: Escapes;
  readonly ids: CellIds;
  readonly top: TopLayout;
}

interface Written {
  readonly text: string;
  readonly id: string | null;
}

/** The cells of the result in order; null if there is nothing to do. */
function arrangeCells(notebook: Notebook, edits: readonly CellEdit[]): readonly CellContent[] | null {
  if (edits.length === 0) return null;
  const { cells } = notebook;
  const slots: CellContent[][] = cells.map((cell) => [{ kind: 'old', cell }]);
  const inserted: NewCell[][] = [[], ...cells.map(() => [])];
  const claimed = new Set<Cell>();
  const claim = (cell: Cell) => {
    if (cells[cell.index - 1] !== cell)
      throw new Error(`cell ${cell.index} is not a cell of ${notebook.path}`);
    if (claimed.has(cell)) throw new Error(`two edits want cell ${cell.index} of ${notebook.path}`);
    claimed.add(cell);
  };
  for (const edit of edits) {
    if (edit.kind === 'insert') {
      if (edit.after !== null && cells[edit.after.index - 1] !== edit.after) {
        throw new Error(`cell ${edit.after.index} is not a cell of ${notebook.path}`);
      }
      inserted[edit.after?.index ?? 0]?.push(...edit.cells);
      continue;
    }
    const [first, last] = edit.kind === 'edit' ? [edit.cell, edit.cell] : [edit.first, edit.last];
    if (last.index < first.index)
      throw new Error(`a run of cells that ends (${last.index}) before it starts`);
    const run = cells.slice(first.index - 1, last.index);
    for (const cell of new Set([first, ...run, last])) claim(cell);
    const by: readonly CellContent[] =
      edit.kind === 'edit' ? [{ kind: 'old', cell: edit.cell, change: edit.change }] : edit.by;
    const old = by.flatMap((content) => (content.kind === 'old' ? [content.cell] : []));
    if (new Set(old).size < old.length || !old.every((cell) => run.includes(cell))) {
      throw new Error(
        `cells ${first.index} to ${last.index} are replaced by cells that are not among them, or by one twice`,
      );
    }
    for (let index = first.index; index <= last.index; index++)
      slots[index - 1] = index === first.index ? [...by] : [];
  }
  return [...(inserted[0] ?? []), ...slots.flatMap((slot, at) => [...slot, ...(inserted[at + 1] ?? [])])];
}

/** Neighbours that stay neighbours keep what stands between them. */
function separatorBetween(text: string, before: CellContent, after: CellContent, separator: string): string {
  if (before.kind === 'new' || after.kind === 'new' || after.cell.index !== before.cell.index + 1)
    return separator;
  return text.slice(before.cell.spans.cell.end, after.cell.spans.cell.start);
}

/** The cell whose layout and keys a new cell takes: the nearest of its type, else the nearest, else none. */
function findModel(
  contents: readonly CellContent[],
  at: number,
  cells: readonly Cell[],
  cell: NewCell,
): Cell | null {
  const nearest = contents
    .flatMap((content, position) =>
      content.kind === 'old' ? [{ cell: content.cell, away: Math.abs(position - at) }] : [],
    )
    .sort((a, b) => a.away - b.away)
    .map((candidate) => candidate.cell);
  const candidates = [...nearest, ...cells];
  return candidates.find(({ type }) => type === cell.type) ?? candidates[0] ?? null;
}

function writeOld(writer: Writer, { cell, change }: OldCell): Written {
  const { text } = writer.notebook;
  const { cell: span } = cell.spans;
  if (change === undefined) return { text: text.slice(span.start, span.end), id: cell.id };
  const splices = listSplices(writer, cell, change).sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let copied: number = span.start;
  for (const { start, end, by } of splices) {
    parts.push(text.slice(copied, start), by);
    copied = end;
  }
  parts.push(text.slice(copied, span.end));
  return { text: parts.join(''), id: cell.id };
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

function listSplices(writer: Writer, cell: Cell, { source, outputs }: CellChange): Splice[] {
  const { text } = writer.notebook;
  const { spans } = cell;
  const layout = detectLayout(writer.notebook, writer.top, cell);
  const splices: Splice[] = [];
  if (source !== undefined && source !== cell.source) {
    const by = rewriteSource(
      text,
      spans.source,
      matchNewlines(source, cell.source),
      layout.items,
      writer.escapes,
    );
    splices.push({ ...spans.source, by });
  }
  if (outputs === undefined || cell.type !== 'code') return splices;
  const by = writeOutputs(text, outputs, layout);
  if (spans.outputs !== null) splices.push({ ...spans.outputs, by });
  else if (by !== '[]') {
    const { end } = spans.source;
    splices.push({
      start: end,
      end,
      by: `${layout.members.separator}"outputs"${layout.colon}${by}`,
    });
  }
  if (outputs.kind === 'clear' && spans.executionCount !== null)
    splices.push({ ...spans.executionCount, by: 'null' });
  return splices;
}

function writeOutputs(text: string, change: OutputsChange, layout: Layout): string {
  return change.kind === 'clear' ? '[]' : collectOutputs(text, change.from, change.resultOf, layout.items);
}

function writeNew(writer: Writer, cell: NewCell, model: Cell | null, beforeId: string | null): Written {
  const { notebook, escapes, ids } = writer;
  const layout = detectLayout(notebook, writer.top, model);
  const id =
    notebook.nbformat.minor < 5 ? null : cell.id === undefined ? ids.next(beforeId) : ids.take(cell.id);
  const values = new Map<string, string>([['cell_type', JSON.stringify(cell.type)]]);
  if (cell.type === 'code') values.set('execution_count', 'null');
  if (id !== null) values.set('id', JSON.stringify(id));
  values.set('metadata', '{}');
  if (cell.type === 'code')
    values.set('outputs', writeOutputs(notebook.text, cell.outputs ?? { kind: 'clear' }, layout));
  const source = matchNewlines(cell.source, model?.source ?? '');
  values.set('source', writeSource(source, findForm(notebook, model), layout.items, escapes));
  const keys = [...new Set([...layout.keyOrder, ...values.keys()])].filter((key) => values.has(key));
  const members = keys.map((key) => `"${key}"${layout.colon}${values.get(key) ?? ''}`);
  const { lead, separator, tail } = layout.members;
  return { text: `{${lead}${members.join(separator)}${tail}}`, id };
}

/** The model's form of sources; where its source is empty or one line, whose form says little, that of another cell. */
function findForm(notebook: Notebook, model: Cell | null): SourceForm {
  const cells = [...(model === null ? [] : [model]), ...notebook.cells];
  const telling = cells.find(({ source }) => source.includes('\n')) ?? cells[0];
  return telling === undefined ? 'lines' : detectSourceForm(notebook.text, telling.spans.source);
}

/** Line ends as in `model`, where all of its lines end with CRLF. */
function matchNewlines(source: string, model: string): string {
  if (!model.includes('\r\n') || /(?<!\r)\n/.test(model)) return source;
  return source.replace(/(?<!\r)\n/g, '\r\n');
}
