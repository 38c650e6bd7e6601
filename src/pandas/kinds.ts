/** What a value is, as far as an analysis needs to know. `'unknown'` is anything. */
export type ValueKind =
  | 'module'
  | 'DataFrame'
  | 'Series'
  | 'Index'
  | 'GroupBy'
  | 'SeriesGroupBy'
  | 'Window'
  | 'Indexer'
  | 'Accessor'
  | 'Plotter'
  | 'ndarray'
  | 'list'
  | 'dict'
  | 'set'
  | 'tuple'
  | 'range'
  | 'str'
  | 'bytes'
  | 'number'
  | 'bool'
  | 'None'
  | 'function'
  | 'class'
  | 'iterator'
  | 'file'
  | 'Axes'
  | 'Figure'
  | 'model'
  | 'unknown';

const IMMUTABLE: ReadonlySet<ValueKind> = new Set([
  'module',
  'range',
  'str',
  'bytes',
  'number',
  'bool',
  'None',
  'class',
]);

/** Whether values of the kind can't be changed and hold nothing: who shares one never notices. */
export const isImmutable = (kind: ValueKind): boolean => IMMUTABLE.has(kind);

const LARGE: ReadonlySet<ValueKind> = new Set(['DataFrame', 'Series', 'GroupBy', 'SeriesGroupBy', 'ndarray']);

/** Whether a value of the kind holds data, so that its death frees memory worth speaking of. */
export const holdsData = (kind: ValueKind): boolean => LARGE.has(kind);
