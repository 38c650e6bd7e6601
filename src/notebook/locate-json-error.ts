import { skipSpace } from './scan-json.js';

export interface JsonError {
  /** In UTF-16 code units. */
  readonly offset: number;
  /** Such as `'expected "," or "]", found "x"'`. */
  readonly problem: string;
}

const SCALAR =
  /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.])|true|false|null|NaN|-?Infinity/y;

/**
 * The first place where a text is not JSON; null if it is. NaN, Infinity and -Infinity count as JSON here. Slow, and
 * only for texts that `JSON.parse` has refused: its messages have no position that could be relied on.
 */
export function locateJsonError(text: string): JsonError | null {
  const open: ('{' | '[')[] = [];
  let at = skipSpace(text, 0);
  let expect: 'value' | 'first' | 'key' | 'next' = 'value';
  for (;;) {
    const found = text[at];
    const container = open.at(-1);
    if (expect === 'next') {
      if (container === undefined) return at === text.length ? null : fail(text, at, 'the end of the file');
      const close = container === '{' ? '}' : ']';
      if (found === close) {
        open.pop();
      } else if (found === ',') {
        expect = container === '{' ? 'key' : 'value';
      } else {
        return fail(text, at, `"," or "${close}"`);
      }
      at = skipSpace(text, at + 1);
      continue;
    }
    if (expect === 'first' && found === (container === '{' ? '}' : ']')) {
      expect = 'next';
      continue;
    }
    if (container === '{' && expect !== 'value') {
      if (found !== '"') return fail(text, at, 'a key in quotes');
      const key = checkString(text, at);
      if (typeof key !== 'number') return key;
      at = skipSpace(text, key);
      if (text[at] !== ':') return fail(text, at, '":"');
      at = skipSpace(text, at + 1);
      expect = 'value';
      continue;
    }
    if (found === '{' || found === '[') {
      open.push(found);
      expect = 'first';
      at = skipSpace(text, at + 1);
      continue;
    }
    const end = found === '"' ? checkString(text, at) : match(SCALAR, text, at);
    if (end === null) return fail(text, at, 'a value');
    if (typeof end !== 'number') return end;
    at = skipSpace(text, end);
    expect = 'next';
  }
}

function match(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function fail(text: string, offset: number, expected: string): JsonError {
  const found = text.codePointAt(offset);
  const what = found === undefined ? 'the end of the file' : JSON.stringify(String.fromCodePoint(found));
  return { offset, problem: `expected ${expected}, found ${what}` };
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The offset behind the string that starts at `offset`, or what is wrong in it. No regular expression: images are long. */
function checkString(text: string, offset: number): number | JsonError {
  let at = offset + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (Number.isNaN(code)) return { offset, problem: 'this string has no end' };
    if (code === 34) return at + 1;
    if (code < 32) return { offset: at, problem: 'a line break or control character inside a string' };
    if (code === 92) {
      const end = match(ESCAPE, text, at);
      if (end === null) return { offset: at, problem: 'an escape that JSON does not know' };
      at = end;
    } else {
      at++;
    }
  }
}
