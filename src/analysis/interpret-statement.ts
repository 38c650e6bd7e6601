import type {
  ClassDef,
  ExceptHandler,
  Expression,
  For,
  FunctionDef,
  Statement,
  Try,
  While,
} from '../python/ast.js';
import { boundByImport } from '../python/identifiers.js';
import { decorate } from './call-function.js';
import {
  giveResults,
  runCallbacks,
  runClassHooks,
  runOperator,
  runProperties,
  runSpecialMethods,
} from './callbacks.js';
import { arithmeticResult, bindTarget, evaluate, evaluateTest, roundsOf } from './interpret-expression.js';
import { elementOf, holdElements } from './iterate.js';
import type { Machine } from './machine.js';
import { noteReach } from './unfollowed.js';
import { joinValues, NONE, plain, UNKNOWN, type Value } from './value.js';

export function runBlock(m: Machine, body: readonly Statement[]): void {
  for (const statement of body) runStatement(m, statement);
}

/** Runs one statement of the abstract program: what it reads, binds, changes and shows goes into the machine. */
export function runStatement(m: Machine, s: Statement): void {
  if (!m.enter(s)) return;
  m.spend();
  run(m, s);
  m.leave();
}

function run(m: Machine, s: Statement): void {
  switch (s.kind) {
    case 'ExpressionStatement':
      evaluate(m, s.value);
      return;
    case 'Assign': {
      const value = evaluate(m, s.value);
      for (const target of s.targets) bindTarget(m, target, value, s.value);
      return;
    }
    case 'AnnAssign':
      evaluate(m, s.annotation);
      if (s.value !== null) bindTarget(m, s.target, evaluate(m, s.value), s.value);
      return;
    case 'AugAssign':
      runAugAssign(m, s.target, s.value, s.op);
      return;
    case 'Delete':
      for (const target of s.targets) runDelete(m, target);
      return;
    case 'If':
      evaluateTest(m, s.test);
      m.paths.branch([() => runBlock(m, s.body), () => runBlock(m, s.orelse)]);
      return;
    case 'While': {
      evaluateTest(m, s.test);
      const round = () => {
        runBlock(m, s.body);
        evaluateTest(m, s.test);
      };
      runLoop(m, s, round, isAlwaysTrue(s.test));
      return;
    }
    case 'For': {
      const iterated = evaluate(m, s.iter);
      const made = m.places.count;
      const round = () => {
        m.places.count = made;
        bindTarget(m, s.target, elementOf(m, iterated, s.iter), s.iter);
        runBlock(m, s.body);
      };
      runLoop(m, s, round, false);
      return;
    }
    case 'With': {
      const contexts: Value[] = [];
      for (const item of s.items) {
        const context = evaluate(m, item.context);
        contexts.push(context);
        if (context.kind === 'unknown') m.mutateAll([context]);
        // What it enters is a method, or a generator.
        const value = context.kind === 'file' ? context : giveResults(m, context, runCallbacks(m, [context]));
        if (item.target !== null) bindTarget(m, item.target, value, item.context);
      }
      // A context manager may swallow an exception: what stands in the body may not have run to its end.
      if (s.items.every((item) => m.values.get(item.context)?.kind === 'file')) runBlock(m, s.body);
      else {
        const { end, seen } = m.paths.attempt(() => runBlock(m, s.body));
        m.paths.join([end, m.paths.failed(seen, () => {})]);
        // What it leaves is called with what the body has left.
        for (const context of contexts) runCallbacks(m, [context]);
      }
      return;
    }
    case 'Try':
      if (s.finalbody.length === 0) runTry(m, s);
      else
        m.paths.protect(
          () => runTry(m, s),
          () => runBlock(m, s.finalbody),
        );
      return;
    case 'Match': {
      const subject = evaluate(m, s.subject);
      const ways = s.cases.map((one) => () => {
        for (const expression of one.pattern.reads) evaluate(m, expression);
        for (const name of one.pattern.binds) m.bind(name.id, m.makePart('unknown', subject, s.subject));
        if (one.guard !== null) evaluate(m, one.guard);
        runBlock(m, one.body);
      });
      const isExhaustive = s.cases.some(({ pattern, guard }) => pattern.irrefutable && guard === null);
      m.paths.branch(isExhaustive ? ways : [...ways, () => {}]);
      return;
    }
    case 'FunctionDef':
      runFunctionDef(m, s);
      return;
    case 'ClassDef': {
      const decorators = s.decorators.map((decorator) => evaluate(m, decorator));
      const inherited: Value[] = [];
      amongTypeParameters(m, s, () => {
        for (const expression of [...s.bases, ...s.keywords.map((k) => k.value)])
          inherited.push(evaluate(m, expression));
      });
      const { values } = m.openFrame('class', m.globalNames.namesOf(s), new Map());
      runBlock(m, s.body);
      m.frames.pop();
      noteReach(m, s);
      // Whoever has the class, or an object of it, has what its body binds and what it inherits.
      const value = m.makeFunction(s, m.closuresOf(...inherited));
      for (const base of inherited) {
        m.hold(value, base);
        runClassHooks(m, base, value);
      }
      for (const [, attribute] of values.entries()) m.hold(value, attribute);
      // Those of libraries (`dataclass`) are taken to give the class.
      const own = decorators.filter(({ closures }) => closures.size > 0);
      m.bind(
        s.name.id,
        own.reduceRight((made, decorator) => decorate(m, decorator, made, s), value),
      );
      return;
    }
    case 'Return': {
      const value = s.value === null ? NONE : evaluate(m, s.value);
      m.frames.findLast((f) => f.kind === 'function')?.returns.push(value);
      m.paths.leave('return');
      return;
    }
    case 'Raise':
      for (const raised of [s.exception, s.cause])
        if (raised !== null) {
          const value = evaluate(m, raised);
          m.lose(value, raised);
          m.outOfSight.raise(value, (all) => m.asFew(all, s));
        }
      m.paths.die();
      return;
    case 'Assert': {
      evaluateTest(m, s.test);
      const { message } = s;
      // Whatever follows follows on what is true: the message is what goes on with the failure.
      if (message !== null) m.paths.run(() => evaluate(m, message));
      return;
    }
    case 'Import':
      m.recorder.effects.add('imports');
      for (const alias of s.names) {
        const bound = boundByImport(alias);
        if (alias.name === '__main__')
          m.reachAny({ why: '`__main__` is the notebook itself, and can reach any name', at: s });
        m.bind(bound, { ...plain('module'), qualified: alias.asName === null ? bound : alias.name });
      }
      return;
    case 'ImportFrom':
      m.recorder.effects.add('imports');
      if (s.isStar && s.module !== '__future__') {
        m.opaque ??= `\`from ${s.module} import *\` binds names that nobody can list`;
        m.recorder.opaque ??= m.opaque;
      }
      for (const alias of s.names)
        m.bind(boundByImport(alias), {
          ...plain('unknown'),
          qualified: s.level > 0 ? null : `${s.module}.${alias.name}`,
        });
      return;
    case 'TypeAlias':
      // Its value is evaluated when somebody asks for it.
      m.bind(s.name.id, { ...plain('class'), closures: new Set([s]) });
      return;
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
      return;
    case 'Break':
      m.paths.leave('break');
      return;
    case 'Continue':
      m.paths.leave('continue');
      return;
  }
}

/** Runs what sees the type parameters of a function or class (PEP 695). */
function amongTypeParameters(m: Machine, s: FunctionDef | ClassDef, run: () => void): void {
  const names = m.globalNames.typeParametersOf(s);
  if (names !== null) m.openFrame('type-params', names, new Map());
  run();
  if (names !== null) m.frames.pop();
}

function runFunctionDef(m: Machine, s: FunctionDef): void {
  const decorators = s.decorators.map((decorator) => evaluate(m, decorator));
  const value = m.makeFunction(s);
  m.holdDefaults(value, s.params.items);
  // Up to Python 3.13 they are evaluated here and now.
  amongTypeParameters(m, s, () => {
    for (const annotation of [...s.params.items.map((p) => p.annotation), s.returns])
      if (annotation !== null) evaluate(m, annotation);
  });
  m.bind(
    s.name.id,
    decorators.reduceRight((made, decorator) => decorate(m, decorator, made, s), value),
  );
}

function runLoop(m: Machine, s: For | While, round: () => void, isEndless: boolean): void {
  m.calls.loops++;
  m.paths.loop(round, () => runBlock(m, s.orelse), isEndless, roundsOf(m, s));
  m.calls.loops--;
}

/** `while True`, `while 1`. */
function isAlwaysTrue(test: Expression): boolean {
  return test.kind === 'Constant' && (test.text === 'True' || /^0*[1-9]\d*$/.test(test.text));
}

function runTry(m: Machine, s: Try): void {
  const { paths } = m;
  const { end, seen } = paths.attempt(() => runBlock(m, s.body));
  const handle = (handler: ExceptHandler) => () => {
    if (handler.type !== null) evaluate(m, handler.type);
    const { objects, closures } = m.outOfSight.caught();
    if (handler.name !== null) m.bind(handler.name.id, { ...UNKNOWN, objects, closures });
    runBlock(m, handler.body);
    if (handler.name !== null) m.unbind(handler.name.id);
  };
  const whole = paths.from(end, () => runBlock(m, s.orelse));
  // Of `except*` several may run, one after the other.
  const runAll = () => {
    for (const handler of s.handlers) paths.branch([handle(handler), () => {}]);
  };
  const handled = s.isStar
    ? [paths.failed(seen, runAll)]
    : s.handlers.map((handler) => paths.failed(seen, handle(handler)));
  paths.join([whole, ...handled]);
}

function runAugAssign(m: Machine, target: Expression, valueNode: Expression, op: string): void {
  const before = evaluate(m, target);
  const value = evaluate(m, valueNode);
  const ran = runOperator(m, before, value);
  for (const side of [before, value])
    m.use(side, { type: 'unknown', why: `it takes part in \`${op}=\`` }, target);
  if (target.kind === 'Name') {
    // On a mutable object this changes the object itself.
    m.mutate(before);
    const immutable = before.kind === 'number' || before.kind === 'str';
    const after = { ...before, elements: null, text: null, data: null };
    // `total = 0; total += column`
    const made = value.objects.size === 0 ? plain(before.kind) : arithmeticResult(m, target, [before, value]);
    m.bind(target.id, giveResults(m, immutable ? made : after, ran));
    if (!immutable) holdElements(m, before, value, valueNode);
    return;
  }
  // `frames['k'] += [df]`: the list changes, and is stored again.
  m.mutate(before);
  m.holdAll(before, value);
  bindTarget(m, target, { ...joinValues([before, value]), data: null }, valueNode);
}

function runDelete(m: Machine, target: Expression): void {
  if (target.kind === 'Name') m.unbind(target.id);
  else if (target.kind === 'Tuple' || target.kind === 'List')
    for (const e of target.elements) runDelete(m, e);
  else if (target.kind === 'Subscript' || target.kind === 'Attribute') {
    const owner = evaluate(m, target.value);
    if (target.kind === 'Subscript') {
      evaluate(m, target.index);
      runSpecialMethods(m, owner);
    } else runProperties(m, owner);
    m.mutate(owner);
  }
}
