import { COMBINATIONS, type Combination } from '../environment/environment.js';
import { INPLACE_METHODS } from './inplace-data.js';

/** What `inplace=True` means for a method, by combination. Generated: scripts/measure-inplace.py tells how it is measured. */
export interface InplaceFact {
  /** Where it does the same as the assignment, without a warning of its own. */
  readonly right: readonly Combination[];
  /**
   * Peak by assignment minus peak in place, in sizes of the frame: the least of the calls that were measured, each with
   * something to do. Only combinations where it is more than nothing.
   */
  readonly saves: Partial<Readonly<Record<Combination, number>>>;
}

/**
 * What nbslim offers: methods that may give an object of the same kind, and whose being right depends on no value. Two of them
 * one after the other in place do what their chain does, and save at least what the lesser of them saves.
 * [facts: inplace/chains-dataframe inplace/chains-series inplace/chain-savings]
 */
const OFFERED: Readonly<Record<'DataFrame' | 'Series', ReadonlySet<string>>> = {
  DataFrame: new Set(
    `ffill bfill interpolate replace rename rename_axis reset_index set_index sort_index drop dropna drop_duplicates
     sort_values query`.split(/\s+/),
  ),
  Series: new Set(
    `ffill bfill interpolate replace rename rename_axis reset_index sort_index drop dropna drop_duplicates
     sort_values`.split(/\s+/),
  ),
};

const MEASURED: ReadonlyMap<string, InplaceFact> = new Map(
  INPLACE_METHODS.trim()
    .split('\n')
    .map((line) => {
      const [name = '', figures = ''] = line.split(': ');
      return [name, factOf(figures.split(' '))];
    }),
);

/** @param figures for each of COMBINATIONS: what it saves, or `-` where it is not right */
function factOf(figures: readonly string[]): InplaceFact {
  const measured = COMBINATIONS.map((combination, at) => [combination, figures[at] ?? '-'] as const);
  const right = measured.filter(([, figure]) => figure !== '-');
  return {
    right: right.map(([combination]) => combination),
    saves: Object.fromEntries(
      right
        .map(([combination, figure]) => [combination, Number(figure)])
        .filter(([, saving]) => saving !== 0),
    ),
  };
}

/** Undefined for a method that has no `inplace`, or whose being right depends on more than the version. */
export function inplaceFact(kind: 'DataFrame' | 'Series', method: string): InplaceFact | undefined {
  return OFFERED[kind].has(method) ? MEASURED.get(`${kind}.${method}`) : undefined;
}

/**
 * Right or not by the values: where a value does not fit the type of its column, in place raises a TypeError on 3.x and warns
 * on 2.3.3, and the assignment makes another type. `fillna(0)` where strings are missing; `clip(1, 2)` of booleans.
 * [facts: inplace/right-frame-fillna inplace/right-frame-clip inplace/right-frame-where inplace/right-frame-mask]
 */
export const INPLACE_BY_VALUES: ReadonlySet<string> = new Set(['fillna', 'clip', 'where', 'mask']);

/** What changes values where they are, and not which rows and columns there are, or what they are called. */
export const CHANGES_VALUES: ReadonlySet<string> = new Set(['ffill', 'bfill', 'interpolate', 'replace']);

/**
 * What makes a frame without a mark of its parent. Up to 2.3.3 a frame that was cut out of another (by a filter, `head`,
 * `query`) has one while the other lives, and so has a column of it; each change in place then prints a
 * SettingWithCopyWarning. `dropna` marks too, but who holds the other frame counts as sharing with what it gives.
 * [facts: inplace/unmarked inplace/marked inplace/filtered-frame inplace/filtered-series]
 */
export const MAKES_UNMARKED_FRAMES: ReadonlySet<string> = new Set(
  `copy sample dropna drop rename rename_axis reset_index set_index sort_values sort_index assign fillna astype select_dtypes
   merge nlargest reindex replace where mask shift describe melt explode pivot_table interpolate ffill bfill clip round
   DataFrame Series concat get_dummies read_csv read_table read_excel read_json read_parquet read_pickle read_sql
   read_sql_query read_hdf read_feather read_fwf read_stata`.split(/\s+/),
);

/**
 * Functions of pandas that give a frame which shares memory with nothing that they are given, in all six combinations; so
 * does `concat`. [facts: inplace/frames-of-their-own]
 */
export const READS_A_FRAME: ReadonlySet<string> = new Set(
  `read_csv read_table read_excel read_json read_parquet read_sql read_sql_query read_feather read_fwf read_stata merge
   get_dummies`.split(/\s+/),
);

/**
 * What pandas 3.1 is about to take `inplace` away from: on a frame or a Series each of them prints a Pandas4Warning there.
 * In all six combinations the assignment gives the same frame.
 */
export const INPLACE_DEPRECATED: ReadonlySet<string> = new Set(
  `drop dropna drop_duplicates rename rename_axis reset_index set_index sort_values sort_index query eval`.split(
    ' ',
  ),
);

/** What holds on to the frame that it was made from, and shows each change of it. */
export const HOLDS_ITS_FRAME: ReadonlySet<string> = new Set(
  'groupby rolling expanding ewm resample style iterrows itertuples items pipe'.split(' '),
);
