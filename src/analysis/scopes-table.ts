import type { Name } from '../python/ast.js';
import type { NameNode, Resolution, Scope, ScopeKind, ScopeName, ScopeNode } from './scope.js';

/** Scopes while they are being built. */

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface OpenName extends Writable<Omit<ScopeName, 'bindings' | 'reads'>> {
  readonly bindings: NameNode[];
  readonly reads: Name[];
}

export interface OpenScope extends Scope {
  readonly parent: OpenScope | null;
  readonly children: OpenScope[];
  readonly names: Map<string, OpenName>;
  /** The class whose name mangles `__x` here; null outside classes. */
  readonly mangledBy: string | null;
}

export function openScope(
  kind: ScopeKind,
  node: ScopeNode | null,
  parent: OpenScope | null,
  mangledBy: string | null,
): OpenScope {
  const scope: OpenScope = { kind, node, parent, children: [], names: new Map(), mangledBy };
  parent?.children.push(scope);
  return scope;
}

/** The entry of a name, made where it is not there yet. `written` is mangled first. */
export function entryOf(scope: OpenScope, written: string): OpenName {
  const name = mangle(written, scope.mangledBy);
  const known = scope.names.get(name);
  if (known !== undefined) return known;
  const resolution: Resolution = 'global-implicit';
  const entry: OpenName = {
    name,
    assigned: false,
    referenced: false,
    parameter: false,
    imported: false,
    annotated: false,
    declaredGlobal: false,
    nonlocal: false,
    resolution,
    bindings: [],
    reads: [],
  };
  scope.names.set(name, entry);
  return entry;
}

/** `__x` in the class `_C` is `_C__x`; `__x__` and names in classes called `_` stay (Python reference, 6.2.1). */
export function mangle(name: string, className: string | null): string {
  if (className === null || !name.startsWith('__') || name.endsWith('__')) return name;
  const stem = className.replace(/^_+/, '');
  return stem === '' ? name : `_${stem}${name}`;
}

/** Functions proper, lambdas and comprehensions: scopes whose locals inner scopes see. */
export function isFunctionLike(kind: ScopeKind): boolean {
  return kind !== 'module' && kind !== 'class';
}
