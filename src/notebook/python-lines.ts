/**
 * A lexical look at Python: enough to tell where a logical line ends and what is a string or a comment, for text that
 * is no Python yet. Strings do not nest here as they may in an f-string since Python 3.12; a line end sets that right.
 */

/** A logical line of Python, as far as it could be followed. Offsets in UTF-16 code units into the cell's source. */
export interface LogicalLine {
  /** Behind its last character, in front of the line end. */
  readonly end: number;
  /** The first `=` of an assignment, outside brackets; null if there is none. */
  readonly assignment: number | null;
  /** A `?` outside strings and comments, with nothing behind it; null if there is none. */
  readonly question: number | null;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}

const TELLING = /[#'"()[\]{}=\\\n\r?]/g;

/** Follows the logical line that starts at `start`: over brackets, strings of three quotes and backslashes. */
export function readLogicalLine(source: string, start: number): LogicalLine {
  const comments: { start: number; end: number }[] = [];
  let depth = 0;
  let assignment: number | null = null;
  let question: number | null = null;
  let at = start;
  for (;;) {
    TELLING.lastIndex = at;
    const match = TELLING.exec(source);
    if (match === null) return finish(source.length);
    at = match.index;
    switch (match[0]) {
      case '#': {
        const end = endOfLine(source, at);
        comments.push({ start: at, end });
        at = end;
        break;
      }
      case '"':
      case "'":
        at = skipPythonString(source, at);
        break;
      case '(':
      case '[':
      case '{':
        depth++;
        at++;
        break;
      case ')':
      case ']':
      case '}':
        depth = Math.max(0, depth - 1);
        at++;
        break;
      case '\\':
        at = skipLineEnd(source, at + 1) ?? at + 1;
        break;
      case '?':
        question = at;
        at++;
        break;
      case '=':
        if (depth === 0 && assignment === null && isAssignment(source, at)) assignment = at;
        at++;
        break;
      default:
        if (depth === 0) return finish(at);
        at++;
    }
  }
  function finish(end: number): LogicalLine {
    const isLast = question !== null && source.slice(question + 1, end).trim() === '';
    return { end, assignment, question: isLast ? question : null, comments };
  }
}

function isAssignment(source: string, at: number): boolean {
  return source[at + 1] !== '=' && !'=<>!+-*/%&|^:@~'.includes(source[at - 1] ?? ' ');
}

/** In front of the next `\n`, `\r\n` or `\r`, or the end of the source. */
export function endOfLine(source: string, offset: number): number {
  const found = source.slice(offset).search(/[\r\n]/);
  return found === -1 ? source.length : offset + found;
}

/** Behind the line end at `offset`; null if there is none. */
export function skipLineEnd(source: string, offset: number): number | null {
  if (source[offset] === '\n') return offset + 1;
  if (source[offset] !== '\r') return null;
  return source[offset + 1] === '\n' ? offset + 2 : offset + 1;
}

/** Behind the string whose first quote is at `offset`. One that has no end ends with its line. */
function skipPythonString(source: string, offset: number): number {
  const quote = source[offset] ?? '';
  const isTriple = source.startsWith(quote.repeat(3), offset);
  const pattern = isTriple
    ? quote === '"'
      ? TRIPLE_DOUBLE
      : TRIPLE_SINGLE
    : quote === '"'
      ? DOUBLE
      : SINGLE;
  pattern.lastIndex = offset + (isTriple ? 3 : 1);
  for (;;) {
    const match = pattern.exec(source);
    if (match === null) return source.length;
    if (match[0] === '\\') pattern.lastIndex = skipLineEnd(source, match.index + 1) ?? match.index + 2;
    else return match[0] === '\n' || match[0] === '\r' ? match.index : match.index + match[0].length;
  }
}

const TRIPLE_DOUBLE = /\\|"""/g;
const TRIPLE_SINGLE = /\\|'''/g;
const DOUBLE = /["\\\n\r]/g;
const SINGLE = /['\\\n\r]/g;

/** All comments of a source that is Python, or masked. */
export function findComments(source: string): { start: number; end: number }[] {
  const comments: { start: number; end: number }[] = [];
  for (let at = 0; at < source.length; ) {
    const line = readLogicalLine(source, at);
    comments.push(...line.comments);
    at = skipLineEnd(source, line.end) ?? line.end + 1;
  }
  return comments;
}

/** In front of the line end that no backslash continues. */
export function endOfEscapedLine(source: string, start: number): number {
  let end = endOfLine(source, start);
  while (source[end - 1] === '\\') {
    const next = skipLineEnd(source, end);
    if (next === null) return end;
    end = endOfLine(source, next);
  }
  return end;
}

export function skipIndentation(source: string, offset: number): number {
  let at = offset;
  while (source[at] === ' ' || source[at] === '\t' || source[at] === '\f') at++;
  return at;
}

/** The start of the first line from `offset` on that is not blank. */
export function skipBlankLines(source: string, offset: number): number {
  let at = offset;
  for (;;) {
    const next = skipLineEnd(source, skipIndentation(source, at));
    if (next === null) return at;
    at = next;
  }
}
