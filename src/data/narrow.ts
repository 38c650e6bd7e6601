import type { ColumnProfile, FloatProfile } from './column-profile.js';

export type NarrowInteger = 'int8' | 'int16' | 'int32' | 'uint8' | 'uint16' | 'uint32';

export interface NarrowIntegerOptions {
  /** How many times the range seen must fit, for files that grow. Default 2. */
  readonly headroom?: number;
  /** Unsigned types wrap below zero: only where no subtraction or negation can follow. Default false. */
  readonly allowUnsigned?: boolean;
  /** The range of every value that is computed from the column in its own type. No headroom: give it with it. */
  readonly intermediates?: readonly [bigint | number, bigint | number] | null;
}

const INTEGER_RANGES: readonly (readonly [NarrowInteger, bigint, bigint])[] = [
  ['uint8', 0n, 255n],
  ['int8', -128n, 127n],
  ['uint16', 0n, 65_535n],
  ['int16', -32_768n, 32_767n],
  ['uint32', 0n, 4_294_967_295n],
  ['int32', -2_147_483_648n, 2_147_483_647n],
];

/**
 * The narrowest integer type that holds `min` to `max` with headroom, and all intermediates; null where int64 has to stay.
 * Headroom widens away from zero: at 2, 0 to 100 must hold 0 to 200, and -10 to 10 must hold -20 to 20. Of two types of the
 * same size the signed one is taken where it holds the range.
 */
export function narrowestInteger(
  min: bigint | number,
  max: bigint | number,
  options: NarrowIntegerOptions = {},
): NarrowInteger | null {
  const headroom = options.headroom ?? 2;
  let low = min < 0 ? widen(BigInt(min), headroom) : BigInt(min);
  let high = max > 0 ? widen(BigInt(max), headroom) : BigInt(max);
  if (options.intermediates) {
    const [least, most] = options.intermediates;
    if (least < low) low = BigInt(least);
    if (most > high) high = BigInt(most);
  }
  const fits = INTEGER_RANGES.filter(([, least, most]) => least <= low && high <= most).map(([name]) => name);
  const signed = fits.find((name) => name.startsWith('int')) ?? null;
  const unsigned = options.allowUnsigned ? (fits.find((name) => name.startsWith('uint')) ?? null) : null;
  if (signed === null || unsigned === null) return signed ?? unsigned;
  return (bytesPerValue(unsigned) ?? 8) < (bytesPerValue(signed) ?? 8) ? unsigned : signed;
}

/** `value` times `headroom` (a number of at least 1), away from zero where that is not whole. */
function widen(value: bigint, headroom: number): bigint {
  const hundredths = BigInt(Math.round(headroom * 100));
  const product = value * hundredths;
  const whole = product / 100n;
  if (whole * 100n === product) return whole;
  return product < 0n ? whole - 1n : whole + 1n;
}

/** float32 keeps any decimal of so many significant digits or fewer, or nearly (FLT_DIG is 6; the 7th is checked by value). */
export const FLOAT32_DIGITS = 7;

/**
 * What float32 would do to a column's values (what is computed from them is another question, and SAFETY.md's):
 * - `none`: every value is a float32;
 * - `lossy`: at most 7 significant digits, all of which come back when the float32 is rounded to as many;
 * - `unsafe`: digits are lost, by at most `error` of the value; Infinity where one overflows.
 */
export interface Float32Fit {
  readonly loss: 'none' | 'lossy' | 'unsafe';
  readonly error: number;
}

export function float32Fit(floats: FloatProfile): Float32Fit {
  if (floats.isFloat32) return { loss: 'none', error: 0 };
  const keeps = floats.digits <= FLOAT32_DIGITS && floats.roundTrips;
  return { loss: keeps ? 'lossy' : 'unsafe', error: floats.float32Error };
}

/** The type that plain `read_csv` gives a column of numbers or booleans; null where it depends (strings, mixed). */
export function plainType(column: ColumnProfile): 'int64' | 'float64' | 'bool' | null {
  switch (column.kind) {
    case 'int':
      return 'int64';
    case 'float':
      return 'float64';
    case 'empty':
      // A file without rows has object columns.
      return column.count > 0 ? 'float64' : null;
    case 'bool':
      return 'bool';
    default:
      return null;
  }
}

/** Bytes that a value of a numpy type takes in a frame; null for what is not of fixed size, or not known. */
export function bytesPerValue(dtype: string): number | null {
  if (dtype === 'bool') return 1;
  if (/^(datetime64|timedelta64)\b/.test(dtype)) return 8;
  const bits = /^(?:u?int|float|complex)(8|16|32|64|128)$/.exec(dtype)?.[1];
  return bits === undefined ? null : Number(bits) / 8;
}
