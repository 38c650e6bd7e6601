import { compareValues, mapOf, type Run } from './compare-values.js';
import type { Comparing } from './comparing.js';
import type { Held, HeldFrame, HeldName, HeldSequence, HeldValues } from './held.js';
import type { ComparableRun } from './notebook-run.js';
import type { Difference, Verification } from './verification.js';

/** What the names hold otherwise, and what could not be compared. */
export interface HeldComparison {
  readonly differences: readonly HeldDifference[];
  readonly incomparable: Verification['incomparable'];
  readonly freed: Verification['freed'];
  /** How many names were compared, of those that hold a result. */
  readonly share: { readonly compared: number; readonly of: number };
}

/** `part`: where it is without the position of an element: a difference there makes the part unsteady. */
export type HeldDifference = Difference & { readonly name: string; readonly part: string };

/**
 * What the rewritten notebook's names hold that the original's do not. Names that only the rewritten notebook has (a
 * function, a map) are its own business.
 *
 * @param unsteady parts that the original itself does not hold twice
 */
export function compareNames(
  original: ComparableRun,
  rewritten: ComparableRun,
  comparing: Comparing,
  unsteady: ReadonlySet<string> = new Set(),
): HeldComparison {
  const differences: HeldDifference[] = [];
  const incomparable: { name: string; why: string }[] = [];
  const freed: { name: string; bytes: number | null }[] = [];
  let compared = 0;
  let of = 0;
  for (const [name, { held, bytes }] of Object.entries(original.names)) {
    const other = rewritten.names[name];
    const { declared } = comparing;
    const isGone = other === undefined || isSpent(other.held);
    if (declared.stale.includes(name) || (isGone && declared.freed.includes(name))) {
      freed.push({ name, bytes });
      continue;
    }
    const isResult = held.kind !== 'defined' && held.kind !== 'handle';
    if (isResult) of += 1;
    if (other === undefined) {
      differences.push(onlyOriginal(name, held, bytes));
      compared += 1;
      continue;
    }
    if (declared.lazy.includes(name) && held.type !== 'list') {
      incomparable.push({ name, why: 'it loads what it holds when it is asked for' });
      continue;
    }
    const comparison = new NameComparison(name, { original, rewritten }, comparing);
    const found = comparison.compare(held, other).filter(({ part }) => !isUnsteady(part, unsteady));
    differences.push(...found);
    const reason =
      comparison.unknown ??
      (isUnsteady(name, unsteady) ? 'the original holds another value at each run' : null);
    if (found.length === 0 && reason !== null) incomparable.push({ name, why: reason });
    else if (isResult) compared += 1;
  }
  return { differences, incomparable, freed, share: { compared: Math.min(compared, of), of } };
}

/** What a name holds that no longer holds its values: an iterator, a file. */
function isSpent(held: Held): boolean {
  return (
    held.kind === 'handle' || (held.kind === 'opaque' && held.why === 'an iterator can be read only once')
  );
}

function isUnsteady(part: string, unsteady: ReadonlySet<string>): boolean {
  for (const one of unsteady)
    if (part === one || part.startsWith(`${one}.`) || part.startsWith(`${one}[`)) return true;
  return false;
}

function onlyOriginal(name: string, held: Held, bytes: number | null): HeldDifference {
  const size = bytes === null ? '' : `, ${bytes} bytes`;
  return {
    kind: 'name',
    name,
    part: name,
    where: name,
    cells: { original: null, rewritten: null },
    original: `${held.type}${size}`,
    rewritten: '(not held)',
  };
}

/** Differences enough to tell; a frame of a thousand columns need not name them all. */
const MOST_DIFFERENCES = 20;

class NameComparison {
  readonly #name: string;
  readonly #run: { readonly original: Run; readonly rewritten: Run };
  readonly #comparing: Comparing;
  readonly #found: HeldDifference[] = [];
  /** Why a part could not be compared; null where all was. */
  unknown: string | null = null;

  constructor(name: string, run: { original: Run; rewritten: Run }, comparing: Comparing) {
    this.#name = name;
    this.#run = run;
    this.#comparing = comparing;
  }

  compare(a: Held, { held }: HeldName): readonly HeldDifference[] {
    this.#held(this.#name, a, held);
    return this.#found;
  }

  #differ(part: string, original: string, rewritten: string, where = part): void {
    if (this.#found.length >= MOST_DIFFERENCES) return;
    this.#found.push({
      kind: 'name',
      name: this.#name,
      part,
      where,
      cells: { original: null, rewritten: null },
      original: original.slice(0, 500),
      rewritten: rewritten.slice(0, 500),
    });
  }

  #held(part: string, a: Held, b: Held): void {
    if (a.kind !== b.kind) {
      this.#differ(part, `${a.kind} ${a.type}`, `${b.kind} ${b.type}`);
      return;
    }
    const { types, lazy } = this.#comparing.declared;
    if (a.type !== b.type && !(types && mayDifferInType(a, b)) && !lazy.includes(part)) {
      this.#differ(part, a.type, b.type, `type of ${part}`);
    }
    if (a.kind === 'scalar' && b.kind === 'scalar') {
      if (!this.#comparing.sameValue(a.value, b.value)) this.#differ(part, a.value, b.value);
    } else if (a.kind === 'values' && b.kind === 'values') {
      this.#values(part, a, b);
    } else if (a.kind === 'frame' && b.kind === 'frame') {
      this.#frame(part, a, b);
    } else if (a.kind === 'sequence' && b.kind === 'sequence') {
      this.#sequence(part, a, b);
    } else if (a.kind === 'defined' && b.kind === 'defined') {
      if (a.name !== b.name) this.#differ(part, a.name, b.name);
    } else if (a.kind === 'opaque' && b.kind === 'opaque') {
      if (a.pickled === undefined || a.pickled !== b.pickled) {
        this.unknown ??= `${a.type}: ${a.why ?? 'its pickled bytes differ, which need not mean that it does'}`;
      }
    }
  }

  #frame(part: string, a: HeldFrame, b: HeldFrame): void {
    this.#held(`${part}.index`, a.index, b.index);
    if (typeof a.columns === 'string' || typeof b.columns === 'string') {
      if (a.columns !== b.columns) this.#differ(`${part}.name`, String(a.columns), String(b.columns));
    } else {
      this.#held(`${part}.columns`, a.columns, b.columns);
    }
    if (a.parts.length !== b.parts.length) {
      this.#differ(part, `${a.parts.length} columns`, `${b.parts.length} columns`);
      return;
    }
    const labels = this.#labels(a);
    for (const [position, values] of a.parts.entries()) {
      const [label, other] = [labels[position] ?? String(position), b.parts[position]];
      if (other)
        this.#values(
          typeof a.columns === 'string' ? `${part}.values` : `${part}[${label}]`,
          values,
          other,
          label,
        );
    }
  }

  /** The names of a frame's columns; a Series has one. */
  #labels({ columns }: HeldFrame): readonly string[] {
    if (typeof columns === 'string') return [columns];
    if (columns.kind !== 'values' || columns.form !== 'text' || columns.digest !== undefined) return [];
    return this.#run.original.values.read(columns).toString('utf8').split('\n');
  }

  #sequence(part: string, a: HeldSequence, b: HeldSequence): void {
    if (a.values && b.values) {
      this.#values(part, a.values, b.values);
    } else if (a.items && b.items) {
      this.#items(part, a.items, b.items, a.pairs === true);
    } else if (a.digest !== b.digest) {
      if (this.#comparing.declared.rounding !== null && a.length === b.length) {
        this.unknown ??= `${a.type} of ${a.length} items, too many to be compared one by one`;
      } else {
        this.#differ(part, `${a.length ?? a.items?.length} items`, `${b.length ?? b.items?.length} items`);
      }
    }
  }

  #items(part: string, a: readonly Held[], b: readonly Held[], pairs: boolean): void {
    if (a.length !== b.length) {
      this.#differ(part, `${a.length} items`, `${b.length} items`, `length of ${part}`);
      return;
    }
    for (const [position, item] of a.entries()) {
      const other = b[position];
      if (!other) continue;
      const [key, value] = (pairs && item.kind === 'sequence' && item.items) || [];
      const [otherKey, otherValue] = (pairs && other.kind === 'sequence' && other.items) || [];
      if (key?.kind === 'scalar' && value && otherKey && otherValue) {
        this.#held(`key ${position + 1} of ${part}`, key, otherKey);
        this.#held(`${part}[${key.value}]`, value, otherValue);
      } else {
        this.#held(`${part}[${position}]`, item, other);
      }
    }
  }

  #values(part: string, a: HeldValues, b: HeldValues, label?: string): void {
    const { declared } = this.#comparing;
    const map = mapOf(label, a, b, declared, this.#run.rewritten.names);
    if (a.dtype !== b.dtype && !declared.types && map === null)
      this.#differ(part, a.dtype, b.dtype, `dtype of ${part}`);
    if (a.name !== b.name) this.#differ(part, String(a.name), String(b.name), `name of ${part}`);
    if (String(a.shape) !== String(b.shape))
      this.#differ(part, String(a.shape), String(b.shape), `shape of ${part}`);
    if (a.length !== b.length) {
      this.#differ(part, String(a.length), String(b.length), `length of ${part}`);
      return;
    }
    const found = compareValues(
      { ...this.#run.original, held: a },
      { ...this.#run.rewritten, held: b },
      map,
      this.#comparing,
    );
    if (found === 'unknown') this.unknown ??= `${part} is too large to be stored`;
    else if (found !== null)
      this.#differ(part, found.original, found.rewritten, `${part}[${found.position}]`);
  }
}

const NUMERIC_TYPE = /^(numpy\.)?(u?int|float|bool|str_?$)/;

/** Only the name of a number's or a column's type: never a frame for a list. */
function mayDifferInType(a: Held, b: Held): boolean {
  if (a.kind === 'values' && b.kind === 'values') return a.type !== 'ndarray' && b.type !== 'ndarray';
  return a.kind === 'scalar' && b.kind === 'scalar' && NUMERIC_TYPE.test(a.type) && NUMERIC_TYPE.test(b.type);
}
