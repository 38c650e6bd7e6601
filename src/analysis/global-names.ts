import type { DictComprehension, Module, Node } from '../python/ast.js';
import { childrenOf, findAll } from '../python/walk.js';
import type { Scope } from './scope.js';
import { buildScopes, scopesByNode } from './scopes.js';
import type { Closure } from './value.js';

interface Uses {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/** The names of one function, class, lambda or comprehension. */
export interface OwnNames {
  readonly scope: Scope;
  /** What the scope itself binds. */
  readonly locals: ReadonlySet<string>;
  /** Those of `locals` that functions inside use. */
  readonly cells: ReadonlySet<string>;
  /** What functions around bind for it. */
  readonly free: ReadonlySet<string>;
}

/** Which names the functions, classes, lambdas and comprehensions of a notebook have, and which of the notebook's they use. */
export class GlobalNames {
  /** The notebook's own scope, with all others below it. */
  readonly root: Scope;
  private readonly scopes: ReadonlyMap<Node, Scope>;
  private readonly uses = new Map<Scope, Uses>();
  private readonly own = new Map<Scope, OwnNames>();
  private readonly generators = new Map<Closure, boolean>();

  constructor(modules: readonly Module[]) {
    this.root = buildScopes(modules);
    this.scopes = scopesByNode(this.root);
  }

  /** The names of the notebook that the body, or a scope inside it, may read, and those that it may bind. */
  of(node: Closure): Uses {
    const scope = this.scopeOf(node);
    const known = this.uses.get(scope);
    if (known !== undefined) return known;
    const reads = new Set<string>();
    const writes = new Set<string>();
    const pending = [scope];
    for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
      for (const [name, found] of inner.names) {
        if (found.resolution === 'global-explicit' && found.bindings.length > 0) {
          writes.add(name);
          if (inner.node !== null && deletes(inner.node, name)) reads.add(name);
        }
        if (found.resolution.startsWith('global') && found.reads.length > 0) reads.add(name);
      }
      pending.push(...inner.children);
    }
    const uses = { reads, writes };
    this.uses.set(scope, uses);
    return uses;
  }

  /** The names of the scope itself, by where they come from. */
  namesOf(node: Closure | DictComprehension): OwnNames {
    return this.ownNamesOf(this.scopeOf(node));
  }

  /** The type parameters of a function or class, which its annotations and bases see; null where it has none. */
  typeParametersOf(node: Closure): OwnNames | null {
    const { parent } = this.scopeOf(node);
    return parent?.kind === 'type-params' ? this.ownNamesOf(parent) : null;
  }

  private ownNamesOf(scope: Scope): OwnNames {
    const known = this.own.get(scope);
    if (known !== undefined) return known;
    const cells = namesWith(scope, ['cell']);
    const own = {
      scope,
      cells,
      locals: namesWith(scope, ['local', 'cell']),
      free: namesWith(scope, ['free']),
    };
    this.own.set(scope, own);
    return own;
  }

  isGenerator(node: Closure): boolean {
    const known = this.generators.get(node);
    if (known !== undefined) return known;
    const found = this.hasYield(node);
    this.generators.set(node, found);
    return found;
  }

  private hasYield(node: Closure): boolean {
    const pending: Node[] = node.kind === 'FunctionDef' ? [...node.body] : [];
    for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
      if (inner.kind === 'Yield') return true;
      if (!this.scopes.has(inner)) pending.push(...childrenOf(inner));
    }
    return false;
  }

  private scopeOf(node: Node): Scope {
    const scope = this.scopes.get(node);
    if (scope === undefined) throw new Error(`a ${node.kind} without a scope`);
    return scope;
  }
}

function namesWith(scope: Scope, resolutions: readonly string[]): ReadonlySet<string> {
  const names = [...scope.names].filter(([, found]) => resolutions.includes(found.resolution));
  return new Set(names.map(([name]) => name));
}

/** Whether a name is deleted, which fails where it is not bound: it is wanted there as where it is read. */
function deletes(node: Node, name: string): boolean {
  return [...findAll(node, 'Delete')].some((s) =>
    s.targets.some((target) => target.kind === 'Name' && target.id === name),
  );
}
