import type { Combination } from '../environment/environment.js';
import { methodEffect } from '../pandas/method-effects.js';
import { judgeUse, type NarrowType, type NarrowVerdict } from '../pandas/narrow-uses.js';
import type { Call, CompareOperator, Expression } from '../python/ast.js';
import { literalValue } from '../python/literals.js';
import type { ColumnUse } from './column-use.js';
import { areSortedNext, judgeLabels } from './judge-labels.js';
import type { Program } from './program.js';

/** What a narrower type does to everything that is asked of a column. */
export interface Judgement {
  /** `types`: what is shown names another type. `rounding`: numbers differ in late digits. */
  readonly effect: 'none' | 'types' | 'rounding';
  /** The first use that asks whether values are equal, which two floats may become. */
  readonly exact: ColumnUse | null;
}

/** A use that may give something else. */
export interface NarrowingObstacle {
  readonly use: ColumnUse;
}

/** The first use that a narrower type would change on one of the combinations, or what it does to all of them. */
export function judgeNarrowing(
  program: Program,
  uses: readonly ColumnUse[],
  type: NarrowType,
  combinations: readonly Combination[],
): Judgement | NarrowingObstacle {
  let effect: Judgement['effect'] = 'none';
  let exact: ColumnUse | null = null;
  for (const use of uses) {
    const verdict = judge(program, use, type, combinations);
    if (verdict === null) return { use };
    if (verdict === 'rounding') effect = 'rounding';
    else if (verdict === 'types' && effect === 'none') effect = 'types';
    if (use.operation.type === 'compare' || ASKS_FOR_EQUALITY.has(nameOf(use))) exact ??= use;
  }
  return { effect, exact };
}

const ASKS_FOR_EQUALITY: ReadonlySet<string> = new Set([
  'nunique',
  'duplicated',
  'drop_duplicates',
  'tolist',
  'to_list',
  'isin',
  'unique',
  'value_counts',
  'groupby',
  'merge',
]);

/** What hands the types out, to be shown or to be decided by. */
const GIVES_TYPES: ReadonlySet<string> = new Set(['dtypes', 'dtype', 'nbytes', 'memory_usage']);

const SCALAR_FUNCTIONS: ReadonlySet<string> = new Set(['int', 'float', 'round']);

/** Of `matplotlib.pyplot`, what was measured as `plot pyplot`. */
const DRAWN: ReadonlySet<string> = new Set(['plot', 'scatter', 'hist', 'bar']);

function judge(
  program: Program,
  use: ColumnUse,
  type: NarrowType,
  combinations: readonly Combination[],
): 'same' | 'types' | 'rounding' | null {
  const { operation, node } = use;
  switch (operation.type) {
    case 'selected':
    case 'overwritten':
      return 'same';
    case 'final':
      return 'types';
    case 'compare':
      return mayCompare(operation.other, operation.op, type) ? 'same' : null;
    default: {
      if (takesValuesOut(program, use) || (type.startsWith('uint') && addsColumns(use))) return null;
      const measured = measuredName(use);
      const keywords = keywordsOf(use);
      const verdict =
        measured === null || keywords === null ? null : judgeUse(type, measured, combinations, keywords);
      // `type(df)`: the class, whatever is in the columns.
      if (operation.type === 'function' && operation.name === 'type' && use.carrier !== 'scalar')
        return 'same';
      if (GIVES_TYPES.has(nameOf(use)) && program.cellOf(node).shown !== node) return null;
      if (isCounted(use) && areSortedNext(program, use)) return judgeLabels(program, use, type, combinations);
      return (
        weigh(program, use, verdict) ??
        (verdict === 'narrow' ? judgeLabels(program, use, type, combinations) : null)
      );
    }
  }
}

/**
 * `sorted(df['a'].unique())`: a Series gives Python's own numbers, an array gives its narrow ones, and what is done with these
 * is not followed. Nor is what numpy computes of an array, in the array's own type, where pandas takes a wider one.
 */
function takesValuesOut(program: Program, { operation }: ColumnUse): boolean {
  if (operation.type !== 'function' || /^(matplotlib\.pyplot\.\w+|len|print|type)$/.test(operation.name))
    return false;
  return operation.call.args.some((one) => program.kindOf(one) === 'ndarray');
}

/** Sums of unsigned columns are unsigned, and stand beside signed ones: what both fit into is a float64. */
const addsColumns = ({ carrier, operation }: ColumnUse): boolean =>
  carrier === 'DataFrame' && operation.type === 'method' && /^(sum|prod|product)$/.test(operation.name);

/** By its values: `value_counts(bins=3)` gives intervals. */
const isCounted = ({ carrier, operation }: ColumnUse): boolean =>
  carrier === 'Series' &&
  operation.type === 'method' &&
  operation.name === 'value_counts' &&
  operation.call.args.length === 0 &&
  operation.call.keywords.every(({ name }) => name?.id === 'normalize' || name?.id === 'dropna');

/** A narrower result is no surprise where it is followed further, or where it is only shown. */
function weigh(
  program: Program,
  use: ColumnUse,
  verdict: NarrowVerdict | null,
): 'same' | 'types' | 'rounding' | null {
  if (verdict !== 'narrow') return verdict;
  if (isFollowed(use)) return 'same';
  const isShown =
    use.operation.type === 'shown' || nameOf(use) === 'print' || program.cellOf(use.node).shown === use.node;
  return isShown ? 'types' : null;
}

/** Whether the analysis goes on with the result as with the column itself. */
function isFollowed({ carrier, operation }: ColumnUse): boolean {
  if (operation.type === 'method') {
    const kind = carrier === 'DataFrame' || carrier === 'Series' ? carrier : null;
    const effect = kind === null ? undefined : methodEffect(kind, operation.name);
    return effect !== undefined && (effect.keeps || effect.scalar);
  }
  if (operation.type !== 'grouped') return false;
  return (
    methodEffect('GroupBy', operation.name)?.keeps === true &&
    methodEffect('SeriesGroupBy', operation.name)?.keeps === true
  );
}

/** What test/python/facts/narrow_uses.py calls the use; null for what it has nothing of. */
function measuredName(use: ColumnUse): string | null {
  const { carrier, operation } = use;
  switch (operation.type) {
    case 'shown':
      return `${carrier} shown`;
    case 'function': {
      const { name } = operation;
      if (name === 'print') return `${carrier} print`;
      if (carrier === 'scalar') return SCALAR_FUNCTIONS.has(name) ? `scalar ${name}` : null;
      const drawn = /^matplotlib\.pyplot\.(\w+)$/.exec(name)?.[1];
      if (drawn !== undefined) return carrier === 'Series' && DRAWN.has(drawn) ? 'plot pyplot' : null;
      // Functions of the whole frame were not measured, but for its length.
      return carrier === 'Series' || name === 'len' ? `function ${name}` : null;
    }
    case 'grouped':
      return `grouped ${operation.name}`;
    case 'key':
      return `key ${operation.how}`;
    case 'attribute':
    case 'method':
      if (operation.type === 'method' && operation.name === 'value_counts' && isBinned(operation.call))
        return 'Series.value_counts(bins)';
      return carrier === 'DataFrame' || carrier === 'Series' ? `${carrier}.${operation.name}` : null;
    case 'arithmetic':
      return `${carrier} ${operation.other === null ? 'unary ' : ''}${operation.op}`;
    default:
      return null;
  }
}

/** What the call is told by name, but for `inplace`; null where that is not all written out. */
function keywordsOf({ operation }: ColumnUse): readonly string[] | null {
  if (!('call' in operation)) return [];
  const names = operation.call.keywords.map(({ name }) => name?.id);
  return names.includes(undefined)
    ? null
    : names.flatMap((name) => (name === undefined || name === 'inplace' ? [] : [name]));
}

const isBinned = ({ keywords }: Call): boolean => keywords.some(({ name }) => name?.id === 'bins');

/** Whether a comparison with the expression gives the same. */
function mayCompare(other: Expression, op: CompareOperator, type: NarrowType): boolean {
  const value = literalValue(other);
  if (type === 'category') return (op === '==' || op === '!=') && value?.type === 'str';
  const number = value?.type === 'int' || value?.type === 'float' ? Number(value.value) : null;
  // Integers of any width are compared by their values.
  if (!type.startsWith('float'))
    return number !== null || (value === undefined && op !== 'in' && op !== 'not in');
  return number !== null && Math.fround(number) === number;
}

/** Of the method, attribute, function or aggregate; empty where there is none. */
export function nameOf({ operation }: ColumnUse): string {
  if (operation.type === 'key') return operation.how;
  return 'name' in operation && operation.type !== 'final' ? operation.name : '';
}
