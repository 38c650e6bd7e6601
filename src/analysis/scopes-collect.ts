import type {
  AnnAssign,
  ClassDef,
  Comprehension,
  DictComprehension,
  Expression,
  FunctionDef,
  ImportAlias,
  Lambda,
  Module,
  NamedExpression,
  Node,
  Parameters,
  TypeAlias,
  TypeParam,
} from '../python/ast.js';
import { childrenOf } from '../python/walk.js';
import type { NameNode } from './scope.js';
import { entryOf, type OpenName, type OpenScope, openScope } from './scopes-table.js';

/** Something still to be visited: a node in a scope; `store` where names in it are bound or deleted. */
interface Task {
  readonly node: Node;
  readonly scope: OpenScope;
  readonly store: boolean;
}

/** Enters every name of the modules into its scope, as the first pass of CPython's `symtable.c` does; unresolved. */
export function collectNames(modules: readonly Module[]): OpenScope {
  const root = openScope('module', null, null, null);
  const collector = new Collector(root);
  for (const module of modules) collector.collect(module);
  return root;
}

class Collector {
  private readonly root: OpenScope;
  /** What is to be visited, last first: trees are too deep for recursion. */
  private readonly pending: Task[] = [];
  private annotationsAreText = false;

  constructor(root: OpenScope) {
    this.root = root;
  }

  collect(module: Module): void {
    this.pending.push({ node: module, scope: this.root, store: false });
    for (let task = this.pending.pop(); task !== undefined; task = this.pending.pop()) {
      const from = this.pending.length;
      this.visit(task);
      reverseFrom(this.pending, from);
    }
  }

  /** Enters the node's own names, and defers what stands below it. */
  private visit({ node, scope, store }: Task): void {
    switch (node.kind) {
      case 'Name':
        if (store) bind(scope, node.id, node);
        else this.read(scope, node.id).reads.push(node);
        return;
      case 'Attribute':
        this.defer(scope, [node.value]);
        return;
      case 'Subscript':
        this.defer(scope, [node.value, node.index]);
        return;
      case 'Tuple':
      case 'List':
        this.defer(scope, node.elements, store);
        return;
      case 'Starred':
        this.defer(scope, [node.value], store);
        return;
      case 'Keyword':
        this.defer(scope, [node.value]);
        return;
      case 'Assign':
        this.defer(scope, node.targets, true);
        this.defer(scope, [node.value]);
        return;
      case 'AugAssign':
        // `x += 1` is no reference in CPython's table, and a read all the same.
        if (node.target.kind === 'Name') entryOf(scope, node.target.id).reads.push(node.target);
        this.defer(scope, [node.target], true);
        this.defer(scope, [node.value]);
        return;
      case 'AnnAssign':
        this.visitAnnotated(node, scope);
        return;
      case 'Delete':
        this.defer(scope, node.targets, true);
        return;
      case 'For':
      case 'ComprehensionFor':
        this.defer(scope, [node.target], true);
        this.defer(scope, childrenOf(node).slice(1));
        return;
      case 'WithItem':
        this.defer(scope, [node.context]);
        this.defer(scope, [node.target], true);
        return;
      case 'ExceptHandler':
        if (node.name !== null) bind(scope, node.name.id, node.name);
        this.defer(scope, [node.type, ...node.body]);
        return;
      case 'Pattern':
        for (const name of node.binds) bind(scope, name.id, name);
        this.defer(scope, node.reads);
        return;
      case 'Import':
        for (const alias of node.names) bindImport(scope, alias, alias.name.split('.', 1)[0] ?? alias.name);
        return;
      case 'ImportFrom':
        if (node.module === '__future__' && node.names.some(({ name }) => name === 'annotations')) {
          this.annotationsAreText = true;
        }
        for (const alias of node.names) bindImport(scope, alias, alias.name);
        return;
      case 'Global':
        for (const { id } of node.names) {
          entryOf(scope, id).declaredGlobal = true;
          this.declareInModule(scope, id);
        }
        return;
      case 'Nonlocal':
        for (const { id } of node.names) entryOf(scope, id).nonlocal = true;
        return;
      case 'NamedExpression':
        this.visitWalrus(node, scope);
        return;
      case 'FunctionDef':
        this.visitFunction(node, scope);
        return;
      case 'ClassDef':
        this.visitClass(node, scope);
        return;
      case 'Lambda':
        this.visitLambda(node, scope);
        return;
      case 'Comprehension':
      case 'DictComprehension':
        this.visitComprehension(node, scope);
        return;
      case 'TypeAlias':
        this.visitTypeAlias(node, scope);
        return;
      default:
        this.defer(scope, childrenOf(node));
        return;
    }
  }

  private defer(scope: OpenScope, nodes: readonly (Node | null)[], store = false): void {
    for (const node of nodes) {
      if (node !== null) this.pending.push({ node, scope, store });
    }
  }

  private read(scope: OpenScope, id: string): OpenName {
    // A function that says `super` uses the cell `__class__`, without writing it.
    const isFunction = scope.kind === 'function' || scope.kind === 'lambda' || scope.kind === 'comprehension';
    if (id === 'super' && isFunction) entryOf(scope, '__class__').referenced = true;
    const entry = entryOf(scope, id);
    entry.referenced = true;
    return entry;
  }

  /** `(x): int` annotates no name and binds only with a value. */
  private visitAnnotated(node: AnnAssign, scope: OpenScope): void {
    const { target } = node;
    if (target.kind !== 'Name') {
      this.defer(scope, [target], true);
    } else if (target.start === node.start) {
      bind(scope, target.id, target).annotated = true;
    } else if (node.value !== null) {
      bind(scope, target.id, target);
    }
    this.deferAnnotations(scope, [node.annotation]);
    this.defer(scope, [node.value]);
  }

  /** Under `from __future__ import annotations` annotations are text that nobody evaluates. */
  private deferAnnotations(scope: OpenScope, annotations: readonly (Expression | null)[]): void {
    if (!this.annotationsAreText) this.defer(scope, annotations);
  }

  private visitFunction(node: FunctionDef, scope: OpenScope): void {
    bind(scope, node.name.id, node.name);
    this.defer(scope, node.decorators);
    this.deferDefaults(scope, node.params);
    const around = this.openTypeParams(node, scope, node.typeParams, scope.mangledBy);
    this.deferAnnotations(around, [...node.params.items.map((item) => item.annotation), node.returns]);
    const inner = openScope('function', node, around, around.mangledBy);
    bindParameters(inner, node.params);
    this.defer(inner, node.body);
  }

  private visitLambda(node: Lambda, scope: OpenScope): void {
    this.deferDefaults(scope, node.params);
    const inner = openScope('lambda', node, scope, scope.mangledBy);
    bindParameters(inner, node.params);
    this.defer(inner, [node.body]);
  }

  private deferDefaults(scope: OpenScope, params: Parameters): void {
    this.defer(
      scope,
      params.items.map((item) => item.default),
    );
  }

  private visitClass(node: ClassDef, scope: OpenScope): void {
    bind(scope, node.name.id, node.name);
    this.defer(scope, node.decorators);
    const around = this.openTypeParams(node, scope, node.typeParams, node.name.id);
    this.defer(around, [...node.bases, ...node.keywords]);
    this.defer(openScope('class', node, around, node.name.id), node.body);
  }

  /** `[element for target in first for other in rest]`: `first` is evaluated outside. */
  private visitComprehension(node: Comprehension | DictComprehension, scope: OpenScope): void {
    const [first, ...rest] = node.clauses;
    if (first === undefined) return;
    this.defer(scope, [first.iter]);
    const inner = openScope('comprehension', node, scope, scope.mangledBy);
    this.defer(inner, [first.target], true);
    this.defer(inner, [...first.ifs, ...rest]);
    this.defer(inner, node.kind === 'Comprehension' ? [node.element] : [node.key, node.value]);
  }

  /** A walrus in a comprehension binds in the function around all comprehensions, or in the module. */
  private visitWalrus(node: NamedExpression, scope: OpenScope): void {
    const { id } = node.target;
    if (scope.kind === 'comprehension') {
      let around: OpenScope = scope;
      while (around.kind === 'comprehension' && around.parent !== null) around = around.parent;
      if (around.kind === 'module' || around.names.get(id)?.declaredGlobal === true) {
        entryOf(scope, id).declaredGlobal = true;
        if (around.kind === 'module') entryOf(around, id).declaredGlobal = true;
      } else {
        entryOf(scope, id).nonlocal = true;
      }
      if (around.kind !== 'module') entryOf(around, id).assigned = true;
    }
    bind(scope, id, node.target);
    this.defer(scope, [node.value]);
  }

  private visitTypeAlias(node: TypeAlias, scope: OpenScope): void {
    bind(scope, node.name.id, node.name);
    const around = this.openTypeParams(node, scope, node.typeParams, scope.mangledBy);
    this.defer(openScope('type-alias', node, around, around.mangledBy), [node.value]);
  }

  /** The scope of the type parameters; the scope itself where there are none. */
  private openTypeParams(
    node: FunctionDef | ClassDef | TypeAlias,
    scope: OpenScope,
    params: readonly TypeParam[],
    mangledBy: string | null,
  ): OpenScope {
    if (params.length === 0) return scope;
    const inner = openScope('type-params', node, scope, mangledBy);
    for (const param of params) {
      bind(inner, param.name.id, param.name);
      for (const part of [param.bound, param.default]) {
        if (part !== null) this.defer(openScope('type-bound', param, inner, mangledBy), [part]);
      }
    }
    return inner;
  }

  private declareInModule(scope: OpenScope, id: string): void {
    if (scope === this.root) return;
    entryOf({ ...this.root, mangledBy: scope.mangledBy }, id).declaredGlobal = true;
  }
}

function bind(scope: OpenScope, id: string, node: NameNode): OpenName {
  const entry = entryOf(scope, id);
  entry.assigned = true;
  entry.bindings.push(node);
  return entry;
}

function bindImport(scope: OpenScope, alias: ImportAlias, name: string): void {
  const entry = entryOf(scope, alias.asName?.id ?? name);
  entry.imported = true;
  entry.bindings.push(alias.asName ?? alias);
}

function bindParameters(scope: OpenScope, params: Parameters): void {
  for (const { name } of params.items) {
    const entry = entryOf(scope, name.id);
    entry.parameter = true;
    entry.bindings.push(name);
  }
}

function reverseFrom(tasks: Task[], from: number): void {
  for (let low = from, high = tasks.length - 1; low < high; low += 1, high -= 1) {
    const low0 = tasks[low];
    const high0 = tasks[high];
    if (low0 === undefined || high0 === undefined) return;
    tasks[low] = high0;
    tasks[high] = low0;
  }
}
