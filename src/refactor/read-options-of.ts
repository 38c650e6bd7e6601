import type { Read } from '../analysis/reads.js';
import {
  type CsvReadOptions,
  describeUnsupported,
  isPlainSeparator,
  knownEncoding,
  PLAIN_READ,
  SUPPORTED_KEYWORDS,
} from '../data/read-options.js';
import type { Expression } from '../python/ast.js';

/** Why a call can't be told to the scan. */
export interface UnknownOptions {
  readonly code: 'keyword' | 'function';
  readonly why: string;
}

const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['read_csv', ','],
  ['read_table', '\t'],
]);

/** The options of a `read_csv` call, as far as they are written out; else the keyword that is not. */
export function readOptionsOf(read: Read, noneIsMissing: boolean | null): CsvReadOptions | UnknownOptions {
  const separator = SEPARATORS.get(read.function);
  if (separator === undefined)
    return { code: 'function', why: `nbslim's scan does not know the files that ${read.function} reads.` };
  const hasNames = read.arguments.has('names') && toValue(read.arguments.get('names')) !== null;
  let options: CsvReadOptions = { ...PLAIN_READ, sep: separator, header: hasNames ? null : 0, noneIsMissing };
  let dates: readonly string[] = [];
  for (const [keyword, expression] of read.arguments) {
    if (SAYS_NOTHING_OF_VALUES.has(keyword) || isDefault(keyword, toValue(expression))) continue;
    if (keyword === 'parse_dates') {
      const parsed = parsedDates(toValue(expression));
      if (parsed === null)
        return unknown(
          `Which columns \`parse_dates=\` of this call of ${read.function} makes dates of can't be told from the code.`,
        );
      dates = parsed;
      continue;
    }
    if (!SUPPORTED_KEYWORDS.has(keyword)) return unknown(`${describeUnsupported(keyword)}.`);
    const value = keyword === 'dtype' ? toTypes(expression) : toValue(expression);
    if (value === undefined)
      return unknown(
        `The value of \`${keyword}=\` in this call of ${read.function} can't be told from the code.`,
      );
    const part = readKeyword(keyword, value, hasNames);
    if (part === null)
      return unknown(
        `${read.function} is called with a value of \`${keyword}=\` that nbslim's scan of the file does not know.`,
      );
    options = { ...options, ...part };
  }
  if (dates.length === 0) return options;
  if (typeof options.dtype === 'string')
    return unknown(`${read.function} is called with \`parse_dates=\` and one \`dtype=\` for all columns.`);
  // A column that is parsed has a type of its own already: nobody narrows it.
  const declared = dates.map((name): [string, string] => [name, 'datetime64[ns]']);
  return { ...options, dtype: new Map([...(options.dtype ?? []), ...declared]) };
}

/** Keywords that are about dates, or about how pandas goes through the file: the scan's columns are the same without them. */
const SAYS_NOTHING_OF_VALUES: ReadonlySet<string> = new Set([
  'infer_datetime_format',
  'dayfirst',
  'cache_dates',
  'date_format',
  'date_parser',
  'low_memory',
  'memory_map',
]);

/** What reads as it would without the keyword, in all six combinations: a test asks pandas. */
export const READ_DEFAULTS: ReadonlyMap<string, string | number | boolean | null> = new Map<
  string,
  string | number | boolean | null
>([
  ['engine', 'c'],
  ['compression', 'infer'],
  ['decimal', '.'],
  ['thousands', null],
  ['quotechar', '"'],
  ['quoting', 0],
  ['doublequote', true],
  ['escapechar', null],
  ['lineterminator', null],
  ['comment', null],
  ['skipinitialspace', false],
  ['skip_blank_lines', true],
  ['skiprows', null],
  ['skipfooter', 0],
  ['keep_default_na', true],
  ['na_filter', true],
  ['na_values', null],
  ['true_values', null],
  ['false_values', null],
  ['converters', null],
  ['on_bad_lines', 'error'],
  ['encoding_errors', 'strict'],
  ['float_precision', null],
]);

const isDefault = (keyword: string, value: Value | undefined): boolean =>
  value !== undefined && READ_DEFAULTS.has(keyword) && READ_DEFAULTS.get(keyword) === value;

/** The columns that `parse_dates=` names, `True` being the index; null for positions and for columns that are put together. */
function parsedDates(value: Value | undefined): readonly string[] | null {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return [];
  return isStrings(value) ? value : null;
}

const unknown = (why: string): UnknownOptions => ({ code: 'keyword', why });

type Value =
  | string
  | number
  | boolean
  | null
  | readonly (string | number)[]
  | ReadonlyMap<string | number, string>;

/** What the keyword sets; null where the scan does not know its value. */
function readKeyword(keyword: string, value: Value, hasNames: boolean): Partial<CsvReadOptions> | null {
  switch (keyword) {
    case 'sep':
    case 'delimiter':
      if (value === null) return {};
      return typeof value === 'string' && isPlainSeparator(value) ? { sep: value } : null;
    case 'header':
      if (value === 'infer') return { header: hasNames ? null : 0 };
      return value === null || typeof value === 'number' ? { header: value } : null;
    case 'names':
      if (value === null) return {};
      return isStrings(value) ? { names: value } : null;
    case 'usecols':
      if (value === null) return {};
      return isStrings(value) || isNumbers(value) ? { usecols: value } : null;
    case 'index_col':
      if (value === null || value === false) return {};
      return typeof value === 'number' || typeof value === 'string' ? { indexCol: value } : null;
    case 'dtype':
      if (value === null) return {};
      return typeof value === 'string' || value instanceof Map ? { dtype: value } : null;
    case 'nrows':
      return value === null || typeof value === 'number' ? { nrows: value } : null;
    case 'encoding': {
      if (value === null) return {};
      const encoding = typeof value === 'string' ? knownEncoding(value) : null;
      return encoding === null ? null : { encoding };
    }
    default:
      return {};
  }
}

function isStrings(value: Value): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isNumbers(value: Value): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

/** The value of a literal; undefined where it is none. */
function toValue(expression: Expression | undefined): Value | undefined {
  switch (expression?.kind) {
    case 'StringLiteral':
      return expression.isBytes ? undefined : (expression.value ?? undefined);
    case 'Constant':
      return toConstant(expression.type, expression.text);
    case 'List':
    case 'Tuple': {
      const items = expression.elements.map(toValue);
      const isPlain = (item: Value | undefined) => typeof item === 'string' || typeof item === 'number';
      return items.every(isPlain) ? (items as (string | number)[]) : undefined;
    }
    default:
      return undefined;
  }
}

function toConstant(type: string, text: string): Value | undefined {
  if (type === 'None') return null;
  if (type === 'bool') return text === 'True';
  if (type !== 'int') return undefined;
  const number = Number(text.replaceAll('_', ''));
  return Number.isSafeInteger(number) ? number : undefined;
}

const BUILTIN_TYPES: ReadonlyMap<string, string> = new Map([
  ['str', 'str'],
  ['object', 'object'],
  ['int', 'int64'],
  ['float', 'float64'],
  ['bool', 'bool'],
]);

/** `dtype='float32'`, `dtype={'a': str, 'b': np.int8}`. */
function toTypes(expression: Expression): Value | undefined {
  if (expression.kind !== 'Dict') return toType(expression);
  const types = new Map<string | number, string>();
  for (const { key, value } of expression.entries) {
    const name = key === null ? undefined : toValue(key);
    const type = toType(value);
    if ((typeof name !== 'string' && typeof name !== 'number') || typeof type !== 'string') return undefined;
    types.set(name, type);
  }
  return types;
}

function toType(expression: Expression): string | null | undefined {
  if (expression.kind === 'Name') return BUILTIN_TYPES.get(expression.id);
  // np.int8: the attribute is the type's name.
  if (expression.kind === 'Attribute' && expression.value.kind === 'Name') return expression.attr.id;
  const value = toValue(expression);
  return typeof value === 'string' || value === null ? value : undefined;
}
