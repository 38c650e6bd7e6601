import { type CallEffect, parseTable } from './call-effect.js';
import type { ValueKind } from './kinds.js';

/** One line for each result: `names: result flags`. Kept by hand; `test/pandas` holds it to the real libraries. */
const METHODS: Readonly<Record<string, string>> = {
  DataFrame: `
    head tail: DataFrame keeps shares part
    nlargest nsmallest query: DataFrame keeps part
    sample: DataFrame keeps part random
    truncate: DataFrame keeps part shares
    copy sort_values: DataFrame keeps
    sort_index dropna drop_duplicates drop reset_index set_index rename rename_axis reindex filter select_dtypes: DataFrame keeps shares
    assign: DataFrame keeps shares
    astype fillna ffill bfill replace set_axis infer_objects convert_dtypes: DataFrame shares
    add_prefix add_suffix tz_localize tz_convert asfreq to_period to_timestamp: DataFrame shares
    swaplevel droplevel reorder_levels at_time between_time: DataFrame shares
    describe corr cov cumsum cumprod cummin cummax diff pct_change shift rank round abs: DataFrame
    isna isnull notna notnull isin melt pivot pivot_table append: DataFrame
    clip where mask explode interpolate merge join: DataFrame shares
    transpose: DataFrame shares
    mul add sub div divide multiply subtract truediv floordiv mod pow radd rsub rmul rdiv dot: DataFrame
    eq ne lt le gt ge applymap combine_first update_ resample_ corrwith_ compare mode: DataFrame
    min max: Series scalar
    sum mean median std var sem count nunique prod product skew kurt kurtosis: Series
    any all idxmin idxmax memory_usage corrwith duplicated value_counts: Series
    stack unstack quantile: unknown
    squeeze apply agg aggregate transform xs eval: unknown shares
    pipe: unknown shares maybeNone
    groupby: GroupBy shares
    rolling expanding ewm resample: Window shares
    info: None prints
    to_csv to_json to_html to_string to_excel to_latex to_markdown to_clipboard: unknown maybeNone writesFile
    to_pickle to_parquet to_hdf to_sql to_feather: unknown maybeNone writesFile
    to_numpy: ndarray shares
    to_dict: unknown shares
    to_records: ndarray
    iterrows itertuples items iteritems: iterator shares
    keys: Index shares
    hist: ndarray draws
    boxplot plot: Axes draws
    insert update: None mutates
    pop: Series mutates keeps shares
    get: unknown shares maybeNone
    equals: bool
    first_valid_index last_valid_index: unknown maybeNone`,
  Series: `
    head tail: Series keeps shares part
    nlargest nsmallest: Series keeps part
    sample: Series keeps part random
    truncate: Series keeps part shares
    copy sort_values: Series keeps
    sort_index dropna drop_duplicates drop reindex rename rename_axis filter: Series keeps shares
    astype fillna ffill bfill replace infer_objects set_axis: Series shares
    add_prefix add_suffix tz_localize tz_convert asfreq to_period to_timestamp: Series shares
    swaplevel droplevel reorder_levels at_time between_time: Series shares
    value_counts describe isna isnull notna notnull isin between map mode cumsum cumprod: Series
    cummin cummax diff pct_change shift rank round abs duplicated: Series
    clip where mask interpolate combine_first: Series shares
    mul add sub div divide multiply subtract truediv floordiv mod pow radd rsub rmul rdiv: Series
    eq ne lt le gt ge append combine explode: Series
    to_frame reset_index: DataFrame keeps shares
    unstack: DataFrame
    min max: number scalar
    idxmin idxmax item: unknown scalar
    sum mean median std var sem count nunique prod skew kurt kurtosis corr cov autocorr: number
    quantile: unknown
    any all: bool
    unique to_numpy: ndarray keeps shares
    tolist to_list: list
    to_dict: dict
    groupby: SeriesGroupBy shares
    rolling expanding ewm resample: Window shares
    apply transform: unknown shares
    agg aggregate pipe: unknown shares maybeNone
    to_csv to_json to_string to_pickle to_excel to_markdown: unknown maybeNone writesFile
    items iteritems: iterator shares
    keys: Index shares
    hist: Axes draws
    plot: Axes draws
    update: None mutates
    pop: unknown mutates maybeNone
    get: unknown shares maybeNone
    info: None prints
    equals: bool
    dot searchsorted argsort argmax argmin: unknown`,
  GroupBy: `
    min max first last nth head tail: DataFrame keeps
    sum mean median std var sem count nunique quantile prod cumsum cummax cummin rank diff shift: DataFrame
    describe corr fillna ffill bfill any all idxmax idxmin pct_change skew: DataFrame
    sample: DataFrame random
    rolling expanding resample: Window shares
    size ngroup cumcount value_counts: Series
    get_group: DataFrame keeps
    agg aggregate transform: unknown
    apply filter: unknown shares
    pipe: unknown shares maybeNone
    plot boxplot hist: unknown draws
    groups: dict`,
  SeriesGroupBy: `
    min max first last nth head tail nlargest nsmallest: Series keeps
    sum mean median std var sem count nunique quantile prod size cumsum cumcount rank diff shift: Series
    value_counts unique ngroup fillna ffill bfill cummax cummin cumprod any all idxmax idxmin pct_change skew: Series
    sample: Series random
    rolling expanding resample: Window shares
    describe: DataFrame
    get_group: Series keeps
    agg aggregate transform: unknown
    apply filter: unknown shares
    pipe: unknown shares maybeNone
    plot hist: unknown draws`,
  Window: `
    min max sum mean median std var count agg aggregate apply first last size quantile corr cov: unknown
    ohlc asfreq interpolate ffill bfill: unknown`,
  Index: `
    tolist to_list: list
    min max: unknown scalar
    unique sort_values drop union intersection difference map astype rename str copy: Index shares
    get_level_values set_names droplevel swaplevel repeat append insert delete shift: Index shares
    to_period to_timestamp tz_localize tz_convert normalize strftime day_name month_name floor ceil round: Index shares
    to_series: Series shares
    to_frame: DataFrame shares
    to_numpy: ndarray shares
    duplicated isna isnull notna notnull argsort: ndarray
    nunique get_loc: number
    isin: ndarray
    value_counts: Series`,
  Plotter: `
    line bar barh hist box kde density area pie scatter hexbin: Axes draws`,
  ndarray: `
    reshape ravel transpose squeeze view swapaxes diagonal: ndarray shares
    copy flatten astype round clip repeat cumsum cumprod argsort nonzero dot take compress: ndarray
    sum mean std var min max prod argmin argmax any all ptp trace: unknown
    tolist: list
    item: unknown
    sort fill put partition resize itemset: None mutates
    tobytes: bytes`,
  list: `
    append extend insert __setitem__: None mutates holds
    remove reverse sort clear: None mutates
    pop: unknown mutates shares maybeNone
    copy: list shares
    index count: number`,
  dict: `
    keys values items: iterator shares
    get: unknown shares maybeNone
    pop setdefault popitem: unknown mutates shares holds maybeNone
    update __setitem__: None mutates holds
    clear __delitem__: None mutates
    copy: dict shares`,
  set: `
    add update: None mutates holds
    discard remove clear difference_update intersection_update: None mutates
    pop: unknown mutates shares maybeNone
    union intersection difference symmetric_difference copy: set shares
    issubset issuperset isdisjoint: bool`,
  tuple: `
    index count: number`,
  str: `
    split rsplit splitlines: list
    partition rpartition: tuple
    join strip lstrip rstrip lower upper title capitalize replace format center ljust rjust zfill: str
    encode: bytes
    casefold swapcase expandtabs translate removeprefix removesuffix format_map: str
    startswith endswith isdigit isalpha isalnum isnumeric islower isupper isspace isidentifier isdecimal: bool
    find rfind index rindex count: number`,
  bytes: `
    decode: str`,
  file: `
    read readline: str mutates
    readlines: list mutates
    write: number mutates writesFile
    writelines close: None mutates writesFile`,
  model: `
    fit partial_fit: self mutates
    fit_transform fit_predict: unknown mutates
    predict predict_proba predict_log_proba decision_function transform inverse_transform: unknown
    score: number
    get_params: dict
    set_params: self mutates
    get_feature_names_out: ndarray
    get_feature_names: list`,
  Axes: `
    set_title set_xlabel set_ylabel legend set_xlim set_ylim plot scatter bar barh hist annotate text: unknown draws mutates
    axhline axvline fill_between pie imshow boxplot contour contourf set errorbar: unknown draws mutates
    set_xticks set_yticks set_xticklabels set_yticklabels: unknown draws mutates maybeNone
    get_figure: Figure shares
    grid tick_params set_axis_off invert_yaxis invert_xaxis margins set_aspect: None draws mutates`,
  Figure: `
    add_subplot gca: Axes draws mutates shares
    suptitle colorbar text: unknown draws mutates
    savefig: None writesFile
    tight_layout subplots_adjust autofmt_xdate set_size_inches show: None draws mutates`,
};

/** Methods that with `inplace=True` give None on every combination; others give the frame itself from pandas 3.0 on. */
const NONE_IN_PLACE: ReadonlySet<string> = new Set(
  'drop dropna drop_duplicates rename rename_axis reset_index set_index sort_values sort_index query eval'.split(
    ' ',
  ),
);

/** `series.rename('name', inplace=True)` gives the Series, in all six. */
export const givesNoneInPlace = (kind: ValueKind, method: string): boolean =>
  NONE_IN_PLACE.has(method) && (method !== 'rename' || kind === 'DataFrame');

const methodTables = new Map<string, ReadonlyMap<string, CallEffect>>(
  Object.entries(METHODS).map(([kind, table]) => [kind, parseTable(table)]),
);
/** What `receiver.name(...)` does, where `receiver` is of the kind; undefined where nobody knows. */
export function methodEffect(kind: ValueKind, name: string): CallEffect | undefined {
  return methodTables.get(kind)?.get(name);
}

/** Attributes that are not methods: what they give, and whether the value shares memory with its owner. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  DataFrame: `
    index columns: Index
    values: ndarray shares
    T: DataFrame shares
    dtypes: Series
    shape: tuple
    size ndim: number
    empty: bool
    loc iloc at iat ix: Indexer shares
    plot: Plotter shares
    style: unknown shares
    attrs: dict shares`,
  Series: `
    index: Index
    values: ndarray shares keeps
    array: unknown shares
    attrs: dict shares
    T: Series shares keeps
    shape: tuple
    size ndim nbytes: number
    empty is_unique is_monotonic_increasing is_monotonic_decreasing hasnans: bool
    dtype name: unknown maybeNone
    str dt cat: Accessor shares
    loc iloc at iat ix: Indexer shares
    plot: Plotter shares`,
  Index: `
    values: ndarray shares
    size: number
    name: unknown maybeNone
    names: list
    shape: tuple
    is_unique is_monotonic_increasing is_monotonic_decreasing empty hasnans: bool
    year month day hour minute second weekday dayofweek dayofyear quarter: Index
    str: Accessor shares`,
  ndarray: `
    shape: tuple
    size ndim nbytes itemsize: number
    T flat real imag: ndarray shares
    dtype: unknown`,
  Figure: `
    axes: list shares
    canvas: unknown shares`,
};

const attributeTables = new Map<string, ReadonlyMap<string, CallEffect>>(
  Object.entries(ATTRIBUTES).map(([kind, table]) => [kind, parseTable(table)]),
);

export function attributeEffect(kind: ValueKind, name: string): CallEffect | undefined {
  return attributeTables.get(kind)?.get(name);
}
