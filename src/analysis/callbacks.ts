import { holdsData, isImmutable } from '../pandas/kinds.js';
import type { ClassDef, FunctionDef } from '../python/ast.js';
import { run, runGenerator } from './call-function.js';
import type { Machine } from './machine.js';
import { takeForAnything } from './unfollowed.js';
import { untilNothingNew } from './until-nothing-new.js';
import { type Callable, type Closure, objectsOf, UNKNOWN, union, type Value } from './value.js';

/** Callbacks that hand on from one to the next what they are called with are run so often at most. */
const MAX_ROUNDS = 8;

/**
 * Runs every function that stands among the values, for whoever gets them may call them; gives them all. What they give is
 * in `giveResults`.
 *
 * @param from what they may be called with, or with what lies in it
 */
export function runCallbacks(
  m: Machine,
  values: readonly Value[],
  from: readonly Value[] = values,
): ReadonlySet<Closure> {
  callBoundMethods(m, values, from);
  const closures = m.closuresOf(...values);
  if (closures.size === 0) return closures;
  m.readClosures(closures);
  const functions = from.filter(({ kind }) => kind === 'function');
  // A function may get another, and call that.
  const given = functions.length > 1 ? from : from.filter(({ kind }) => kind !== 'function');
  // A generator of this very statement has given its values already.
  const called = [...functionsIn(closures)].filter(
    (method) => method.kind !== 'Comprehension' || !m.isInStatement(method),
  );
  runAtAnyTime(m, called, objectsOf(given));
  return closures;
}

/** `map(names.append, frames)`: the list that a method was taken of comes to hold what the method is called with. */
function callBoundMethods(m: Machine, values: readonly Value[], from: readonly Value[]): void {
  const methods = m.outOfSight.takenMethods();
  if (methods.size === 0) return;
  for (const value of values) {
    const among = union(value.objects, m.graph.heldBy(value.objects));
    for (const [id, owner] of methods) {
      if (!m.graph.overlaps(id, among)) continue;
      m.mutate(owner);
      for (const other of from) if (other !== value) m.holdAll(owner, other);
    }
  }
}

/** What somebody gives who has called these functions: it may be what they give, or hold that. */
export function giveResults(m: Machine, result: Value, closures: ReadonlySet<Closure>): Value {
  if (closures.size === 0) return result;
  // What is made of data is a copy of them.
  if (holdsData(result.kind) || isImmutable(result.kind)) return result;
  const objects = objectsOf([...functionsIn(closures)].map((method) => m.resultOf(method)));
  m.hold(result, { ...UNKNOWN, objects });
  return result.kind === 'unknown' ? { ...result, objects: union(result.objects, objects) } : result;
}

/**
 * Runs functions that somebody may call with any of these objects, or with what lies in them, in any order and again and
 * again. What they make somebody call in turn is as good as called by the same: so that each is run again until nothing new
 * comes, for what the others have left behind, and not once for each order in which they may call each other.
 */
function runAtAnyTime(m: Machine, methods: readonly Callable[], from: ReadonlySet<number>): void {
  const [first] = methods;
  if (first === undefined) return;
  const given = m.withHeld(from, first);
  const { callbacks } = m.calls;
  // Most have been called with the same before.
  const widened = new Map<ReadonlySet<number>, ReadonlySet<number>>();
  for (const method of methods) {
    callbacks.call(method, (before) => {
      const known = widened.get(before);
      if (known !== undefined) return known;
      // What changes together with what it was called with is as good as that.
      const objects = union(before, m.graph.apart(given, before));
      const all = m.asFew({ ...UNKNOWN, objects }, method).objects;
      widened.set(before, all);
      return all;
    });
  }
  if (!callbacks.isOn)
    callbacks.run((called) => m.calls.runIn(callbacks.context, () => runCalled(m, called)));
}

/** Runs them until nothing new comes of it. */
function runCalled(m: Machine, called: ReadonlyMap<Callable, ReadonlySet<number>>): void {
  if (m.isSpent) {
    takeForAnything(m, [...called]);
    return;
  }
  const isWhole = untilNothingNew(() => {
    const ran = new Map<Callable, ReadonlySet<number>>();
    const isStale = m.paths.isNewAgain(() => {
      // A map goes on to what is added while it is gone through.
      for (const [method, given] of called) {
        ran.set(method, given);
        m.calls.callbacks.runOne(method, () => runWithAnything(m, method, given));
      }
    });
    return isStale || [...called].some(([method, given]) => ran.get(method) !== given);
  }, MAX_ROUNDS);
  if (!isWhole) takeForAnything(m, [...called]);
}

/** Runs what reading or setting an attribute of an object of the notebook's own classes may run; gives that. */
export function runProperties(m: Machine, owner: Value, given: readonly Value[] = []): ReadonlySet<Closure> {
  return runMethods(m, owner, atAttribute, given);
}

/** Runs what a class is asked when a class inherits of it; gives that. */
export function runClassHooks(m: Machine, base: Value, made: Value): ReadonlySet<Closure> {
  return runMethods(m, base, classHooks, [made]);
}

/** Runs what an operator between the notebook's own objects may run; gives that. */
export const runOperator = (m: Machine, left: Value, right: Value): ReadonlySet<Closure> =>
  union(runSpecialMethods(m, left, [right]), runSpecialMethods(m, right, [left]));

/** Runs what an operator, a subscript, `with`, a test or a text of such an object may run; gives that. */
export function runSpecialMethods(
  m: Machine,
  owner: Value,
  given: readonly Value[] = [],
): ReadonlySet<Closure> {
  return runMethods(m, owner, specialMethods, given);
}

function runMethods(
  m: Machine,
  owner: Value,
  methodsIn: OfClosures,
  given: readonly Value[],
): ReadonlySet<Closure> {
  const methods = methodsIn(m.closuresOf(owner));
  if (methods.size === 0) return methods;
  m.readClosures(methods);
  runAtAnyTime(m, [...methods], objectsOf([owner, ...given]));
  return methods;
}

type OfClosures = (closures: ReadonlySet<Closure>) => ReadonlySet<Callable>;

/** Most of what is asked is asked of one and the same set, which comes from the same objects. */
function remembered(find: (closure: Closure) => readonly Callable[]): OfClosures {
  const known = new WeakMap<ReadonlySet<Closure>, ReadonlySet<Callable>>();
  return (closures) => {
    const before = known.get(closures);
    if (before !== undefined) return before;
    const found = new Set([...closures].flatMap(find));
    known.set(closures, found);
    return found;
  };
}

/** What whoever has the closures may call: functions themselves, generators for their values, or the methods of classes. */
const functionsIn = remembered(functionsOf);

function functionsOf(closure: Closure): readonly Callable[] {
  if (closure.kind === 'ClassDef') return methodsOf(closure);
  return closure.kind === 'TypeAlias' ? [] : [closure];
}

const methodsOf = ({ body }: ClassDef): readonly FunctionDef[] =>
  body.filter((statement) => statement.kind === 'FunctionDef');

/** The methods of some sort of the classes among the closures. */
const methodsThat = (isWanted: (method: FunctionDef) => boolean): OfClosures =>
  remembered((closure) => (closure.kind === 'ClassDef' ? methodsOf(closure).filter(isWanted) : []));

const atAttribute = methodsThat(
  ({ decorators, name }) =>
    decorators.length > 0 || /^__((get|set|del)attr|getattribute|get|set|delete)__$/.test(name.id),
);

const specialMethods = methodsThat(({ name }) => /^__(?!init__|new__).*__$/.test(name.id));

const classHooks = methodsThat(({ name }) => /^__(init_subclass|new|init|prepare|set_name)__$/.test(name.id));

/** Runs a function with arguments of which nobody knows anything but which objects they may be, besides the defaults. */
function runWithAnything(m: Machine, closure: Callable, given: ReadonlySet<number>): void {
  const anything = { ...UNKNOWN, objects: given };
  if (closure.kind === 'Comprehension') {
    m.paths.branch([() => m.giveBack(closure, runGenerator(m, closure, anything)), () => {}]);
    return;
  }
  const parameters = new Map(
    closure.params.items.map((p) => [
      p.name.id,
      { ...anything, objects: union(given, m.outOfSight.defaultOf(p).objects) },
    ]),
  );
  // What a generator gives may have come to lie in it since.
  const isGenerator = m.globalNames.isGenerator(closure);
  if (!isGenerator && m.calls.hasCalledBack(closure, parameters, given)) return;
  const way = () => {
    const result = run(m, closure, parameters, closure, given);
    m.giveBack(closure, result);
    // Whoever has a generator may ask it for values, too.
    if (isGenerator) m.giveBack(closure, { ...UNKNOWN, objects: m.graph.heldBy(result.objects) });
  };
  m.paths.branch([way, () => {}]);
}
