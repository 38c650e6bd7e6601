import { UserError } from '../errors/user-error.js';
import type { JsonValue } from './json-value.js';
import { locateJsonError } from './locate-json-error.js';
import { skipString } from './scan-json.js';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Parses a notebook's text. Beyond JSON it takes what is found in real notebooks: a byte order mark, and NaN, Infinity
 * and -Infinity, which Python's json module writes. NaN is read as null.
 *
 * @throws UserError that says where and, for the usual accidents, what happened
 */
export function parseNotebookText(text: string, path: string): JsonValue {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    // Neither the message nor a position in it is the same in all versions of V8: the place is looked for again.
    const error = locateJsonError(json);
    if (error === null) return JSON.parse(maskNonFinite(json));
    throw new UserError(`${path}: ${explain(text, error.offset, error.problem)}`);
  }
}

/** Parses a part of a text that `parseNotebookText` has accepted. */
export function parseJsonPart(part: string): JsonValue {
  try {
    return JSON.parse(part);
  } catch {
    return JSON.parse(maskNonFinite(part));
  }
}

const NON_FINITE = /"|NaN|-?Infinity/g;

/** Replaces NaN by null and the infinities by numbers that overflow to them, outside strings. */
function maskNonFinite(json: string): string {
  const parts: string[] = [];
  let copied = 0;
  NON_FINITE.lastIndex = 0;
  for (let match = NON_FINITE.exec(json); match !== null; match = NON_FINITE.exec(json)) {
    const token = match[0];
    if (token === '"') {
      NON_FINITE.lastIndex = skipString(json, match.index);
      continue;
    }
    parts.push(
      json.slice(copied, match.index),
      token === 'NaN' ? 'null' : token === 'Infinity' ? '1e999' : '-1e999',
    );
    copied = match.index + token.length;
  }
  parts.push(json.slice(copied));
  return parts.join('');
}

function explain(text: string, offset: number, problem: string): string {
  if (text.trim() === '') return 'the file is empty, not a notebook';
  if (text.startsWith('version https://git-lfs')) {
    return 'this is a Git LFS pointer, not the notebook itself; run `git lfs pull` first';
  }
  if (/^\s*</.test(text) && !/^\s*<<<<<<</.test(text))
    return 'this is an HTML page, not a notebook; download the raw file';
  if (text.includes('\uFFFD') && offset === 0) return 'this is not a text in UTF-8, not a notebook';
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const conflict = /^(<{7}|={7}|>{7}|\|{7})/.test(
    text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset + 8),
  );
  const what = conflict ? 'a git conflict marker; resolve the conflict first' : problem;
  return `not valid JSON: line ${line}, column ${column}: ${what}`;
}
