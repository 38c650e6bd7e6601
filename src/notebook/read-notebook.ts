import { UserError } from '../errors/user-error.js';
import {
  asString,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  joinMultiline,
} from './json-value.js';
import { findOtherLanguage, findPythonVersion } from './kernel-language.js';
import { type LocatedCell, locateCells } from './locate-cells.js';
import type { Cell, CellType, Notebook } from './notebook.js';
import { type Output, readOutputs } from './outputs.js';
import { parseJsonPart, parseNotebookText } from './parse-json.js';

/**
 * Reads a notebook of nbformat 4 in Python.
 *
 * @param text the whole file, decoded; a byte order mark and NaN are fine
 * @param path for messages
 * @throws UserError for what is no JSON, no notebook, of another nbformat, or in another language
 */
export function readNotebook(text: string, path: string): Notebook {
  const root = parseNotebookText(text, path);
  if (!isJsonObject(root)) throw new UserError(`${path}: not a notebook: the file holds no JSON object`);
  const nbformat = requireNbformat4(root, path);
  const metadata = isJsonObject(root['metadata']) ? root['metadata'] : {};
  const language = findOtherLanguage(metadata);
  if (language !== null) {
    throw new UserError(
      `${path}: the notebook's language is ${language}; nbslim rewrites Python notebooks only`,
    );
  }
  const values = root['cells'];
  if (!isJsonArray(values)) throw new UserError(`${path}: not a notebook: "cells" is missing or no list`);
  const location = locateCells(text);
  return {
    path,
    text,
    nbformat,
    pythonVersion: findPythonVersion(metadata),
    metadata,
    cells: values.map((value, at) => readCell(value, location.cells[at], at + 1, text, path)),
    cellsSpan: location.span,
  };
}

function requireNbformat4(root: JsonObject, path: string): Notebook['nbformat'] {
  const { nbformat: major, nbformat_minor: minor, worksheets, cells } = root;
  if (typeof major !== 'number' && !isJsonArray(worksheets)) {
    const what = cells === undefined ? 'it has neither "nbformat" nor "cells"' : 'it has no "nbformat"';
    throw new UserError(`${path}: not a notebook: ${what}`);
  }
  const version = typeof major === 'number' ? major : 3;
  if (version < 4 || (isJsonArray(worksheets) && cells === undefined)) {
    throw new UserError(
      `${path}: this is nbformat ${Math.min(version, 3)}, which nbslim does not read; convert it with ` +
        '`jupyter nbconvert --to notebook --nbformat 4`, or open and save it in Jupyter',
    );
  }
  if (version > 4) throw new UserError(`${path}: this is nbformat ${version}; nbslim knows nbformat 4`);
  return { major: version, minor: typeof minor === 'number' ? minor : 0 };
}

function readCell(
  value: JsonValue,
  located: LocatedCell | undefined,
  index: number,
  text: string,
  path: string,
): Cell {
  const fail = (what: string): never => {
    throw new UserError(`${path}:cell ${index}: not a valid notebook: ${what}`);
  };
  if (!isJsonObject(value) || located === undefined) return fail('the cell is no JSON object');
  const type = readCellType(value['cell_type']);
  if (type === null) return fail(`"cell_type" is ${JSON.stringify(value['cell_type'] ?? null)}`);
  const source = joinMultiline(value['source']);
  const span = located.source;
  if (source === null || span === null) return fail('"source" is neither a string nor a list of strings');
  const metadata = isJsonObject(value['metadata']) ? value['metadata'] : {};
  const { tags, vscode } = metadata;
  const count = value['execution_count'];
  const outputsSpan = type === 'code' ? located.outputs : null;
  let outputs: readonly Output[] | null = null;
  return {
    index,
    type,
    id: asString(value['id']),
    source,
    tags: isJsonArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    metadata,
    executionCount: typeof count === 'number' ? count : null,
    languageId: isJsonObject(vscode) ? asString(vscode['languageId']) : null,
    get outputs() {
      // Not taken from `value`: that would keep every image of the notebook in memory twice.
      outputs ??=
        outputsSpan === null
          ? []
          : readOutputs(parseJsonPart(text.slice(outputsSpan.start, outputsSpan.end)));
      return outputs;
    },
    spans: { ...located, source: span },
  };
}

function readCellType(value: JsonValue | undefined): CellType | null {
  return value === 'code' || value === 'markdown' || value === 'raw' ? value : null;
}
