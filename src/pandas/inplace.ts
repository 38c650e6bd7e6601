import { COMBINATIONS, type Combination } from '../environment/environment.js';

/**
 * What `inplace=True` means for a method, by combination. Measured in all six: `right` by comparing the frame, the warnings
 * and the errors for frames of numbers, strings, dates, booleans and categories with and without missing values; `saves` as
 * peak by assignment minus peak in place, in sizes of the frame, on five columns of a million float64 (tracemalloc).
 */
export interface InplaceFact {
  /** Where it does the same as the assignment, without a warning of its own. */
  readonly right: readonly Combination[];
  /** Only combinations where it is more than nothing. */
  readonly saves: Partial<Readonly<Record<Combination, number>>>;
}

/** From 3.1 on the methods that only rearrange print a Pandas4Warning. */
const UP_TO_3_0: readonly Combination[] = ['E1', 'E2', 'E3', 'E4'];
const EVERYWHERE = { E1: 1, E2: 1, E3: 1, E4: 1, E5: 1, E6: 1 } as const;
/** From 3.0 on the assignment makes no copy either. */
const UP_TO_2_3 = { E1: 1, E2: 1, E3: 1 } as const;

const FRAMES: Readonly<Record<string, InplaceFact>> = {
  ffill: { right: COMBINATIONS, saves: EVERYWHERE },
  bfill: { right: COMBINATIONS, saves: EVERYWHERE },
  interpolate: { right: COMBINATIONS, saves: EVERYWHERE },
  replace: { right: COMBINATIONS, saves: { E1: 0.88, E2: 0.88, E3: 0.88, E4: 0.88, E5: 0.88, E6: 0.88 } },
  rename: { right: UP_TO_3_0, saves: UP_TO_2_3 },
  rename_axis: { right: UP_TO_3_0, saves: UP_TO_2_3 },
  reset_index: { right: UP_TO_3_0, saves: UP_TO_2_3 },
  set_index: { right: UP_TO_3_0, saves: UP_TO_2_3 },
  sort_index: { right: UP_TO_3_0, saves: UP_TO_2_3 },
  drop: { right: UP_TO_3_0, saves: {} },
  dropna: { right: UP_TO_3_0, saves: {} },
  drop_duplicates: { right: UP_TO_3_0, saves: {} },
  sort_values: { right: UP_TO_3_0, saves: {} },
};

const SERIES: Readonly<Record<string, InplaceFact>> = {
  ffill: { right: COMBINATIONS, saves: EVERYWHERE },
  bfill: { right: COMBINATIONS, saves: EVERYWHERE },
  interpolate: { right: COMBINATIONS, saves: EVERYWHERE },
  reset_index: { right: UP_TO_3_0, saves: UP_TO_2_3 },
  sort_index: { right: UP_TO_3_0, saves: UP_TO_2_3 },
  dropna: { right: UP_TO_3_0, saves: {} },
  drop_duplicates: { right: UP_TO_3_0, saves: {} },
};

/** Undefined for a method that has no `inplace`, or whose being right depends on more than the version. */
export function inplaceFact(kind: 'DataFrame' | 'Series', method: string): InplaceFact | undefined {
  const table = kind === 'DataFrame' ? FRAMES : SERIES;
  return Object.hasOwn(table, method) ? table[method] : undefined;
}

/**
 * Right or not by the values: where a value does not fit the type of its column, in place raises a TypeError on 3.x and warns
 * on 2.3.3, and the assignment makes another type. `fillna(0)` where strings are missing; `clip(1, 2)` of booleans.
 */
export const INPLACE_BY_VALUES: ReadonlySet<string> = new Set(['fillna', 'clip', 'where', 'mask']);

/**
 * What makes a frame without a mark of its parent. Up to 2.3.3 a frame that was cut out of another (by a filter, `head`,
 * `df[['a', 'b']]`, `query`, `drop_duplicates`) has one while the other lives, and each change in place then prints a
 * SettingWithCopyWarning. Measured on 1.5.3 and 2.3.3.
 */
export const MAKES_UNMARKED_FRAMES: ReadonlySet<string> = new Set(
  `copy sample dropna drop rename reset_index set_index sort_values sort_index assign fillna astype select_dtypes
   merge nlargest reindex replace where mask shift describe melt explode pivot_table interpolate ffill bfill clip round
   DataFrame concat get_dummies read_csv read_table read_excel read_json read_parquet read_pickle read_sql
   read_sql_query read_hdf read_feather read_fwf read_stata`.split(/\s+/),
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
