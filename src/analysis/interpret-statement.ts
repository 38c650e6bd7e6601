import type { ClassDef, Expression, FunctionDef, Statement } from '../python/ast.js';
import { boundByImport } from '../python/identifiers.js';
import { findAll } from '../python/walk.js';
import { bindTarget, evaluate } from './interpret-expression.js';
import { elementOf } from './iterate.js';
import { LocalValues } from './local-values.js';
import type { Machine } from './machine.js';
import { plain, UNKNOWN } from './value.js';

export function runBlock(m: Machine, body: readonly Statement[]): void {
  for (const statement of body) runStatement(m, statement);
}

/** Runs one statement of the abstract program: what it reads, binds, changes and shows goes into the machine. */
export function runStatement(m: Machine, s: Statement): void {
  if (!m.enter()) return;
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
      evaluate(m, s.test);
      m.branch([() => runBlock(m, s.body), () => runBlock(m, s.orelse)]);
      return;
    case 'While':
      evaluate(m, s.test);
      runLoop(m, () => {
        runBlock(m, s.body);
        evaluate(m, s.test);
      });
      m.branch([() => runBlock(m, s.orelse), () => {}]);
      return;
    case 'For': {
      const iterated = evaluate(m, s.iter);
      runLoop(m, () => {
        bindTarget(m, s.target, elementOf(m, iterated, s.iter), s.iter);
        runBlock(m, s.body);
      });
      m.branch([() => runBlock(m, s.orelse), () => {}]);
      return;
    }
    case 'With':
      for (const item of s.items) {
        const value = evaluate(m, item.context);
        if (value.kind === 'unknown') m.mutate(value);
        if (item.target !== null) bindTarget(m, item.target, value, item.context);
      }
      // A context manager may swallow an exception: what stands in the body may not have run to its end.
      if (s.items.every((item) => m.values.get(item.context)?.kind === 'file')) runBlock(m, s.body);
      else m.branch([() => runBlock(m, s.body), () => {}]);
      return;
    case 'Try': {
      let boundByBody: readonly string[] = [];
      const runBody = () => {
        runBlock(m, s.body);
        boundByBody = [...m.definite];
      };
      m.branch([runBody, () => {}]);
      m.branch([
        () => {
          m.noteBound(boundByBody);
          runBlock(m, s.orelse);
        },
        ...s.handlers.map((handler) => () => {
          if (handler.type !== null) evaluate(m, handler.type);
          if (handler.name !== null) m.bind(handler.name.id, UNKNOWN);
          runBlock(m, handler.body);
          if (handler.name !== null) m.unbind(handler.name.id);
        }),
      ]);
      runBlock(m, s.finalbody);
      return;
    }
    case 'Match': {
      const subject = evaluate(m, s.subject);
      m.branch([
        ...s.cases.map((one) => () => {
          for (const expression of one.pattern.reads) evaluate(m, expression);
          for (const name of one.pattern.binds)
            m.bind(name.id, m.make('unknown', s.subject, { shares: subject.objects }));
          if (one.guard !== null) evaluate(m, one.guard);
          runBlock(m, one.body);
        }),
        () => {},
      ]);
      return;
    }
    case 'FunctionDef':
      runFunctionDef(m, s);
      return;
    case 'ClassDef': {
      for (const expression of [...s.decorators, ...s.bases, ...s.keywords.map((k) => k.value)])
        evaluate(m, expression);
      const locals = m.globalNames.localsOf(s);
      m.frames.push({
        kind: 'class',
        locals,
        free: m.globalNames.freeOf(s),
        values: new LocalValues(),
        returns: [],
      });
      runBlock(m, s.body);
      m.frames.pop();
      noteReachOfMethods(m, s);
      m.bind(s.name.id, m.make('function', s, { closures: new Set([s]) }));
      return;
    }
    case 'Return':
      if (s.value !== null)
        m.frames.findLast((f) => f.kind === 'function')?.returns.push(evaluate(m, s.value));
      else m.frames.findLast((f) => f.kind === 'function')?.returns.push(plain('None'));
      return;
    case 'Raise':
      if (s.exception !== null) evaluate(m, s.exception);
      if (s.cause !== null) evaluate(m, s.cause);
      return;
    case 'Assert':
      evaluate(m, s.test);
      if (s.message !== null) evaluate(m, s.message);
      return;
    case 'Import':
      m.recorder.effects.add('imports');
      for (const alias of s.names) {
        const bound = boundByImport(alias);
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
      m.bind(s.name.id, plain('class'));
      return;
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
    case 'Break':
    case 'Continue':
      return;
  }
}

/** What in a method reaches any global name: methods are not followed, and an object may call them whenever it likes. */
const REACHES_ANY_NAME: ReadonlySet<string> = new Set(['eval', 'exec', 'globals', 'get_ipython']);

function noteReachOfMethods(m: Machine, s: ClassDef): void {
  for (const call of findAll(s, 'Call'))
    if (call.func.kind === 'Name' && REACHES_ANY_NAME.has(call.func.id) && m.peek(call.func.id) === null)
      m.opaque ??= `\`${call.func.id}()\` in the class \`${s.name.id}\` can reach any name`;
}

function runFunctionDef(m: Machine, s: FunctionDef): void {
  const decorators = s.decorators.map((decorator) => evaluate(m, decorator));
  const value = m.make('function', s, { closures: new Set([s]) });
  m.holdDefaults(value, s.params.items);
  // Up to Python 3.13 they are evaluated here and now.
  for (const annotation of [...s.params.items.map((p) => p.annotation), s.returns])
    if (annotation !== null) evaluate(m, annotation);
  // A decorator may do anything with the function, and what it gives back may be anything.
  if (decorators.length > 0) {
    m.recorder.effects.add('unknown');
    for (const name of m.globalNames.of(s).reads) m.escaped.add(name);
    m.bind(s.name.id, m.make('unknown', s, { keeps: value.objects, closures: value.closures }));
  } else m.bind(s.name.id, value);
}

function runLoop(m: Machine, body: () => void): void {
  m.loops++;
  // Twice, so that what one round leaves behind is seen by the next; not at all is a way, too.
  m.branch([
    () => {
      body();
      if (m.loops === 1) m.branch([body, () => {}]);
    },
    () => {},
  ]);
  m.loops--;
}

function runAugAssign(m: Machine, target: Expression, valueNode: Expression, op: string): void {
  const before = evaluate(m, target);
  const value = evaluate(m, valueNode);
  for (const side of [before, value])
    m.use(side, { type: 'unknown', why: `it takes part in \`${op}=\`` }, target);
  if (target.kind === 'Name') {
    // On a mutable object this changes the object itself.
    m.mutate(before);
    const immutable = before.kind === 'number' || before.kind === 'str';
    m.bind(
      target.id,
      immutable ? { ...plain(before.kind) } : { ...before, elements: null, text: null, data: null },
    );
    if (!immutable) m.hold(before, value);
    return;
  }
  bindTarget(m, target, { ...value, data: null }, valueNode);
}

function runDelete(m: Machine, target: Expression): void {
  if (target.kind === 'Name') m.unbind(target.id);
  else if (target.kind === 'Tuple' || target.kind === 'List')
    for (const e of target.elements) runDelete(m, e);
  else if (target.kind === 'Subscript' || target.kind === 'Attribute') {
    const owner = evaluate(m, target.value);
    if (target.kind === 'Subscript') evaluate(m, target.index);
    m.mutate(owner);
  }
}
