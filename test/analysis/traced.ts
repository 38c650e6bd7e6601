import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { analyzeNotebook } from '../../src/analysis/analyze.js';
import { UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { loadParser } from '../../src/python/parse.js';
import { gatherColumns } from '../../src/refactor/gather.js';
import { type InspectedCell, type Inspection, inspectProgram } from '../../src/report/inspection.js';

/** What test/python/trace.py saw a code cell do. */
export interface TracedCell {
  /** From 1, over all cells. */
  readonly index: number;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly deletes: readonly string[];
  readonly mutates: readonly string[];
  /** Of each global name, the type at the cell's end: `DataFrame`, `Series`, `int`. */
  readonly types: Readonly<Record<string, string>>;
  /** Of each frame, its columns at the cell's end; null for one that is no string and no whole number. */
  readonly columns: Readonly<Record<string, readonly (string | number | null)[]>>;
  readonly failed: boolean;
}

export interface Traced {
  readonly notebook: string;
  readonly cells: readonly TracedCell[];
  readonly failure: string | null;
}

/** Of the checkout: the compiled oracle runs from dist/, where no Python is. */
const SCRIPT = path.resolve('test', 'python', 'trace.py');

/**
 * Runs notebooks and says what their cells did, in order.
 *
 * @param timeout seconds for one notebook
 * @param isInPlace run them in their own directories, not in copies
 */
export async function* traceNotebooks(
  python: string,
  notebooks: readonly string[],
  { timeout = 120, isInPlace = false } = {},
): AsyncGenerator<Traced> {
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ notebooks, timeout, in_place: isInPlace }));
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Traced;
}

/** What nbslim says of the cells of a notebook, and of its names at the end. */
export async function inspectFile(path: string) {
  const program = analyzeNotebook(readNotebook(readFileSync(path, 'utf8'), path), await loadParser());
  const headers = await gatherColumns(program.reads, { path, environment: UNKNOWN_ENVIRONMENT });
  return inspectProgram(program, UNKNOWN_ENVIRONMENT, headers);
}

/** How many frames there are at the notebook's end, of how many the columns are said, and which are said wrongly. */
export function judgeColumns(inspection: Inspection, { columns }: TracedCell) {
  const wrong: string[] = [];
  let known = 0;
  for (const [name, seen] of Object.entries(columns)) {
    const said = inspection.values[name]?.columns ?? null;
    if (said === null) continue;
    known += 1;
    if (JSON.stringify(said) !== JSON.stringify(seen))
      wrong.push(`${name} has ${JSON.stringify(seen)}, not ${JSON.stringify(said)}`);
  }
  return { frames: Object.keys(columns).length, known, wrong };
}

/** How what was said of a cell compares with what was seen. */
export interface CellVerdict {
  /** `reads x`: seen and not said. */
  readonly missed: readonly string[];
  readonly isOpaque: boolean;
  /** Nothing was said that was not seen. */
  readonly isExact: { readonly names: boolean; readonly mutates: boolean };
}

/** What the interpreter itself asks for when it makes a class or an annotated name. */
const ITS_OWN: ReadonlySet<string> = new Set(['__name__', '__annotations__']);

/** @param opaque why no name of the notebook can be known anywhere, else null */
export function judgeCell(said: InspectedCell, seen: TracedCell, opaque: string | null): CellVerdict {
  const isOpaque = said.opaque !== null || opaque !== null;
  const known = {
    reads: said.reads,
    // `except ... as error` binds a name and deletes it again: that it is gone is what is said.
    writes: [...said.writes, ...said.deletes],
    deletes: said.deletes,
    // A name that is bound anew may be bound to the same object, which was changed before.
    mutates: [...said.mutates, ...said.writes],
  };
  const missed = (['reads', 'writes', 'deletes', 'mutates'] as const).flatMap((kind) =>
    seen[kind]
      .filter((name) => !ITS_OWN.has(name) && !known[kind].includes(name))
      .map((name) => `${kind} ${name}`),
  );
  const isSame = (kind: 'reads' | 'writes' | 'mutates') =>
    said[kind].every((name) => seen[kind].includes(name));
  return {
    missed: isOpaque ? [] : missed,
    isOpaque,
    isExact: { names: isSame('reads') && isSame('writes'), mutates: isSame('mutates') },
  };
}
