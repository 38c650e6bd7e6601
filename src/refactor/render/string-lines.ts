import type { JoinedString, StringLiteral } from '../../python/ast.js';

const OPENING = /[a-zA-Z]{0,2}('''|"""|'|")/y;

/**
 * Calls `found` with the start of every line that begins inside a string: white space there is part of the value. A span
 * may hold several literals side by side; a line that begins between two of them is not inside one.
 */
export function findLinesInString(
  source: string,
  string: StringLiteral | JoinedString,
  found: (lineStart: number) => void,
): void {
  if (!source.slice(string.start, string.end).includes('\n')) return;
  const starts = scanPieces(source, string) ?? everyLine(source, string.start, string.end);
  for (const start of starts) found(start);
}

/** Null where the scan loses its way: then nothing is said of any line. */
function scanPieces(source: string, string: StringLiteral | JoinedString): number[] | null {
  const starts: number[] = [];
  const skips =
    string.kind === 'JoinedString' ? [...string.expressions].sort((a, b) => a.start - b.start) : [];
  let at: number = string.start;
  while (at < string.end) {
    const character = source[at] ?? '';
    if (/[\s\\()]/.test(character)) {
      at++;
      continue;
    }
    if (character === '#') {
      while (at < string.end && source[at] !== '\n') at++;
      continue;
    }
    OPENING.lastIndex = at;
    const opening = OPENING.exec(source);
    const quote = opening?.[1];
    if (opening === null || quote === undefined) return null;
    at += opening[0].length;
    while (!source.startsWith(quote, at)) {
      if (at >= string.end) return null;
      const skip = skips.find((expression) => expression.start === at && expression.end > at);
      const length = skip === undefined ? (source[at] === '\\' ? 2 : 1) : skip.end - at;
      for (let end = at + length; at < end; at++) if (source[at] === '\n') starts.push(at + 1);
    }
    at += quote.length;
  }
  return starts;
}

function everyLine(source: string, start: number, end: number): number[] {
  const starts: number[] = [];
  for (let at = source.indexOf('\n', start); at >= 0 && at < end; at = source.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts;
}
