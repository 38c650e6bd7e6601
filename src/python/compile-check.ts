import type { Comprehension, DictComprehension, FunctionDef, Lambda, Module, Node } from './ast.js';
import { checkArguments, checkParameters } from './compile/calls.js';
import { checkDeclaration, checkNonlocals } from './compile/declarations.js';
import {
  checkAsyncGenerator,
  checkAwait,
  checkFuture,
  checkImportFrom,
  checkLoopExit,
  checkMatch,
  checkReturn,
  checkTry,
  checkYield,
} from './compile/flow.js';
import {
  type Check,
  type CheckOptions,
  createCheck,
  type Frame,
  noteName,
  openFrame,
  type Place,
  useOf,
} from './compile/frame.js';
import { checkSingleTarget, checkStars, checkTarget } from './compile/targets.js';
import { checkWalrusParentheses, checkWalrusPlace } from './compile/walrus.js';
import type { SyntaxProblem } from './problem.js';
import { childrenOf } from './walk.js';

/**
 * What CPython's compiler refuses and tree-sitter takes: a keyword given twice, a late `from __future__`, `return` outside a
 * function, `nonlocal` at the top, a walrus or a star where none may stand, and so on, in source order. `module` was parsed
 * from `text` without errors, and is one cell: IPython compiles each by itself. Messages are close to those of CPython 3.13.
 */
export function compileProblems(
  module: Module,
  text: string,
  options: CheckOptions = { topLevelAwait: true },
): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const check = createCheck(module, text, options, problems);
  checkFuture(check, module);
  new CompileCheck(check).run(module);
  return problems.sort((a, b) => a.start - b.start);
}

interface Task {
  readonly node: Node;
  readonly parent: Node;
  readonly place: Place;
  readonly store: boolean;
}

class CompileCheck {
  private readonly check: Check;
  private readonly pending: Task[] = [];
  private readonly frames: Frame[] = [];

  constructor(check: Check) {
    this.check = check;
  }

  run(module: Module): void {
    const frame = this.open('module', null);
    const place: Place = { frame, inLoop: false, inExceptStar: false, inIterable: false };
    this.defer(module, module.body.toReversed(), place);
    for (let task = this.pending.pop(); task !== undefined; task = this.pending.pop()) {
      const from = this.pending.length;
      this.visit(task);
      this.pending.push(...this.pending.splice(from).reverse());
    }
    for (const each of this.frames) checkAsyncGenerator(this.check, each);
    checkNonlocals(this.check, this.frames);
  }

  private visit({ node, parent, place, store }: Task): void {
    const { check } = this;
    const { frame } = place;
    const children = childrenOf(node);
    checkStars(check, node, children);
    switch (node.kind) {
      case 'Name':
        noteName(frame, node, store);
        return;
      case 'Tuple':
      case 'List':
      case 'Starred':
        this.defer(node, children, place, store);
        return;
      case 'Assign':
        for (const target of node.targets) checkTarget(check, target);
        this.defer(node, node.targets, place, true);
        this.defer(node, [node.value], place);
        return;
      case 'AugAssign':
        checkSingleTarget(check, node.target, 'illegal expression for augmented assignment');
        this.defer(node, [node.target], place, true);
        this.defer(node, [node.value], place);
        return;
      case 'AnnAssign':
        checkSingleTarget(check, node.target, 'only single target (not tuple) can be annotated');
        if (node.target.kind === 'Name' && node.target.start === node.start) {
          if (frame.globals.has(node.target.id)) {
            check.report(node.target, `annotated name '${node.target.id}' can't be global`);
          }
          useOf(frame, node.target.id).annotated ??= node;
        }
        this.defer(node, [node.target], place, true);
        this.defer(node, [node.annotation, node.value], place);
        return;
      case 'Delete':
        for (const target of node.targets) checkTarget(check, target, 'delete');
        this.defer(node, node.targets, place, true);
        return;
      case 'For':
        if (node.isAsync) checkAwait(check, node, place);
        checkTarget(check, node.target);
        this.defer(node, [node.target], place, true);
        this.defer(node, [node.iter], place);
        this.defer(node, node.body, { ...place, inLoop: true });
        this.defer(node, node.orelse, place);
        return;
      case 'While':
        this.defer(node, [node.test], place);
        this.defer(node, node.body, { ...place, inLoop: true });
        this.defer(node, node.orelse, place);
        return;
      case 'With':
        if (node.isAsync) checkAwait(check, node, place);
        break;
      case 'WithItem':
        this.defer(node, [node.context], place);
        if (node.target !== null) checkTarget(check, node.target);
        this.defer(node, [node.target], place, true);
        return;
      case 'Try':
        checkTry(check, node);
        this.defer(node, node.body, place);
        this.defer(
          node,
          node.handlers,
          node.isStar ? { ...place, inExceptStar: true, inLoop: false } : place,
        );
        this.defer(node, [...node.orelse, ...node.finalbody], place);
        return;
      case 'Identifier':
        if (parent.kind === 'ExceptHandler' || parent.kind === 'Pattern' || parent.kind === 'ImportAlias') {
          this.bind(frame, node.id, node);
        }
        return;
      case 'ImportAlias':
        if (node.asName === null) this.bind(frame, node.name.split('.', 1)[0] ?? node.name, node);
        break;
      case 'ImportFrom':
        checkImportFrom(check, node, frame, parent.kind === 'Module');
        break;
      case 'Global':
      case 'Nonlocal':
        checkDeclaration(check, node, frame);
        return;
      case 'Return':
        checkReturn(check, node, place);
        break;
      case 'Break':
      case 'Continue':
        checkLoopExit(check, node, place);
        return;
      case 'Yield':
        checkYield(check, node, place);
        break;
      case 'Await':
        checkAwait(check, node, place);
        break;
      case 'Match':
        checkMatch(check, node);
        break;
      case 'Call':
        checkArguments(check, node);
        break;
      case 'NamedExpression':
        checkWalrusParentheses(check, parent, node);
        checkWalrusPlace(check, node, place);
        this.defer(node, [node.target], place, true);
        this.defer(node, [node.value], place);
        return;
      case 'ClassDef':
        checkArguments(check, node);
        this.bind(frame, node.name.id, node.name);
        this.defer(node, [...node.decorators, ...node.bases, ...node.keywords], place);
        this.defer(node, node.body, this.inside('class', frame));
        return;
      case 'FunctionDef':
        this.bind(frame, node.name.id, node.name);
        this.defer(node, [...node.decorators, node.returns], place);
        this.visitFunction(node, place);
        return;
      case 'Lambda':
        this.visitFunction(node, place);
        return;
      case 'Comprehension':
      case 'DictComprehension':
        this.visitComprehension(node, place);
        return;
      default:
    }
    this.defer(node, children, place);
  }

  private visitFunction(node: FunctionDef | Lambda, place: Place): void {
    checkParameters(this.check, node.params);
    const isLambda = node.kind === 'Lambda';
    const inner = this.inside(
      isLambda ? 'lambda' : node.isAsync ? 'async-function' : 'function',
      place.frame,
    );
    for (const item of node.params.items) {
      checkStars(this.check, item, childrenOf(item));
      useOf(inner.frame, item.name.id).parameter = item;
      this.defer(item, [item.annotation, item.default], place);
    }
    if (isLambda) this.defer(node, [node.body], inner);
    else this.defer(node, node.body, inner);
  }

  private visitComprehension(node: Comprehension | DictComprehension, place: Place): void {
    const isGenerator = node.kind === 'Comprehension' && node.type === 'generator';
    const inner = {
      ...this.inside(isGenerator ? 'generator' : 'comprehension', place.frame),
      inIterable: place.inIterable,
    };
    const isAsync = node.clauses.some((clause) => clause.isAsync);
    if (isAsync && !isGenerator) checkAwait(this.check, node, place);
    for (const [at, clause] of node.clauses.entries()) {
      checkTarget(this.check, clause.target);
      collectNames(clause.target, inner.frame.iterationNames);
      checkStars(this.check, clause, childrenOf(clause));
      this.defer(clause, [clause.target], inner, true);
      this.defer(clause, [clause.iter], { ...(at === 0 ? place : inner), inIterable: true });
      this.defer(clause, clause.ifs, inner);
    }
    this.defer(node, node.kind === 'Comprehension' ? [node.element] : [node.key, node.value], inner);
  }

  private defer(parent: Node, nodes: readonly (Node | null)[], place: Place, store = false): void {
    for (const node of nodes) {
      if (node !== null) this.pending.push({ node, parent, place, store });
    }
  }

  private inside(kind: Frame['kind'], parent: Frame): Place {
    return { frame: this.open(kind, parent), inLoop: false, inExceptStar: false, inIterable: false };
  }

  private open(kind: Frame['kind'], parent: Frame | null): Frame {
    const frame = openFrame(kind, parent);
    this.frames.push(frame);
    return frame;
  }

  private bind(frame: Frame, id: string, node: Node): void {
    useOf(frame, id).assigned ??= node;
    if (id === '__debug__') this.check.report(node, 'cannot assign to __debug__');
  }
}

function collectNames(target: Node, into: Set<string>): void {
  const pending: Node[] = [target];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'Name') into.add(node.id);
    else if (node.kind === 'Tuple' || node.kind === 'List' || node.kind === 'Starred')
      pending.push(...childrenOf(node));
  }
}
