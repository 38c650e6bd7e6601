import type { Call, Expression, FunctionDef, Node } from '../python/ast.js';
import { calledName } from '../python/called-name.js';
import { contains, findAll } from '../python/walk.js';
import { type Consumption, namesBoundIn } from './consumption.js';
import { iteratorObstacle } from './iterators.js';
import { keepsNothing } from './keeps-nothing.js';
import type { Late, Obstacle } from './late.js';
import type { NotebookTree } from './notebook-tree.js';
import { isOpen, modeOf } from './open-calls.js';
import { OutsideChanges } from './outside-changes.js';
import type { Program } from './program.js';
import { isNew, type SideEffects } from './side-effects.js';

/** Whether evaluating something late gives what evaluating it at once gives. */
export class LateEvaluation {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;
  readonly outside: OutsideChanges;

  constructor(program: Program, tree: NotebookTree, effects: SideEffects) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
    this.outside = new OutsideChanges(program, tree, effects);
  }

  /** Why not; null where it does. */
  obstacle(eager: Late, consumption: Consumption): Obstacle | null {
    const frame = this.#frameObstacle(eager);
    if (frame !== null) return frame;
    // Nothing runs in between: whatever the code does, it does in the same order.
    if (consumption.how === 'whole') return null;
    const late = { ...eager, code: [...eager.code, ...eager.sources.flatMap((one) => this.#lazyIn(one))] };
    return (
      this.#ownObstacle(late, consumption) ??
      this.errorObstacle(late.made) ??
      iteratorObstacle(this.#program, this.#tree, late.made, [...late.code, ...late.sources], consumption) ??
      this.#boundObstacle(late, consumption) ??
      this.#changeObstacle(late, consumption)
    );
  }

  /** What a source makes of its own values only when it is asked for them: `map(f, xs)`, a generator, under a name, too. */
  #lazyIn(source: Node): readonly Node[] {
    const found: Node[] = findAll(source, 'Comprehension').filter(({ type }) => type === 'generator');
    for (const call of findAll(source, 'Call')) if (this.#isLazyCall(call)) found.push(call);
    for (const name of findAll(source, 'Name')) {
      const scope = this.#tree.functionAround(name);
      for (const { value } of this.#tree.textOf(scope).bindings.get(name.id) ?? [])
        if (
          value !== null &&
          ((value.kind === 'Comprehension' && value.type === 'generator') ||
            (value.kind === 'Call' && this.#isLazyCall(value)))
        )
          found.push(value);
    }
    return found;
  }

  #isLazyCall({ func }: Call): boolean {
    const names = this.#program.notebookNames;
    if (func.kind !== 'Name') return /^itertools\./.test(names.qualifiedName(func) ?? '');
    if (!names.isBound(func.id)) return func.id === 'map' || func.id === 'filter';
    const called = this.#effects.functionNamed(func.id);
    if (called !== null) return called.kind === 'FunctionDef' && findAll(called, 'Yield').length > 0;
    const qualified = names.qualifiedName(func);
    // What else a name of the notebook may be gives nobody knows what.
    return qualified === null || /^itertools\./.test(qualified);
  }

  /** What means another thing in a generator's own frame. */
  #frameObstacle({ made, code, own }: Late): Obstacle | null {
    for (const root of [made, ...code]) {
      // What a call is given it calls at once: `max(rows, key=lambda row: row[column])`.
      const keeps = findAll(root, 'Lambda').find((lambda) => {
        const parent = this.#tree.parentOf(lambda)?.kind;
        const isGiven = parent === 'Call' || parent === 'Keyword';
        return !isGiven && findAll(lambda, 'Name').some(({ id }) => own.has(id));
      });
      if (keeps !== undefined)
        return {
          code: 'late-variable',
          why: `\`${this.#program.textOf(keeps)}\` finds in its variable what it holds when it is called: of a list the last value.`,
        };
      const await_ = findAll(root, 'Await').length > 0 || findAll(root, 'Yield').length > 0;
      if (await_ || findAll(root, 'ComprehensionFor').some(({ isAsync }) => isAsync))
        return { code: 'asynchronous', why: 'It waits for others while it is made.' };
      for (const call of findAll(root, 'Call')) {
        const { func, args } = call;
        const name = calledName(call);
        if (name === 'super' || (func.kind === 'Attribute' && (name === 'query' || name === 'eval')))
          return {
            code: 'frame-lookup',
            why: `\`${name}\` looks up names in the frame that calls it, which would be the generator's.`,
          };
        if (name === 'next' && args.length < 2)
          return {
            code: 'stop-iteration',
            why: '`next` may raise StopIteration, which a generator turns into a RuntimeError.',
          };
      }
    }
    return null;
  }

  #ownObstacle({ code }: Late, { taker, how }: Consumption): Obstacle | null {
    for (const node of code) {
      const effect = this.#effects.of(node) ?? this.#keyAdded(node);
      if (effect === null) continue;
      const when =
        how === 'part'
          ? 'perhaps not for all values'
          : taker.kind === 'Call'
            ? 'later'
            : 'in turns with what is done with the values';
      return { code: 'side-effect', why: `Made one by one, that would happen ${when}: ${effect}.` };
    }
    return null;
  }

  /** `groups[key]` of a `defaultdict` adds what is not there. */
  #keyAdded(node: Node): string | null {
    const { notebookNames } = this.#program;
    for (const { value } of this.outside
      .withFunctions([node])
      .flatMap((root) => findAll(root, 'Subscript'))) {
      if (value.kind !== 'Name') continue;
      const { id } = value;
      const bindings = [this.#tree.functionAround(value), null].flatMap(
        (scope) => this.#tree.textOf(scope).bindings.get(id) ?? [],
      );
      const mayAdd = bindings.some(
        ({ value: made }) =>
          made?.kind === 'Call' && notebookNames.qualifiedName(made.func) === 'collections.defaultdict',
      );
      if (mayAdd) return `\`${value.id}\` may get another key`;
    }
    return null;
  }

  /** An error would be raised at another time: that matters where something catches it, or has. */
  errorObstacle(made: Node): Obstacle | null {
    const { cell, markers, index } = this.#program.cellOf(made);
    if (markers.raisesException || cell.outputs.some(({ kind }) => kind === 'error'))
      return {
        code: 'cell-raised',
        why: `Cell ${index} has ended with an error: it would be raised at another time.`,
      };
    let own: FunctionDef | null = null;
    for (const outer of this.#tree.around(made)) {
      if (outer.kind === 'FunctionDef') own ??= outer;
      const catches =
        outer.kind === 'Try' ||
        (outer.kind === 'With' &&
          outer.items.some(({ context }) => /suppress|[rR]aises/.test(this.#program.textOf(context))));
      if (catches && own === null)
        return {
          code: 'in-try',
          why: 'An error in it is caught here; made one by one, it would be raised at another time.',
        };
    }
    if (own !== null && this.#isCalledInTry(own))
      return {
        code: 'in-try',
        why: `What \`${own.name.id}\` raises may be caught; made one by one, it would be raised at another time.`,
      };
    return null;
  }

  #isCalledInTry({ name }: FunctionDef): boolean {
    return this.#tree.modules
      .flatMap((module) => findAll(module, 'Try'))
      .some(({ body }) =>
        body.some(
          (statement) =>
            this.#effects.readsOf(statement).has(name.id) ||
            findAll(statement, 'Attribute').some(({ attr }) => attr.id === name.id),
        ),
      );
  }

  #boundObstacle({ code, own }: Late, { meanwhile, binds }: Consumption): Obstacle | null {
    const bound = new Set([...binds, ...namesBoundIn(meanwhile)]);
    for (const node of code)
      for (const name of this.#effects.readsOf(node, own))
        if (bound.has(name))
          return {
            code: 'bound-anew',
            why: `It reads \`${name}\`, which is bound anew before all of its values are taken.`,
          };
    return null;
  }

  /** Whether what runs meanwhile may change what is still to be read. */
  #changeObstacle(late: Late, consumption: Consumption): Obstacle | null {
    const { meanwhile } = consumption;
    if (meanwhile.length === 0) return null;
    const reads = new Set([
      ...late.code.flatMap((node) => [...this.#effects.readsOf(node, late.own)]),
      ...late.sources.flatMap((node) => [...this.#effects.readsOf(node)]),
    ]);
    const outside = this.outside.obstacle(late, meanwhile);
    if (outside !== null) return outside;
    if (this.#factsAllow(late, consumption, reads)) return null;
    const scope = this.#tree.functionAround(late.made);
    if ([...reads].every((name) => this.#isOutOfReach(name, scope, late))) return null;
    const text = this.#tree.textOf(scope);
    const held = this.#reachableFrom(reads, text.madeOf);
    const tolerance = {
      mayShow: true,
      mayWrite: true,
      mayChange: (name: string) => isNew(text, name) && !held.has(name) && this.#staysHere(name, scope),
    };
    for (const node of meanwhile) {
      const effect = this.#effects.of(node, tolerance);
      if (effect === null) continue;
      return {
        code: 'may-change',
        why: `What it is made from may change before all of its values are taken: ${effect}.`,
      };
    }
    return null;
  }

  /** By what is known of each top-level statement: which names' objects it may change, whatever they are called there. */
  #factsAllow(late: Late, { taker, named }: Consumption, reads: ReadonlySet<string>): boolean {
    const readsFile = this.outside.readsFile(late);
    const made = this.#program.statementOf(late.made);
    const taken = this.#program.statementOf(taker);
    // In a function the facts are of its definition.
    if (this.#tree.surroundingsOf(taker) !== null || (named !== null && named.statement !== made.node))
      return false;
    const between = this.#program.statements.slice(
      named === null ? made.index : made.index + 1,
      taken.index + 1,
    );
    return between.every(
      ({ mutates, opaque, effects, writes, maybeWrites, deletes }) =>
        opaque === null &&
        ![mutates, writes, maybeWrites, deletes].some((names) => intersects(names, reads)) &&
        !(readsFile && (effects.has('unknown') || effects.has('writes-file'))),
    );
  }

  /** Whether nothing that runs meanwhile can get hold of what the name holds, or change it. */
  #isOutOfReach(name: string, scope: FunctionDef | null, { made }: Late): boolean {
    const names = this.#program.notebookNames;
    if (!names.isBound(name) || this.#effects.functionNamed(name) !== null) return true;
    const text = this.#tree.textOf(scope);
    const bindings = text.bindings.get(name) ?? [];
    if (text.declared.has(name)) return false;
    const values = bindings.map(({ value }) => value);
    if (bindings.length === 0) return this.#isImported(name);
    if (values.every((value) => value !== null && isLiteral(value))) return true;
    if (!values.every((value) => value !== null && this.givesOwnStrings(value))) return false;
    return names.readsOf(name).every((read) => contains(made, read));
  }

  /** Whether a new object stays with its name: it is asked and changed there, and nobody else is given it. */
  #staysHere(name: string, scope: FunctionDef | null): boolean {
    const { notebookNames } = this.#program;
    const here = notebookNames.readsOf(name).find((read) => this.#tree.functionAround(read) === scope);
    const variable = here === undefined ? null : notebookNames.variableOf(here);
    return (variable?.reads ?? []).every((read) => {
      const parent = this.#tree.parentOf(read);
      if (
        parent === null ||
        this.#tree.functionAround(read) !== scope ||
        this.#tree.surroundingsOf(read) !== scope
      )
        return false;
      switch (parent.kind) {
        case 'Subscript':
        case 'Attribute':
          return parent.value === read;
        case 'AugAssign':
        case 'Compare':
        case 'ExpressionStatement':
        case 'Delete':
          return true;
        case 'For':
          return parent.iter === read;
        case 'Return':
          return scope !== null;
        case 'Call':
          return keepsNothing(this.#program, parent) && !givesBack(parent);
        default:
          return false;
      }
    });
  }

  #isImported(name: string): boolean {
    return this.#tree.modules.some((module) =>
      [...findAll(module, 'Import'), ...findAll(module, 'ImportFrom')].some((statement) =>
        namesBoundIn([statement]).has(name),
      ),
    );
  }

  /** Whether the value is made here, of numbers or strings or of lines of a file: nobody else has it, or can change what is in it. */
  givesOwnStrings(value: Expression): boolean {
    if (value.kind !== 'Call') return false;
    if (isOpen(this.#program, value)) return modeOf(value) !== null;
    const { func } = value;
    const qualified = this.#program.notebookNames.qualifiedName(func);
    if (qualified !== null) return qualified === 'os.listdir' || qualified === 'glob.glob';
    if (func.kind === 'Name') return func.id === 'range' && !this.#program.notebookNames.isBound('range');
    if (func.kind !== 'Attribute') return false;
    const kind = this.#program.kindOf(func.value);
    return (
      ['split', 'splitlines', 'readlines'].includes(func.attr.id) &&
      (kind === 'str' || kind === 'file' || kind === 'unknown')
    );
  }

  /** All names whose values may be reached from these. */
  #reachableFrom(
    names: Iterable<string>,
    madeOf: ReadonlyMap<string, ReadonlySet<string>>,
  ): ReadonlySet<string> {
    const reached = new Set(names);
    for (const name of reached) for (const part of madeOf.get(name) ?? []) reached.add(part);
    return reached;
  }
}

/** Whether a call may give what it is given, or an iterator over it. */
const givesBack = ({ func }: Call): boolean =>
  func.kind === 'Name' && /^(?:enumerate|filter|getattr|map|max|min|reversed|zip)$/.test(func.id);

function intersects(names: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const name of names) if (others.has(name)) return true;
  return false;
}

const isLiteral = ({ kind }: Expression): boolean =>
  kind === 'Constant' || kind === 'StringLiteral' || kind === 'JoinedString';
