import type { Comparing } from './comparing.js';
import type { Declared } from './declared.js';
import type { HeldName, HeldValues } from './held.js';
import type { ComparableRun } from './notebook-run.js';

export type Run = Pick<ComparableRun, 'names' | 'values'>;

/** The first element that differs. */
export interface ElementDifference {
  readonly position: number;
  readonly original: string;
  readonly rewritten: string;
}

type Side = Run & { readonly held: HeldValues };

/** From the codes of a column to the strings that they stand for, both as text. */
type Decoding = ReadonlyMap<string, string>;

/**
 * Compares two columns of the same length by their values, whatever types hold them.
 *
 * @returns the first difference, null where there is none, `unknown` where the values are not stored and their digests differ
 */
export function compareValues(
  a: Side,
  b: Side,
  map: Decoding | null,
  comparing: Comparing,
): ElementDifference | 'unknown' | null {
  const [held, other] = [a.held, b.held];
  if (held.form === other.form && held.digest !== undefined && held.digest === other.digest) return null;
  if (held.digest !== undefined || other.digest !== undefined) return 'unknown';
  if (held.form !== other.form || held.form === 'text')
    return compareTexts(textsOf(a), textsOf(b), map, comparing);
  const pieces = b.values.pieces(other);
  let start = 0;
  for (const piece of a.values.pieces(held)) {
    const another = pieces.next().value ?? Buffer.alloc(0);
    if (!piece.equals(another)) {
      const [numbers, others] = [elements(piece, held.form), elements(another, held.form)];
      for (let at = 0; at < numbers.length; at++) {
        const [number, second] = [numbers[at] ?? 0, others[at] ?? 0];
        if (number === second) continue;
        if (typeof number === 'number' && typeof second === 'number' && comparing.sameNumber(number, second))
          continue;
        return { position: start + at, original: show(number, held), rewritten: show(second, other) };
      }
    }
    start += held.form === 'bool' ? piece.length : piece.length / 8;
  }
  return null;
}

function compareTexts(
  texts: readonly string[],
  others: readonly string[],
  map: Decoding | null,
  comparing: Comparing,
): ElementDifference | null {
  for (const [position, original] of texts.entries()) {
    const coded = others[position] ?? '';
    const rewritten = map === null ? coded : (map.get(coded) ?? coded);
    if (!comparing.sameValue(original, rewritten)) return { position, original, rewritten };
  }
  return null;
}

function elements(piece: Buffer, form: HeldValues['form']): Float64Array | BigInt64Array | Uint8Array {
  if (form === 'bool') return piece;
  const { buffer, byteOffset, length } = piece;
  return form === 'float'
    ? new Float64Array(buffer, byteOffset, length / 8)
    : new BigInt64Array(buffer, byteOffset, length / 8);
}

function textsOf({ held, values }: Side): readonly string[] {
  if (held.form === 'text') {
    const lines = values.read(held).toString('utf8').split('\n');
    return lines.slice(0, held.length);
  }
  const all: Iterable<number | bigint> = elements(values.read(held), held.form);
  return Array.from(all, (element) => show(element, held));
}

/** The earliest that an int64 can say: no time at all. */
const NOT_A_TIME = -(2n ** 63n);

/** An element as `values.py` writes it: of a float at least as JavaScript does, which reads the same. */
function show(element: number | bigint, { form }: HeldValues): string {
  if (form === 'bool') return element ? 'True' : 'False';
  if (form === 'time' && typeof element === 'bigint') return showTime(element);
  if (form !== 'float') return String(element);
  if (Number.isNaN(element)) return 'nan';
  return Number.isInteger(element) ? `${element}.0` : String(element);
}

function showTime(nanoseconds: bigint): string {
  if (nanoseconds === NOT_A_TIME) return 'NaT';
  const milliseconds = nanoseconds / 1_000_000n;
  const rest = nanoseconds % 1_000_000n;
  const text = new Date(Number(milliseconds)).toISOString().slice(0, -1);
  return rest === 0n ? text.replace(/\.000$/, '') : `${text}+${rest}ns`;
}

/** How a column's codes are read, where a change declares that it has become codes; else null. */
export function mapOf(
  label: string | undefined,
  a: HeldValues,
  b: HeldValues,
  { maps }: Declared,
  names: Readonly<Record<string, HeldName>>,
): Decoding | null {
  if (a.form !== 'text' || b.form !== 'int') return null;
  for (const { column, map } of maps) {
    if (label !== `'${column}'` && label !== `"${column}"`) continue;
    const held = names[map]?.held;
    if (held?.kind !== 'sequence' || !held.pairs || !held.items) continue;
    const pairs = held.items.flatMap((pair): [string, string][] => {
      const [key, value] = (pair.kind === 'sequence' && pair.items) || [];
      return key?.kind === 'scalar' && value?.kind === 'scalar' ? [[value.value, key.value]] : [];
    });
    return new Map(pairs);
  }
  return null;
}
