import type { Notebook } from './notebook.js';

/** What a file writes as `\uXXXX` beyond what JSON demands. */
export interface Escapes {
  /** All but ASCII, as Python's json module does by default. */
  readonly nonAscii: boolean;
  /** Those of ``<>&'=+` ``, such as `<` in what Colab writes. */
  readonly ascii: string;
  readonly upperCase: boolean;
}

/** A `\uXXXX` that is no part of `\\uXXXX`. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\u([0-9a-fA-F]{4})/g;

/**
 * Reads a file's habits off its text. Raw where there is nothing to see: that is how Jupyter writes. Slow: to be asked
 * once for a file, and only if something is to be written.
 */
export function detectEscapes(notebook: Notebook): Escapes {
  const { text, cells } = notebook;
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const hasRaw = /[^\0-\x7f]/.test(body);
  const codes = new Set<string>();
  for (const match of body.matchAll(ESCAPED)) codes.add(match[1] ?? '');
  const ascii = new Set<string>();
  for (const code of codes) {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    if ("<>&'=+`".includes(character)) ascii.add(character);
  }
  // An output may hold `\u003c` in a file that writes `<` everywhere else: only what no source has raw is a habit.
  for (const cell of ascii.size > 0 ? cells : []) {
    const raw = text.slice(cell.spans.source.start, cell.spans.source.end);
    for (const character of ascii) if (raw.includes(character)) ascii.delete(character);
  }
  const letters = [...codes].join('');
  return {
    nonAscii: !hasRaw && [...codes].some((code) => Number.parseInt(code, 16) > 0x7f),
    ascii: [...ascii].join(''),
    upperCase: /[A-F]/.test(letters) && !/[a-f]/.test(letters),
  };
}

/** A JSON string, with its quotes, written as the file writes its strings. */
export function quoteJson(value: string, escapes: Escapes): string {
  let quoted = JSON.stringify(value);
  if (escapes.upperCase)
    quoted = quoted.replace(ESCAPED, (escaped) => escaped.slice(0, -4) + escaped.slice(-4).toUpperCase());
  if (escapes.nonAscii)
    quoted = quoted.replace(/[^\0-\x7f]/g, (character) => escapeCharacter(character, escapes));
  if (escapes.ascii === '') return quoted;
  return [...quoted].map((at) => (escapes.ascii.includes(at) ? escapeCharacter(at, escapes) : at)).join('');
}

function escapeCharacter(character: string, escapes: Escapes): string {
  const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${escapes.upperCase ? hex.toUpperCase() : hex}`;
}
