import { DOT, isSpace, isText, isWord, MINUS, NINE, PLUS, ZERO } from './bytes.js';
import type { ColumnKind, ColumnProfile, MixedReason } from './column-profile.js';
import { DistinctBudget } from './distinct-values.js';
import { isMissing } from './missing-values.js';
import { NumberReader } from './read-number.js';
import type { Encoding } from './read-options.js';
import { NumberTallies } from './tally-numbers.js';
import { StringTally } from './tally-strings.js';

/** By a field's first byte: what the field may be besides a string. */
const MAY_BE_MISSING = 1;
const MAY_BE_NUMBER = 2;
const MAY_BE_INFINITE = 4;
const MAY_BE_BOOL = 8;

const FIRST_BYTE = new Uint8Array(256);
for (const letter of '#<Nn-1') FIRST_BYTE[letter.charCodeAt(0)] = MAY_BE_MISSING;
for (const letter of 'iI+-') (FIRST_BYTE[letter.charCodeAt(0)] as number) |= MAY_BE_INFINITE;
for (const letter of 'tTfF') (FIRST_BYTE[letter.charCodeAt(0)] as number) |= MAY_BE_BOOL;
for (let byte = 0; byte < 256; byte++) {
  const digit = byte >= ZERO && byte <= NINE;
  if (digit || byte === DOT || byte === PLUS || byte === MINUS || isSpace(byte)) {
    (FIRST_BYTE[byte] as number) |= MAY_BE_NUMBER;
  }
}

/** What is counted of each column that is read, by slot: their number in the file's order, the skipped ones left out. */
export class ColumnTallies {
  readonly numbers: NumberTallies;
  readonly missing: Float64Array;
  readonly #bools: Float64Array;
  readonly #doubtful: Float64Array;
  readonly #nones: Float64Array;
  readonly #strings: readonly StringTally[];
  readonly #number = new NumberReader();
  readonly #noneIsMissing: boolean | null;

  constructor(columns: number, encoding: Encoding, noneIsMissing: boolean | null) {
    const budget = new DistinctBudget();
    this.numbers = new NumberTallies(columns);
    this.missing = new Float64Array(columns);
    this.#bools = new Float64Array(columns);
    this.#doubtful = new Float64Array(columns);
    this.#nones = new Float64Array(columns);
    this.#strings = Array.from({ length: columns }, () => new StringTally(encoding, budget));
    this.#noneIsMissing = noneIsMissing;
  }

  /** Counts a field of any kind: `bytes[start..end)`, its quotes taken off (to pandas they make no difference). */
  add(slot: number, bytes: Uint8Array, start: number, end: number): void {
    if (start === end) {
      (this.missing[slot] as number)++;
      return;
    }
    const may = FIRST_BYTE[bytes[start] as number] as number;
    if (may !== 0 && this.#addSpecial(slot, bytes, start, end, may)) return;
    (this.#strings[slot] as StringTally).add(bytes, start, end);
  }

  /** Whether the field was something else than a string, and is counted. */
  #addSpecial(slot: number, bytes: Uint8Array, start: number, end: number, may: number): boolean {
    if (may & MAY_BE_MISSING) {
      if (isMissing(bytes, start, end)) {
        (this.missing[slot] as number)++;
        return true;
      }
      if (this.#noneIsMissing !== false && isText(bytes, start, end, 'None')) {
        const tally = this.#noneIsMissing ? this.missing : this.#nones;
        (tally[slot] as number)++;
        return true;
      }
    }
    if (may & MAY_BE_NUMBER && this.#addNumber(slot, bytes, start, end)) return true;
    if (may & MAY_BE_INFINITE && isInfinity(bytes, start, end)) {
      this.numbers.addInfinity(
        slot,
        bytes[start] === MINUS ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      );
      return true;
    }
    if (may & MAY_BE_BOOL && (isWord(bytes, start, end, 'true') || isWord(bytes, start, end, 'false'))) {
      (this.#bools[slot] as number)++;
      return true;
    }
    return false;
  }

  #addNumber(slot: number, bytes: Uint8Array, start: number, end: number): boolean {
    const number = this.#number;
    const kind = number.read(bytes, start, end);
    if (kind === 'none') return false;
    if (kind === 'doubtful') {
      (this.#doubtful[slot] as number)++;
      return true;
    }
    this.numbers.add(slot, number.value, number.mantissa, number.digits, number.exponent);
    if (kind === 'decimal') this.numbers.addDecimal(slot, number.value);
    else {
      this.numbers.addInteger(slot);
      if (number.big !== null) this.numbers.addBig(slot, number.big);
    }
    return true;
  }

  /** The profile of a slot, after `rows` rows. */
  toProfile(
    slot: number,
    rows: number,
    place: Pick<ColumnProfile, 'name' | 'position' | 'isIndex' | 'declared'>,
  ): ColumnProfile {
    const { kind, mixedBecause } = this.#kindOf(slot);
    const strings = this.#strings[slot] as StringTally;
    return {
      ...place,
      count: rows,
      missing: this.missing[slot] as number,
      kind,
      mixedBecause,
      integers: kind === 'int' ? this.numbers.integersOf(slot) : null,
      floats: kind === 'int' || kind === 'float' ? this.numbers.floatsOf(slot) : null,
      strings: kind === 'string' ? strings.toProfile() : null,
    };
  }

  #kindOf(slot: number): { kind: ColumnKind; mixedBecause: MixedReason | null } {
    const mixed = (mixedBecause: MixedReason) => ({ kind: 'mixed' as const, mixedBecause });
    const plain = (kind: ColumnKind) => ({ kind, mixedBecause: null });
    const isMissing = (this.missing[slot] as number) > 0;
    const hasDecimals = (this.numbers.decimals[slot] as number) > 0;
    const hasNumbers = hasDecimals || (this.numbers.integers[slot] as number) > 0;
    const hasBools = (this.#bools[slot] as number) > 0;
    const hasStrings = (this.#strings[slot] as StringTally).count > 0;
    if ((this.#nones[slot] as number) > 0) return mixed('none-by-version');
    if ((this.#doubtful[slot] as number) > 0) return mixed('number-by-version');
    if (Number(hasNumbers) + Number(hasBools) + Number(hasStrings) > 1) return mixed('several-kinds');
    if (hasBools) return isMissing ? mixed('bool-with-missing') : plain('bool');
    if (hasStrings) return plain('string');
    if (!hasNumbers) return plain('empty');
    if (this.numbers.hasBeyondInt64(slot)) return mixed('integer-beyond-int64');
    return plain(hasDecimals || isMissing ? 'float' : 'int');
  }
}

function isInfinity(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  const word = first === PLUS || first === MINUS ? start + 1 : start;
  return isWord(bytes, word, end, 'inf') || isWord(bytes, word, end, 'infinity');
}
