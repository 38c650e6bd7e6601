import { isText } from './bytes.js';

/**
 * The fields that pandas takes for a missing value by itself (pandas/_libs/parsers.pyx, STR_NA_VALUES), besides the empty
 * one. The same from 1.5.3 to 3.1.1 but for `None`, which is one from 2.0 on and is told apart by the caller.
 * [fact: read-csv/none-is-missing]
 */
export const MISSING_VALUES: ReadonlySet<string> = new Set([
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'n/a',
  'nan',
  'null',
]);

/** By their first byte, so that a field is compared with few. */
const BY_FIRST_BYTE: readonly (readonly string[])[] = Array.from({ length: 256 }, (_, byte) =>
  [...MISSING_VALUES].filter((value) => value.charCodeAt(0) === byte),
);

/** Whether the field, which is not empty, is one of `MISSING_VALUES`; white space counts. */
export function isMissing(bytes: Uint8Array, start: number, end: number): boolean {
  const candidates = BY_FIRST_BYTE[bytes[start] as number] as readonly string[];
  for (const candidate of candidates) if (isText(bytes, start, end, candidate)) return true;
  return false;
}
