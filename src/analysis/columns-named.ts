import type { ValueKind } from '../pandas/kinds.js';
import type { Call, Expression } from '../python/ast.js';
import { argumentOf } from './column-labels.js';

const AGGREGATES: ReadonlySet<string> = new Set(['agg', 'aggregate']);

/** Methods of a frame that, given a dict, leave the columns alone that are no keys of it. */
const BY_COLUMN: ReadonlySet<string> = new Set(['fillna', 'round', 'astype']);

/** Keywords that change nothing of which columns are asked for. */
const HARMLESS: ReadonlySet<string> = new Set(['inplace', 'copy', 'errors']);

/**
 * The columns that a call names one by one, where it asks for no others: `agg({'a': 'sum'})`, `agg(total=('a', 'sum'))`,
 * `fillna({'a': 0})`. Null where it may ask for any. [facts: dtype/agg-of-named-columns dtype/dict-leaves-other-columns]
 */
export function columnsNamedIn(call: Call, owner: ValueKind, method: string): readonly string[] | null {
  const { args, keywords } = call;
  const [first, ...others] = args;
  const isGrouped = owner === 'GroupBy';
  if (!isGrouped && owner !== 'DataFrame') return null;
  if (AGGREGATES.has(method)) {
    if (first === undefined)
      return isGrouped ? columnsOf(keywords.map(({ value }) => columnOf(value))) : null;
    return others.length === 0 && keywords.length === 0 ? keysOf(first) : null;
  }
  if (isGrouped || !BY_COLUMN.has(method) || first === undefined || others.length > 0) return null;
  const isPlain = keywords.every(({ name }) => name !== null && HARMLESS.has(name.id));
  return isPlain ? keysOf(first) : null;
}

/** The keys of a dict that is written out. */
function keysOf(expression: Expression): readonly string[] | null {
  if (expression.kind !== 'Dict') return null;
  return columnsOf(expression.entries.map(({ key }) => (key === null ? null : textOf(key))));
}

/** `('a', 'sum')`, `pd.NamedAgg(column='a', aggfunc='sum')`: the column that is aggregated. */
function columnOf(expression: Expression): string | null {
  if (expression.kind === 'Tuple') return textOf(expression.elements[0]);
  if (expression.kind !== 'Call') return null;
  const { func } = expression;
  const name = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
  if (name !== 'NamedAgg') return null;
  return textOf(argumentOf(expression, 'column', 0));
}

const textOf = (expression: Expression | undefined): string | null =>
  expression?.kind === 'StringLiteral' && !expression.isBytes ? expression.value : null;

function columnsOf(names: readonly (string | null)[]): readonly string[] | null {
  const known = names.filter((name) => name !== null);
  return known.length === 0 || known.length < names.length ? null : [...new Set(known)];
}
