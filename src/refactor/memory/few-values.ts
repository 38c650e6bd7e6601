import { argumentOf } from '../../analysis/column-labels.js';
import type { Program } from '../../analysis/program.js';
import type { ValueKind } from '../../pandas/kinds.js';
import type { Call, Expression } from '../../python/ast.js';
import { findAll } from '../../python/walk.js';
import { countIn } from './call-size.js';

/** Bytes that a table of groups, a correlation matrix, a few rows are taken for where nobody knows how many there are. */
export const FEW = 4096;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What is told of each group, of each column or of each value that occurs. */
const AGGREGATES = words(`
  sum mean median min max std var sem count size nunique first last prod quantile any all skew kurt idxmax idxmin describe
  agg aggregate value_counts`);

/** What gives a row for each column of a frame, or a few for a series, unless it is told to go along the rows. */
const OF_COLUMNS = words(`
  sum mean median min max std var sem count nunique prod any all skew kurt idxmax idxmin describe corr cov`);

/** Those that give as many rows as they are told, and how many that is if they are not. */
const ROWS: ReadonlyMap<string, number> = new Map([
  ['head', 5],
  ['tail', 5],
  ['sample', 1],
  ['nlargest', 5],
  ['nsmallest', 5],
]);
const MOST_ROWS = 100;

/** So many names are followed back to what they were made of. */
const MOST_NAMES = 50;

const FUNCTIONS = words(
  'pandas.value_counts pandas.crosstab numpy.histogram sklearn.model_selection.cross_val_score sklearn.metrics.confusion_matrix',
);

/** What makes columns of values. */
const TURNS = words('T transpose pivot pivot_table unstack crosstab get_dummies toarray todense stack');

/**
 * Whether a call gives few values as a rule, however large what it is asked of. A guess, for the question alone whether a change
 * is worth it: groups may be as many as rows.
 */
export function givesFew(program: Program, call: Call): boolean {
  const { func, args, keywords } = call;
  const name = program.notebookNames.qualifiedName(func);
  if (name !== null) return FUNCTIONS.has(name);
  if (func.kind !== 'Attribute') return false;
  const owner: ValueKind = program.kindOf(func.value);
  const method = func.attr.id;
  if (owner === 'GroupBy' || owner === 'SeriesGroupBy') return AGGREGATES.has(method);
  if (owner !== 'DataFrame' && owner !== 'Series') return false;
  if (method === 'value_counts') return true;
  // Users by items are as many as both of them together.
  if (method === 'pivot_table') return argumentOf(call, 'columns', 2) === undefined;
  if (OF_COLUMNS.has(method))
    return args.length === 0 && argumentOf(call, 'axis', -1) === undefined && !isTurned(program, func.value);
  const usual = ROWS.get(method);
  if (usual === undefined || keywords.some((one) => one.name?.id !== 'n' && one.name?.id !== 'random_state'))
    return false;
  const told = argumentOf(call, 'n', 0);
  // `head(-1)` is all but one.
  const rows = told === undefined ? usual : told.kind === 'Constant' ? countIn(told) : null;
  return rows !== null && rows <= MOST_ROWS;
}

/** Whether what was rows or values may be columns in the frame, so that these may be many. */
function isTurned(program: Program, frame: Expression): boolean {
  const seen = new Set<string>();
  const pending: string[] = [];
  const look = (node: Parameters<typeof findAll>[0]): boolean => {
    for (const { id } of findAll(node, 'Name')) pending.push(id);
    return [...findAll(node, 'Attribute')].some(({ attr }) => TURNS.has(attr.id));
  };
  if (look(frame)) return true;
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    if (seen.size === MOST_NAMES) return true;
    seen.add(name);
    for (const { node, writes, maybeWrites } of program.mentionsOf(name))
      if ((writes.has(name) || maybeWrites.has(name)) && node.kind !== 'Import' && look(node)) return true;
  }
  return false;
}
