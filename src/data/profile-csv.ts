import { isUtf8 } from 'node:buffer';
import { CR, straysAfterReturn } from './bytes.js';
import type { CsvProfile } from './column-profile.js';
import { type Block, BlockReader } from './read-blocks.js';
import { type Layout, readHeader } from './read-header.js';
import type { CsvReadOptions } from './read-options.js';
import { type DataRefusal, isRefusal, refuse } from './refusal.js';
import { RowScanner, refuseStrayReturn } from './scan-rows.js';
import { ColumnTallies } from './tally-columns.js';

/** Called after every MiB or so with the bytes of the file that are scanned. */
export type OnProgress = (bytesScanned: number) => void;

/** What pandas guesses a compression from (pandas/io/common.py, extension_to_compression). */
const COMPRESSED = /\.(tar|tar\.gz|tar\.bz2|tar\.xz|gz|bz2|zip|xz|zst)$/i;
const URL = /^[a-z][a-z0-9+.-]*:\/\//i;

/** A field that is longer is no field but a quote that is never closed. */
const LONGEST_FIELD = 8 << 20;

/**
 * Scans a CSV file once and profiles each column that `options` reads. Memory is bounded whatever the file's size: some
 * MiB, and up to 16 MiB of distinct values. What pandas would not read, or would read otherwise than a plain table, is
 * refused; a file that cannot be opened too. Everything that is thrown is a bug.
 */
export async function profileCsv(
  path: string,
  options: CsvReadOptions,
  onProgress: OnProgress = () => {},
): Promise<CsvProfile | DataRefusal> {
  return withReader(path, (reader) => scan(reader, path, options, onProgress));
}

/** The names of the columns that `options` reads, the index left out, as the header and the first row tell: reads one MiB. */
export async function readColumns(
  path: string,
  options: CsvReadOptions,
): Promise<readonly (string | number)[] | DataRefusal> {
  return withReader(path, async (reader) => {
    const block = await reader.next(0);
    const layout = readLayout(block, options);
    if (isRefusal(layout)) return layout;
    const { header, positions, index, dataAt, dataLine } = layout;
    // A row that is longer than the header would begin with an index.
    const tallies = new ColumnTallies(positions.length, options.encoding, options.noneIsMissing);
    const scanner = new RowScanner(tallies, options.sep, header.length, positions, 1, dataLine);
    scanner.scan(block.bytes, dataAt, block.end);
    if (scanner.refusal !== null) return scanner.refusal;
    return positions.flatMap((position) => (position === index ? [] : (header[position] ?? position)));
  });
}

async function withReader<T>(
  path: string,
  work: (reader: BlockReader) => Promise<T>,
): Promise<T | DataRefusal> {
  if (URL.test(path)) return refuse('remote-path', `${path} is not a local file: nbslim downloads nothing`);
  if (COMPRESSED.test(path))
    return refuse('compressed', `${path} is compressed, which nbslim's scan does not read`);
  let reader: BlockReader;
  try {
    reader = await BlockReader.open(path);
  } catch (error) {
    return unreadable(path, error);
  }
  try {
    return await work(reader);
  } catch (error) {
    // A directory opens and then cannot be read.
    if (isSystemError(error)) return unreadable(path, error);
    throw error;
  } finally {
    await reader.close();
  }
}

async function scan(
  reader: BlockReader,
  path: string,
  options: CsvReadOptions,
  onProgress: OnProgress,
): Promise<CsvProfile | DataRefusal> {
  let block = await reader.next(0);
  const layout = readLayout(block, options);
  if (isRefusal(layout)) return layout;
  const tallies = new ColumnTallies(layout.positions.length, options.encoding, options.noneIsMissing);
  const width = layout.header.length;
  const scanner = new RowScanner(
    tallies,
    options.sep,
    width,
    layout.positions,
    options.nrows,
    layout.dataLine,
  );
  let rest = scanner.scan(block.bytes, layout.dataAt, block.end);
  while (!block.isLast && !scanner.done) {
    if (block.end - rest > LONGEST_FIELD) {
      const why = `a field on line ${scanner.line} is longer than 8 MiB, so a quote is not closed`;
      return refuse('field-too-long', why, scanner.line);
    }
    onProgress(reader.bytesRead);
    block = await reader.next(rest);
    const bad = checkBytes(block, options);
    if (bad !== null) return bad;
    rest = scanner.scan(block.bytes, block.start, block.end);
  }
  if (scanner.refusal !== null) return scanner.refusal;
  if (rest < block.end && !scanner.done) {
    return refuse('unterminated-quote', `a quote on line ${scanner.line} is not closed`, scanner.line);
  }
  const sha256 = await reader.digest();
  onProgress(reader.bytesRead);
  const { rows } = scanner;
  return {
    type: 'csv-profile',
    path,
    size: reader.bytesRead,
    sha256,
    rows,
    header: layout.header,
    columns: layout.positions.map((position, slot) => {
      const name = layout.header[position] ?? position;
      const isIndex = position === layout.index;
      return tallies.toProfile(slot, rows, {
        name,
        position,
        isIndex,
        declared: declaredType(name, options),
      });
    }),
  };
}

function readLayout(block: Block, options: CsvReadOptions): Layout | DataRefusal {
  const bad = checkBytes(block, options);
  if (bad !== null) return bad;
  const { bytes, end } = block;
  let { start } = block;
  const hasMark = bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
  if (hasMark && options.encoding === 'utf-8') start += 3;
  const layout = readHeader(bytes, start, end, block.isLast, options);
  const sep = options.sep.charCodeAt(0);
  if (isRefusal(layout)) return layout;
  for (let at = bytes.indexOf(CR, start); at >= 0 && at < layout.dataAt; at = bytes.indexOf(CR, at + 1)) {
    if (straysAfterReturn(bytes[at + 1] as number, sep)) return refuseStrayReturn(1);
  }
  return layout;
}

/** A NUL ends a field up to 3.0 and belongs to it from 3.1 on; what is no UTF-8 raises. */
function checkBytes(block: Block, options: CsvReadOptions): DataRefusal | null {
  const { bytes, start, end, isLast } = block;
  const part = Buffer.from(bytes.buffer, start, end - start);
  if (part.includes(0)) return refuse('nul-byte', 'the file has a NUL byte: it is no text, or is UTF-16');
  if (options.encoding !== 'utf-8') return null;
  const whole = isLast ? part : part.subarray(0, part.length - unfinishedBytes(part));
  return isUtf8(whole)
    ? null
    : refuse('invalid-utf8', 'the file is not UTF-8: pandas raises a UnicodeDecodeError');
}

/** How many bytes at the end belong to a character that ends in the next block. */
function unfinishedBytes(part: Uint8Array): number {
  for (let back = 1; back <= 3; back++) {
    const byte = part[part.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function declaredType(name: string | number, { dtype }: CsvReadOptions): string | null {
  if (dtype === null || typeof dtype === 'string') return dtype;
  return dtype.get(name) ?? null;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function unreadable(path: string, error: unknown): DataRefusal {
  if (!isSystemError(error)) throw error;
  return refuse(
    'unreadable',
    `${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`,
  );
}
