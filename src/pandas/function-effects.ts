import { type CallEffect, EMPTY, parseTable } from './call-effect.js';
import { IMAGE_FUNCTIONS, IMAGE_LIBRARIES } from './image-functions.js';

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
  pandas.to_datetime pandas.to_numeric pandas.to_timedelta: unknown shares
  pandas.cut pandas.qcut pandas.isna pandas.isnull pandas.notna pandas.notnull pandas.unique pandas.factorize: unknown
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
  numpy.vsplit numpy.hsplit numpy.dsplit: list shares
  numpy.trim_zeros numpy.atleast_3d numpy.require numpy.asarray_chkfinite numpy.ma.array: unknown shares
  numpy.lib.stride_tricks.as_strided numpy.lib.stride_tricks.sliding_window_view: ndarray shares
  numpy.flip numpy.fliplr numpy.flipud numpy.rot90 numpy.moveaxis numpy.rollaxis numpy.diag: ndarray shares
  numpy.atleast_1d numpy.atleast_2d numpy.split numpy.array_split numpy.nan_to_num numpy.asanyarray: unknown shares
  numpy.meshgrid numpy.frombuffer numpy.nditer numpy.ndenumerate numpy.vectorize numpy.matrix numpy.asmatrix: unknown shares
  numpy.save numpy.savetxt numpy.savez numpy.savez_compressed: None writesFile
  numpy.info numpy.disp numpy.show_config: None prints
  numpy.random.set_state: None random
  numpy.put_along_axis numpy.add.at numpy.subtract.at numpy.multiply.at numpy.maximum.at numpy.minimum.at: None mutatesArguments
  numpy.einsum numpy.real_if_close numpy.broadcast_arrays: unknown shares
  numpy.load: unknown readsFile
  numpy.random.seed: None random
  numpy.random.shuffle: None random mutatesArguments
  numpy.set_printoptions: None
  numpy.seterr: dict
  numpy.copyto numpy.put numpy.place numpy.putmask numpy.fill_diagonal: None mutatesArguments
  print: None prints
  display IPython.display.display IPython.core.display.display: None displays
  abs round sum divmod: unknown
  len hash ord id int float complex: number
  bool isinstance issubclass callable hasattr any all: bool
  str repr chr format hex bin oct ascii input: str
  list sorted: list shares
  dict: dict shares
  set frozenset: set shares
  tuple: tuple shares
  range: range
  enumerate zip map filter reversed iter: iterator shares
  min max: unknown shares maybeNone
  getattr next: unknown shares maybeNone mutatesArguments
  type: class
  open io.open codecs.open: file readsFile writesFile
  setattr delattr: None mutatesArguments holds
  vars locals globals: dict
  dir: list
  sys.getsizeof: number
  __import__ importlib.import_module: unknown
  sys.path.append sys.path.insert: None
  os.listdir glob.glob: list readsFile
  os.path.join os.path.basename os.path.dirname os.getcwd os.path.abspath: str
  pathlib.Path pathlib.PurePath pathlib.PosixPath: unknown
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
  copy.copy: unknown shares maybeNone
  copy.deepcopy: unknown maybeNone
  json.dumps: str
  json.dump pickle.dump joblib.dump: unknown maybeNone writesFile
  json.load json.loads pickle.load joblib.load: unknown readsFile maybeNone
  collections.Counter: dict shares
  collections.defaultdict collections.OrderedDict: dict shares
  collections.namedtuple: class
  collections.deque: list shares
  functools.reduce: unknown shares maybeNone
  functools.partial: unknown shares
  operator.itemgetter operator.attrgetter operator.methodcaller: function
  re.compile re.split re.findall: unknown
  re.sub: str
  re.match re.search re.fullmatch: unknown maybeNone
  matplotlib.pyplot.figure: Figure draws
  matplotlib.pyplot.subplots: tuple draws
  matplotlib.pyplot.subplot matplotlib.pyplot.gca matplotlib.pyplot.axes matplotlib.pyplot.subplot2grid: Axes draws
  matplotlib.pyplot.show matplotlib.pyplot.tight_layout matplotlib.pyplot.close matplotlib.pyplot.clf: None draws
  matplotlib.pyplot.cla matplotlib.pyplot.grid matplotlib.pyplot.subplots_adjust matplotlib.pyplot.ion: None draws
  matplotlib.pyplot.tick_params matplotlib.pyplot.margins matplotlib.pyplot.sca matplotlib.pyplot.set_cmap: None draws
  matplotlib.pyplot.savefig: None draws writesFile
  matplotlib.pyplot.plot: list draws
  matplotlib.pyplot.xticks matplotlib.pyplot.yticks matplotlib.pyplot.xlim matplotlib.pyplot.ylim: tuple draws
  matplotlib.pyplot.hist matplotlib.pyplot.pie matplotlib.pyplot.axis: tuple draws
  matplotlib.pyplot.style.use matplotlib.style.use: None
  matplotlib.pyplot.rc matplotlib.rc: None
  matplotlib.pyplot.title matplotlib.pyplot.suptitle matplotlib.pyplot.xlabel matplotlib.pyplot.ylabel: unknown draws
  matplotlib.pyplot.text matplotlib.pyplot.annotate matplotlib.pyplot.figtext matplotlib.pyplot.arrow: unknown draws
  matplotlib.pyplot.legend matplotlib.pyplot.figlegend matplotlib.pyplot.colorbar matplotlib.pyplot.table: unknown draws
  matplotlib.pyplot.scatter matplotlib.pyplot.bar matplotlib.pyplot.barh matplotlib.pyplot.boxplot: unknown draws
  matplotlib.pyplot.violinplot matplotlib.pyplot.errorbar matplotlib.pyplot.stem matplotlib.pyplot.step: unknown draws
  matplotlib.pyplot.hist2d matplotlib.pyplot.hexbin matplotlib.pyplot.stackplot matplotlib.pyplot.eventplot: unknown draws
  matplotlib.pyplot.fill matplotlib.pyplot.fill_between matplotlib.pyplot.fill_betweenx matplotlib.pyplot.broken_barh: unknown draws
  matplotlib.pyplot.imshow matplotlib.pyplot.matshow matplotlib.pyplot.spy matplotlib.pyplot.pcolor: unknown draws
  matplotlib.pyplot.pcolormesh matplotlib.pyplot.contour matplotlib.pyplot.contourf matplotlib.pyplot.clabel: unknown draws
  matplotlib.pyplot.quiver matplotlib.pyplot.streamplot matplotlib.pyplot.barbs matplotlib.pyplot.polar: unknown draws
  matplotlib.pyplot.loglog matplotlib.pyplot.semilogx matplotlib.pyplot.semilogy matplotlib.pyplot.plot_date: unknown draws
  matplotlib.pyplot.axhline matplotlib.pyplot.axvline matplotlib.pyplot.axline matplotlib.pyplot.axhspan: unknown draws
  matplotlib.pyplot.axvspan matplotlib.pyplot.hlines matplotlib.pyplot.vlines matplotlib.pyplot.bar_label: unknown draws
  matplotlib.pyplot.gcf matplotlib.pyplot.twinx matplotlib.pyplot.twiny matplotlib.pyplot.subplot_mosaic: unknown draws
  matplotlib.pyplot.get_cmap matplotlib.pyplot.imread matplotlib.pyplot.setp matplotlib.pyplot.specgram: unknown draws
  seaborn.set seaborn.set_style seaborn.set_theme seaborn.set_context seaborn.set_palette seaborn.despine: None draws
  seaborn.reset_defaults seaborn.reset_orig seaborn.move_legend seaborn.set_color_codes: None draws
  seaborn.load_dataset: DataFrame readsFile
  seaborn.color_palette: unknown
  sklearn.model_selection.train_test_split: list random
  sklearn.model_selection.cross_val_score: ndarray random
`;

/** What holds for the functions of a library that are not listed: the longest prefix counts. */
const LIBRARIES = `
  numpy.random.: unknown random
  numpy.testing.: None
  numpy.ma.: unknown shares
  numpy.: unknown
  math.: number
  cmath.: number
  statistics.: number
  string.: str
  datetime.: unknown
  itertools.: iterator shares
  calendar.: unknown maybeNone
  decimal.: unknown maybeNone
  fractions.: unknown
  matplotlib.pyplot.: unknown draws maybeNone
  matplotlib.: unknown maybeNone
  seaborn.: unknown draws
  sklearn.metrics.: unknown
  sklearn.: unknown
  scipy.stats.: unknown
  scipy.spatial.distance.: unknown
`;

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

const functionTable = parseTable(`${FUNCTIONS}${IMAGE_FUNCTIONS}`);
const libraryTable = [...parseTable(`${LIBRARIES}${IMAGE_LIBRARIES}`)].sort(
  ([a], [b]) => b.length - a.length,
);

/** What the function does that is called `qualified` where it is defined: `'pandas.read_csv'`, `'print'`. */
export function functionEffect(qualified: string): CallEffect | undefined {
  const listed = functionTable.get(qualified);
  if (listed !== undefined) return listed;
  const found = libraryTable.find(([prefix]) => qualified.startsWith(prefix));
  if (found === undefined) return undefined;
  const last = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (qualified.startsWith('sklearn.') && !qualified.startsWith('sklearn.metrics.') && /^[A-Z]/.test(last))
    return { ...EMPTY, result: 'model', shares: true };
  return qualified.startsWith('scipy.stats.') && last === 'rvs' ? { ...found[1], random: true } : found[1];
}
