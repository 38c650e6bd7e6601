import type { Program } from '../analysis/program.js';
import type { Position } from '../python/ast.js';
import type { Place } from './refactoring.js';

/** Says where nodes start. */
export class Places {
  readonly #program: Program;
  /** Where the lines of each cell start that was asked for. */
  readonly #lines = new Map<number, readonly number[]>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Line and column from 1, the column in UTF-16 code units. */
  placeOf(at: Position): Place {
    const { index, cell } = this.#program.cellOf(at);
    const lines = this.#lines.get(index) ?? lineStarts(cell.source);
    this.#lines.set(index, lines);
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle] ?? 0) <= at.start) low = middle + 1;
      else high = middle;
    }
    return { cell: index, line: low, column: at.start - (lines[low - 1] ?? 0) + 1 };
  }
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export function comparePlaces(a: Place, b: Place): number {
  return a.cell - b.cell || a.line - b.line || a.column - b.column;
}
