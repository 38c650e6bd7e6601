import type { Comprehension, DictComprehension, Node } from '../python/ast.js';
import { childrenOf } from '../python/walk.js';
import type { Closure } from './value.js';

/** A node that has names of its own. */
export type ScopeNode = Closure | DictComprehension;

interface ScopeNames {
  /** Bound in the scope itself, its parameters among them. */
  readonly locals: ReadonlySet<string>;
  /** Read in it or in a scope inside it, and bound in neither: its globals and what enclosing functions bind. */
  readonly outer: ReadonlySet<string>;
  /** Declared `global` in it or inside it, and bound there. */
  readonly globals: ReadonlySet<string>;
  /** Names it binds further out: `:=` in a comprehension, `nonlocal`. */
  readonly escaping: ReadonlySet<string>;
  readonly isGenerator: boolean;
}

/** Which names the functions, classes, lambdas and comprehensions of a notebook have, and which of the notebook's they use. */
export class GlobalNames {
  private readonly known = new Map<ScopeNode, ScopeNames>();
  /** The function scopes around a scope. */
  private readonly enclosing = new Map<ScopeNode, readonly ScopeNode[]>();

  /** The names of the notebook that the body may read, and those that it may bind. */
  of(scope: Closure): { readonly reads: ReadonlySet<string>; readonly writes: ReadonlySet<string> } {
    const names = this.namesOf(scope);
    const free = this.freeOf(scope);
    const reads = free.size === 0 ? names.outer : new Set([...names.outer].filter((name) => !free.has(name)));
    return { reads, writes: names.globals };
  }

  localsOf(scope: ScopeNode): ReadonlySet<string> {
    return this.namesOf(scope).locals;
  }

  /** The names that a function around the scope binds. */
  freeOf(scope: ScopeNode): ReadonlySet<string> {
    const around = this.enclosing.get(scope) ?? [];
    if (around.length === 0) return NOTHING;
    const bound = new Set(around.flatMap((outer) => [...this.namesOf(outer).locals]));
    return new Set([...this.namesOf(scope).outer].filter((name) => bound.has(name)));
  }

  isGenerator(scope: ScopeNode): boolean {
    return this.namesOf(scope).isGenerator;
  }

  private namesOf(scope: ScopeNode): ScopeNames {
    const known = this.known.get(scope);
    if (known !== undefined) return known;
    const collected = this.collect(scope);
    this.known.set(scope, collected);
    return collected;
  }

  private collect(scope: ScopeNode): ScopeNames {
    const bound = new Set<string>();
    const read = new Set<string>();
    const declared = new Set<string>();
    const nonlocal = new Set<string>();
    const escaping = new Set<string>();
    const globals = new Set<string>();
    let isGenerator = false;
    const inner: ScopeNode[] = [];
    const pending: Node[] = ownNodes(scope, bound);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      switch (node.kind) {
        case 'Name':
          read.add(node.id);
          continue;
        case 'Global':
          for (const name of node.names) declared.add(name.id);
          continue;
        case 'Nonlocal':
          for (const name of node.names) nonlocal.add(name.id);
          continue;
        case 'Import':
          for (const alias of node.names)
            bound.add(alias.asName?.id ?? alias.name.split('.')[0] ?? alias.name);
          continue;
        case 'ImportFrom':
          for (const alias of node.names) bound.add(alias.asName?.id ?? alias.name);
          continue;
        case 'ExceptHandler':
          if (node.name !== null) bound.add(node.name.id);
          break;
        case 'Pattern':
          for (const name of node.binds) bound.add(name.id);
          break;
        case 'TypeAlias':
          bound.add(node.name.id);
          break;
        case 'NamedExpression':
          if (isComprehension(scope)) escaping.add(node.target.id);
          else bound.add(node.target.id);
          break;
        case 'Yield':
          isGenerator = true;
          break;
        case 'Assign':
          for (const target of node.targets) addTargets(target, bound);
          break;
        case 'AugAssign':
        case 'AnnAssign':
        case 'For':
        case 'ComprehensionFor':
          addTargets(node.target, bound);
          break;
        case 'WithItem':
          if (node.target !== null) addTargets(node.target, bound);
          break;
        case 'Delete':
          for (const target of node.targets) addTargets(target, bound);
          break;
        default:
      }
      if (node !== scope && isScope(node)) {
        inner.push(node);
        if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') bound.add(node.name.id);
        pending.push(...outerNodes(node));
        continue;
      }
      pending.push(...childrenOf(node));
    }
    for (const name of [...declared, ...nonlocal]) {
      if (declared.has(name) && bound.has(name)) globals.add(name);
      bound.delete(name);
    }
    for (const child of inner) {
      if (!isClass(scope) && !isComprehension(scope))
        this.enclosing.set(child, [...(this.enclosing.get(scope) ?? []), scope]);
      else this.enclosing.set(child, this.enclosing.get(scope) ?? []);
      const names = this.namesOf(child);
      for (const name of names.outer) read.add(name);
      for (const name of names.globals) globals.add(name);
      for (const name of names.escaping) (isComprehension(scope) ? escaping : bound).add(name);
    }
    // What a class binds is not seen by its methods.
    const hidden = isClass(scope)
      ? new Set(inner.flatMap((child) => [...this.namesOf(child).outer]))
      : NOTHING;
    const outer = new Set([...read].filter((name) => !bound.has(name) || hidden.has(name)));
    return { locals: bound, outer, globals, escaping, isGenerator };
  }
}

const NOTHING: ReadonlySet<string> = new Set();

const isClass = (node: Node): boolean => node.kind === 'ClassDef';

const isComprehension = (node: Node): node is Comprehension | DictComprehension =>
  node.kind === 'Comprehension' || node.kind === 'DictComprehension';

const isScope = (node: Node): node is ScopeNode =>
  node.kind === 'FunctionDef' || node.kind === 'ClassDef' || node.kind === 'Lambda' || isComprehension(node);

/** What is evaluated inside the scope; its parameters are bound. */
function ownNodes(scope: ScopeNode, bound: Set<string>): Node[] {
  switch (scope.kind) {
    case 'FunctionDef':
      for (const parameter of scope.params.items) bound.add(parameter.name.id);
      return [...scope.body];
    case 'Lambda':
      for (const parameter of scope.params.items) bound.add(parameter.name.id);
      return [scope.body];
    case 'ClassDef':
      return [...scope.body];
    default: {
      const [first, ...rest] = scope.clauses;
      if (first !== undefined) addTargets(first.target, bound);
      const element = scope.kind === 'Comprehension' ? [scope.element] : [scope.key, scope.value];
      return [...element, ...(first === undefined ? [] : [first.target, ...first.ifs]), ...rest].filter(
        (node) => node !== null,
      );
    }
  }
}

/** What of a scope's own syntax is evaluated outside of it: defaults, decorators, the first iterable. */
function outerNodes(scope: ScopeNode): Node[] {
  switch (scope.kind) {
    case 'FunctionDef':
    case 'Lambda': {
      const parameters = scope.params.items.flatMap((p) => [p.default, p.annotation]);
      const more = scope.kind === 'FunctionDef' ? [...scope.decorators, scope.returns] : [];
      return [...parameters, ...more].filter((node) => node !== null);
    }
    case 'ClassDef':
      return [...scope.decorators, ...scope.bases, ...scope.keywords.map((keyword) => keyword.value)];
    default: {
      const [first] = scope.clauses;
      return first === undefined ? [] : [first.iter];
    }
  }
}

function addTargets(target: Node, bound: Set<string>): void {
  if (target.kind === 'Name') bound.add(target.id);
  else if (target.kind === 'Starred') addTargets(target.value, bound);
  else if (target.kind === 'Tuple' || target.kind === 'List')
    for (const element of target.elements) addTargets(element, bound);
}
