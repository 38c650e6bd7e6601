import type { Program } from '../../analysis/program.js';
import type { ValueKind } from '../../pandas/kinds.js';
import type { Call } from '../../python/ast.js';
import { countIn } from './call-size.js';

/** Bytes that a table of groups, a correlation matrix, a few rows are taken for where nobody knows how many there are. */
export const FEW = 4096;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What is told of each group, of each column or of each value that occurs. */
const AGGREGATES = words(`
  sum mean median min max std var sem count size nunique first last prod quantile any all skew kurt idxmax idxmin describe
  agg aggregate value_counts`);

/** Methods of frames and series that give few values whatever they are asked of. */
const OF_DATA = words('describe corr cov value_counts pivot_table mode');

/** Those that give a row for each column, unless they are told to go along the rows. */
const OF_COLUMNS = words(
  'sum mean median min max std var sem count nunique prod any all skew kurt idxmax idxmin',
);

/** Those that give as many rows as they are told, and how many that is if they are not. */
const ROWS: Readonly<Record<string, number>> = { head: 5, tail: 5, sample: 1, nlargest: 5, nsmallest: 5 };
const MOST_ROWS = 100;

const FUNCTIONS = words(`
  pandas.crosstab pandas.pivot_table pandas.value_counts numpy.histogram numpy.corrcoef numpy.cov
  sklearn.model_selection.cross_val_score sklearn.metrics.confusion_matrix`);

/**
 * Whether a call gives few values as a rule, however large what it is asked of. A guess, for the question alone whether a change
 * is worth it: groups may be as many as rows.
 */
export function givesFew({ kindOf, notebookNames }: Program, { func, args, keywords }: Call): boolean {
  const name = notebookNames.qualifiedName(func);
  if (name !== null) return FUNCTIONS.has(name);
  if (func.kind !== 'Attribute') return false;
  const owner: ValueKind = kindOf(func.value);
  const method = func.attr.id;
  if (owner === 'GroupBy' || owner === 'SeriesGroupBy') return AGGREGATES.has(method);
  if (owner !== 'DataFrame' && owner !== 'Series') return false;
  if (OF_DATA.has(method)) return true;
  const given = (keyword: string) => keywords.find((one) => one.name?.id === keyword)?.value;
  if (owner === 'DataFrame' && OF_COLUMNS.has(method))
    return args.length === 0 && given('axis') === undefined;
  const usual = ROWS[method];
  if (usual === undefined || given('frac') !== undefined) return false;
  const told = given('n') ?? args[0];
  const rows = told === undefined ? usual : countIn(told);
  return rows !== null && rows <= MOST_ROWS;
}
