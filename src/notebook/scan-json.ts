/**
 * Where things stand in JSON text. All functions take the text as valid JSON (`JSON.parse` has accepted it, NaN and
 * Infinity aside) and check nothing; offsets are in UTF-16 code units. Strings, where nearly all of a notebook's bytes
 * are, are skipped by `indexOf`, which is several times as fast as looking at each character.
 */

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** The first offset from `offset` on that is not JSON's white space. */
export function skipSpace(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}

/** From the opening quote to behind the closing one. */
export function skipString(text: string, offset: number): number {
  let quote = text.indexOf('"', offset + 1);
  for (;;) {
    if (quote === -1) return text.length;
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((quote - before) % 2 === 1) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
}

/** From a value's first character to behind its last one. Does not recurse: outputs may be nested deeply. */
export function skipValue(text: string, offset: number): number {
  const first = text.charCodeAt(offset);
  if (first === QUOTE) return skipString(text, offset);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return skipScalar(text, offset);
  let depth = 0;
  let at = offset;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
      continue;
    }
    at++;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--;
      if (depth === 0) return at;
    }
  }
  return at;
}

function skipScalar(text: string, offset: number): number {
  let at = offset;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === COMMA || code === CLOSE_BRACKET || code === CLOSE_BRACE) return at;
    at++;
  }
  return at;
}

/** `key` is decoded. Returns the offset behind the value, as `skipValue` does: so one pass serves nested scans. */
export type VisitMember = (key: string, keyStart: number, valueStart: number) => number;

/** Visits the members of the object that starts at `offset`, in order. Returns the offset behind its `}`. */
export function scanObject(text: string, offset: number, visit: VisitMember): number {
  let at = skipSpace(text, offset + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = skipString(text, at);
    const raw = text.slice(at + 1, keyEnd - 1);
    const key: string = raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw;
    const colon = skipSpace(text, keyEnd);
    at = skipSpace(text, visit(key, at, skipSpace(text, colon + 1)));
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return at + 1;
}

/** Visits the items of the array that starts at `offset`, in order. Returns the offset behind its `]`. */
export function scanArray(text: string, offset: number, visit: (start: number) => number): number {
  let at = skipSpace(text, offset + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
    at = skipSpace(text, visit(at));
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return at + 1;
}
