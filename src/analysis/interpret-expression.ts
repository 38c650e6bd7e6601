import { attributeEffect, methodEffect } from '../pandas/method-effects.js';
import type {
  BinaryOperation,
  Comprehension,
  DictComprehension,
  Expression,
  JoinedString,
  Node,
  Subscript,
} from '../python/ast.js';
import { giveResults, runCallbacks, runOperator, runProperties, runSpecialMethods } from './callbacks.js';
import { evaluateCall } from './interpret-call.js';
import { evaluateSubscript, readColumn, readGroupedColumn, storeIntoFrame } from './interpret-frame.js';
import { elementOf, holdElements } from './iterate.js';
import type { Machine } from './machine.js';
import type { Rounds } from './paths.js';
import {
  type Closure,
  joinPaths,
  joinValues,
  objectsOf,
  plain,
  UNKNOWN,
  union,
  type Value,
} from './value.js';

/** The value of an expression where the program runs; what its evaluation does goes into the machine. */
export function evaluate(m: Machine, e: Expression): Value {
  if (!m.enter(e)) return UNKNOWN;
  const value = m.asFew(compute(m, e), e);
  m.leave();
  return m.note(e, value);
}

/** `a + b + c + ...`: as long as it likes, so from the left by a loop. */
function evaluateBinary(m: Machine, e: BinaryOperation): Value {
  const spine = [e];
  for (let node = e.left; node.kind === 'BinaryOperation'; node = node.left) spine.push(node);
  const first = spine.at(-1) ?? e;
  let left = evaluate(m, first.left);
  for (const node of spine.toReversed()) {
    const right = evaluate(m, node.right);
    m.use(left, { type: 'arithmetic', op: node.op, other: node.right }, node);
    m.use(right, { type: 'arithmetic', op: node.op, other: node.left }, node);
    const ran = runOperator(m, left, right);
    left = joinedText(node.op, left, right) ?? giveResults(m, arithmeticResult(m, node, [left, right]), ran);
    if (node !== e) m.note(node, left);
  }
  return left;
}

/** `'data/' + name`; `Path('data') / name`, the only thing that a text is divided by. */
function joinedText(op: string, left: Value, right: Value): Value | null {
  if (left.text === null || right.text === null) return null;
  if (op === '+') return plain('str', left.text + right.text);
  return op === '/' ? { ...plain('unknown', joinPaths([left.text, right.text])), none: 'never' } : null;
}

/** `f'{directory}/data.csv'` is known where all that is in it is. */
function evaluateJoined(m: Machine, e: JoinedString): Value {
  const texts = new Map<Expression, string | null>();
  for (const inner of e.expressions) {
    const value = evaluate(m, inner);
    m.use(value, { type: 'shown' }, inner);
    runSpecialMethods(m, value);
    texts.set(inner, value.text);
  }
  const known = e.parts?.map((part) => (typeof part === 'string' ? part : (texts.get(part) ?? null))) ?? [
    null,
  ];
  return plain('str', known.includes(null) ? null : known.join(''));
}

/** The value of what stands in brackets: `df.loc[lambda rows: ...]` calls it with the owner. */
function evaluateIndex(m: Machine, e: Expression, owner: Value): Value {
  const index = evaluate(m, e);
  if (index.closures.size > 0) runCallbacks(m, [index], [owner]);
  return index;
}

/** The value of what a test asks whether it is true. */
export function evaluateTest(m: Machine, e: Expression): Value {
  const value = evaluate(m, e);
  runSpecialMethods(m, value);
  return value;
}

function compute(m: Machine, e: Expression): Value {
  switch (e.kind) {
    case 'Name':
      return readName(m, e.id);
    case 'Constant':
      return e.type === 'None'
        ? plain('None')
        : plain(e.type === 'bool' ? 'bool' : e.type === 'Ellipsis' ? 'unknown' : 'number');
    case 'StringLiteral':
      return plain(e.isBytes ? 'bytes' : 'str', e.isBytes ? null : e.value);
    case 'JoinedString':
      return evaluateJoined(m, e);
    case 'Call':
      return evaluateCall(m, e);
    case 'Attribute': {
      const owner = evaluate(m, e.value);
      if (owner.qualified !== null && (owner.kind === 'module' || owner.objects.size === 0))
        return { ...plain('unknown'), none: 'maybe', qualified: `${owner.qualified}.${e.attr.id}` };
      return readAttribute(m, owner, e.attr.id, e);
    }
    case 'Subscript': {
      const owner = evaluate(m, e.value);
      const index = evaluateIndex(m, e.index, owner);
      const ran = runSpecialMethods(m, owner, [index]);
      return giveResults(m, evaluateSubscript(m, e, owner, index), ran);
    }
    case 'BinaryOperation':
      return evaluateBinary(m, e);
    case 'UnaryOperation': {
      const operand = evaluate(m, e.operand);
      const ran = runSpecialMethods(m, operand);
      if (e.op === 'not') return plain('bool');
      m.use(operand, { type: 'arithmetic', op: e.op, other: null }, e);
      return giveResults(m, arithmeticResult(m, e, [operand]), ran);
    }
    case 'Compare': {
      const sides = [evaluate(m, e.left), ...e.comparators.map((c) => evaluate(m, c))];
      const nodes = [e.left, ...e.comparators];
      let ran: ReadonlySet<Closure> = new Set();
      for (const [i, op] of e.ops.entries()) {
        const [a, b] = [nodes[i], nodes[i + 1]];
        const [left, right] = [sides[i], sides[i + 1]];
        if (a === undefined || b === undefined || left === undefined || right === undefined) continue;
        m.use(left, { type: 'compare', op, other: b }, e);
        m.use(right, { type: 'compare', op: mirror(op), other: a }, e);
        ran = union(ran, runOperator(m, left, right));
        if (op.endsWith('in') && right.kind === 'iterator') elementOf(m, right, b);
      }
      const kinds = sides.map((side) => side.kind);
      if (kinds.includes('DataFrame')) return m.make('DataFrame', e);
      if (kinds.includes('Series')) return m.make('Series', e);
      if (kinds.includes('ndarray') || kinds.includes('Index')) return m.make('ndarray', e);
      if (e.ops.every((op) => op.startsWith('is') || op.endsWith('in'))) return plain('bool');
      return kinds.every((k) => k === 'number' || k === 'str')
        ? plain('bool')
        : giveResults(m, { ...m.make('unknown', e), none: ran.size > 0 ? 'maybe' : 'never' }, ran);
    }
    case 'BooleanOperation': {
      const left = evaluateTest(m, e.left);
      let right: Value = UNKNOWN;
      m.paths.branch([
        () => {
          right = evaluate(m, e.right);
        },
        () => {},
      ]);
      return joinValues([left, right]);
    }
    case 'Conditional': {
      evaluateTest(m, e.test);
      const values: Value[] = [];
      m.paths.branch([() => values.push(evaluate(m, e.body)), () => values.push(evaluate(m, e.orelse))]);
      return joinValues(values);
    }
    case 'Tuple':
    case 'List':
    case 'SetDisplay': {
      const elements = e.elements.map((element) => evaluate(m, element));
      const kind = e.kind === 'Tuple' ? 'tuple' : e.kind === 'List' ? 'list' : 'set';
      const starred = e.elements.some((element) => element.kind === 'Starred');
      return container(m, kind, e, elements, starred ? null : elements);
    }
    case 'Dict': {
      const values: Value[] = [];
      for (const entry of e.entries) {
        if (entry.key !== null) evaluate(m, entry.key);
        const value = evaluate(m, entry.value);
        // `{**other}` holds what lies in the other.
        values.push(entry.key === null ? elementOf(m, value, entry.value) : value);
      }
      return container(m, 'dict', e, values, null);
    }
    case 'Comprehension':
      return evaluateComprehension(m, e);
    case 'DictComprehension':
      return evaluateComprehension(m, e);
    case 'Lambda': {
      const value = m.makeFunction(e);
      m.holdDefaults(value, e.params.items);
      return value;
    }
    case 'NamedExpression': {
      const value = evaluate(m, e.value);
      bindWalrus(m, e.target.id, value);
      return value;
    }
    case 'Starred':
      return elementOf(m, evaluate(m, e.value), e.value);
    case 'Slice':
      for (const part of [e.lower, e.upper, e.step]) if (part !== null) evaluate(m, part);
      return plain('unknown');
    case 'Await':
      m.recorder.effects.add('unknown');
      return { ...evaluate(m, e.value), kind: 'unknown', none: 'maybe' };
    case 'Yield': {
      const frame = m.frames.findLast((f) => f.kind === 'function');
      if (e.value !== null) {
        const value = evaluate(m, e.value);
        frame?.returns.push(e.isFrom ? elementOf(m, value, e.value) : value);
        if (e.isFrom) return m.makePart('unknown', value, e);
      }
      return { ...UNKNOWN, objects: frame?.sent ?? UNKNOWN.objects };
    }
  }
}

function readName(m: Machine, name: string): Value {
  const value = m.read(name);
  if (value !== null) return value;
  return { ...plain('unknown'), none: 'maybe', qualified: name };
}

/** A display of values: it holds them, and what is in it may be asked anything. */
function container(
  m: Machine,
  kind: 'tuple' | 'list' | 'set' | 'dict',
  e: Expression,
  values: readonly Value[],
  elements: readonly Value[] | null,
): Value {
  const held = m.make(kind, e, elements === null ? {} : { elements });
  for (const value of values) {
    if (elements === null || value.data?.carrier === undefined)
      m.use(value, { type: 'unknown', why: `it is put into a ${kind}` }, e);
    m.hold(held, value);
  }
  if (elements !== null) m.uses.putInside(held, elements);
  return { ...held, closures: m.closuresOf(held) };
}

/** What an operator gives that no object of the notebook's own defines. */
export function arithmeticResult(m: Machine, e: Expression, sides: readonly Value[]): Value {
  const kinds = sides.map((side) => side.kind);
  for (const kind of ['DataFrame', 'Series', 'ndarray', 'Index'] as const)
    if (kinds.includes(kind)) return m.make(kind, e);
  for (const kind of ['list', 'tuple', 'set', 'dict'] as const)
    if (kinds.includes(kind))
      return m.makeOf(kind, e, sides, { keeps: objectsOf(sides), closures: m.closuresOf(...sides) });
  if (kinds.includes('str')) return plain('str');
  if (kinds.every((k) => k === 'number' || k === 'bool')) return plain('number');
  const keeps = union(objectsOf(sides), m.graph.heldBy(objectsOf(sides)));
  return { ...m.make('unknown', e, { keeps }), none: 'never' };
}

const mirror = <Op extends string>(op: Op): Op =>
  ((({ '<': '>', '>': '<', '<=': '>=', '>=': '<=' }) as Record<string, string>)[op] as Op) ?? op;

/** `owner.name` that is not called. */
export function readAttribute(m: Machine, owner: Value, name: string, e: Expression): Value {
  const effect = attributeEffect(owner.kind, name);
  if (owner.kind === 'DataFrame' && effect === undefined) {
    const column = readColumn(m, owner, name, e);
    if (column !== null) return column;
  }
  if (owner.kind === 'GroupBy' && effect === undefined) {
    const column = readGroupedColumn(m, owner, name, e);
    if (column !== null) return column;
  }
  if (effect === undefined) {
    m.use(owner, { type: 'attribute', name }, e);
    // Whoever takes `names.append` without calling it hands it to somebody who does; a property is a method that is called.
    if (methodEffect(owner.kind, name)?.mutates === true) m.mutate(owner);
    const ran = runProperties(m, owner);
    // The parts of a figure draw, as the figure does.
    const kind = owner.kind === 'Axes' || owner.kind === 'Figure' ? 'Axes' : 'unknown';
    const taken = m.makeOf(kind, e, [owner], { shares: owner.objects, closures: m.closuresOf(owner) });
    // What is put into what was taken lies in the owner.
    m.hold(owner, taken);
    if (methodEffect(owner.kind, name)?.mutates === true) m.outOfSight.takeMethod(owner, taken);
    return giveResults(m, taken, ran);
  }
  // What an indexer, an accessor or a plotter is used for is noted where it is used.
  const passive = effect.result === 'Indexer' || effect.result === 'Accessor' || effect.result === 'Plotter';
  if (!passive) m.use(owner, { type: 'attribute', name }, e);
  const data = passive || effect.keeps ? owner.data : null;
  return m.make(effect.result === 'self' ? owner.kind : effect.result, e, {
    data,
    none: effect.maybeNone ? 'maybe' : 'never',
    shares: effect.shares ? owner.objects : new Set<number>(),
  });
}

const MAX_ROUNDS = 12;
const MAX_NESTED = 4;

/** When the rounds of a loop end, and what the names are of which nobody finds out which values they hand on. */
export function roundsOf(m: Machine, node: Node): Rounds {
  return {
    // Each loop in a loop runs all its rounds in each round of that.
    most: m.calls.loops > MAX_NESTED ? 1 : MAX_ROUNDS,
    lose(values) {
      const all = m.make('unknown', node);
      m.loseSight(all, values);
      return all;
    },
  };
}

function evaluateComprehension(m: Machine, e: Comprehension | DictComprehension): Value {
  const [first, ...rest] = e.clauses;
  if (first === undefined) return UNKNOWN;
  const iterated = evaluate(m, first.iter);
  m.openFrame('comprehension', m.globalNames.namesOf(e), new Map());
  m.calls.loops++;
  const inner: Value[] = [];
  const made = m.places.count;
  const round = () => {
    m.places.count = made;
    bindTarget(m, first.target, elementOf(m, iterated, first.iter), first.iter);
    for (const condition of first.ifs) evaluateTest(m, condition);
    for (const clause of rest) {
      bindTarget(m, clause.target, elementOf(m, evaluate(m, clause.iter), clause.iter), clause.iter);
      for (const condition of clause.ifs) evaluateTest(m, condition);
    }
    if (e.kind === 'DictComprehension') {
      if (e.key !== null) evaluate(m, e.key);
      inner.push(evaluate(m, e.value));
    } else inner.push(evaluate(m, e.element));
  };
  m.paths.loop(round, () => {}, false, roundsOf(m, e));
  m.calls.loops--;
  m.frames.pop();
  const kind = e.kind === 'DictComprehension' ? 'dict' : e.type === 'generator' ? 'iterator' : e.type;
  const held = container(m, kind === 'iterator' ? 'list' : kind, e, inner, null);
  if (kind !== 'iterator') return held;
  const generator = m.make('iterator', e, {
    keeps: new Set([...held.objects, ...iterated.objects]),
    closures: e.kind === 'Comprehension' ? new Set([e]) : new Set(),
  });
  return generator;
}

/** `:=` in a comprehension binds outside of it. */
function bindWalrus(m: Machine, name: string, value: Value): void {
  const hidden = [];
  while (m.frames.at(-1)?.kind === 'comprehension') hidden.push(m.frames.pop());
  m.bind(name, value);
  for (const frame of hidden.reverse()) if (frame !== undefined) m.frames.push(frame);
}

/** Binds an assignment's target, whatever its shape. */
export function bindTarget(m: Machine, target: Expression, value: Value, from: Expression): void {
  switch (target.kind) {
    case 'Name':
      m.note(target, value);
      m.bind(target.id, value);
      return;
    case 'Starred':
      m.use(value, { type: 'unknown', why: 'it is put into a list' }, from);
      bindTarget(m, target.value, m.make('list', from, { keeps: value.objects }), from);
      return;
    case 'Tuple':
    case 'List':
      for (const [i, element] of target.elements.entries()) {
        const known = m.elementsOf(value);
        const exact = known?.length === target.elements.length ? known[i] : undefined;
        bindTarget(m, element, exact ?? elementOf(m, value, from), from);
      }
      return;
    case 'Attribute': {
      const owner = evaluate(m, target.value);
      const setsItsOwn =
        owner.kind === 'DataFrame'
          ? attributeEffect('DataFrame', target.attr.id) !== undefined
          : // A frame that is made of it has the column under that name.
            owner.kind === 'Series' && target.attr.id === 'name';
      if (setsItsOwn) m.use(owner, { type: 'unknown', why: `its \`${target.attr.id}\` is set` }, target);
      m.use(value, { type: 'unknown', why: 'it becomes an attribute' }, from);
      m.mutate(owner);
      runProperties(m, owner, [value]);
      mutateByLabels(m, target.value);
      // `pd.DataFrame.size_of = function`: a library has it from here on.
      if (owner.qualified !== null && owner.objects.size === 0)
        for (const closure of m.closuresOf(value)) m.giveToLibrary(closure);
      m.hold(owner, value);
      return;
    }
    case 'Subscript':
      storeSubscript(m, target, value, from);
      return;
    default:
      return;
  }
}

/** `df.index.name = 'x'`, `df.columns.values[0] = 'a'`: the labels are the frame's own, and may be some that it was made with. */
function mutateByLabels(m: Machine, labels: Expression): void {
  for (let at = labels; at.kind === 'Attribute'; at = at.value) {
    if (m.values.get(at)?.kind !== 'Index') continue;
    const frame = evaluate(m, at.value);
    m.mutate(frame);
    m.mutate({ ...frame, objects: m.graph.heldBy(frame.objects) });
    return;
  }
}

function storeSubscript(m: Machine, target: Subscript, value: Value, from: Expression): void {
  const owner = evaluate(m, target.value);
  evaluateIndex(m, target.index, owner);
  m.mutate(owner);
  mutateByLabels(m, target.value);
  if (storeIntoFrame(m, target, owner, value)) return;
  runSpecialMethods(m, owner, [value]);
  m.use(value, { type: 'unknown', why: 'it is stored' }, from);
  if (target.index.kind === 'Slice') holdElements(m, owner, value, from);
  else m.hold(owner, value);
}
