import type { FloatProfile, IntegerProfile } from './column-profile.js';
import { EXACT_DIGITS, EXACT_POWERS } from './read-number.js';

/** Ten to this power is the largest that is a double. */
const MOST_POWER = EXACT_POWERS.length - 1;

/** Nearly half of ten to the power of -22, -21 and so on up to 0: `10 ** x` is slow. */
const HALF_UNITS: readonly number[] = EXACT_POWERS.map((power) => 0.499999 / power).reverse();

/** A float32 has 24 bits: no larger scale makes a whole number of it that matters. */
const MOST_SCALE = 2 ** 24;

/**
 * What is counted of the numbers of all columns. One typed array for each figure, a slot for each column: the scan's loop
 * adds to it once a field, and numbers in objects would be allocated anew each time.
 */
export class NumberTallies {
  readonly integers: Float64Array;
  readonly decimals: Float64Array;
  readonly #infinite: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #last: Float64Array;
  readonly #digits: Int32Array;
  readonly #error: Float64Array;
  readonly #decreased: Uint8Array;
  readonly #fractional: Uint8Array;
  readonly #inexact: Uint8Array;
  readonly #brokenTrip: Uint8Array;
  readonly #scale: Float64Array;
  /** Integers of more digits than a double holds for sure. */
  readonly #bigMin: (bigint | undefined)[];
  readonly #bigMax: (bigint | undefined)[];

  constructor(columns: number) {
    this.integers = new Float64Array(columns);
    this.decimals = new Float64Array(columns);
    this.#infinite = new Float64Array(columns);
    this.#min = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
    this.#last = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
    this.#digits = new Int32Array(columns);
    this.#error = new Float64Array(columns);
    this.#decreased = new Uint8Array(columns);
    this.#fractional = new Uint8Array(columns);
    this.#inexact = new Uint8Array(columns);
    this.#brokenTrip = new Uint8Array(columns);
    this.#scale = new Float64Array(columns).fill(1);
    this.#bigMin = new Array(columns);
    this.#bigMax = new Array(columns);
  }

  /**
   * Counts a finite number. `mantissa` are its digits as an integer, `digits` how many they are with the zeros at either
   * end, `exponent` the power of ten that makes `value` of it.
   */
  add(slot: number, value: number, mantissa: number, digits: number, exponent: number): void {
    if (value < (this.#min[slot] as number)) this.#min[slot] = value;
    if (value > (this.#max[slot] as number)) this.#max[slot] = value;
    if (value < (this.#last[slot] as number)) this.#decreased[slot] = 1;
    this.#last[slot] = value;
    if (digits > (this.#digits[slot] as number)) this.#countDigits(slot, mantissa, digits);
    const narrow = Math.fround(value);
    if (narrow !== value) this.#addInexact(slot, value, narrow, mantissa, digits, exponent);
    else if (digits > EXACT_DIGITS || exponent > MOST_POWER || exponent < -MOST_POWER) {
      // pandas up to 3.0 may be off by some last bits here.
      if (value !== 0) this.#inexact[slot] = 1;
    }
  }

  addInteger(slot: number): void {
    (this.integers[slot] as number)++;
  }

  addDecimal(slot: number, value: number): void {
    (this.decimals[slot] as number)++;
    if (value === Math.trunc(value)) return;
    this.#fractional[slot] = 1;
    let scale = this.#scale[slot] as number;
    while (scale < MOST_SCALE && value * scale !== Math.trunc(value * scale)) scale *= 2;
    this.#scale[slot] = scale;
  }

  addBig(slot: number, big: bigint): void {
    const min = this.#bigMin[slot];
    const max = this.#bigMax[slot];
    if (min === undefined || big < min) this.#bigMin[slot] = big;
    if (max === undefined || big > max) this.#bigMax[slot] = big;
  }

  addInfinity(slot: number, value: number): void {
    (this.decimals[slot] as number)++;
    (this.#infinite[slot] as number)++;
    if (value < (this.#min[slot] as number)) this.#min[slot] = value;
    if (value > (this.#max[slot] as number)) this.#max[slot] = value;
  }

  /** Called only for more digits than any value of the column had before: rarely. */
  #countDigits(slot: number, mantissa: number, digits: number): void {
    const significant = digits > EXACT_DIGITS ? digits : significantDigits(mantissa);
    if (significant > (this.#digits[slot] as number)) this.#digits[slot] = significant;
  }

  #addInexact(
    slot: number,
    value: number,
    narrow: number,
    mantissa: number,
    digits: number,
    exponent: number,
  ): void {
    this.#inexact[slot] = 1;
    const error = Math.abs(narrow - value);
    const relative = error / Math.abs(value);
    if (relative > (this.#error[slot] as number)) this.#error[slot] = relative;
    if (this.#brokenTrip[slot] === 0 && !comesBack(error, mantissa, digits, exponent))
      this.#brokenTrip[slot] = 1;
  }

  /** Of a column without decimal numbers. */
  integersOf(slot: number): IntegerProfile {
    const bigMin = this.#bigMin[slot];
    const bigMax = this.#bigMax[slot];
    const min = BigInt(this.#min[slot] as number);
    const max = BigInt(this.#max[slot] as number);
    // Where there are big ones, the doubles hold them too, rounded: the exact one is right unless a short one is beyond it.
    return {
      min: bigMin === undefined ? min : isShort(min) && min < bigMin ? min : bigMin,
      max: bigMax === undefined ? max : isShort(max) && max > bigMax ? max : bigMax,
      increasing: this.#decreased[slot] === 0 && bigMin === undefined,
    };
  }

  floatsOf(slot: number): FloatProfile {
    return {
      min: this.#min[slot] as number,
      max: this.#max[slot] as number,
      infinite: this.#infinite[slot] as number,
      whole: this.#fractional[slot] === 0,
      digits: this.#digits[slot] as number,
      isFloat32: this.#inexact[slot] === 0,
      roundTrips: this.#brokenTrip[slot] === 0,
      float32Error: this.#error[slot] as number,
      scale: this.#scale[slot] as number,
    };
  }

  hasBeyondInt64(slot: number): boolean {
    const min = this.#bigMin[slot];
    const max = this.#bigMax[slot];
    return min !== undefined && max !== undefined && (min < LEAST_INT64 || max >= 2n ** 63n);
  }
}

/**
 * Whether a float32 that is off by `error` gives the decimal again when it is rounded to its digits: the error is less than
 * half of the last significant digit's unit. Not quite half, because a tie and the last bit may go either way.
 */
function comesBack(error: number, mantissa: number, digits: number, exponent: number): boolean {
  const shift = exponent + MOST_POWER;
  const half = HALF_UNITS[shift] ?? 0.499999 * 10 ** exponent;
  // Zeros at the end make the unit larger: they only matter if the smaller one does not do.
  if (error < half) return true;
  const zeros = digits > EXACT_DIGITS ? 0 : trailingZeros(mantissa);
  return zeros > 0 && error < 0.499999 * 10 ** (exponent + zeros);
}

/**
 * The least number itself stands for a missing value inside pandas' parser (up to 3.0 for any that is the same float), so
 * that a column with missing values loses it.
 */
const LEAST_INT64 = -(2n ** 63n) + 1024n;

const isShort = (value: bigint) => value > -(10n ** 15n) && value < 10n ** 15n;

function trailingZeros(mantissa: number): number {
  if (mantissa === 0) return 0;
  let zeros = 0;
  for (let rest = mantissa; rest % 10 === 0; rest /= 10) zeros++;
  return zeros;
}

/** Digits of an integer below 10^15 without the zeros at its end; 0 for 0. */
function significantDigits(mantissa: number): number {
  if (mantissa === 0) return 0;
  let rest = mantissa;
  while (rest % 10 === 0) rest /= 10;
  let digits = 0;
  for (; rest >= 1; rest = Math.floor(rest / 10)) digits++;
  return digits;
}
