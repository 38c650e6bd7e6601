import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maskSource } from '../../src/notebook/mask-source.js';

export interface NamedSource {
  /** The file and, for a notebook, the cell's number from 1. */
  readonly name: string;
  readonly text: string;
}

/** Every code cell of the notebooks, with its lines of IPython masked, and every .py file, in a folder. */
export function* readSources(directory: string): Generator<NamedSource> {
  for (const cells of readPrograms(directory)) yield* cells;
}

/** The same, by file: the cells of a notebook are one program. */
export function* readPrograms(directory: string): Generator<readonly NamedSource[]> {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (path.endsWith('.py')) {
      const text = decode(path);
      if (text !== null) yield [{ name: path, text }];
    } else if (path.endsWith('.ipynb')) {
      yield codeCells(readFileSync(path, 'utf8')).map((source, index) => ({
        name: `${path}:cell ${index + 1}`,
        text: maskSource(source).text,
      }));
    }
  }
}

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly input?: unknown;
}

function codeCells(text: string): string[] {
  try {
    const notebook = JSON.parse(text) as {
      readonly cells?: readonly Cell[];
      readonly worksheets?: readonly { readonly cells: readonly Cell[] }[];
    };
    const cells = notebook.cells ?? notebook.worksheets?.flatMap((sheet) => sheet.cells) ?? [];
    return cells
      .filter((cell) => cell.cell_type === 'code')
      .map((cell) => cell.source ?? cell.input)
      .map((source) => (Array.isArray(source) ? source.join('') : source))
      .filter((source): source is string => typeof source === 'string');
  } catch {
    return [];
  }
}

/** Null for what is not UTF-8: the oracle takes text. */
function decode(path: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    return null;
  }
}
