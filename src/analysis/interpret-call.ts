import type { CallEffect } from '../pandas/call-effect.js';
import { functionEffect, keepsTrainingData } from '../pandas/function-effects.js';
import { holdsData, type ValueKind } from '../pandas/kinds.js';
import { givesNoneInPlace, methodEffect } from '../pandas/method-effects.js';
import type { Call } from '../python/ast.js';
import { type Arguments, evaluateArguments } from './arguments.js';
import { callClosure } from './call-function.js';
import { giveResults, runCallbacks, runSpecialMethods } from './callbacks.js';
import type { Operation } from './column-use.js';
import { namesIn, selectData } from './interpret-frame.js';
import { joinedPath, readFile } from './interpret-read.js';
import { isUsedUp } from './iterate.js';
import type { Machine } from './machine.js';
import { namesInQuery, namesInText } from './names-in-strings.js';
import type { StatementEffect } from './program.js';
import { comparesInQuery } from './query-compares.js';
import { type Closure, joinData, objectsOf, UNKNOWN, type Value, type ValueData } from './value.js';

const UNKNOWABLE: ReadonlySet<string> = new Set([
  'exec',
  'eval',
  'globals',
  'locals',
  'vars',
  'get_ipython',
  'dir',
]);

/** Methods that do the same to every value of a frame: the result is as large as the receiver. */
const SAME_SIZE: ReadonlySet<string> = new Set(
  'fillna ffill bfill astype replace isna isnull notna notnull clip round abs where mask shift diff rank assign interpolate applymap set_axis infer_objects convert_dtypes cumsum cumprod add_prefix add_suffix'.split(
    ' ',
  ),
);

/** Kinds of which a method calls functions with what lies in the receiver. */
const CONTAINERS: ReadonlySet<ValueKind> = new Set(['list', 'dict', 'set', 'tuple', 'iterator']);

/** Methods that ask what lies in the receiver whether it is less or the same. */
const COMPARES: ReadonlySet<string> = new Set(['sort', 'index', 'count', 'remove']);

/** Methods that put into their receiver what lies in the argument. */
const SPREADS: ReadonlySet<string> = new Set(['extend', 'update']);

/** The value of a call where the program runs; what the call does goes into the machine. */
export function evaluateCall(m: Machine, call: Call): Value {
  const { func } = call;
  if (func.kind === 'Attribute') {
    const owner = m.evaluate(m, func.value);
    const args = evaluateArguments(m, call);
    if (owner.qualified !== null && owner.objects.size === 0)
      return callQualified(m, call, `${owner.qualified}.${func.attr.id}`, args);
    return callMethod(m, call, owner, func.attr.id, args);
  }
  const callee = m.evaluate(m, func);
  const args = evaluateArguments(m, call);
  if (callee.closures.size > 0 && callee.kind === 'function')
    return callNotebookFunction(m, call, callee, args);
  if (callee.qualified !== null) return callQualified(m, call, callee.qualified, args);
  return callUnknown(m, call, [callee, ...args.all]);
}

function callNotebookFunction(m: Machine, call: Call, callee: Value, args: Arguments): Value {
  const [closure] = callee.closures;
  if (callee.closures.size === 1 && closure !== undefined) {
    const result = callClosure(m, call, closure, args);
    if (result !== null) return result;
  }
  return callUnknown(m, call, [callee, ...args.all]);
}

/** A function nobody knows: it may change whatever it gets, keep it, call it, and give back anything. */
function callUnknown(m: Machine, call: Call, values: readonly Value[]): Value {
  m.recorder.effects.add('unknown');
  m.mutateAll(values);
  for (const value of values) m.use(value, { type: 'unknown', why: `\`${nameOf(call)}\` gets it` }, call);
  // Each may come to lie in each: by way of what is given back, for that takes no edge for each pair.
  const shares = objectsOf(values);
  const result = m.makeOf('unknown', call, values, { shares, closures: m.closuresOf(...values) });
  for (const value of values) m.hold(value, result);
  const closures = runCallbacks(m, values, [...values, result]);
  for (const closure of closures) for (const name of m.globalNames.of(closure).reads) m.escaped.add(name);
  for (const text of textsOf(m, call, values)) for (const name of namesInText(text)) m.read(name);
  return giveResults(m, result, closures);
}

/** The texts among a call's arguments, with what is written between the interpolations of f-strings. */
function textsOf(m: Machine, call: Call, values: readonly Value[]): readonly string[] {
  const nodes = [...call.args, ...call.keywords.map(({ value }) => value)];
  const joined = nodes.filter(({ kind }) => kind === 'JoinedString');
  return [
    ...values.flatMap(({ text }) => text ?? []),
    ...joined.map((node) => m.textOf(node).replace(/^[a-z]*('{3}|"{3}|['"])/i, '')),
  ];
}

const nameOf = (call: Call): string =>
  call.func.kind === 'Name'
    ? call.func.id
    : call.func.kind === 'Attribute'
      ? call.func.attr.id
      : 'a function';

function callQualified(m: Machine, call: Call, qualified: string, args: Arguments): Value {
  if (UNKNOWABLE.has(qualified)) {
    m.recorder.opaque ??= `\`${qualified}()\` can reach any name`;
    if (qualified !== 'dir') m.opaque ??= `\`${qualified}()\` can reach any name`;
    m.recorder.effects.add('unknown');
    return m.make('unknown', call);
  }
  const effect = effectOf(qualified, args);
  if (effect === undefined || (qualified === 'type' && givesOwnClass(m, args)))
    return callUnknown(m, call, args.all);
  noteEffects(m, effect);
  const ran = runCallbacks(m, args.all, FOLDS.has(qualified) ? withResults(m, args.all) : args.all);
  if (qualified === 'pandas.read_csv' || qualified === 'pandas.read_table')
    return readFile(m, call, qualified, args);
  for (const value of args.all) {
    if (effect.displays) m.use(value, { type: 'shown' }, call);
    // `pd.concat([df, other])` hands on what lies in the list.
    else if (!effect.keeps || m.elementsOf(value) === null)
      m.use(value, { type: 'function', name: qualified, call }, call);
    // Who asks an iterator for its values uses them up.
    if (effect.mutatesArguments || isUsedUp(value)) m.mutate(value);
  }
  for (const changed of changedByNumpy(qualified, args)) m.mutate(changed);
  if (effect.holds)
    for (const value of args.all.slice(1)) if (args.all[0] !== undefined) m.hold(args.all[0], value);
  const path = joinedPath(qualified, args);
  if (path !== null) return path;
  if (qualified === 'matplotlib.pyplot.subplots') {
    const figure = m.make('Figure', call);
    return m.make('tuple', call, {
      elements: [figure, m.make('Axes', call, { shares: figure.objects })],
      shares: figure.objects,
    });
  }
  if (qualified === 'sklearn.model_selection.train_test_split' && !args.open) return splitRows(m, call, args);
  const shares = sharedBy(qualified, effect, args);
  const inner = effect.keeps ? args.all.flatMap((v) => m.elementsOf(v) ?? [v]) : [];
  const data = inner.reduce<ValueData | null>((joined, value) => joinData(joined, value.data), null);
  const kind = resultKind(m, qualified, effect, args);
  // A copy of an object has its methods; a scorer or a formatter that is made of a function calls it.
  const handsOn = effect.shares || effect.holds || qualified === 'copy.deepcopy';
  const wraps = kind === 'unknown' || kind === 'model';
  const handed = handsOn ? args.all : args.all.filter((value) => wraps && value.kind === 'function');
  const closures = m.closuresOf(...handed);
  const result = m.makeOf(kind, call, effect.shares ? args.all : [], {
    none: nonenessOf(effect),
    shares,
    keeps: objectsOf(labelsOf(qualified, args)),
    data,
    closures,
    qualified: kind === 'model' ? qualified : null,
  });
  // `pd.Series(frames)` and `pd.DataFrame({'x': frames})` keep what has no other place than one value; all else is copied.
  if (CONSTRUCTORS.has(qualified)) {
    const given = objectsOf(args.all.filter(({ kind }) => kind === 'list' || kind === 'dict'));
    for (const within of [given, m.graph.heldBy(given)])
      m.hold(result, { ...UNKNOWN, objects: m.framesIn(within) });
  }
  // `dict(pairs)`, `sum(lists, [])` hold what lies in what lies in the argument.
  if (effect.shares && FLATTENS.has(qualified)) {
    const within = m.graph.heldBy(objectsOf([...args.all, giveResults(m, m.make('unknown', call), ran)]));
    m.hold(result, { ...UNKNOWN, objects: m.graph.heldBy(m.withHeld(within, call)) });
  }
  return giveResults(m, result, ran);
}

/** `np.add(a, b, out=c)`, `np.add.at(a, rows, b)`, `np.nan_to_num(a, copy=False)`. */
function changedByNumpy(qualified: string, args: Arguments): readonly Value[] {
  if (!qualified.startsWith('numpy.')) return [];
  const [first] = args.positional;
  const isInPlace =
    qualified.endsWith('.at') || (qualified === 'numpy.nan_to_num' && args.keywords.has('copy'));
  return [isInPlace ? first : undefined, args.keywords.get('out')].filter((value) => value !== undefined);
}

/** Two of each: frames, columns and arrays of copied rows, or lists of what lies in the list. */
function splitRows(m: Machine, call: Call, args: Arguments): Value {
  const elements = args.positional.flatMap((whole) =>
    [1, 2].map(() =>
      m.makeOf(whole.kind === 'list' || holdsData(whole.kind) ? whole.kind : 'unknown', call, [whole]),
    ),
  );
  const result = m.make('list', call, { elements });
  for (const element of elements) m.hold(result, element);
  return result;
}

/** What a function does where it is called like this: some share memory with their arguments only then. */
function effectOf(qualified: string, args: Arguments): CallEffect | undefined {
  const effect = functionEffect(qualified);
  if (effect === undefined) return undefined;
  // `sum(lists, [])` gives what lies in the lists; without a start there are numbers.
  const shares =
    (qualified === 'sum' && args.all.length > 1) ||
    (qualified === 'numpy.array' && args.keywords.has('copy'));
  return shares ? { ...effect, shares } : effect;
}

/** Functions that call a function with what it has given before. */
const FOLDS: ReadonlySet<string> = new Set(['functools.reduce', 'itertools.accumulate']);

const FLATTENS: ReadonlySet<string> = new Set([
  'dict',
  'collections.OrderedDict',
  'itertools.chain',
  'itertools.chain.from_iterable',
  'functools.reduce',
  'sum',
]);

/** The values, and what those of them give that are functions. */
function withResults(m: Machine, values: readonly Value[]): readonly Value[] {
  return [...values, giveResults(m, UNKNOWN, m.closuresOf(...values))];
}

/** `type(self)`, `type('Name', bases, attributes)`: a class that the notebook has defined, with what it holds. */
const givesOwnClass = (m: Machine, args: Arguments): boolean =>
  args.all.length > 1 || m.closuresOf(...args.all).size > 0;

/** Functions that give a column for a column, unless they are asked for more besides. */
const COLUMN_BY_COLUMN: ReadonlySet<string> = new Set(
  'to_numeric to_datetime to_timedelta cut qcut isna isnull notna notnull'
    .split(' ')
    .map((name) => `pandas.${name}`),
);

/** Columns that are put one below the other are a column. */
function resultKind(m: Machine, qualified: string, effect: CallEffect, args: Arguments): ValueKind {
  const { result } = effect;
  if (COLUMN_BY_COLUMN.has(qualified)) {
    const isColumn = args.positional[0]?.kind === 'Series' && !args.open && !args.keywords.has('retbins');
    return isColumn ? 'Series' : result === 'self' ? 'unknown' : result;
  }
  if (qualified !== 'pandas.concat') return result === 'self' ? 'unknown' : result;
  const joined = args.positional[0] ?? args.keywords.get('objs');
  const parts = (joined === undefined ? null : m.elementsOf(joined)) ?? [];
  const isColumn = parts.length > 0 && parts.every(({ kind }) => kind === 'Series');
  return isColumn && args.positional.length === 1 && !args.keywords.has('axis') ? 'Series' : 'DataFrame';
}

const CONSTRUCTORS: ReadonlySet<string> = new Set(['pandas.DataFrame', 'pandas.Series']);

/** Labels that a new frame or column keeps, and that never keep it. */
function labelsOf(qualified: string, args: Arguments): readonly Value[] {
  if (!CONSTRUCTORS.has(qualified)) return [];
  return [args.positional[1], args.keywords.get('index'), args.keywords.get('columns')].filter(
    (value) => value?.kind === 'Index',
  ) as Value[];
}

/** The objects whose memory the result may share. A frame made of a dict or a list is a copy; joined by columns it may not be. */
function sharedBy(qualified: string, effect: CallEffect, args: Arguments): ReadonlySet<number> {
  const joinsColumns = qualified === 'pandas.concat' && args.keywords.has('axis');
  if (!effect.shares && !joinsColumns) return new Set();
  const labels = labelsOf(qualified, args);
  const shared = CONSTRUCTORS.has(qualified)
    ? args.all.filter((value) => value.kind !== 'dict' && value.kind !== 'list' && !labels.includes(value))
    : args.all;
  return objectsOf(shared);
}

const WRITES_TO_PATH = /^to_(csv|json|html|string|excel|latex|markdown|pickle|parquet|hdf|sql|feather)$/;

/** What a windowed series or frame gives is one again. */
function windowedKind(m: Machine, call: Call): ValueKind | null {
  const { func } = call;
  if (func.kind !== 'Attribute' || func.value.kind !== 'Call' || func.value.func.kind !== 'Attribute')
    return null;
  const kind = m.values.get(func.value.func.value)?.kind;
  return kind === 'DataFrame' || kind === 'Series' ? kind : null;
}

function nonenessOf(effect: CallEffect): 'never' | 'always' | 'maybe' {
  if (effect.result === 'None') return 'always';
  return effect.maybeNone ? 'maybe' : 'never';
}

function noteEffects(m: Machine, effect: CallEffect): void {
  const flags: readonly (readonly [boolean, StatementEffect])[] = [
    [effect.prints, 'prints'],
    [effect.displays, 'displays'],
    [effect.draws, 'draws'],
    [effect.readsFile, 'reads-file'],
    [effect.writesFile, 'writes-file'],
    [effect.random, 'random'],
  ];
  for (const [is, name] of flags) if (is) m.recorder.effects.add(name);
}

function callMethod(m: Machine, call: Call, owner: Value, name: string, args: Arguments): Value {
  const effect = methodEffect(owner.kind, name) ?? fallbackEffect(owner.kind, name, call);
  if (effect === undefined) {
    // `df.query(...)` of an unknown value reads names all the same.
    noteQueryNames(m, name, args);
    const result = callUnknown(m, call, [owner, ...args.all]);
    return isInPlace(call) && givesNoneInPlace(owner.kind, name) ? { ...result, none: 'always' } : result;
  }
  noteEffects(m, effect);
  const ran = runGiven(m, call, owner, name, args);
  noteQueryNames(m, name, args);
  if (COMPARES.has(name) && CONTAINERS.has(owner.kind)) runSpecialMethods(m, owner);
  const out = args.keywords.get('out');
  if (out !== undefined) m.mutate(out);
  for (const value of args.all) {
    if (isUsedUp(value)) m.mutate(value);
    m.use(value, { type: 'unknown', why: `it is an argument of \`${name}\`` }, call);
  }
  const inPlace = isInPlace(call);
  if (effect.mutates || inPlace) m.mutate(owner);
  if (effect.holds || (owner.kind === 'model' && effect.mutates && keepsTrainingData(owner.qualified)))
    for (const value of args.all)
      if (SPREADS.has(name)) m.holdAll(owner, value);
      else m.hold(owner, value);
  noteUse(m, call, owner, name, args);
  if (name === 'assign' && owner.kind === 'DataFrame') {
    if (args.open)
      m.use(owner, { type: 'unknown', why: '`assign` binds columns that the code does not name' }, call);
    else m.use(owner, { type: 'overwritten' }, call, [...args.keywords.keys()]);
  }
  if (inPlace) {
    // What a method in place leaves of the values is what it would have given; other names for its columns are not followed.
    if (!effect.keeps) m.use(owner, { type: 'unknown', why: `\`${name}\` changes it in place` }, call);
    // None up to pandas 2; some methods give the frame itself from 3.0 on.
    return {
      ...m.make('unknown', call, { shares: owner.objects }),
      none: givesNoneInPlace(owner.kind, name) ? 'always' : 'maybe',
    };
  }
  if (effect.result === 'self') return { ...owner, none: 'never' };
  const data =
    effect.keeps || effect.scalar || effect.result === 'GroupBy' || effect.result === 'SeriesGroupBy'
      ? resultData(owner, effect)
      : null;
  // `d.get(key, default)`
  const from = effect.shares ? (owner.kind === 'dict' ? [owner, ...args.all] : [owner]) : [];
  const shares = objectsOf(from);
  const size = SAME_SIZE.has(name) && effect.result === owner.kind ? owner.data : null;
  const closures = effect.shares || effect.holds ? m.closuresOf(owner, ...args.all) : UNKNOWN.closures;
  const windowed = owner.kind === 'Window' && effect.result === 'unknown' ? windowedKind(m, call) : null;
  const none = WRITES_TO_PATH.test(name) && args.all.length > 0 ? 'always' : nonenessOf(effect);
  const parts = size === null ? { shares } : { overlaps: shares };
  const made = m.makeOf(windowed ?? effect.result, call, from, { none, ...parts, data, size, closures });
  const result = giveResults(m, made, ran);
  if (effect.scalar) return { ...result, data };
  return result;
}

/** Methods that call a function with the receiver itself. [fact: everywhere/callbacks-get-the-receiver] */
const GIVES_ITSELF: ReadonlySet<string> = new Set(['pipe', 'where', 'mask']);

/**
 * Methods that call a function with columns or rows, which up to pandas 2 are views [fact: everywhere/callbacks-get-views]; groups
 * are copies [fact: everywhere/callbacks-get-copies-of-groups].
 */
const GIVES_VIEWS: ReadonlySet<string> = new Set(['apply', 'agg', 'aggregate', 'transform']);

/** Runs the functions that a method is given with what it gives them; gives those. */
function runGiven(m: Machine, call: Call, owner: Value, name: string, args: Arguments): ReadonlySet<Closure> {
  if (GIVES_ITSELF.has(name) || CONTAINERS.has(owner.kind))
    return runCallbacks(m, args.all, [owner, ...args.all]);
  if ((owner.kind !== 'DataFrame' && owner.kind !== 'Series') || !GIVES_VIEWS.has(name))
    return runCallbacks(m, args.all);
  // A row is one of its own: whoever has one of its values has nothing of the frame.
  const view = m.viewOf(call);
  const ran = runCallbacks(m, args.all, [view, ...args.all]);
  if ([...m.recorder.mutated].some((id) => changesView(m, id, view))) m.mutate(owner);
  return ran;
}

/** `row['a'] = 0`, `row.iloc[0] = 0` change the row; what is done to `row['a']` does not. */
function changesView(m: Machine, id: number, view: Value): boolean {
  if (view.objects.has(id)) return true;
  const node = m.graph.nodeOf(id);
  return node?.kind === 'Attribute' && INDEXERS.has(node.attr.id) && m.graph.overlaps(id, view.objects);
}

const INDEXERS: ReadonlySet<string> = new Set(['loc', 'iloc', 'at', 'iat', 'values']);

/** Whether the call may change its receiver by `inplace=`. */
function isInPlace(call: Call): boolean {
  const inplace = call.keywords.find((keyword) => keyword.name?.id === 'inplace');
  return inplace !== undefined && !(inplace.value.kind === 'Constant' && inplace.value.text === 'False');
}

/** Methods of `.str` and `.dt` that give a frame, unless they are told otherwise by `expand`. */
const GIVES_FRAME: ReadonlySet<string> = new Set(
  'get_dummies partition rpartition extract extractall isocalendar'.split(' '),
);

function fallbackEffect(kind: ValueKind, name: string, call: Call): CallEffect | undefined {
  if (kind === 'Accessor') {
    const series = methodEffect('Series', 'map');
    const expand = call.keywords.find((keyword) => keyword.name?.id === 'expand')?.value;
    if (series === undefined || (expand === undefined && !GIVES_FRAME.has(name))) return series;
    if (expand === undefined) return { ...series, result: 'DataFrame' };
    if (expand.kind !== 'Constant' || (expand.text !== 'True' && expand.text !== 'False'))
      return { ...series, result: 'unknown' };
    // `extract(expand=False)` gives a frame all the same where there are several groups.
    return {
      ...series,
      result: expand.text === 'True' ? 'DataFrame' : name === 'extract' ? 'unknown' : 'Series',
    };
  }
  if (kind === 'Axes' || kind === 'Figure') return methodEffect('Axes', 'set_xticks');
  if (kind === 'Plotter') return methodEffect('Plotter', 'line');
  return undefined;
}

function resultData(owner: Value, effect: CallEffect): ValueData | null {
  const carrier: ValueData['carrier'] =
    effect.result === 'DataFrame' || effect.result === 'GroupBy'
      ? 'DataFrame'
      : effect.scalar
        ? effect.result === 'Series'
          ? 'aggregate'
          : 'scalar'
        : 'Series';
  const grouped = owner.kind === 'GroupBy' || owner.kind === 'SeriesGroupBy';
  const extent = effect.scalar || grouped ? 'aggregate' : effect.part ? 'part' : undefined;
  return selectData(owner.data, carrier, 'all', extent);
}

const KEYED: ReadonlySet<string> = new Set([
  'groupby',
  'sort_values',
  'set_index',
  'nlargest',
  'nsmallest',
  'drop_duplicates',
  'duplicated',
  'resample',
]);

/** What a method asks of its receiver's data: of all of it, or of the columns that it names as keys. */
function noteUse(m: Machine, call: Call, owner: Value, name: string, args: Arguments): void {
  if (owner.data === null) return;
  const compares = owner.kind === 'DataFrame' && name === 'query' ? comparesInQuery(m, args) : null;
  if (compares !== null) {
    for (const { column, op, other } of compares)
      m.use(owner, { type: 'compare', op, other }, call, [column]);
    return;
  }
  const asked = askedOf(m, call, owner, name, args);
  m.use(owner, asked.operation, call, asked.columns);
}

function askedOf(
  m: Machine,
  call: Call,
  owner: Value,
  name: string,
  args: Arguments,
): { readonly operation: Operation; readonly columns?: readonly string[] } {
  const { func } = call;
  if (owner.kind === 'GroupBy' || owner.kind === 'SeriesGroupBy')
    return { operation: { type: 'grouped', name, call } };
  if ((owner.kind === 'Accessor' || owner.kind === 'Plotter') && func.kind === 'Attribute') {
    const accessor = func.value.kind === 'Attribute' ? func.value.attr.id : '?';
    return { operation: { type: 'method', name: `${accessor}.${name}`, call } };
  }
  if (owner.kind === 'DataFrame' && KEYED.has(name)) {
    const at = name === 'nlargest' || name === 'nsmallest' ? 1 : 0;
    const named = ['by', 'columns', 'keys', 'subset'].map((keyword) => args.keywords.get(keyword));
    const key = args.positional[at] ?? named.find((value) => value !== undefined);
    const names = key === undefined ? null : namesIn(m, key);
    if (names !== null) return { operation: { type: 'key', how: name, call }, columns: names.names };
    return { operation: { type: 'unknown', why: `\`${name}\` has keys that the code does not name` } };
  }
  if (owner.kind === 'DataFrame' && (name === 'query' || name === 'eval')) {
    const text = args.positional[0]?.text ?? args.keywords.get('expr')?.text ?? null;
    const why = `\`${name}\` asks for it`;
    if (text === null) return { operation: { type: 'unknown', why } };
    return { operation: { type: 'unknown', why }, columns: namesInQuery(text).columns };
  }
  return { operation: { type: 'method', name, call } };
}

function noteQueryNames(m: Machine, name: string, args: Arguments): void {
  if (name !== 'query' && name !== 'eval') return;
  const text = args.positional[0]?.text ?? args.keywords.get('expr')?.text ?? '';
  // `@f(a)` calls it.
  for (const variable of namesInQuery(text).variables) runCallbacks(m, [m.read(variable) ?? UNKNOWN]);
}
