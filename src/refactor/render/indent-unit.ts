import type { Program } from '../../analysis/program.js';
import type { Statement } from '../../python/ast.js';
import { Lines } from './lines.js';

/** What the notebook indents a block by, as most of its top-level blocks do; four spaces where it has none. */
export function findIndentUnit(program: Program): string {
  const counts = new Map<string, number>();
  for (const { cell, statements } of program.cells) {
    const lines = new Lines(cell.source);
    for (const { node } of statements) {
      const inner = firstInside(node);
      if (inner === null || !lines.isFirstOnLine(inner.start)) continue;
      const indent = lines.indent(inner.start);
      counts.set(indent, (counts.get(indent) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined || most[0] === '' ? '    ' : most[0];
}

function firstInside(statement: Statement): Statement | null {
  return 'body' in statement ? (statement.body[0] ?? null) : null;
}
