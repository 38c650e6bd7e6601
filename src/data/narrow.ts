import type { ColumnProfile, FloatProfile } from './column-profile.js';

export type NarrowInteger = 'int8' | 'int16' | 'int32' | 'uint8' | 'uint16' | 'uint32';

const INTEGER_RANGES: readonly (readonly [NarrowInteger, bigint, bigint])[] = [
  ['int8', -128n, 127n],
  ['uint8', 0n, 255n],
  ['int16', -32_768n, 32_767n],
  ['uint16', 0n, 65_535n],
  ['int32', -2_147_483_648n, 2_147_483_647n],
  ['uint32', 0n, 4_294_967_295n],
];

/**
 * The integer types narrower than int64 that hold `min` to `max` with headroom, narrowest first, of two of the same size the
 * signed one. Headroom widens away from zero: at 2, 0 to 100 must hold 0 to 200, and -10 to 10 must hold -20 to 20.
 */
export function narrowIntegers(
  min: bigint | number,
  max: bigint | number,
  headroom: number,
): NarrowInteger[] {
  const low = min < 0 ? widen(BigInt(min), headroom) : BigInt(min);
  const high = max > 0 ? widen(BigInt(max), headroom) : BigInt(max);
  return INTEGER_RANGES.filter(([, least, most]) => least <= low && high <= most).map(([name]) => name);
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

/**
 * Whether the values, their products and the sums of these are float32s too, whatever the order in which they are added: a
 * float32 holds whole numbers up to 2 ** 24, and multiples of a half up to half as many.
 */
export function staysFloat32({ min, max, scale }: FloatProfile, count: number): boolean {
  const most = Math.max(Math.abs(min), Math.abs(max)) * scale;
  return count * most * most <= 2 ** 24;
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
