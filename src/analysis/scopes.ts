import type { Module, Node } from '../python/ast.js';
import type { NameNode, Scope } from './scope.js';
import { collectNames } from './scopes-collect.js';
import { resolveNames } from './scopes-resolve.js';

/**
 * The scopes of one module, or of the cells of a notebook, which are one module over many sources. A
 * `from __future__ import annotations` holds from its cell on, as in IPython.
 */
export function buildScopes(modules: Module | readonly Module[]): Scope {
  const root = collectNames('kind' in modules ? [modules] : modules);
  resolveNames(root);
  return root;
}

/** Every scope of the tree, outer before inner, in source order. */
export function* allScopes(root: Scope): Generator<Scope> {
  yield root;
  for (const child of root.children) yield* allScopes(child);
}

/** The scope that a function, class, lambda or comprehension opens for its body. */
export function scopesByNode(root: Scope): ReadonlyMap<Node, Scope> {
  const scopes = new Map<Node, Scope>();
  for (const scope of allScopes(root)) {
    if (scope.node !== null && scope.kind !== 'type-params') scopes.set(scope.node, scope);
  }
  return scopes;
}

/**
 * The scope that holds the value of a name used in `scope`: up from a free name to its cell, or the module. Undefined where
 * the scope does not have the name.
 */
export function owningScope(scope: Scope, name: string): Scope | undefined {
  let at: Scope = scope;
  const found = scope.names.get(name);
  if (found === undefined) return undefined;
  if (found.resolution === 'local' || found.resolution === 'cell') return scope;
  while (at.parent !== null) {
    at = at.parent;
    if (found.resolution === 'free' && at.kind !== 'class' && at.names.get(name)?.resolution === 'cell')
      return at;
  }
  return at;
}

/** Where a global is bound: in the module itself, and in functions that say `global`. */
export function globalBindings(root: Scope, name: string): NameNode[] {
  const bindings: NameNode[] = [];
  for (const scope of allScopes(root)) {
    const found = scope.names.get(name);
    if (found === undefined) continue;
    if (scope === root || found.resolution === 'global-explicit') bindings.push(...found.bindings);
  }
  return bindings;
}
