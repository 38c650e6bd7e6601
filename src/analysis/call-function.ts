import type { Call, ClassDef, Comprehension, FunctionDef, Lambda, Node } from '../python/ast.js';
import type { Machine } from './machine.js';
import { takeForAnything } from './unfollowed.js';
import {
  type Callable,
  type Closure,
  joinValues,
  NONE,
  objectsOf,
  UNKNOWN,
  union,
  type Value,
} from './value.js';

interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly open: boolean;
}

/**
 * Runs a function of the notebook with these arguments; null where that is not possible (a class, a coroutine, arguments that
 * are not all written out), and the caller takes it for a function nobody knows.
 */
export function callClosure(m: Machine, call: Call, closure: Closure, args: CallArguments): Value | null {
  if (closure.kind !== 'FunctionDef' && closure.kind !== 'Lambda') return null;
  if (closure.kind === 'FunctionDef' && closure.isAsync) return null;
  const parameters = bindParameters(m, closure, args, call);
  if (parameters === null) return null;
  return run(m, closure, parameters, call);
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
    if (parameters !== null) return run(m, closure, parameters, closure);
  }
  // It may do anything with it, and what it gives back may be anything.
  m.recorder.effects.add('unknown');
  for (const one of value.closures) m.escape(one);
  m.mutateAll([decorator]);
  m.hold(decorator, value);
  return m.make('unknown', node, {
    keeps: union(value.objects, decorator.objects),
    closures: m.closuresOf(value, decorator),
  });
}

/**
 * Runs a function that finds these values in its parameters; one that runs already, or where too much has been run, may do
 * anything.
 *
 * @param sent the objects that it may be sent, where it is a generator; its arguments where nobody says
 */
export function run(
  m: Machine,
  closure: FunctionDef | Lambda,
  parameters: ReadonlyMap<string, Value>,
  node: Call | FunctionDef | Lambda,
  sent?: ReadonlySet<number>,
): Value {
  return follow(m, node, closure, parameters, sent, (all) => runClosure(m, closure, all, node, sent));
}

/** Follows a call, unless the function runs already or too much has been run. */
function follow(
  m: Machine,
  node: Node,
  closure: Callable,
  parameters: ReadonlyMap<string, Value>,
  sent: ReadonlySet<number> | undefined,
  run: (parameters: ReadonlyMap<string, Value>) => Value,
): Value {
  const anything = () => takeForAnything(m, [[closure, objectsOf([...parameters.values()])]]);
  if (m.calling.has(closure)) return anything();
  return m.calls.runOnce(node, closure, parameters, sent ?? null, (all) =>
    m.isSpent ? anything() : run(all),
  );
}

function runClosure(
  m: Machine,
  closure: FunctionDef | Lambda,
  parameters: ReadonlyMap<string, Value>,
  node: Call | FunctionDef | Lambda,
  sent: ReadonlySet<number> | undefined,
): Value {
  return runApart(m, closure, () => {
    m.spend();
    if (closure.kind === 'Lambda') {
      m.openFrame('function', m.globalNames.namesOf(closure), parameters);
      return m.evaluate(m, closure.body);
    }
    if (!m.globalNames.isGenerator(closure)) return runBody(m, closure, parameters);
    return runGeneratorBody(m, closure, parameters, node, sent ?? objectsOf([...parameters.values()]));
  });
}

function runBody(m: Machine, closure: FunctionDef, parameters: ReadonlyMap<string, Value>): Value {
  const frame = m.openFrame('function', m.globalNames.namesOf(closure), parameters);
  const hasEnd = m.paths.call(() => m.runBlock(m, closure.body));
  const ends = hasEnd ? [...frame.returns, NONE] : frame.returns;
  return ends.length === 0 ? NONE : joinValues(ends);
}

/** Its body runs when somebody asks it for values, if ever. */
function runGeneratorBody(
  m: Machine,
  closure: FunctionDef,
  parameters: ReadonlyMap<string, Value>,
  node: Call | FunctionDef | Lambda,
  sent: ReadonlySet<number>,
): Value {
  const frame = m.openFrame('function', m.globalNames.namesOf(closure), parameters, sent);
  m.paths.branch([() => m.paths.call(() => m.runBlock(m, closure.body)), () => {}]);
  return m.make('iterator', node, {
    keeps: objectsOf([...[...frame.values.entries()].map(([, value]) => value), ...frame.returns]),
    closures: new Set([closure]),
  });
}

/** Runs what gives the values of a generator expression, after it has been made; its own names may be `given`. */
export function runGenerator(m: Machine, generator: Comprehension, given: Value): Value {
  return follow(m, generator, generator, new Map([['', given]]), undefined, () =>
    runGeneratorRound(m, generator, given),
  );
}

function runGeneratorRound(m: Machine, generator: Comprehension, given: Value): Value {
  return runApart(m, generator, () => {
    const names = m.globalNames.namesOf(generator);
    m.openFrame('comprehension', names, new Map([...names.locals].map((name) => [name, given])));
    for (const [i, clause] of generator.clauses.entries()) {
      if (i > 0) m.evaluate(m, clause.iter);
      for (const condition of clause.ifs) m.evaluate(m, condition);
    }
    return m.evaluate(m, generator.element);
  });
}

/** Runs what a function does, which sees none of the names of who calls it. */
function runApart(m: Machine, closure: Callable, run: () => Value): Value {
  m.calling.add(closure);
  const outer = m.frames.splice(0);
  const { loops } = m.calls;
  const result = run();
  m.frames.length = 0;
  m.frames.push(...outer);
  m.calls.loops = loops;
  m.calling.delete(closure);
  return result;
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
      values.set(id, keywords.get(id) ?? m.outOfSight.defaultOf(parameter));
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
