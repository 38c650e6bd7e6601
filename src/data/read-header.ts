import { CR, isBlank, LF, QUOTE } from './bytes.js';
import type { CsvReadOptions } from './read-options.js';
import { type DataRefusal, refuse } from './refusal.js';
import { decodeField } from './tally-strings.js';

/** What is known of a file before its first row of data. */
export interface Layout {
  /** The names of all columns of the file. */
  readonly header: readonly (string | number)[];
  /** Positions of those that are read, ascending. */
  readonly positions: readonly number[];
  /** Position of the one that becomes the index. */
  readonly index: number | null;
  /** Where the data begin. */
  readonly dataAt: number;
  /** The line, from 1, on which they do. */
  readonly dataLine: number;
}

interface Row {
  readonly fields: readonly string[];
  readonly start: number;
  readonly end: number;
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  readonly nextLine: number;
}

/** Finds the columns in the first block of a file, which is `bytes[start..end)`; `complete` where that is all of it. */
export function readHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  complete: boolean,
  options: CsvReadOptions,
): Layout | DataRefusal {
  let row: Row | null = null;
  let at = start;
  let line = 1;
  for (let number = 0; number <= (options.header ?? 0); number++) {
    const next = readRow(bytes, at, end, line, options);
    if (next === null) return explainNoHeader(options, complete, row, at);
    row = next;
    at = row.end;
    line = row.nextLine;
  }
  if (row === null) throw new Error('a header has a row');
  const names = nameColumns(row.fields, options);
  if ('code' in names) return names;
  const positions = choosePositions(names, options);
  if ('code' in positions) return positions;
  const index = chooseIndex(names, positions, options);
  if (typeof index === 'object' && index !== null) return index;
  const dataAt = options.header === null ? row.start : row.end;
  const dataLine = options.header === null ? row.line : row.nextLine;
  return { header: names, positions, index, dataAt, dataLine };
}

function explainNoHeader(
  options: CsvReadOptions,
  complete: boolean,
  last: Row | null,
  at: number,
): DataRefusal {
  if (!complete) return refuse('header-too-long', 'the header does not end within the first MiB of the file');
  if (last !== null) {
    return refuse(
      'header-beyond-file',
      `the header should be row ${options.header}, which the file does not have`,
    );
  }
  return refuse('empty-file', at === 0 ? 'the file is empty' : 'the file has no row');
}

/** The next row that is not empty; null where the bytes end before it does. */
function readRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  line: number,
  options: CsvReadOptions,
): Row | null {
  const sep = options.sep.charCodeAt(0);
  const fields: string[] = [];
  let rowStart = start;
  let rowLine = line;
  let nextLine = line;
  let at = start;
  while (at < end) {
    const field: number[] = [];
    const fieldAt = at;
    let quoted = bytes[at] === QUOTE;
    const wasQuoted = quoted;
    if (quoted) at++;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (quoted) {
        if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) nextLine++;
        if (byte !== QUOTE) field.push(byte);
        else if (bytes[at + 1] === QUOTE && at + 1 < end) field.push(bytes[at++] as number);
        else quoted = false;
      } else if (byte === sep || byte === LF || byte === CR) break;
      else field.push(byte);
    }
    if (at >= end) return null;
    const ended = bytes[at++];
    if (ended === sep) {
      fields.push(decodeField(Uint8Array.from(field), options.encoding));
      continue;
    }
    if (ended === CR && bytes[at] === LF && at < end) at++;
    nextLine++;
    if (fields.length === 0 && !wasQuoted && isBlank(bytes, fieldAt, fieldAt + field.length)) {
      rowStart = at;
      rowLine = nextLine;
      continue;
    }
    fields.push(decodeField(Uint8Array.from(field), options.encoding));
    return { fields, start: rowStart, end: at, line: rowLine, nextLine };
  }
  return null;
}

function nameColumns(fields: readonly string[], options: CsvReadOptions): (string | number)[] | DataRefusal {
  const { names, header } = options;
  if (names !== null && names.length !== fields.length) {
    const counts = `names= has ${names.length} and the file ${fields.length} columns`;
    return refuse('names-do-not-fit', `${counts}: pandas makes an index of some, or empty columns`);
  }
  const columns =
    names ??
    (header === null ? fields.map((_, at) => at) : fields.map((field, at) => field || `Unnamed: ${at}`));
  const seen = new Set<string | number>();
  for (const column of columns) {
    if (seen.has(column)) {
      return refuse(
        'duplicate-header',
        `two columns are called ${JSON.stringify(column)}: dtype= would mean both`,
      );
    }
    seen.add(column);
  }
  return [...columns];
}

function choosePositions(
  names: readonly (string | number)[],
  options: CsvReadOptions,
): number[] | DataRefusal {
  if (options.usecols === null) return names.map((_, at) => at);
  const positions = new Set<number>();
  for (const wanted of options.usecols) {
    const position = typeof wanted === 'number' ? wanted : names.indexOf(wanted);
    if (!(position in names)) {
      return refuse(
        'usecols-not-found',
        `usecols= asks for ${JSON.stringify(wanted)}, which the file does not have`,
      );
    }
    positions.add(position);
  }
  return [...positions].sort((a, b) => a - b);
}

function chooseIndex(
  names: readonly (string | number)[],
  positions: readonly number[],
  options: CsvReadOptions,
): number | null | DataRefusal {
  const { indexCol } = options;
  if (indexCol === null) return null;
  const position = typeof indexCol === 'number' ? positions[indexCol] : names.indexOf(indexCol);
  if (position !== undefined && positions.includes(position)) return position;
  return refuse(
    'index-not-found',
    `index_col= asks for ${JSON.stringify(indexCol)}, which is not among the columns read`,
  );
}
