import { CR, DOT, isBlank, LF, MINUS, NINE, QUOTE, straysAfterReturn, ZERO } from './bytes.js';
import { EXACT_DIGITS, EXACT_POWERS } from './read-number.js';
import { type DataRefusal, refuse } from './refusal.js';
import type { ColumnTallies } from './tally-columns.js';

/** The slot of a column that is not read. */
const SKIPPED = -1;

export function refuseStrayReturn(line: number): DataRefusal {
  const found = `line ${line} ends with a carriage return alone, before a blank or a separator`;
  return refuse('stray-carriage-return', `${found}: pandas' parser loses its way there`, line);
}

/**
 * Splits rows of data into fields as pandas' C tokenizer does and counts each in its column's tally. Made for speed: it
 * works on bytes, reads the usual numbers on the way to the field's end, and makes no string and no object for a field.
 * Fed block by block; what it holds between two is where in a row it is.
 */
export class RowScanner {
  rows = 0;
  refusal: DataRefusal | null = null;
  /** Whether `nrows` are read, or the scan is refused: nothing more is looked at. */
  done = false;
  readonly #tallies: ColumnTallies;
  readonly #sep: number;
  /** The slot of each column of the file. */
  readonly #slots: Int32Array;
  readonly #maxRows: number;
  #line: number;
  /** The column that the next field belongs to. */
  #column = 0;
  /** The last block ended with a carriage return: a line feed at the beginning of the next one belongs to it. */
  #afterCarriageReturn = false;
  /** A quoted field without its quotes. */
  #unquoted = new Uint8Array(256);

  /** `positions` are those of the `width` columns that have a slot in `tallies`; `line` is the first one's number, from 1. */
  constructor(
    tallies: ColumnTallies,
    sep: string,
    width: number,
    positions: readonly number[],
    maxRows: number | null,
    line: number,
  ) {
    this.#tallies = tallies;
    this.#sep = sep.charCodeAt(0);
    this.#slots = new Int32Array(width).fill(SKIPPED);
    positions.forEach((position, slot) => {
      this.#slots[position] = slot;
    });
    this.#maxRows = maxRows ?? Number.POSITIVE_INFINITY;
    this.#line = line;
    this.done = this.#maxRows === 0;
  }

  /**
   * Scans `bytes[start..end)`, where `bytes[end]` is a line feed, and gives the offset of the first field that does not end
   * within: the next block begins with it.
   */
  scan(bytes: Uint8Array, start: number, end: number): number {
    if (this.done) return end;
    const tallies = this.#tallies;
    const numbers = tallies.numbers;
    const missing = tallies.missing;
    const slots = this.#slots;
    const width = slots.length;
    const sep = this.#sep;
    let column = this.#column;
    let at = start;
    if (this.#afterCarriageReturn && at < end) {
      this.#afterCarriageReturn = false;
      at = this.#skipLineFeed(bytes, at);
    }

    while (at < end && !this.done) {
      const slot = slots[column] as number;
      let byte = bytes[at] as number;
      /** Where the field ends: the offset of a separator or of a line's end. */
      let stop = -1;

      if (byte === QUOTE) {
        stop = this.#scanQuoted(bytes, at, end, slot);
        if (stop >= end) break;
      } else if (slot !== SKIPPED) {
        if (byte === sep || ((byte === LF || byte === CR) && column > 0)) {
          (missing[slot] as number)++;
          stop = at;
        } else {
          // Digits with at most one point and a minus sign; whatever is more is left to the tally.
          let next = at;
          const negative = byte === MINUS;
          if (negative) byte = bytes[++next] as number;
          if (byte >= ZERO && byte <= NINE) {
            const first = next;
            let mantissa = byte - ZERO;
            byte = bytes[++next] as number;
            while (byte >= ZERO && byte <= NINE) {
              mantissa = mantissa * 10 + (byte - ZERO);
              byte = bytes[++next] as number;
            }
            let digits = next - first;
            let decimals = 0;
            const isDecimal = byte === DOT;
            if (isDecimal) {
              const point = next;
              byte = bytes[++next] as number;
              while (byte >= ZERO && byte <= NINE) {
                mantissa = mantissa * 10 + (byte - ZERO);
                byte = bytes[++next] as number;
              }
              decimals = next - point - 1;
              digits += decimals;
            }
            if ((byte === sep || byte === LF || byte === CR) && digits <= EXACT_DIGITS && next < end) {
              stop = next;
              let value = decimals === 0 ? mantissa : mantissa / (EXACT_POWERS[decimals] as number);
              if (negative) value = -value;
              numbers.add(slot, value, mantissa, digits, -decimals);
              if (isDecimal) numbers.addDecimal(slot, value);
              else numbers.addInteger(slot);
            }
          }
        }
      }

      if (stop < 0) {
        stop = at;
        byte = bytes[at] as number;
        while (byte !== sep && byte !== LF && byte !== CR) byte = bytes[++stop] as number;
        if (stop >= end) break;
        if (column === 0 && byte !== sep && isBlank(bytes, at, stop)) {
          this.#line++;
          at = this.#skipLineEnd(bytes, stop, end);
          continue;
        }
        if (slot !== SKIPPED) tallies.add(slot, bytes, at, stop);
      }

      if (bytes[stop] === sep) {
        at = stop + 1;
        if (++column < width) continue;
        this.#refuseLongRow(width);
        return end;
      }
      this.#line++;
      at = this.#skipLineEnd(bytes, stop, end);
      this.rows++;
      while (++column < width) this.#addMissing(column);
      column = 0;
      if (this.rows === this.#maxRows) {
        this.done = true;
        return end;
      }
    }
    this.#column = column;
    return at;
  }

  /** The offset after a line's end at `at`, be it LF, CR or both; `#line` is the next one's number. */
  #skipLineEnd(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at] !== CR) return at + 1;
    if (at + 1 === end) {
      this.#afterCarriageReturn = true;
      return end;
    }
    return this.#skipLineFeed(bytes, at + 1);
  }

  /** After a carriage return: the offset behind its line feed, if it has one. */
  #skipLineFeed(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] as number;
    if (byte === LF) return at + 1;
    if (straysAfterReturn(byte, this.#sep)) {
      this.done = true;
      this.refusal = refuseStrayReturn(this.#line - 1);
    }
    return at;
  }

  /** A short row ends with missing values, which pandas grants without a word. */
  #addMissing(column: number): void {
    const slot = this.#slots[column] as number;
    if (slot !== SKIPPED) (this.#tallies.missing[slot] as number)++;
  }

  /**
   * Counts the field that begins with the quote at `start`; gives the offset of its end, or `end` where that is not
   * within. After the closing quote everything up to the separator belongs to the field, quotes too.
   */
  #scanQuoted(bytes: Uint8Array, start: number, end: number, slot: number): number {
    let at = start + 1;
    let lines = 0;
    let inner = start + 1;
    let pieces = 0;
    let length = 0;
    for (;;) {
      let byte = bytes[at] as number;
      while (byte !== QUOTE && at < end) {
        if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines++;
        byte = bytes[++at] as number;
      }
      // Whether this quote is a doubled one shows in the next byte.
      if (at + 1 >= end) return end;
      if (bytes[at + 1] !== QUOTE) break;
      length = this.#append(bytes, inner, at + 1, length);
      pieces++;
      at += 2;
      inner = at;
    }
    const closing = at++;
    let byte = bytes[at] as number;
    while (byte !== this.#sep && byte !== LF && byte !== CR) byte = bytes[++at] as number;
    if (at >= end) return end;
    this.#line += lines;
    if (slot === SKIPPED) return at;
    if (pieces === 0 && at === closing + 1) {
      this.#tallies.add(slot, bytes, inner, closing);
      return at;
    }
    length = this.#append(bytes, inner, closing, length);
    length = this.#append(bytes, closing + 1, at, length);
    this.#tallies.add(slot, this.#unquoted, 0, length);
    return at;
  }

  #append(bytes: Uint8Array, start: number, end: number, length: number): number {
    const total = length + end - start;
    if (total > this.#unquoted.length) {
      const larger = new Uint8Array(2 * total);
      larger.set(this.#unquoted);
      this.#unquoted = larger;
    }
    this.#unquoted.set(bytes.subarray(start, end), length);
    return total;
  }

  #refuseLongRow(width: number): void {
    const found = `line ${this.#line} has more fields than the ${width} of the header`;
    this.done = true;
    this.refusal =
      this.rows === 0
        ? refuse('index-from-extra-column', `${found}: pandas makes an index of the first`, this.#line)
        : refuse('ragged-rows', `${found}: pandas raises a ParserError`, this.#line);
  }

  /** Where the bytes ended within a quoted field: its line. */
  get line(): number {
    return this.#line;
  }
}
