import type { Call, ClassDef, FunctionDef, Lambda } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import type { Machine } from './machine.js';
import { type Closure, joinValues, NONE, objectsOf, UNKNOWN, union, type Value } from './value.js';

interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly open: boolean;
}

/**
 * Runs a function of the notebook with these arguments; null where that is not possible (a class, a recursion, too much
 * of it), and the caller takes it for a function nobody knows.
 */
export function callClosure(m: Machine, call: Call, closure: Closure, args: CallArguments): Value | null {
  if (closure.kind !== 'FunctionDef' && closure.kind !== 'Lambda') return null;
  if (closure.kind === 'FunctionDef' && closure.isAsync) return null;
  const parameters = bindParameters(m, closure, args, call);
  if (parameters === null) return null;
  return run(m, closure, parameters, call);
}

/**
 * Runs every function that stands among the values, for whoever gets them may call them; gives them all.
 *
 * @param from what they may be called with, or with what lies in it
 */
export function runCallbacks(
  m: Machine,
  values: readonly Value[],
  from: readonly Value[] = values,
): ReadonlySet<Closure> {
  const closures = m.closuresOf(...values);
  if (closures.size === 0) return closures;
  m.readClosures(closures);
  const objects = objectsOf(from.filter(({ kind }) => kind !== 'function'));
  const called = [...closures].flatMap((closure) =>
    functionsOf(closure).map((method) => [method, m.withHeld(objects, closure)] as const),
  );
  runAtAnyTime(m, called);
  return closures;
}

/**
 * Runs functions that somebody may call, in any order and again and again, each with any of these objects. What they make
 * somebody call in turn is as good as called by the same: so that each is run twice, for what the others have left behind,
 * and not once for each order in which they may call each other.
 */
function runAtAnyTime(
  m: Machine,
  called: readonly (readonly [FunctionDef | Lambda, ReadonlySet<number>])[],
): void {
  const isOutermost = m.callbacks === null;
  m.callbacks ??= new Map();
  const { callbacks } = m;
  if (m.isSpent) {
    takeForAnything(m, called);
    if (isOutermost) m.callbacks = null;
    return;
  }
  for (const [method, given] of called) {
    const known = callbacks.get(method);
    callbacks.set(method, known === undefined ? given : union(known, given));
  }
  if (!isOutermost) return;
  // A map goes on to what is added while it is gone through.
  for (let i = 0; i < 2; i++) for (const [method, given] of callbacks) runWithAnything(m, method, given);
  m.callbacks = null;
}

/** What a decorator makes of a function or class, which is no more than that a name is bound to what it gives. */
export function decorate(m: Machine, decorator: Value, value: Value, node: FunctionDef | ClassDef): Value {
  const [closure, ...others] = decorator.kind === 'function' ? decorator.closures : [];
  if (closure?.kind === 'FunctionDef' && others.length === 0 && !closure.isAsync) {
    const parameters = bindParameters(
      m,
      closure,
      { positional: [value], keywords: new Map(), open: false },
      closure,
    );
    const result = parameters === null ? null : run(m, closure, parameters, closure);
    if (result !== null) return result;
  }
  // It may do anything with it, and what it gives back may be anything.
  m.recorder.effects.add('unknown');
  for (const { reads } of [...value.closures].map((one) => m.globalNames.of(one)))
    for (const name of reads) m.escaped.add(name);
  m.mutateAll([decorator]);
  m.hold(decorator, value);
  return m.make('unknown', node, {
    keeps: union(value.objects, decorator.objects),
    closures: m.closuresOf(value, decorator),
  });
}

/** What functions that are not followed may do, with what they are called with and with what they read. */
function takeForAnything(
  m: Machine,
  called: readonly (readonly [FunctionDef | Lambda, ReadonlySet<number>])[],
): void {
  m.recorder.effects.add('unknown');
  const seen = new Set<Closure>();
  let all: ReadonlySet<number> = new Set();
  for (const [closure, given] of called) {
    all = union(all, given);
    for (const parameter of closure.params.items) all = union(all, m.defaultOf(parameter).objects);
    changeAnything(m, closure, seen);
    for (const name of m.globalNames.of(closure).writes)
      m.paths.branch([() => m.bindGlobal(name, UNKNOWN), () => {}]);
  }
  m.mutateAll([{ ...UNKNOWN, objects: all }]);
}

/** Runs what reading an attribute of an object of the notebook's own classes may run. */
export function runProperties(m: Machine, owner: Value): void {
  if (owner.closures.size === 0) return;
  const called = [...m.closuresOf(owner)].flatMap((closure) =>
    closure.kind === 'ClassDef' ? functionsOf(closure).filter(runsForAttribute) : [],
  );
  const [first] = called;
  if (first === undefined) return;
  const given = m.withHeld(owner.objects, first);
  runAtAnyTime(
    m,
    called.map((method) => [method, given]),
  );
}

function runsForAttribute(method: FunctionDef | Lambda): boolean {
  return (
    method.kind === 'FunctionDef' && (method.decorators.length > 0 || READS_ATTRIBUTE.test(method.name.id))
  );
}

const READS_ATTRIBUTE = /^__(getattr|getattribute|get)__$/;

/** What whoever has a closure may call: the function itself, or the methods of a class. */
function functionsOf(closure: Closure): readonly (FunctionDef | Lambda)[] {
  if (closure.kind === 'FunctionDef' || closure.kind === 'Lambda') return [closure];
  if (closure.kind === 'ClassDef')
    return closure.body.filter((statement) => statement.kind === 'FunctionDef');
  return [];
}

/** Runs a function with arguments of which nobody knows anything but which objects they may be, besides the defaults. */
function runWithAnything(m: Machine, closure: FunctionDef | Lambda, given: ReadonlySet<number>): void {
  const parameters = new Map(
    closure.params.items.map(
      (p) => [p.name.id, { ...UNKNOWN, objects: union(given, m.defaultOf(p).objects) }] as const,
    ),
  );
  const way = () => {
    const result = run(m, closure, parameters, closure);
    if (result === null) m.mutateAll([{ ...UNKNOWN, objects: given }]);
  };
  m.paths.branch([way, () => {}]);
}

function run(
  m: Machine,
  closure: FunctionDef | Lambda,
  parameters: Map<string, Value>,
  node: Call | FunctionDef | Lambda,
): Value | null {
  if (m.calling.has(closure) || m.isSpent) {
    m.recorder.effects.add('unknown');
    for (const name of m.globalNames.of(closure).writes) m.bindGlobal(name, UNKNOWN);
    if (!m.calling.has(closure)) changeAnything(m, closure);
    return null;
  }
  m.calling.add(closure);
  m.spend();
  const outer = m.frames.splice(0);
  const loops = m.loops;
  const frame = m.openFrame('function', m.globalNames.namesOf(closure), parameters);
  let result: Value = NONE;
  if (closure.kind === 'Lambda') result = m.evaluate(m, closure.body);
  else if (m.globalNames.isGenerator(closure)) {
    // Its body runs when somebody asks it for values, if ever.
    m.paths.branch([() => m.paths.call(() => m.runBlock(m, closure.body)), () => {}]);
    result = m.make('iterator', node, {
      keeps: objectsOf([...[...frame.values.entries()].map(([, value]) => value), ...frame.returns]),
      closures: new Set([closure]),
    });
  } else {
    const hasEnd = m.paths.call(() => m.runBlock(m, closure.body));
    const ends = hasEnd ? [...frame.returns, NONE] : frame.returns;
    result = ends.length === 0 ? NONE : joinValues(ends);
  }
  m.frames.length = 0;
  m.frames.push(...outer);
  m.loops = loops;
  m.calling.delete(closure);
  return result;
}

/** What a function that is not followed may do to what it reads, and to what the functions that it reads do. */
function changeAnything(m: Machine, closure: Closure, seen = new Set<Closure>()): void {
  if (seen.has(closure)) return;
  seen.add(closure);
  for (const name of m.globalNames.of(closure).reads) {
    const value = m.peek(name);
    if (value === null) continue;
    if (value.data !== null)
      for (const at of findAll(closure, 'Name'))
        if (at.id === name)
          m.use(value, { type: 'unknown', why: 'a function reads it that is not followed' }, at);
    m.mutate(value);
    for (const inner of value.closures) changeAnything(m, inner, seen);
  }
}

function bindParameters(
  m: Machine,
  closure: FunctionDef | Lambda,
  args: CallArguments,
  node: Call | FunctionDef,
): Map<string, Value> | null {
  if (args.open) return null;
  const values = new Map<string, Value>();
  const rest = [...args.positional];
  const keywords = new Map(args.keywords);
  for (const parameter of closure.params.items) {
    const { id } = parameter.name;
    if (parameter.type === 'var-positional') values.set(id, joinRest(m, rest.splice(0), node));
    else if (parameter.type === 'var-keyword') {
      values.set(id, joinRest(m, [...keywords.values()], node));
      keywords.clear();
    } else if (parameter.type !== 'keyword-only' && rest.length > 0) values.set(id, rest.shift() ?? UNKNOWN);
    else {
      values.set(id, keywords.get(id) ?? m.defaultOf(parameter));
      keywords.delete(id);
    }
  }
  return rest.length > 0 || keywords.size > 0 ? null : values;
}

/** What `*args` may hold: nothing is known but which objects. */
function joinRest(m: Machine, values: readonly Value[], node: Call | FunctionDef): Value {
  // What a use is asked of is told by its text alone.
  for (const value of values)
    m.use(value, { type: 'unknown', why: 'it is one of many arguments' }, node as Call);
  return { ...UNKNOWN, objects: objectsOf(values) };
}
