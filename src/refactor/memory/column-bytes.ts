import type { ColumnProfile, StringProfile } from '../../data/column-profile.js';
import { bytesPerValue, plainType } from '../../data/narrow.js';
import type { Combination } from '../../environment/environment.js';
import {
  ARROW_OFFSET,
  hashTableBytes,
  OBJECT_POINTER,
  PYTHON_STRING,
  rowsPerChunk,
  type StringWidth,
  stringStorage,
} from '../../pandas/memory.js';

/** A number, boolean or string in a column of mixed kinds, with its pointer: a middling figure. */
const MIXED_VALUE = 40;

/**
 * Modelled bytes of a column in memory.
 *
 * @param dtype what a change reads it as; null for what the call itself says, or what pandas infers
 * @param rows no more than the column has
 * @param width columns of the file
 */
export function columnBytes(
  column: ColumnProfile,
  dtype: string | null,
  rows: number,
  width: number,
  combination: Combination,
): number {
  const type = dtype ?? column.declared ?? plainType(column);
  const share = column.count === 0 ? 0 : Math.min(1, rows / column.count);
  if (type === 'category') return categoryBytes(column, rows, combination);
  const fixed = type === null ? null : nullableBytes(type);
  if (fixed !== null) return fixed * rows;
  if (column.strings === null) return MIXED_VALUE * rows;
  return stringBytes(column.strings, column, width, combination) * share;
}

/** Bytes a value of a type of fixed size; pandas' nullable types (`Int8`) have a mask of one byte besides. */
function nullableBytes(type: string): number | null {
  const plain = bytesPerValue(type);
  if (plain !== null) return plain;
  const isNullable = /^(U?Int(8|16|32|64)|Float(32|64)|boolean)$/.test(type);
  if (!isNullable) return null;
  return (bytesPerValue(type === 'boolean' ? 'bool' : type.toLowerCase()) ?? 8) + 1;
}

function stringBytes(
  strings: StringProfile,
  { count, missing }: ColumnProfile,
  width: number,
  combination: Combination,
): number {
  if (stringStorage(combination) === 'arrow')
    return strings.utf8Bytes + count * ARROW_OFFSET + (missing > 0 ? count / 8 : 0);
  const chunks = Math.max(1, Math.ceil(count / rowsPerChunk(width)));
  const all = pythonStringBytes(strings);
  const values = totalCount(strings);
  // Once a chunk at most; each value as often as it occurs at most.
  const sizes = distinctSizes(strings);
  const distinct = strings.distinct?.reduce(
    (sum, { count }, i) => sum + Math.min(chunks, count) * (sizes[i] ?? 0),
    0,
  );
  return count * OBJECT_POINTER + (values === 0 ? 0 : Math.min(all, distinct ?? all));
}

function pythonStringBytes({ byWidth }: StringProfile): number {
  return WIDTHS.reduce((sum, width) => {
    const { count, characters } = byWidth[width];
    const { header, perCharacter } = PYTHON_STRING[width];
    return sum + count * header + characters * perCharacter;
  }, 0);
}

const WIDTHS: readonly StringWidth[] = ['ascii', 'one', 'two', 'four'];

function totalCount({ byWidth }: StringProfile): number {
  return WIDTHS.reduce((sum, width) => sum + byWidth[width].count, 0);
}

/** Of each profile once: a notebook's memory is modelled for each change, alone and with the others. */
const sizesOf = new WeakMap<StringProfile, readonly number[]>();

/** Bytes of each distinct value as a Python string; none where they are not known. */
function distinctSizes(strings: StringProfile): readonly number[] {
  const known = sizesOf.get(strings);
  if (known !== undefined) return known;
  const sizes = (strings.distinct ?? []).map(({ value }) => onePythonString(value));
  sizesOf.set(strings, sizes);
  return sizes;
}

function onePythonString(value: string): number {
  let largest = 0;
  let length = 0;
  for (const character of value) {
    largest = Math.max(largest, character.codePointAt(0) ?? 0);
    length++;
  }
  const width: StringWidth =
    largest < 0x80 ? 'ascii' : largest < 0x100 ? 'one' : largest < 0x10000 ? 'two' : 'four';
  const { header, perCharacter } = PYTHON_STRING[width];
  return header + length * perCharacter;
}

/** A code for each row, each value once, and the table in which values are looked up. */
function categoryBytes(column: ColumnProfile, rows: number, combination: Combination): number {
  const { strings } = column;
  const distinct = strings?.distinct ?? null;
  const number = distinct?.length ?? column.count;
  const code = number < 2 ** 7 ? 1 : number < 2 ** 15 ? 2 : 4;
  const fixed = rows * code + hashTableBytes(number);
  if (strings === null) return fixed + number * 8;
  if (distinct === null) return fixed + pythonStringBytes(strings) + number * OBJECT_POINTER;
  const sizes = distinctSizes(strings);
  const values = distinct.reduce(
    (sum, { value }, i) =>
      sum +
      (stringStorage(combination) === 'arrow'
        ? Buffer.byteLength(value) + ARROW_OFFSET
        : (sizes[i] ?? 0) + OBJECT_POINTER),
    0,
  );
  return fixed + values;
}
