import type { SourceSpan } from '../text/offset.js';
import { sourceOffset } from '../text/offset.js';

/**
 * The span, widened to the redundant parentheses around it: for the name in `x = ((a))` that of `((a))`. `text` is the source
 * the span is in. Only parentheses within `container` count, and where `container` is a call, not the call's own: give the
 * parent's span, and for a node directly in `call.args` what lies between the parentheses of `call.argumentSpan`.
 */
export function parenthesizedSpan(span: SourceSpan, text: string, container: SourceSpan): SourceSpan {
  let { start, end } = span;
  for (;;) {
    const before = skipBack(text, start);
    const after = skipForward(text, end);
    const isAround = text[before - 1] === '(' && text[after] === ')';
    if (!isAround || before - 1 < container.start || after + 1 > container.end) return { start, end };
    start = sourceOffset(before - 1);
    end = sourceOffset(after + 1);
  }
}

/** The offset after the next white space, comments and line continuations. */
function skipForward(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const character = text[at];
    if (character === '#') while (at < text.length && text[at] !== '\n') at += 1;
    else if (character !== undefined && ' \t\f\r\n\\'.includes(character)) at += 1;
    else return at;
  }
}

/**
 * The offset where the white space, comments and line continuations before `offset` begin. A line may end in a comment, which
 * only reading it from its start can tell.
 */
function skipBack(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    while (at > 0 && ' \t\f\r\n\\'.includes(text[at - 1] ?? '')) at -= 1;
    const comment = commentBefore(text, at, offset);
    if (comment === null) return at;
    at = comment;
  }
}

/** Where the comment starts in which `at` ends; null where it ends in none, or stands on the line of `offset` itself. */
function commentBefore(text: string, at: number, offset: number): number | null {
  if (!text.slice(at, offset).includes('\n')) return null;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(lineStart, at);
  let quote: string | null = null;
  for (let column = 0; column < line.length; column += 1) {
    const character = line[column] ?? '';
    if (quote !== null) {
      if (character === '\\') column += 1;
      else if (line.startsWith(quote, column)) {
        column += quote.length - 1;
        quote = null;
      }
    } else if (character === '#') {
      return lineStart + column;
    } else if (character === '"' || character === "'") {
      quote = line.startsWith(character.repeat(3), column) ? character.repeat(3) : character;
      column += quote.length - 1;
    }
  }
  return null;
}
