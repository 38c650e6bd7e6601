import { isSpace } from './bytes.js';
import type { StringProfile } from './column-profile.js';
import { type DistinctBudget, DistinctValues } from './distinct-values.js';
import type { Encoding } from './read-options.js';

/** Decodes the bytes of a field. Not with TextDecoder, whose `latin1` is Windows-1252. */
export function decodeField(bytes: Uint8Array, encoding: Encoding): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(encoding === 'utf-8' ? 'utf8' : 'latin1');
}

/** What is counted of the string fields of one column. */
export class StringTally {
  count = 0;
  #encoding: Encoding;
  #utf8Bytes = 0;
  #longest = 0;
  #padded = false;
  /** Strings and characters by width: ASCII, 1, 2 and 4 bytes. */
  #counts = [0, 0, 0, 0];
  #characters = [0, 0, 0, 0];
  #distinct: DistinctValues;

  constructor(encoding: Encoding, budget: DistinctBudget) {
    this.#encoding = encoding;
    this.#distinct = new DistinctValues(budget);
  }

  /** Counts the string `bytes[start..end)`: not empty, in the file's encoding. */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.count++;
    let hash = -2128831035; // FNV-1a
    let union = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      union |= byte;
      hash = Math.imul(hash ^ byte, 16777619);
    }
    if (union < 0x80) {
      const length = end - start;
      this.#utf8Bytes += length;
      (this.#counts[0] as number)++;
      (this.#characters[0] as number) += length;
      if (length > this.#longest) this.#longest = length;
    } else this.#addWide(bytes, start, end);
    if (!this.#padded && (isSpace(bytes[start] as number) || isSpace(bytes[end - 1] as number)))
      this.#padded = true;
    if (!this.#distinct.overflown) this.#distinct.add(bytes, start, end, hash);
  }

  #addWide(bytes: Uint8Array, start: number, end: number): void {
    let largest = 0;
    let continuing = 0;
    let high = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte > largest) largest = byte;
      if (byte >= 0x80) high++;
      if (byte >= 0x80 && byte < 0xc0) continuing++;
    }
    const utf8 = this.#encoding === 'utf-8';
    const characters = utf8 ? end - start - continuing : end - start;
    // The lead byte tells: up to C3 it is below U+0100, up to EF below U+10000.
    const width = !utf8 || largest <= 0xc3 ? 1 : largest <= 0xef ? 2 : 3;
    this.#utf8Bytes += utf8 ? end - start : end - start + high;
    (this.#counts[width] as number)++;
    (this.#characters[width] as number) += characters;
    if (characters > this.#longest) this.#longest = characters;
  }

  toProfile(): StringProfile {
    const ofWidth = (width: number) => ({
      count: this.#counts[width] as number,
      characters: this.#characters[width] as number,
    });
    return {
      utf8Bytes: this.#utf8Bytes,
      characters: this.#characters.reduce((sum, some) => sum + some, 0),
      longest: this.#longest,
      byWidth: { ascii: ofWidth(0), one: ofWidth(1), two: ofWidth(2), four: ofWidth(3) },
      padded: this.#padded,
      distinct: this.#distinct.toList((bytes) => decodeField(bytes, this.#encoding)),
    };
  }
}
