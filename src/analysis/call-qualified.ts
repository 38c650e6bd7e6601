import type { CallEffect } from '../pandas/call-effect.js';
import { functionEffect } from '../pandas/function-effects.js';
import { holdsData, type ValueKind } from '../pandas/kinds.js';
import { asksNetwork } from '../pandas/network.js';
import type { Call } from '../python/ast.js';
import type { Arguments } from './arguments.js';
import { nonenessOf, noteEffects } from './call-effects.js';
import { callUnknown } from './call-unknown.js';
import { giveResults, runCallbacks } from './callbacks.js';
import { selectData } from './interpret-frame.js';
import { joinedPath, readFile } from './interpret-read.js';
import { isUsedUp } from './iterate.js';
import type { Machine } from './machine.js';
import { wordsIn } from './names-in-strings.js';
import { reachesNamesHere, reachOf } from './reaches-names.js';
import { joinData, objectsOf, UNKNOWN, union, type Value, type ValueData } from './value.js';
import { writtenByFunction } from './written-arrays.js';

/** What reads the variables that a text names. */
const EVALUATES: ReadonlySet<string> = new Set(['pandas.eval', 'numexpr.evaluate', 'numexpr.re_evaluate']);

/** A function that is known by where it is defined: `pandas.concat(frames)`. */
export function callQualified(m: Machine, call: Call, qualified: string, args: Arguments): Value {
  if (reachesNamesHere(qualified)) {
    const reach = reachOf(qualified, call);
    m.recorder.opaque ??= reach.why;
    if (qualified !== 'dir') m.reachAny(reach);
    m.recorder.effects.add('unknown');
    return m.make('unknown', call);
  }
  if (EVALUATES.has(qualified))
    for (const { text } of args.all)
      for (const name of wordsIn(text ?? ''))
        m.use(m.read(name) ?? UNKNOWN, { type: 'unknown', why: `\`${qualified}\` computes with it` }, call);
  if (asksNetwork(qualified, args.all[0]?.text ?? null)) m.recorder.effects.add('network');
  const effect = effectOf(qualified, args);
  if (effect === undefined || (qualified === 'type' && givesOwnClass(m, args)))
    return callUnknown(m, call, args.all);
  noteEffects(m, effect);
  const ran = runCallbacks(m, args.all, FOLDS.has(qualified) ? withResults(m, args.all) : args.all);
  // `pd.set_option(name, function)`: who gives nothing back has kept it.
  const isShown = effect.prints || effect.displays;
  if (effect.result === 'None' && !isShown) for (const closure of ran) m.escape(closure);
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
  const written = writtenByFunction(qualified, args);
  for (const array of written.arrays) m.mutate(array);
  if (effect.holds)
    for (const value of args.all.slice(1)) if (args.all[0] !== undefined) m.hold(args.all[0], value);
  if (written.result !== null) return written.result;
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
  const shares = union(sharedBy(qualified, effect, args), objectsOf(written.arrays));
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

/**
 * Two of each: frames, columns and arrays of copied rows, or lists of what lies in the list. Together they are as large as what is
 * split: that is said of the first, for nobody knows how many rows it gets.
 */
function splitRows(m: Machine, call: Call, args: Arguments): Value {
  const elements = args.positional.flatMap((whole) => {
    const kind = whole.kind === 'list' || holdsData(whole.kind) ? whole.kind : 'unknown';
    const size = whole.data === null ? null : selectData(whole.data, whole.data.carrier, 'all', 'part');
    return [m.makeOf(kind, call, [whole], { size }), m.makeOf(kind, call, [whole])];
  });
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
