import type { FileSpan } from '../text/offset.js';
import type { JsonObject } from './json-value.js';
import type { Output } from './outputs.js';

export type CellType = 'code' | 'markdown' | 'raw';

/** A notebook of nbformat 4 and the text it was read from. Never changed: `applyEdits` gives a new text. */
export interface Notebook {
  /** As the user gave it, for messages. */
  readonly path: string;
  /** The whole file, a byte order mark included. */
  readonly text: string;
  readonly nbformat: { readonly major: number; readonly minor: number };
  /** `language_info.version`, such as `'3.11.7'`: the Python that ran the notebook last. Null if it doesn't say. */
  readonly pythonVersion: string | null;
  readonly metadata: JsonObject;
  readonly cells: readonly Cell[];
  /** The last of the `cells` arrays, should there be more than one. */
  readonly cellsSpan: FileSpan;
}

export interface Cell {
  /** From 1, over all cells of all types. */
  readonly index: number;
  readonly type: CellType;
  readonly id: string | null;
  /** The text as Jupyter puts it together, with the line ends that it has. */
  readonly source: string;
  /** The strings of `metadata.tags`. */
  readonly tags: readonly string[];
  readonly metadata: JsonObject;
  readonly executionCount: number | null;
  /** `metadata.vscode.languageId`: VS Code's cell of another language. */
  readonly languageId: string | null;
  /** Empty for cells without code. Parsed when first asked for: outputs may be large. */
  readonly outputs: readonly Output[];
  readonly spans: CellSpans;
}

/** Where a cell stands in the file. All but `cell` are spans of values; null where there is no such member. */
export interface CellSpans {
  readonly cell: FileSpan;
  readonly source: FileSpan;
  readonly outputs: FileSpan | null;
  readonly executionCount: FileSpan | null;
  readonly id: FileSpan | null;
  readonly metadata: FileSpan | null;
}
