import type { ValueKind } from '../pandas/kinds.js';
import type { ClassDef, Comprehension, FunctionDef, Lambda, TypeAlias } from '../python/ast.js';
import type { ColumnUse } from './column-use.js';
import type { Noneness } from './program.js';
import type { Read } from './reads.js';

/** A function, class, lambda, generator or `type` of the notebook: what reads its free names when it is used, not before. */
export type Closure = FunctionDef | ClassDef | Lambda | Comprehension | TypeAlias;

/** What may be called by somebody of whom nobody knows when and with what. */
export type Callable = FunctionDef | Lambda | Comprehension;

/** What data of which reads a value holds. */
export interface ValueData {
  readonly carrier: ColumnUse['carrier'];
  readonly parts: readonly DataPart[];
}

export interface DataPart {
  readonly read: Read;
  readonly columns: 'all' | readonly string[];
  readonly extent: 'whole' | 'view' | 'part' | 'aggregate';
}

/** What is known of a value where the program runs: all that it may be. */
export interface Value {
  readonly kind: ValueKind;
  readonly none: Noneness;
  /** The objects that it may be; none for numbers and strings, which nobody can change. */
  readonly objects: ReadonlySet<number>;
  /** The closures that it is or may hold. */
  readonly closures: ReadonlySet<Closure>;
  /** Where it is defined, of modules, functions and classes of libraries: `'pandas.read_csv'`. */
  readonly qualified: string | null;
  /** The text of a string that is known. */
  readonly text: string | null;
  readonly data: ValueData | null;
  /** The values in a tuple or list display as it was made: `Machine.elementsOf` knows whether they are in it still. */
  readonly elements: readonly Value[] | null;
}

const NOTHING: ReadonlySet<never> = new Set<never>();

export const UNKNOWN: Value = {
  kind: 'unknown',
  none: 'maybe',
  objects: NOTHING,
  closures: NOTHING,
  qualified: null,
  text: null,
  data: null,
  elements: null,
};

export const NONE: Value = { ...UNKNOWN, kind: 'None', none: 'always' };

/** A value that nobody can change and that holds nothing. */
export function plain(kind: ValueKind, text: string | null = null): Value {
  return { ...UNKNOWN, kind, none: kind === 'None' ? 'always' : 'never', text };
}

/** The objects that any of the values may be. */
export function objectsOf(values: readonly Value[]): ReadonlySet<number> {
  let all: ReadonlySet<number> = NOTHING;
  for (const [i, { objects }] of values.entries()) {
    const next = union(all, objects);
    // Here is no longer one set that holds the other: from here on a set of its own grows.
    if (next !== all && next !== objects) return values.slice(i + 1).reduce(addObjects, new Set(next));
    all = next;
  }
  return all;
}

function addObjects(all: Set<number>, { objects }: Value): Set<number> {
  for (const id of objects) all.add(id);
  return all;
}

/** Whether nothing tells the two apart; where that takes long to find out, they count as different. */
export function sameValue(a: Value | null, b: Value | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    a.kind === b.kind &&
    a.none === b.none &&
    a.qualified === b.qualified &&
    a.text === b.text &&
    sameData(a.data, b.data) &&
    sameElements(a.elements, b.elements) &&
    sameSet(a.objects, b.objects) &&
    sameSet(a.closures, b.closures)
  );
}

export function sameData(a: ValueData | null, b: ValueData | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.carrier !== b.carrier || a.parts.length !== b.parts.length) return false;
  return a.parts.every((part, i) => samePart(part, b.parts[i] as DataPart));
}

const samePart = (a: DataPart, b: DataPart): boolean =>
  a === b || (a.read === b.read && a.extent === b.extent && sameColumns(a.columns, b.columns));

function sameElements(a: readonly Value[] | null, b: readonly Value[] | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.every((value, i) => sameValue(value, b[i] ?? null));
}

const sameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a === b || (a.size === b.size && isSubset(a, b));

/** As `os.path.join` and `pathlib` do it: an absolute part begins anew. */
export function joinPaths(parts: readonly string[]): string {
  return parts.reduce((all, part) =>
    part.startsWith('/') ? part : all === '' || all.endsWith('/') ? all + part : `${all}/${part}`,
  );
}

/** What a value is that may be any of these. */
export function joinValues(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  if (first === undefined) return UNKNOWN;
  return rest.reduce(joinTwo, first);
}

function joinTwo(a: Value, b: Value): Value {
  if (a === b) return a;
  const joined: Value = {
    kind: a.kind === b.kind ? a.kind : 'unknown',
    none: a.none === b.none ? a.none : 'maybe',
    objects: union(a.objects, b.objects),
    closures: union(a.closures, b.closures),
    qualified: a.qualified === b.qualified ? a.qualified : null,
    text: a.text === b.text ? a.text : null,
    data: joinData(a.data, b.data),
    elements: null,
  };
  return sameValue(a, joined) ? a : joined;
}

export function joinData(a: ValueData | null, b: ValueData | null): ValueData | null {
  if (a === null || a === b) return b;
  if (b === null) return a;
  const parts = [...a.parts];
  for (const part of b.parts) {
    if (!parts.some((known) => samePart(known, part))) parts.push(part);
  }
  return { carrier: a.carrier === b.carrier ? a.carrier : 'DataFrame', parts };
}

function sameColumns(a: 'all' | readonly string[], b: 'all' | readonly string[]): boolean {
  if (a === 'all' || b === 'all') return a === b;
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/** One of the two where it holds the other: most of the analysis asks for what is so already. */
export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  if (b.size <= a.size ? isSubset(b, a) : isSubset(a, b)) return b.size <= a.size ? a : b;
  return new Set([...a, ...b]);
}

function isSubset<T>(small: ReadonlySet<T>, large: ReadonlySet<T>): boolean {
  for (const item of small) if (!large.has(item)) return false;
  return true;
}
