import type { Expression, Name } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import type { Machine } from './machine.js';
import { reachesAnyName } from './reaches-names.js';
import { type Callable, type Closure, UNKNOWN, type Value } from './value.js';

/**
 * What functions may do that are not followed, with what they are called with and with what they read: all of it, and all
 * that lies in it, may have changed, and may be what they bind and what they give. That is one object for each function, and
 * for all functions one where too much has been run: so that a thousand calls cost little.
 */
export function takeForAnything(
  m: Machine,
  called: readonly (readonly [Callable, ReadonlySet<number>])[],
): Value {
  const functions = called.map(([closure]) => closure);
  const [first] = functions;
  if (first === undefined) return UNKNOWN;
  m.recorder.effects.add('unknown');
  const all = m.isSpent ? m.lost : m.resultOf(first);
  const { values, closures, writes } = reachedBy(m, called, all);
  m.readClosures(closures);
  m.hold(all, { ...UNKNOWN, closures });
  m.loseSight(all, [...values, ...functions.map((one) => m.resultOf(one))]);
  for (const name of writes) m.paths.branch([() => m.bindGlobal(name, all), () => {}]);
  return all;
}

interface Reached {
  readonly values: readonly Value[];
  readonly closures: ReadonlySet<Closure>;
  readonly writes: ReadonlySet<string>;
}

/** All that functions get and read, those that they may call among them, but for what is `all` already. */
function reachedBy(
  m: Machine,
  called: readonly (readonly [Callable, ReadonlySet<number>])[],
  all: Value,
): Reached {
  const values: Value[] = [];
  const closures = new Set<Closure>();
  const writes = new Set<string>();
  const [known = -1] = all.objects;
  const pending: Closure[] = [];
  const take = (value: Value) => {
    for (const closure of value.closures) pending.push(closure);
    if (m.graph.isTogether(known, value.objects)) return;
    values.push(value);
    for (const closure of m.closuresOf(value)) pending.push(closure);
  };
  m.lookAt(all, (seen) => {
    for (const [closure, objects] of called) {
      pending.push(closure);
      take({ ...UNKNOWN, objects });
    }
    for (const closure of m.closuresOf(all)) if (!seen.has(closure)) pending.push(closure);
    for (let closure = pending.pop(); closure !== undefined; closure = pending.pop()) {
      if (seen.has(closure)) continue;
      seen.add(closure);
      closures.add(closure);
      m.unfollowed.add(closure);
      noteReach(m, closure);
      if (closure.kind === 'FunctionDef' || closure.kind === 'Lambda')
        for (const parameter of closure.params.items) take(m.outOfSight.defaultOf(parameter));
      for (const value of m.freeOf(closure)) take(value);
      const uses = m.globalNames.of(closure);
      for (const name of uses.writes) writes.add(name);
      for (const name of new Set([...uses.reads, ...uses.writes])) {
        const value = m.peek(name);
        if (value === null) continue;
        take(value);
        for (const at of namesIn(closure).get(name) ?? [])
          m.use(value, { type: 'unknown', why: 'a function reads it that is not followed' }, at);
      }
    }
  });
  return { values, closures, writes };
}

/** Notes what a function or class may reach that is not followed, or may be called whenever an object likes. */
export function noteReach(m: Machine, closure: Closure): void {
  if (m.reach !== null) return;
  for (const call of findAll(closure, 'Call')) {
    const qualified = qualifiedName(m, call.func);
    if (qualified === null || !reachesAnyName(qualified)) continue;
    const where = closure.kind === 'ClassDef' ? 'class' : 'function';
    const name =
      closure.kind === 'FunctionDef' || closure.kind === 'ClassDef' ? ` \`${closure.name.id}\`` : '';
    m.reachAny({ why: `\`${qualified}()\` in the ${where}${name} can reach any name`, at: call });
    return;
  }
}

/** Where what is called is defined, by what the notebook's names are now; null where nobody knows. */
function qualifiedName(m: Machine, func: Expression): string | null {
  if (func.kind === 'Name') {
    const value = m.peek(func.id);
    return value === null ? func.id : value.qualified;
  }
  if (func.kind !== 'Attribute') return null;
  const owner = func.value.kind === 'Name' ? m.peek(func.value.id)?.qualified : null;
  return owner == null ? null : `${owner}.${func.attr.id}`;
}

const NAMES = new WeakMap<Closure, Map<string, Name[]>>();

/** Where which names stand in a function. */
function namesIn(closure: Closure): ReadonlyMap<string, readonly Name[]> {
  const known = NAMES.get(closure);
  if (known !== undefined) return known;
  const names = new Map<string, Name[]>();
  for (const name of findAll(closure, 'Name')) {
    const others = names.get(name.id);
    if (others === undefined) names.set(name.id, [name]);
    else others.push(name);
  }
  NAMES.set(closure, names);
  return names;
}
