import { expect } from 'vitest';
import type { CellContent, CellEdit, OutputsChange } from '../../src/notebook/cell-edit.js';
import { applyEdits } from '../../src/notebook/edit-notebook.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/notebook/json-value.js';
import type { Cell, Notebook } from '../../src/notebook/notebook.js';
import { parseNotebookText } from '../../src/notebook/parse-json.js';

/**
 * Applies edits and checks the result against a naive model of them on the parsed JSON, and that the raw text of every
 * cell that no edit names is there again, in order, with the same text around the cells.
 */
export function applyChecked(notebook: Notebook, edits: readonly CellEdit[]): string {
  const result = applyEdits(notebook, edits);
  const before = parseNotebookText(notebook.text, 'before');
  const after = parseNotebookText(result, 'after');
  if (!isJsonObject(before) || !isJsonObject(after)) throw new Error('no object');
  const expected = modelCells(notebook, before, edits);
  const found = after['cells'];
  if (!isJsonArray(found)) throw new Error('no cells');
  expect(found.map(normalise)).toEqual(expected.map(normalise));
  expect({ ...after, cells: [] }).toEqual({ ...before, cells: [] });
  checkIds(notebook, found);
  checkBytes(notebook, result, edits);
  return result;
}

/** What does not matter: how a source is cut into strings, and which id a new cell was given. */
function normalise(cell: JsonValue): JsonObject {
  if (!isJsonObject(cell)) throw new Error('no cell');
  const source = cell['source'];
  const joined = isJsonArray(source) ? source.join('') : (source ?? '');
  const isNew = cell['id'] === NEW_ID || (typeof cell['id'] === 'string' && /-\d+$/.test(cell['id']));
  return { ...cell, source: joined, ...(isNew ? { id: NEW_ID } : {}) };
}

const NEW_ID = '(new)';

function modelCells(notebook: Notebook, root: JsonObject, edits: readonly CellEdit[]): JsonObject[] {
  const values = root['cells'];
  if (!isJsonArray(values)) throw new Error('no cells');
  const parsedCell = (cell: Cell): JsonObject => {
    const value = values[cell.index - 1];
    if (!isJsonObject(value)) throw new Error('no cell');
    return value;
  };
  const collect = (change: OutputsChange): JsonValue => {
    if (change.kind === 'clear') return [];
    return change.from.flatMap((cell) => {
      const outputs = parsedCell(cell)['outputs'];
      if (!isJsonArray(outputs)) return [];
      return outputs.map((output) => {
        if (!isJsonObject(output) || output['output_type'] !== 'execute_result' || cell === change.resultOf)
          return output;
        const { execution_count: _, ...rest } = output;
        return { ...rest, output_type: 'display_data' };
      });
    });
  };
  const build = (content: CellContent): JsonObject => {
    if (content.kind === 'new') {
      const code = content.type === 'code';
      return {
        cell_type: content.type,
        metadata: {},
        source: content.source,
        ...(code ? { execution_count: null, outputs: collect(content.outputs ?? { kind: 'clear' }) } : {}),
        ...(notebook.nbformat.minor >= 5 ? { id: content.id ?? NEW_ID } : {}),
      };
    }
    const { cell, change } = content;
    const value: { [key: string]: JsonValue } = { ...parsedCell(cell) };
    if (change?.source !== undefined) value['source'] = change.source;
    if (change?.outputs !== undefined && cell.type === 'code') {
      value['outputs'] = collect(change.outputs);
      if (change.outputs.kind === 'clear' && 'execution_count' in value) value['execution_count'] = null;
    }
    return value;
  };
  const result: JsonObject[] = [];
  const insertions = (after: Cell | null) =>
    edits.flatMap((edit) => (edit.kind === 'insert' && edit.after === after ? edit.cells.map(build) : []));
  result.push(...insertions(null));
  for (const cell of notebook.cells) {
    const edit = edits.find((candidate) => {
      if (candidate.kind === 'insert') return false;
      const [first, last] =
        candidate.kind === 'edit' ? [candidate.cell, candidate.cell] : [candidate.first, candidate.last];
      return first.index <= cell.index && cell.index <= last.index;
    });
    if (edit === undefined) result.push(build({ kind: 'old', cell }));
    else if (edit.kind === 'edit') result.push(build({ kind: 'old', cell, change: edit.change }));
    else if (edit.kind === 'replace' && edit.first === cell) result.push(...edit.by.map(build));
    result.push(...insertions(cell));
  }
  return result;
}

function checkIds(notebook: Notebook, cells: readonly JsonValue[]): void {
  if (notebook.nbformat.minor < 5) return;
  const old = new Set(notebook.cells.map((cell) => cell.id));
  const given = cells.flatMap((cell) =>
    isJsonObject(cell) && !old.has(String(cell['id'])) ? [cell['id']] : [],
  );
  expect(new Set(given).size).toBe(given.length);
  for (const id of given) if (id !== undefined) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
}

function checkBytes(notebook: Notebook, result: string, edits: readonly CellEdit[]): void {
  const { text, cells, cellsSpan } = notebook;
  expect(result.startsWith(text.slice(0, cellsSpan.start))).toBe(true);
  expect(result.endsWith(text.slice(cellsSpan.end))).toBe(true);
  let at: number = cellsSpan.start;
  for (const cell of cells) {
    const named = edits.some(
      (edit) =>
        (edit.kind === 'edit' && edit.cell === cell) ||
        (edit.kind === 'replace' && edit.first.index <= cell.index && cell.index <= edit.last.index),
    );
    if (named) continue;
    const raw = text.slice(cell.spans.cell.start, cell.spans.cell.end);
    const found = result.indexOf(raw, at);
    expect(found, `the bytes of cell ${cell.index}`).toBeGreaterThanOrEqual(at);
    at = found + raw.length;
  }
}
