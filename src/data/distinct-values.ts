import type { DistinctValue } from './column-profile.js';

/** A column with more distinct values than this is not counted further: `category` would gain it little. */
export const MOST_DISTINCT = 10_000;

/** Bytes of distinct values kept for one column. */
const MOST_BYTES = 1 << 20;

/** Bytes of distinct values kept for all columns together, so that a file of any width takes bounded memory. */
const MOST_BYTES_IN_ALL = 16 << 20;

/** The memory that the sets of one scan share. */
export class DistinctBudget {
  #left = MOST_BYTES_IN_ALL;

  take(bytes: number): boolean {
    this.#left -= bytes;
    return this.#left >= 0;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}

/**
 * The distinct values of a column as bytes, with their counts, in the order of their first appearance: a hash table with
 * open addressing over one growing buffer, so that a field which was seen before costs no allocation and no decoding.
 */
export class DistinctValues {
  readonly #budget: DistinctBudget;
  /** Index of a value plus 1; 0 is free. Its length is a power of two. */
  #table = new Int32Array(64);
  #hashes = new Int32Array(32);
  #counts = new Float64Array(32);
  /** Where each value begins in `#bytes`; one more than there are values. */
  #starts = new Int32Array(33);
  #bytes = new Uint8Array(256);
  #size = 0;
  #overflown = false;

  constructor(budget: DistinctBudget) {
    this.#budget = budget;
  }

  get overflown(): boolean {
    return this.#overflown;
  }

  /** Counts the value `source[start..end)`, whose hash the caller made: any hash, if always the same one. */
  add(source: Uint8Array, start: number, end: number, hash: number): void {
    const mask = this.#table.length - 1;
    let place = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const index = (this.#table[place] as number) - 1;
      if (index < 0) break;
      if (this.#hashes[index] === hash && this.#equals(index, source, start, end)) {
        (this.#counts[index] as number)++;
        return;
      }
      place = (place + 1) & mask;
    }
    this.#insert(place, source, start, end, hash);
  }

  /** The values in the order of their first appearance; null where there were too many to keep. */
  toList(decode: (bytes: Uint8Array) => string): readonly DistinctValue[] | null {
    if (this.#overflown) return null;
    return Array.from({ length: this.#size }, (_, index) => ({
      value: decode(this.#bytes.subarray(this.#starts[index], this.#starts[index + 1])),
      count: this.#counts[index] as number,
    }));
  }

  #equals(index: number, source: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[index] as number;
    const length = end - start;
    if ((this.#starts[index + 1] as number) - from !== length) return false;
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) if (bytes[from + i] !== source[start + i]) return false;
    return true;
  }

  #insert(place: number, source: Uint8Array, start: number, end: number, hash: number): void {
    const index = this.#size;
    const from = this.#starts[index] as number;
    const to = from + end - start;
    // 16 bytes are the entry's share of the tables.
    if (index === MOST_DISTINCT || to > MOST_BYTES || !this.#budget.take(to - from + 16)) {
      this.#overflow();
      return;
    }
    if (to > this.#bytes.length)
      this.#bytes = grown(this.#bytes, new Uint8Array(Math.max(to, 2 * this.#bytes.length)));
    if (index === this.#hashes.length) {
      this.#hashes = grown(this.#hashes, new Int32Array(2 * index));
      this.#counts = grown(this.#counts, new Float64Array(2 * index));
      this.#starts = grown(this.#starts, new Int32Array(2 * index + 1));
    }
    this.#bytes.set(source.subarray(start, end), from);
    this.#starts[index + 1] = to;
    this.#hashes[index] = hash;
    this.#counts[index] = 1;
    this.#table[place] = ++this.#size;
    if (2 * this.#size > this.#table.length) this.#rehash();
  }

  #rehash(): void {
    this.#table = new Int32Array(2 * this.#table.length);
    const mask = this.#table.length - 1;
    for (let index = 0; index < this.#size; index++) {
      const hash = this.#hashes[index] as number;
      let place = (hash ^ (hash >>> 15)) & mask;
      while (this.#table[place] !== 0) place = (place + 1) & mask;
      this.#table[place] = index + 1;
    }
  }

  #overflow(): void {
    this.#overflown = true;
    this.#budget.giveBack((this.#starts[this.#size] as number) + 16 * this.#size);
    this.#table = new Int32Array(0);
    this.#hashes = new Int32Array(0);
    this.#counts = new Float64Array(0);
    this.#starts = new Int32Array(1);
    this.#bytes = new Uint8Array(0);
    this.#size = 0;
  }
}

function grown<T extends Uint8Array | Int32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
