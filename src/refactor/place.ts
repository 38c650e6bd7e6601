import type { Program } from '../analysis/program.js';
import type { Node } from '../python/ast.js';
import type { Place } from './refactoring.js';

/** Where the node starts: line and column from 1, the column in UTF-16 code units. */
export function placeOf(program: Program, node: Node): Place {
  const { index, cell } = program.cellOf(node);
  const before = cell.source.slice(0, node.start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { cell: index, line, column: node.start - lineStart + 1 };
}

export function comparePlaces(a: Place, b: Place): number {
  return a.cell - b.cell || a.line - b.line || a.column - b.column;
}
