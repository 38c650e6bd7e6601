import type { FileSpan } from '../text/offset.js';
import { type Escapes, quoteJson } from './json-escapes.js';
import { type Brackets, detectBrackets } from './layout.js';
import { scanArray, skipString } from './scan-json.js';

/** How a file has its sources: one string; a list of lines; or a list with several lines in one item. */
export type SourceForm = 'string' | 'lines' | 'block';

/**
 * The JSON text of a new source in the place of an old one. Lines that the old source has are copied from it as they
 * are written there, whatever their escapes; the others are written as the file writes its strings.
 *
 * @param old where the old source's value stands in `text`
 * @param items the white space of lists in cells, for an old list that is empty
 */
export function rewriteSource(
  text: string,
  old: FileSpan,
  source: string,
  items: Brackets,
  escapes: Escapes,
): string {
  const raw = readRawLines(text, old);
  const write = (line: string) => raw.get(line) ?? quoteJson(line, escapes).slice(1, -1);
  const form = detectSourceForm(text, old);
  const brackets = detectBrackets(text, old.start, old.end, items) ?? items;
  return formatSource(source, form, form === 'string' ? items : brackets, write);
}

/** The JSON text of a source that is new. */
export function writeSource(source: string, form: SourceForm, items: Brackets, escapes: Escapes): string {
  return formatSource(source, form, items, (line) => quoteJson(line, escapes).slice(1, -1));
}

export function detectSourceForm(text: string, span: FileSpan): SourceForm {
  if (text[span.start] === '"') return 'string';
  return /[^\\](?:\\\\)*\\n[^"]/.test(text.slice(span.start, span.end)) ? 'block' : 'lines';
}

function formatSource(
  source: string,
  form: SourceForm,
  items: Brackets,
  write: (line: string) => string,
): string {
  const lines = splitLines(source).map(write);
  if (form === 'string') return `"${lines.join('')}"`;
  if (lines.length === 0) return '[]';
  const strings = form === 'block' ? [lines.join('')] : lines;
  return `[${items.lead}${strings.map((line) => `"${line}"`).join(items.separator)}${items.tail}]`;
}

/** Lines with their `\n`; the last one without, and not at all if it is empty. */
export function splitLines(source: string): string[] {
  return source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Decoded line → the line as it is written in the file, without quotes. */
function readRawLines(text: string, span: FileSpan): Map<string, string> {
  const found = new Map<string, string>();
  const add = (start: number): number => {
    const end = skipString(text, start);
    const content = text.slice(start + 1, end - 1);
    for (const line of splitRawLines(content)) {
      const decoded: string = JSON.parse(`"${line}"`);
      if (!found.has(decoded)) found.set(decoded, line);
    }
    return end;
  };
  if (text[span.start] === '"') add(span.start);
  else scanArray(text, span.start, add);
  return found;
}

/** Splits a JSON string's raw content behind each `\\n`. */
function splitRawLines(content: string): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let at = content.indexOf('\\'); at !== -1; at = content.indexOf('\\', at + 2)) {
    if (content[at + 1] !== 'n') continue;
    lines.push(content.slice(start, at + 2));
    start = at + 2;
  }
  if (start < content.length) lines.push(content.slice(start));
  return lines;
}
