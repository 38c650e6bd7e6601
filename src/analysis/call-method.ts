import type { CallEffect } from '../pandas/call-effect.js';
import { keepsTrainingData } from '../pandas/function-effects.js';
import type { ValueKind } from '../pandas/kinds.js';
import { givesNoneInPlace, methodEffect } from '../pandas/method-effects.js';
import type { Call } from '../python/ast.js';
import type { Arguments } from './arguments.js';
import { nonenessOf, noteEffects } from './call-effects.js';
import { callUnknown } from './call-unknown.js';
import { giveResults, runCallbacks, runSpecialMethods } from './callbacks.js';
import type { Operation } from './column-use.js';
import { columnsNamedIn } from './columns-named.js';
import { namesIn, selectData } from './interpret-frame.js';
import { isUsedUp } from './iterate.js';
import type { Machine } from './machine.js';
import { namesInQuery } from './names-in-strings.js';
import { comparesInQuery } from './query-compares.js';
import { type Closure, objectsOf, UNKNOWN, type Value, type ValueData } from './value.js';
import { writtenByMethod } from './written-arrays.js';

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

const WRITES_TO_PATH = /^to_(csv|json|html|string|excel|latex|markdown|pickle|parquet|hdf|sql|feather)$/;

/** What a windowed series or frame gives is one again. */
function windowedKind(m: Machine, call: Call): ValueKind | null {
  const { func } = call;
  if (func.kind !== 'Attribute' || func.value.kind !== 'Call' || func.value.func.kind !== 'Attribute')
    return null;
  const kind = m.values.get(func.value.func.value)?.kind;
  return kind === 'DataFrame' || kind === 'Series' ? kind : null;
}

/** `df.copy(deep=False)`, `df.copy(False)`: the same data once more. */
const isShallow = ({ args, keywords }: Call): boolean =>
  [...args, ...keywords.map(({ value }) => value)].some(
    (value) => !(value.kind === 'Constant' && value.text === 'True'),
  );

/** `array.astype(int, copy=False)`: perhaps the very same. */
const isNoCopy = ({ keywords }: Call, name: string): boolean =>
  name === 'astype' && keywords.some((keyword) => keyword.name?.id === 'copy');

/** `owner.name(...)`. */
export function callMethod(m: Machine, call: Call, owner: Value, name: string, args: Arguments): Value {
  const known = methodEffect(owner.kind, name) ?? fallbackEffect(owner.kind, name, call);
  const effect =
    known !== undefined && (name === 'copy' || isNoCopy(call, name)) && isShallow(call)
      ? { ...known, shares: true }
      : known;
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
  const written = writtenByMethod(owner, name, args);
  for (const array of written.arrays) m.mutate(array);
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
  if (written.result !== null) return written.result;
  const data =
    effect.keeps || effect.scalar || effect.result === 'GroupBy' || effect.result === 'SeriesGroupBy'
      ? resultData(owner, effect)
      : null;
  // `d.get(key, default)`
  const own = effect.shares ? (owner.kind === 'dict' ? [owner, ...args.all] : [owner]) : [];
  // What is written into an array is given as that array.
  const from = [...own, ...written.arrays];
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
  m.graph.noteUnchanged(view.objects);
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
  const unfollowed = whyUnfollowed(m, owner, name, args);
  if (unfollowed !== null) {
    m.use(owner, { type: 'unknown', why: unfollowed }, call);
    return;
  }
  const asked = askedOf(m, call, owner, name, args);
  m.use(owner, asked.operation, call, asked.columns);
}

/** What calls functions with labels alone. */
const GIVES_LABELS: ReadonlySet<string> = new Set(['rename', 'rename_axis']);

/** What may be told by a function instead of a value. */
const TAKES_VALUE_OR_FUNCTION: ReadonlySet<string> = new Set(['assign', 'where', 'mask']);

/** What an array of narrow values gives as any array would. */
const SAME_OF_ARRAYS: ReadonlySet<string> = new Set(['all', 'any', 'tolist']);

/** Why the data of the receiver are not followed any further; null where they are. */
function whyUnfollowed(m: Machine, owner: Value, name: string, { all, positional, keywords }: Arguments) {
  const isFunction = ({ kind, qualified, data }: Value) =>
    kind === 'function' ||
    (TAKES_VALUE_OR_FUNCTION.has(name) && kind === 'unknown' && (qualified !== null || data === null));
  if (!GIVES_LABELS.has(name) && (all.some(isFunction) || m.closuresOf(...all).size > 0))
    return `\`${name}\` hands it to a function`;
  if (owner.kind === 'ndarray' && !SAME_OF_ARRAYS.has(name))
    return `\`${name}\` of an array computes in its own type`;
  if (owner.kind !== 'Series') return null;
  const isNamedAnew =
    (name === 'to_frame' && (positional.length > 0 || keywords.size > 0)) ||
    (name === 'reset_index' && keywords.has('name')) ||
    (name === 'rename' && all.some(({ kind }) => kind !== 'dict')) ||
    name === 'unstack';
  return isNamedAnew ? `\`${name}\` gives it another name` : null;
}

function askedOf(
  m: Machine,
  call: Call,
  owner: Value,
  name: string,
  args: Arguments,
): { readonly operation: Operation; readonly columns?: readonly string[] } {
  const { func } = call;
  const named = columnsNamedIn(call, owner.kind, name);
  const only = named === null ? {} : { columns: named };
  if (owner.kind === 'GroupBy' || owner.kind === 'SeriesGroupBy')
    return { operation: { type: 'grouped', name, call }, ...only };
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
  return { operation: { type: 'method', name, call }, ...only };
}

function noteQueryNames(m: Machine, name: string, args: Arguments): void {
  if (name !== 'query' && name !== 'eval') return;
  const text = args.positional[0]?.text ?? args.keywords.get('expr')?.text ?? '';
  // `@f(a)` calls it.
  for (const variable of namesInQuery(text).variables) runCallbacks(m, [m.read(variable) ?? UNKNOWN]);
}
