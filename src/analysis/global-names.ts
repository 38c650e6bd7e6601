import type { DictComprehension, Module, Node } from '../python/ast.js';
import { childrenOf } from '../python/walk.js';
import type { Scope } from './scope.js';
import { buildScopes, scopesByNode } from './scopes.js';
import type { Closure } from './value.js';

interface Uses {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/** Which names the functions, classes, lambdas and comprehensions of a notebook have, and which of the notebook's they use. */
export class GlobalNames {
  /** The notebook's own scope, with all others below it. */
  readonly root: Scope;
  private readonly scopes: ReadonlyMap<Node, Scope>;
  private readonly uses = new Map<Scope, Uses>();
  private readonly locals = new Map<Scope, ReadonlySet<string>>();

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
        if (found.resolution === 'global-explicit' && found.bindings.length > 0) writes.add(name);
        if (found.resolution.startsWith('global') && found.reads.length > 0) reads.add(name);
      }
      pending.push(...inner.children);
    }
    const uses = { reads, writes };
    this.uses.set(scope, uses);
    return uses;
  }

  /** What the scope itself binds. */
  localsOf(node: Closure | DictComprehension): ReadonlySet<string> {
    const scope = this.scopeOf(node);
    const known = this.locals.get(scope);
    if (known !== undefined) return known;
    const locals = namesWith(scope, ['local', 'cell']);
    this.locals.set(scope, locals);
    return locals;
  }

  /** What functions around the scope bind for it. */
  freeOf(node: Closure): ReadonlySet<string> {
    return namesWith(this.scopeOf(node), ['free']);
  }

  isGenerator(node: Closure): boolean {
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
