import { asciiText, DOT, isSpace, MINUS, NINE, PLUS, ZERO } from './bytes.js';

/** Powers of ten that are doubles: multiplying or dividing an integer below 2^53 by one rounds once, hence exactly. */
export const EXACT_POWERS: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Up to so many digits an integer is below 2^53. */
export const EXACT_DIGITS = 15;

/** pandas up to 3.0 keeps so many digits of a number, with the zeros in front (precise_xstrtod in tokenizer.c). */
const KEPT_DIGITS = 17;

/**
 * What a field is to pandas: an integer; a decimal number; `doubtful` where that depends on pandas' version; or no number.
 */
export type NumberKind = 'integer' | 'decimal' | 'doubtful' | 'none';

/**
 * Reads a number from bytes as pandas' C parser does: white space around it, a sign, digits with at most one point, an
 * exponent. The scan's own loop reads the commonest forms; this reads all. An object that is used again and again, so that
 * a field costs no allocation: what the last field held is in its properties.
 */
export class NumberReader {
  value = 0;
  /** Digits before the exponent, with zeros at either end. */
  digits = 0;
  /** The digits as an integer; exact up to `EXACT_DIGITS` of them. */
  mantissa = 0;
  /** `value` is `mantissa` times ten to this power. */
  exponent = 0;
  /** Exact, for an integer of more than `EXACT_DIGITS` digits; null else. */
  big: bigint | null = null;

  read(bytes: Uint8Array, start: number, end: number): NumberKind {
    let at = start;
    let stop = end;
    while (at < stop && isSpace(bytes[at] as number)) at++;
    while (stop > at && isSpace(bytes[stop - 1] as number)) stop--;
    const first = at;
    const negative = bytes[at] === MINUS;
    if (negative || bytes[at] === PLUS) at++;

    let leadingZeros = 0;
    let mantissa = 0;
    let digits = 0;
    let decimals = 0;
    let pointAt = -1;
    for (; at < stop; at++) {
      const byte = bytes[at] as number;
      if (byte >= ZERO && byte <= NINE) {
        mantissa = mantissa * 10 + (byte - ZERO);
        digits++;
        if (mantissa === 0) leadingZeros++;
        if (pointAt >= 0) decimals++;
      } else if (byte === DOT && pointAt < 0) pointAt = at;
      else break;
    }
    if (digits === 0) return 'none';
    this.big = null;
    this.digits = digits;
    this.mantissa = mantissa;
    this.exponent = -decimals;

    if (at === stop && pointAt < 0) {
      this.value = negative ? -mantissa : mantissa;
      if (digits > EXACT_DIGITS) {
        this.big = BigInt(asciiText(bytes, bytes[first] === PLUS ? first + 1 : first, stop));
        this.value = Number(this.big);
      }
      return 'integer';
    }

    let power = 0;
    if (at < stop) {
      if (((bytes[at] as number) | 0x20) !== 0x65) return 'none';
      at++;
      // Up to 3.0 blanks may follow the e, from 3.1 on they may not.
      const blank = at < stop && isSpace(bytes[at] as number);
      while (at < stop && isSpace(bytes[at] as number)) at++;
      const minus = bytes[at] === MINUS;
      if (at < stop && (minus || bytes[at] === PLUS)) at++;
      const powerAt = at;
      for (; at < stop; at++) {
        const byte = bytes[at] as number;
        if (byte < ZERO || byte > NINE) return 'none';
        if (power < 100_000) power = power * 10 + (byte - ZERO);
      }
      if (powerAt === at) return blank ? 'doubtful' : 'none';
      if (minus) power = -power;
      if (blank) return 'doubtful';
    }
    this.exponent += power;
    this.value = this.#decimal(bytes, first, stop, negative);
    return this.#isDoubtful(power, leadingZeros, digits - decimals) ? 'doubtful' : 'decimal';
  }

  /** The nearest double. */
  #decimal(bytes: Uint8Array, start: number, end: number, negative: boolean): number {
    if (this.digits <= EXACT_DIGITS && Math.abs(this.exponent) <= 22) {
      const scale = EXACT_POWERS[Math.abs(this.exponent)] as number;
      const value = this.exponent < 0 ? this.mantissa / scale : this.mantissa * scale;
      return negative ? -value : value;
    }
    return Number(asciiText(bytes, start, end));
  }

  /** Whether pandas' versions read another value than this one, by more than the last bits, or a string. */
  #isDoubtful(power: number, leadingZeros: number, wholeDigits: number): boolean {
    const size = Math.abs(this.value);
    if (wholeDigits > KEPT_DIGITS + 1 || Math.abs(power) > 300 || size > 1e300) return true;
    if (size !== 0 && size < 1e-300) return true;
    return this.digits > KEPT_DIGITS && leadingZeros > 7 && size !== 0;
  }
}
