import type { FlatTree } from './flat-tree.js';

/**
 * Where logical lines end: at the newlines outside brackets, strings and comments that no backslash continues, blank lines
 * left out. tree-sitter skips a newline wherever it expects none, so that it reads `x =` and a line `1` as one statement.
 */
export interface LogicalLines {
  /** Offsets of the newlines, ascending. */
  readonly newlines: readonly number[];
  /** For each of them the character that the line ends with, comments and spaces left out. */
  readonly lastCharacters: readonly string[];
  /** Whether the text ends in a line that a backslash continues. */
  readonly endsWithBackslash: boolean;
}

export function findLogicalLines(text: string, tree: FlatTree): LogicalLines {
  const newlines: number[] = [];
  const lastCharacters: string[] = [];
  const nextString = stringsOf(tree);
  let depth = 0;
  let last = '';
  let endsWithBackslash = false;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    switch (character) {
      case '\n':
        if (depth === 0 && last !== '') {
          newlines.push(at);
          lastCharacters.push(last);
          last = '';
        }
        at += 1;
        break;
      case '#':
        at = endOfLine(text, at);
        break;
      case '"':
      case "'":
        at = nextString(at);
        last = character;
        break;
      case '\\':
        at += text[at + 1] === '\r' ? 3 : 2;
        endsWithBackslash = at >= text.length;
        break;
      case ' ':
      case '\t':
      case '\r':
      case '\f':
        at += 1;
        break;
      default:
        if (character === '(' || character === '[' || character === '{') depth += 1;
        else if (character === ')' || character === ']' || character === '}') depth -= 1;
        last = character;
        at += 1;
    }
  }
  return { newlines, lastCharacters, endsWithBackslash };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** A function that tells where the string ends in which an offset lies; asked with ascending offsets. */
function stringsOf(tree: FlatTree): (offset: number) => number {
  let node = 0;
  return (offset) => {
    for (; node < tree.size; node += 1) {
      const end = tree.ends[node] ?? 0;
      if (tree.types[tree.symbols[node] ?? 0] === 'string' && end > offset) return end;
    }
    return offset + 1;
  };
}
