import type { Combination } from '../environment/environment.js';

/**
 * What values take in memory, in bytes: sizes by `sys.getsizeof` on CPython 3.11, by `nbytes` of pyarrow's arrays.
 * `test/refactor/column-bytes.test.ts` holds what follows from them to the real libraries.
 */

/** By the width that CPython stores a string's characters in (PEP 393): `sys.getsizeof('a' * n)` is 49 + n. */
export type StringWidth = 'ascii' | 'one' | 'two' | 'four';

export const PYTHON_STRING: Readonly<
  Record<StringWidth, { readonly header: number; readonly perCharacter: number }>
> = {
  ascii: { header: 49, perCharacter: 1 },
  one: { header: 73, perCharacter: 1 },
  two: { header: 74, perCharacter: 2 },
  four: { header: 76, perCharacter: 4 },
};

/** An object column holds a pointer for each row. */
export const OBJECT_POINTER = 8;

/** pyarrow's large_string holds an offset for each row, and a bit for what is missing. */
export const ARROW_OFFSET = 8;

/**
 * The hash table by which the values of a category are found, which reading makes (`categories._engine.sizeof()`): khash has a
 * power of two of slots, 77 % of which may be taken, each with a key and a position.
 */
export function hashTableBytes(values: number): number {
  if (values === 0) return 0;
  return 2 ** Math.ceil(Math.log2(values / 0.77)) * 16;
}

/** How `read_csv` stores strings: as objects up to 2.3 and where there is no pyarrow. [fact: read-csv/strings] */
export function stringStorage(combination: Combination): 'object' | 'arrow' {
  return combination === 'E4' || combination === 'E6' ? 'arrow' : 'object';
}

/**
 * How many rows pandas' C parser reads at a time. A string that repeats is one object within such a chunk, and another one
 * in the next (parsers.pyx, `TextReader.__cinit__` and `_string_box_utf8`). From 3.1 on a large file is read in three parts
 * for each thread instead: about as many for files of some MB, fewer for larger ones.
 */
export function rowsPerChunk(columns: number): number {
  let rows = 1;
  while (rows * 2 < Math.floor(2 ** 20 / Math.max(1, columns))) rows *= 2;
  return rows;
}

/**
 * What `read_csv` needs while it runs, besides the frame, as a share of the frame: it reads chunks and puts them together.
 * Of 3,405,857 rows and 8 columns, a frame of 218 MB, 3.0.6 needs twice that at the peak, and 3.1.1, which reads in threads,
 * three times. [facts: collapse/article-import collapse/article-read collapse/article-serial-read]
 */
export function readOverhead(combination: Combination): number {
  return combination === 'E5' || combination === 'E6' ? 2 : 1;
}
