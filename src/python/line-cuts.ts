import type { Statement } from './ast.js';
import type { LogicalLines } from './logical-lines.js';

/** Where a logical line ends inside a statement that has to go on; null where it holds together. */
export function findCut(statement: Statement, lines: LogicalLines): number | null {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef': {
      // Each decorator ends its own line.
      const start = statement.decorators.length > 0 ? statement.name.start : statement.start;
      return cutInHeader(start, statement.body, lines);
    }
    case 'If': {
      let last = statement;
      let cut: number | null = null;
      for (;;) {
        cut ??= cutInHeader(last.start, last.body, lines) ?? cutInClause(last.body, last.orelse, lines);
        const [next] = last.orelse;
        if (next?.kind !== 'If' || last.orelse.length > 1) return cut;
        last = next;
      }
    }
    case 'With':
    case 'While':
    case 'For':
      return (
        cutInHeader(statement.start, statement.body, lines) ??
        cutInClause(statement.body, elseOf(statement), lines)
      );
    case 'Try': {
      let cut = cutInHeader(statement.start, statement.body, lines);
      let end = statement.body.at(-1)?.end ?? statement.start;
      for (const handler of statement.handlers) {
        if (!isLineEndBetween(end, handler.start, lines)) cut ??= handler.start;
        cut ??= cutInHeader(handler.start, handler.body, lines);
        end = handler.end;
      }
      const before = statement.handlers.at(-1)?.body ?? statement.body;
      cut ??= cutInClause(before, statement.orelse, lines);
      return (
        cut ??
        cutInClause(statement.orelse.length > 0 ? statement.orelse : before, statement.finalbody, lines)
      );
    }
    case 'Match': {
      let cut = cutBetween(statement.start, statement.cases[0]?.start ?? statement.end, lines);
      for (const each of statement.cases) cut ??= cutInHeader(each.start, each.body, lines);
      return cut;
    }
    default: {
      const at = firstFrom(lines.newlines, statement.start);
      const newline = lines.newlines[at];
      return newline !== undefined && newline < statement.end ? newline : null;
    }
  }
}

function elseOf(statement: Statement): readonly Statement[] {
  return 'orelse' in statement ? statement.orelse : [];
}

function cutInHeader(start: number, body: readonly Statement[], lines: LogicalLines): number | null {
  return cutBetween(start, body[0]?.start ?? start, lines);
}

/** `else:` and `finally:` have no node: they stand between two bodies. The first of these ends its own line. */
function cutInClause(
  before: readonly Statement[],
  body: readonly Statement[],
  lines: LogicalLines,
): number | null {
  const end = before.at(-1)?.end;
  const start = body[0]?.start;
  if (end === undefined || start === undefined) return null;
  const at = firstFrom(lines.newlines, end);
  const own = lines.newlines[at] ?? start;
  return own >= start || lines.lastCharacters[at] === ':' ? start : cutBetween(own + 1, start, lines);
}

/** Whether a logical line ends between two offsets. */
export function isLineEndBetween(start: number, end: number, { newlines }: LogicalLines): boolean {
  return (newlines[firstFrom(newlines, start)] ?? end) < end;
}

/** A header may end its line behind its colon only. */
function cutBetween(start: number, end: number, { newlines, lastCharacters }: LogicalLines): number | null {
  for (let at = firstFrom(newlines, start); at < newlines.length; at += 1) {
    const newline = newlines[at] ?? 0;
    if (newline >= end) return null;
    if (lastCharacters[at] !== ':') return newline;
  }
  return null;
}

/** The index of the first that is not below `offset`. */
function firstFrom(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
