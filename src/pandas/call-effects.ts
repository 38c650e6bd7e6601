import type { ValueKind } from './kinds.js';

/** What a call gives back and what it does besides. Sound on all supported combinations: the worst of them counts. */
export interface CallEffect {
  /** The result's kind; `'self'`: the receiver; `'unknown'`: anything but None, unless `maybeNone`. */
  readonly result: ValueKind | 'self';
  readonly maybeNone: boolean;
  /** The result has the receiver's values, unchanged: sorted, filtered, renamed. */
  readonly keeps: boolean;
  /** The result may share memory with the receiver (or the arguments), or keep it alive. */
  readonly shares: boolean;
  /** The result has some of the rows only. */
  readonly part: boolean;
  /** Changes its receiver. */
  readonly mutates: boolean;
  /** Changes its arguments. */
  readonly mutatesArguments: boolean;
  /** Keeps its arguments: the receiver or the result holds them afterwards. */
  readonly holds: boolean;
  readonly prints: boolean;
  readonly displays: boolean;
  readonly draws: boolean;
  readonly readsFile: boolean;
  readonly writesFile: boolean;
  readonly random: boolean;
  /** One value, taken from the receiver's: `max`, `iat`. */
  readonly scalar: boolean;
}

/** One line for each result: `names: result flags`. Kept by hand; `test/pandas` holds it to the real libraries. */
const METHODS: Readonly<Record<string, string>> = {
  DataFrame: `
    head tail: DataFrame keeps shares part
    sample nlargest nsmallest query truncate: DataFrame keeps part shares
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
    squeeze apply agg aggregate transform pipe xs eval: unknown shares
    groupby: GroupBy shares
    rolling expanding ewm resample: Window shares
    info: None prints
    to_csv to_json to_html to_string to_excel to_latex to_markdown to_clipboard: unknown maybeNone writesFile
    to_pickle to_parquet to_hdf to_sql to_feather: unknown maybeNone writesFile
    to_numpy: ndarray shares
    to_dict: unknown
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
    sample nlargest nsmallest truncate: Series keeps part shares
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
    apply agg aggregate transform pipe: unknown shares
    to_csv to_json to_string to_pickle to_excel to_markdown: unknown maybeNone writesFile
    items iteritems: iterator shares
    keys: Index shares
    hist: Axes draws
    plot: Axes draws
    update: None mutates
    pop: unknown mutates
    get: unknown shares maybeNone
    info: None prints
    equals: bool
    dot searchsorted argsort argmax argmin: unknown`,
  GroupBy: `
    min max first last nth head tail: DataFrame keeps
    sum mean median std var sem count nunique quantile prod cumsum cummax cummin rank diff shift: DataFrame
    describe corr fillna ffill bfill any all idxmax idxmin pct_change skew sample: DataFrame
    rolling expanding resample: Window shares
    size ngroup cumcount value_counts: Series
    get_group: DataFrame keeps
    agg aggregate transform: unknown
    apply filter pipe: unknown shares
    plot boxplot hist: unknown draws
    groups: dict`,
  SeriesGroupBy: `
    min max first last nth head tail nlargest nsmallest: Series keeps
    sum mean median std var sem count nunique quantile prod size cumsum cumcount rank diff shift: Series
    value_counts unique ngroup fillna ffill bfill cummax cummin cumprod any all idxmax idxmin pct_change skew sample: Series
    rolling expanding resample: Window shares
    describe: DataFrame
    get_group: Series keeps
    agg aggregate transform: unknown
    apply filter pipe: unknown shares
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
    append extend insert: None mutates holds
    remove reverse sort clear: None mutates
    pop: unknown mutates shares maybeNone
    copy: list shares
    index count: number`,
  dict: `
    keys values items: iterator shares
    get: unknown shares maybeNone
    pop setdefault popitem: unknown mutates shares holds maybeNone
    update: None mutates holds
    clear: None mutates
    copy: dict shares`,
  set: `
    add update: None mutates holds
    discard remove clear difference_update intersection_update: None mutates
    pop: unknown mutates shares
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

/** Functions by their qualified names. */
const FUNCTIONS = `
  pandas.read_csv pandas.read_table pandas.read_excel pandas.read_json pandas.read_parquet pandas.read_pickle: DataFrame readsFile
  pandas.read_sql pandas.read_sql_query pandas.read_hdf pandas.read_feather pandas.read_fwf pandas.read_stata: DataFrame readsFile
  pandas.read_html: list readsFile
  pandas.DataFrame: DataFrame shares
  pandas.Series: Series shares
  pandas.DataFrame.from_dict pandas.DataFrame.from_records: DataFrame shares
  pandas.concat: DataFrame keeps shares
  pandas.merge: DataFrame shares
  pandas.pivot_table pandas.crosstab pandas.get_dummies pandas.melt pandas.pivot pandas.json_normalize: DataFrame
  pandas.merge_asof pandas.merge_ordered: DataFrame
  pandas.to_datetime pandas.to_numeric pandas.to_timedelta pandas.cut pandas.qcut: unknown shares
  pandas.isna pandas.isnull pandas.notna pandas.notnull pandas.unique pandas.factorize: unknown
  pandas.date_range pandas.Index pandas.MultiIndex pandas.period_range pandas.timedelta_range pandas.DatetimeIndex: Index shares
  pandas.PeriodIndex pandas.TimedeltaIndex pandas.RangeIndex pandas.CategoricalIndex pandas.bdate_range: Index shares
  pandas.interval_range pandas.MultiIndex.from_tuples pandas.MultiIndex.from_arrays pandas.MultiIndex.from_product: Index shares
  pandas.MultiIndex.from_frame: Index shares
  pandas.Grouper: unknown
  pandas.Timestamp pandas.Timedelta pandas.Period pandas.DateOffset pandas.Categorical pandas.Interval: unknown
  pandas.set_option pandas.reset_option: None
  pandas.get_option: unknown maybeNone
  pandas.plotting.scatter_matrix pandas.scatter_matrix: ndarray draws
  numpy.array numpy.zeros numpy.ones numpy.empty numpy.full numpy.arange numpy.linspace: ndarray
  numpy.logspace numpy.eye numpy.identity numpy.zeros_like numpy.ones_like numpy.concatenate: ndarray
  numpy.vstack numpy.hstack numpy.column_stack numpy.stack numpy.sort numpy.unique: ndarray
  numpy.loadtxt numpy.genfromtxt: ndarray readsFile
  numpy.asarray numpy.ascontiguousarray numpy.reshape numpy.ravel numpy.squeeze numpy.transpose: ndarray shares
  numpy.swapaxes numpy.expand_dims numpy.broadcast_to numpy.real numpy.imag numpy.diagonal: ndarray shares
  numpy.atleast_1d numpy.atleast_2d numpy.split numpy.array_split numpy.nan_to_num numpy.asanyarray: unknown shares
  numpy.meshgrid numpy.frombuffer numpy.nditer numpy.ndenumerate numpy.vectorize numpy.matrix numpy.asmatrix: unknown shares
  numpy.save numpy.savetxt numpy.savez: None writesFile
  numpy.load: unknown readsFile
  numpy.random.seed: None random
  numpy.random.shuffle: None random mutatesArguments
  numpy.set_printoptions: None
  numpy.seterr: dict
  numpy.copyto numpy.put numpy.place numpy.putmask numpy.fill_diagonal: None mutatesArguments
  print: None prints
  display IPython.display.display IPython.core.display.display: None displays
  len abs round sum hash ord id divmod: unknown
  int float complex: number
  bool isinstance issubclass callable hasattr any all: bool
  str repr chr format hex bin oct ascii input: str
  list sorted: list shares
  dict: dict shares
  set frozenset: set shares
  tuple: tuple shares
  range: unknown
  enumerate zip map filter reversed iter: iterator shares
  min max: unknown shares maybeNone
  getattr next: unknown shares maybeNone mutatesArguments
  type: class
  open io.open codecs.open: file readsFile writesFile
  setattr delattr: None mutatesArguments holds
  vars locals globals: dict
  dir: list
  sys.getsizeof: number
  sys.path.append sys.path.insert: None
  os.listdir glob.glob: list readsFile
  os.path.join os.path.basename os.path.dirname os.getcwd os.path.abspath: str
  os.path.exists os.path.isfile os.path.isdir: bool readsFile
  os.makedirs os.mkdir os.remove os.chdir os.rename: None writesFile
  os.getpid: number
  psutil.Process: unknown
  psutil.virtual_memory: unknown
  gc.collect: number
  random.seed: None random
  random.shuffle: None random mutatesArguments
  random.random random.randint random.uniform random.gauss: number random
  random.choice random.sample random.choices: unknown shares random
  time.time time.perf_counter time.process_time: number
  time.sleep: None
  datetime.datetime.now datetime.now datetime.datetime.today: unknown
  warnings.filterwarnings warnings.simplefilter: None
  copy.copy: unknown shares
  copy.deepcopy: unknown
  json.dumps: str
  json.dump pickle.dump joblib.dump: unknown maybeNone writesFile
  json.load json.loads pickle.load joblib.load: unknown readsFile maybeNone
  collections.Counter: dict shares
  collections.defaultdict collections.OrderedDict: dict shares
  collections.namedtuple: class
  collections.deque: list shares
  functools.reduce: unknown shares maybeNone
  functools.partial: unknown shares
  re.compile re.split re.findall: unknown
  re.sub: str
  re.match re.search re.fullmatch: unknown maybeNone
  matplotlib.pyplot.figure: Figure draws
  matplotlib.pyplot.subplots: tuple draws
  matplotlib.pyplot.subplot matplotlib.pyplot.gca matplotlib.pyplot.axes matplotlib.pyplot.subplot2grid: Axes draws
  matplotlib.pyplot.show matplotlib.pyplot.tight_layout matplotlib.pyplot.close matplotlib.pyplot.clf: None draws
  matplotlib.pyplot.cla matplotlib.pyplot.grid matplotlib.pyplot.subplots_adjust matplotlib.pyplot.ion: None draws
  matplotlib.pyplot.tick_params matplotlib.pyplot.margins matplotlib.pyplot.sca matplotlib.pyplot.set_cmap: None draws
  matplotlib.pyplot.savefig: unknown draws writesFile maybeNone
  matplotlib.pyplot.plot: list draws
  matplotlib.pyplot.xticks matplotlib.pyplot.yticks matplotlib.pyplot.xlim matplotlib.pyplot.ylim: tuple draws
  matplotlib.pyplot.hist matplotlib.pyplot.pie matplotlib.pyplot.axis: tuple draws
  matplotlib.pyplot.style.use matplotlib.style.use: None
  matplotlib.pyplot.rc matplotlib.rc: None
  seaborn.set seaborn.set_style seaborn.set_theme seaborn.set_context seaborn.set_palette seaborn.despine: None draws
  seaborn.load_dataset: DataFrame readsFile
  seaborn.color_palette: unknown
  sklearn.model_selection.train_test_split: list random
  sklearn.model_selection.cross_val_score: ndarray random
`;

/** What holds for the functions of a library that are not listed: the longest prefix counts. */
const LIBRARIES = `
  numpy.random.: unknown random
  numpy.: unknown
  math.: number
  cmath.: number
  statistics.: number
  string.: str
  datetime.: unknown
  itertools.: iterator shares
  operator.: function
  calendar.: unknown
  decimal.: unknown
  fractions.: unknown
  matplotlib.pyplot.: unknown draws
  matplotlib.: unknown
  seaborn.: unknown draws
  sklearn.metrics.: unknown
  sklearn.: unknown
  scipy.stats.: unknown
`;

/** Methods that with `inplace=True` give None on every combination; others give the frame itself from pandas 3.0 on. */
const NONE_IN_PLACE: ReadonlySet<string> = new Set(
  'drop dropna drop_duplicates rename rename_axis reset_index set_index sort_values sort_index query eval'.split(
    ' ',
  ),
);

/** `series.rename('name', inplace=True)` gives the Series, in all six. */
export const givesNoneInPlace = (kind: ValueKind, method: string): boolean =>
  NONE_IN_PLACE.has(method) && (method !== 'rename' || kind === 'DataFrame');

/** Estimators of scikit-learn that keep the data they were fitted to. */
const KEEPS_TRAINING_DATA =
  /^(K?Neighbors|KNeighbors|RadiusNeighbors|NearestNeighbors|GaussianProcess|KernelRidge|KernelDensity|KernelPCA|LocalOutlierFactor|Isomap|LocallyLinearEmbedding|Label(Propagation|Spreading)|NearestCentroid|KNNImputer|TSNE|MDS|SpectralClustering|AgglomerativeClustering|Birch|OPTICS|HDBSCAN)/;

/** Estimators whose own parameters are estimators: what these keep, they keep. */
const HOLDS_ESTIMATORS =
  /^(Pipeline|GridSearchCV|RandomizedSearchCV|Voting|Stacking|Bagging|AdaBoost|OneVs|MultiOutput|ColumnTransformer|FeatureUnion|CalibratedClassifierCV|SelfTraining|TransformedTarget)/;

/** Whether an estimator may keep what it is fitted to; one that nobody knows may. */
export function keepsTrainingData(qualified: string | null): boolean {
  if (qualified === null || !qualified.startsWith('sklearn.')) return true;
  const name = qualified.slice(qualified.lastIndexOf('.') + 1);
  return KEEPS_TRAINING_DATA.test(name) || HOLDS_ESTIMATORS.test(name);
}

const EMPTY: CallEffect = {
  result: 'unknown',
  maybeNone: false,
  keeps: false,
  shares: false,
  part: false,
  mutates: false,
  mutatesArguments: false,
  holds: false,
  prints: false,
  displays: false,
  draws: false,
  readsFile: false,
  writesFile: false,
  random: false,
  scalar: false,
};

const methodTables = new Map<string, ReadonlyMap<string, CallEffect>>(
  Object.entries(METHODS).map(([kind, table]) => [kind, parseTable(table)]),
);
const functionTable = parseTable(FUNCTIONS);
const libraryTable = [...parseTable(LIBRARIES)].sort(([a], [b]) => b.length - a.length);

/** What `receiver.name(...)` does, where `receiver` is of the kind; undefined where nobody knows. */
export function methodEffect(kind: ValueKind, name: string): CallEffect | undefined {
  return methodTables.get(kind)?.get(name);
}

/** What the function does that is called `qualified` where it is defined: `'pandas.read_csv'`, `'print'`. */
export function functionEffect(qualified: string): CallEffect | undefined {
  const listed = functionTable.get(qualified);
  if (listed !== undefined) return listed;
  const found = libraryTable.find(([prefix]) => qualified.startsWith(prefix));
  if (found === undefined) return undefined;
  const last = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (qualified.startsWith('sklearn.') && !qualified.startsWith('sklearn.metrics.') && /^[A-Z]/.test(last))
    return { ...EMPTY, result: 'model', shares: true };
  return found[1];
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
    style: unknown shares`,
  Series: `
    index: Index
    values: ndarray shares keeps
    array: unknown shares
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

function parseTable(table: string): Map<string, CallEffect> {
  const entries = new Map<string, CallEffect>();
  for (const line of table.split('\n')) {
    const colon = line.lastIndexOf(':');
    if (colon < 0) continue;
    const [result = 'unknown', ...flags] = line
      .slice(colon + 1)
      .trim()
      .split(' ');
    const effect: Record<string, unknown> = { ...EMPTY, result };
    for (const flag of flags) effect[flag] = true;
    for (const name of line.slice(0, colon).trim().split(/\s+/))
      entries.set(name, effect as unknown as CallEffect);
  }
  return entries;
}
