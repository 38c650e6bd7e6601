import { argumentOf, isOpen } from '../../analysis/column-labels.js';
import type { Program } from '../../analysis/program.js';
import { isImmutable } from '../../pandas/kinds.js';
import type { Call, Dict, Expression, Name, Node } from '../../python/ast.js';

/** A Python string of some letters with the pointer to it, which is more than a number takes. */
export const VALUE = 64;

/** The value of what a name stands for; null where nobody knows. */
export type ReadValue = (name: Name) => Expression | null;
type SizeOf = (expression: Expression) => number | null;
type CountOf = (expression: Expression | undefined) => number | null;

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Functions whose result is as large as what they are handed, at most. */
const OF_ARGUMENTS = words(
  `
  pandas.DataFrame pandas.Series pandas.Index pandas.Categorical pandas.MultiIndex.from_tuples pandas.MultiIndex.from_arrays
  pandas.DataFrame.from_dict pandas.DataFrame.from_records pandas.concat pandas.to_datetime pandas.to_numeric pandas.cut
  pandas.qcut pandas.isna pandas.isnull pandas.notna pandas.notnull pandas.crosstab pandas.pivot_table pandas.melt
  pandas.DatetimeIndex pandas.unique numpy.array numpy.asarray numpy.sort numpy.unique numpy.concatenate numpy.vstack
  numpy.hstack numpy.column_stack numpy.stack numpy.where numpy.log numpy.exp numpy.sqrt numpy.abs numpy.round
  numpy.zeros_like numpy.ones_like numpy.reshape numpy.ravel numpy.transpose numpy.matrix numpy.nan_to_num numpy.cumsum
  numpy.mean numpy.sum numpy.isnan numpy.sin numpy.cos numpy.log1p
  zip enumerate reversed iter copy.copy copy.deepcopy`.trim(),
);

/** Those that give one value. */
const OF_ONE = words(
  'datetime.datetime datetime.date datetime.time datetime.timedelta pandas.Timestamp pandas.Timedelta pandas.Period numpy.datetime64',
);

const COLLECTS = words('list tuple set dict sorted');

/** Those whose result holds each pair, at most. */
const OF_PAIRS = words('pandas.merge pandas.get_dummies numpy.outer numpy.meshgrid numpy.dot numpy.kron');

/** Those that are told the result's shape, by the argument of this position or name. */
const BY_SHAPE: ReadonlyMap<string, readonly [position: number, name: string]> = new Map([
  ['numpy.zeros', [0, 'shape']],
  ['numpy.ones', [0, 'shape']],
  ['numpy.empty', [0, 'shape']],
  ['numpy.full', [0, 'shape']],
  ['numpy.linspace', [2, 'num']],
  ['numpy.logspace', [2, 'num']],
  ['numpy.geomspace', [2, 'num']],
  ['numpy.random.randint', [2, 'size']],
  ['numpy.random.normal', [2, 'size']],
  ['numpy.random.uniform', [2, 'size']],
  ['numpy.random.choice', [1, 'size']],
  ['numpy.random.random', [0, 'size']],
  ['numpy.random.random_sample', [0, 'size']],
  ['numpy.random.standard_normal', [0, 'size']],
  ['numpy.random.integers', [2, 'size']],
  ['numpy.random.binomial', [2, 'size']],
  ['numpy.random.beta', [2, 'size']],
  ['numpy.random.gamma', [2, 'size']],
  ['numpy.random.lognormal', [2, 'size']],
  ['numpy.random.poisson', [1, 'size']],
  ['numpy.random.exponential', [1, 'size']],
  ['pandas.date_range', [2, 'periods']],
  ['pandas.period_range', [2, 'periods']],
]);

/** Methods whose result may be larger than what they are called on and handed. */
const GROWS = words(
  'reindex resample asfreq repeat explode tile interpolate get_dummies outer rolling expanding',
);
const SPLITS = /split|partition/;
const JOINS = words('merge join dot');

/** Bytes of what the call gives, at most; null where nobody knows. */
export function sizeOfCall(
  program: Program,
  call: Call,
  sizeOf: SizeOf,
  readValue: ReadValue,
  value: number,
): number | null {
  const handed = () =>
    sum(
      [...call.args, ...call.keywords.map((keyword) => keyword.value)].map((one) =>
        one.kind === 'Lambda' ? 0 : sizeOf(one),
      ),
    );
  const name = functionOf(program, call, readValue);
  if (name !== null) {
    const values = countOfFunction(program, call, name, (one) => countOf(program, one, sizeOf, readValue));
    if (values !== undefined) return product([values, value]);
    if (name === 'pandas.DataFrame') {
      const data = argumentOf(call, 'data', 0);
      const labels = [argumentOf(call, 'index', 1), argumentOf(call, 'columns', 2)];
      if (data?.kind === 'Dict') return sizeOfColumns(data, sizeOf);
      // `pd.DataFrame(0, index=rows, columns=names)`: one value for each pair.
      const isOne = data === undefined || (data.kind !== 'Call' && isImmutable(program.kindOf(data)));
      if (isOne && !labels.includes(undefined))
        return product([VALUE, ...labels.map((one) => labelsIn(one, sizeOf))]);
    }
    if (OF_ARGUMENTS.has(name)) return handed();
    if (OF_ONE.has(name)) return VALUE;
    // A number in a list is an object of its own, and a letter of a text.
    if (COLLECTS.has(name))
      return call.args.some((one) => isText(program, one)) ? null : product([handed(), 8]);
    if (OF_PAIRS.has(name)) {
      const all = handed();
      return all === null ? null : (all / value) * all;
    }
    return null;
  }
  if (call.func.kind !== 'Attribute') return null;
  const { attr, value: owner } = call.func;
  if (GROWS.has(attr.id) || (SPLITS.test(attr.id) && isText(program, owner))) return null;
  if (attr.id === 'sample' && call.keywords.some(({ name }) => name === null || name.id === 'replace'))
    return null;
  const own = sizeOf(owner);
  if (own === null) return null;
  if (JOINS.has(attr.id)) {
    const all = handed();
    return all === null ? null : (own / value) * all;
  }
  // `fillna(value)`, `append(other)`: what is handed may go into the result; a function or a setting does not.
  const added = [...call.args, ...call.keywords.map((keyword) => keyword.value)].map(
    (one) => sizeOf(one) ?? 0,
  );
  return own + added.reduce((all, one) => all + one, 0);
}

/** A frame whose columns are written out: what stands in a list there is one value, unless more is known of it. */
function sizeOfColumns({ entries }: Dict, sizeOf: SizeOf): number | null {
  return sum(
    entries.map(({ value: column }) =>
      column.kind === 'List' ? sum(column.elements.map((one) => sizeOf(one) ?? VALUE)) : sizeOf(column),
    ),
  );
}

/** Whether it is a text of which nobody knows how long it is. */
const isText = (program: Program, one: Expression): boolean =>
  program.kindOf(one) === 'str' && one.kind !== 'StringLiteral';

/** How many rows or columns are named. */
function labelsIn(labels: Expression | undefined, sizeOf: SizeOf): number | null {
  const bytes = labels === undefined ? null : sizeOf(labels);
  return bytes === null ? null : Math.ceil(bytes / 8);
}

/** How many values a function gives that is told so; undefined for any other function. */
function countOfFunction(
  program: Program,
  call: Call,
  name: string,
  count: CountOf,
): number | null | undefined {
  const [first, second] = call.args;
  switch (name) {
    case 'range':
    case 'numpy.arange': {
      if (call.keywords.some(({ name: keyword }) => keyword?.id !== 'dtype')) return null;
      const limits = call.args.slice(0, 2).map((one) => count(one));
      const [from, to] = limits.length === 1 ? [0, limits[0]] : limits;
      // The larger the step, the fewer: what it is at most says nothing.
      const step = call.args.length > 2 ? countIn(call.args[2]) : 1;
      // Signs are not looked at: a range from -5 to 5 has 10.
      return from == null || to == null || step == null || step === 0 ? null : Math.ceil((from + to) / step);
    }
    case 'numpy.random.rand':
    case 'numpy.random.randn':
      return product(call.args.map((one) => count(one)));
    case 'numpy.eye':
    case 'numpy.identity':
      return product([count(first), second === undefined ? count(first) : count(second)]);
  }
  const shape = BY_SHAPE.get(name);
  if (shape === undefined) return undefined;
  if (isOpen(call)) return null;
  const [position, keyword] = shape;
  const given = argumentOf(call, keyword, position);
  if (given === undefined) {
    // Of arrays it makes as many as these hold.
    const all = [...call.args, ...call.keywords.map(({ value }) => value)];
    if (!all.every((one) => isImmutable(program.kindOf(one)))) return null;
    return /space$/.test(name) ? 50 : name.startsWith('numpy.random.') ? 1 : null;
  }
  return given.kind === 'Tuple' || given.kind === 'List'
    ? product(given.elements.map((one) => count(one)))
    : count(given);
}

/** A count may be told by a name that is told by a name ...; so far that is followed. */
const MAX_NAMES = 4;

/** How many a whole number is at most; null where nobody knows. */
function countOf(
  program: Program,
  expression: Expression | undefined,
  sizeOf: SizeOf,
  readValue: ReadValue,
  names = MAX_NAMES,
): number | null {
  const inner = (one: Expression) => countOf(program, one, sizeOf, readValue, names);
  switch (expression?.kind) {
    case 'Name': {
      const value = names === 0 ? null : readValue(expression);
      return value === null ? null : countOf(program, value, sizeOf, readValue, names - 1);
    }
    case 'UnaryOperation':
      return expression.op === '-' ? inner(expression.operand) : null;
    case 'BinaryOperation':
      if (expression.op === '*') return product([inner(expression.left), inner(expression.right)]);
      return expression.op === '+' || expression.op === '-'
        ? sum([inner(expression.left), inner(expression.right)])
        : null;
    case 'Call': {
      const [counted] = expression.args;
      if (counted === undefined || qualifiedName(program, expression.func) !== 'len') return null;
      // Whatever is counted takes a byte at least.
      return isText(program, counted) ? null : sizeOf(counted);
    }
    default:
      return countIn(expression);
  }
}

/** Whether the node is a call that is told how large an array it is to make. */
export function isShaped(program: Program, node: Node, readValue: ReadValue): boolean {
  const name = node.kind === 'Call' ? functionOf(program, node, readValue) : null;
  return name !== null && (BY_SHAPE.has(name) || /^numpy\.random\.randn?$/.test(name));
}

/** What is called; of a method of a random generator (`rng.normal`) the function of the same name. */
function functionOf(program: Program, { func }: Call, readValue: ReadValue): string | null {
  const name = qualifiedName(program, func);
  if (name !== null || func.kind !== 'Attribute' || func.value.kind !== 'Name') return name;
  // `Generator.choice` takes rows, of whatever size.
  const made = func.attr.id === 'choice' ? null : readValue(func.value);
  return made?.kind === 'Call' && GENERATORS.has(qualifiedName(program, made.func) ?? '')
    ? `numpy.random.${func.attr.id}`
    : null;
}

const GENERATORS = words('numpy.random.RandomState numpy.random.default_rng');

/** `np.zeros` → `numpy.zeros`, by the notebook's imports; null for what is no function of a module or built in. */
function qualifiedName({ notebookNames: names }: Program, callee: Expression): string | null {
  if (callee.kind === 'Name' && !names.isBound(callee.id)) return callee.id;
  return names.qualifiedName(callee);
}

/** The value of a whole number that is written out, without its sign; null for anything else. */
export function countIn(expression: Expression | undefined): number | null {
  if (expression?.kind === 'UnaryOperation' && expression.op === '-') return countIn(expression.operand);
  if (expression?.kind !== 'Constant' || (expression.type !== 'int' && expression.type !== 'float'))
    return null;
  const value = Number(expression.text.replaceAll('_', ''));
  return Number.isFinite(value) ? Math.abs(value) : null;
}

export function sum(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((all, one) => (all === null || one === null ? null : all + one), 0);
}

export function product(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((all, one) => (all === null || one === null ? null : all * one), 1);
}
