/** What pandas would make of a column of a file that it is told nothing about, and what of it a narrower type must keep. */
export interface ColumnProfile {
  /** As pandas names it: the header's text, `Unnamed: 0` for an empty one, the position where there is no header. */
  readonly name: string | number;
  /** In the file, from 0. */
  readonly position: number;
  /** Whether it becomes the index. */
  readonly isIndex: boolean;
  /** The type that the call's own `dtype=` gives it; everything below is about reading without. */
  readonly declared: string | null;
  /** Rows, with the missing. */
  readonly count: number;
  readonly missing: number;
  readonly kind: ColumnKind;
  /** Why nobody may touch the column; null unless `kind` is `mixed`. */
  readonly mixedBecause: MixedReason | null;
  /** For `int`. */
  readonly integers: IntegerProfile | null;
  /** For `float`, and for `int` too (what its values would be as floats). */
  readonly floats: FloatProfile | null;
  /** For `string`. */
  readonly strings: StringProfile | null;
}

/**
 * `int`: int64 without a missing value. `float`: float64, or integers with missing values. `bool`: without a missing
 * value. `string`: every value is one under plain inference. `empty`: no value at all. `mixed`: everything else.
 */
export type ColumnKind = 'int' | 'float' | 'bool' | 'string' | 'empty' | 'mixed';

/**
 * - `several-kinds`: numbers, booleans and strings in one column. pandas infers types by chunks, so what such a column
 *   holds depends on where a chunk ends (DtypeWarning).
 * - `bool-with-missing`: an object column.
 * - `integer-beyond-int64`: uint64, object or strings, by version and by what else is in the column.
 * - `number-by-version`: a field that is a number of another value, or a string, up to 2.3 or 3.0 (`1e 5`, `1e309`,
 *   more than 18 digits before the point, more than 17 digits with many leading zeros). [fact: read-csv/blank-after-exponent]
 * - `none-by-version`: the field `None`, see `CsvReadOptions.noneIsMissing`.
 */
export type MixedReason =
  | 'several-kinds'
  | 'bool-with-missing'
  | 'integer-beyond-int64'
  | 'number-by-version'
  | 'none-by-version';

export interface IntegerProfile {
  readonly min: bigint;
  readonly max: bigint;
  /** Whether no value is smaller than the one before it. */
  readonly increasing: boolean;
}

export interface FloatProfile {
  /** May be infinite. pandas' own value may differ in the last bit, where there are more than 15 digits. */
  readonly min: number;
  readonly max: number;
  readonly infinite: number;
  /** Whether every finite value is a whole number. */
  readonly whole: boolean;
  /** Most significant digits of any value, without the zeros at either end. */
  readonly digits: number;
  /** Whether every value is a float32, on every version. */
  readonly isFloat32: boolean;
  /** Whether every value, read as float32 and rounded to the digits it has in the file, is the same decimal. */
  readonly roundTrips: boolean;
  /** Largest relative error of a value read as float32: 0 if all are float32, Infinity where one overflows. */
  readonly float32Error: number;
  /** The smallest power of two times which every value is a whole number (2 for halves), up to 2 ** 24. */
  readonly scale: number;
}

export interface StringProfile {
  readonly utf8Bytes: number;
  readonly characters: number;
  /** Characters of the longest. */
  readonly longest: number;
  /** By the width that CPython stores a string's characters in (PEP 393): ASCII, 1, 2 and 4 bytes. */
  readonly byWidth: {
    readonly ascii: StringsOfWidth;
    readonly one: StringsOfWidth;
    readonly two: StringsOfWidth;
    readonly four: StringsOfWidth;
  };
  /** Whether a value begins or ends with white space. */
  readonly padded: boolean;
  /** In the order of their first appearance; null where there are more than the scan keeps. */
  readonly distinct: readonly DistinctValue[] | null;
}

export interface StringsOfWidth {
  readonly count: number;
  readonly characters: number;
}

export interface DistinctValue {
  readonly value: string;
  readonly count: number;
}

export interface CsvProfile {
  readonly type: 'csv-profile';
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the whole file, in hexadecimal, also where `nrows` ends the scan before its end. */
  readonly sha256: string;
  readonly rows: number;
  /** All columns of the file in its order, before `usecols`. */
  readonly header: readonly (string | number)[];
  /** Those that are read, in the file's order, the index among them. */
  readonly columns: readonly ColumnProfile[];
}
