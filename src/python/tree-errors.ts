import { sourceOffset } from '../text/offset.js';
import type { Cursor } from './engine/engine.js';
import type { FlatTree } from './flat-tree.js';
import type { SyntaxProblem } from './problem.js';

/**
 * tree-sitter never fails: what it could not place is in `ERROR` nodes, what it made up is marked as missing. Never empty: a
 * line's end that it made up is in no node that can be seen, and then the whole source is the problem.
 */
export function collectErrors(cursor: Cursor, text: string, source: number): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const add = (code: SyntaxProblem['code'], message: string): void => {
    problems.push({
      code,
      message,
      start: sourceOffset(cursor.startIndex),
      end: sourceOffset(cursor.endIndex),
      source,
    });
  };
  for (;;) {
    const type = cursor.nodeType;
    if (type === 'print_statement' || type === 'exec_statement') {
      add('python-2', `'${type.slice(0, -'_statement'.length)}' without parentheses is Python 2`);
    }
    if (type === 'ERROR') {
      const found = text.slice(cursor.startIndex, cursor.endIndex).trim().split('\n', 1)[0] ?? '';
      add('syntax', found === '' ? 'invalid syntax' : `invalid syntax at '${shorten(found)}'`);
    } else if (cursor.nodeIsMissing) {
      add('syntax', `expected '${type}'`);
    }
    if (type !== 'ERROR' && cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) {
      if (cursor.gotoParent()) continue;
      if (problems.length === 0) add('syntax', 'invalid syntax');
      return problems;
    }
  }
}

function shorten(text: string): string {
  return text.length <= 30 ? text : `${text.slice(0, 29)}…`;
}

/**
 * Characters that tree-sitter skips like spaces and CPython refuses outside strings and comments: no-break and zero-width
 * spaces, pasted from web pages; a null character anywhere.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const BAD = /[\0\v\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/g;

export function findBadCharacters(tree: FlatTree, text: string, source: number): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  for (const { index, 0: character } of text.matchAll(BAD)) {
    if (character !== '\0' && isInside(tree, index)) continue;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message =
      character === '\0'
        ? 'source code cannot contain null bytes'
        : `invalid non-printable character U+${code}`;
    problems.push({
      code: 'syntax',
      message,
      start: sourceOffset(index),
      end: sourceOffset(index + 1),
      source,
    });
  }
  return problems;
}

/** Whether a comment or the text of a string covers the offset. */
function isInside(tree: FlatTree, offset: number): boolean {
  for (let at = 0; at + 1 < tree.comments.length; at += 2) {
    if ((tree.comments[at] ?? 0) <= offset && offset < (tree.comments[at + 1] ?? 0)) return true;
  }
  for (let node = 0; node < tree.size; node += 1) {
    const type = tree.types[tree.symbols[node] ?? 0];
    const isText =
      type === 'string_content' ||
      type === 'format_specifier' ||
      (type === 'string' && tree.next[node] === node + 1);
    if (isText && (tree.starts[node] ?? 0) <= offset && offset < (tree.ends[node] ?? 0)) return true;
  }
  return false;
}
