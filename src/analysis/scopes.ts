import type {
  ClassDef,
  Comprehension,
  DictComprehension,
  FunctionDef,
  Identifier,
  ImportAlias,
  Lambda,
  Module,
  Name,
  Node,
  TypeAlias,
  TypeParam,
} from '../python/ast.js';
import { collectNames } from './scopes-collect.js';
import { resolveNames } from './scopes-resolve.js';

/**
 * Which scope each name belongs to, by the rules of CPython's `symtable.c` (3.8 to 3.13): class bodies are not seen from the
 * functions in them, a comprehension is a scope whose first iterable is evaluated outside, a walrus in it binds outside,
 * decorators, defaults and annotations belong to the enclosing scope, `__x` in a class is `_Class__x`.
 *
 * Python 3.12 and 3.13 run comprehensions inline, which changes frames and not names. 3.14 evaluates annotations when they
 * are asked for: they are counted here as evaluated at the definition, as up to 3.13.
 */
export interface Scope {
  readonly kind: ScopeKind;
  /** What opens the scope; null for the module. */
  readonly node: ScopeNode | null;
  readonly parent: Scope | null;
  readonly children: readonly Scope[];
  readonly names: ReadonlyMap<string, ScopeName>;
}

export type ScopeKind =
  | 'module'
  | 'function'
  | 'class'
  | 'lambda'
  | 'comprehension'
  /** Around a generic function, class or alias (PEP 695): holds its type parameters. */
  | 'type-params'
  /** The value of a `type` statement, evaluated when it is asked for. */
  | 'type-alias'
  /** The bound or the default of a type parameter, evaluated when it is asked for. */
  | 'type-bound';

export type ScopeNode =
  | FunctionDef
  | ClassDef
  | Lambda
  | Comprehension
  | DictComprehension
  | TypeAlias
  | TypeParam;

/**
 * Where a name stands for: `cell` is a local that inner scopes use, `free` is a cell of an outer one. `global-implicit` is a
 * name that no function around binds: the module's or a builtin. At the module itself what is bound is `local`.
 */
export type Resolution = 'local' | 'cell' | 'free' | 'global-explicit' | 'global-implicit';

/** One name in one scope. The flags are those of CPython's `symtable`. */
export interface ScopeName {
  /** As the interpreter knows it: mangled in a class. */
  readonly name: string;
  /** Bound or deleted other than as a parameter or by an import. True for `x: int`, which binds nothing: see `annotated`. */
  readonly assigned: boolean;
  readonly referenced: boolean;
  readonly parameter: boolean;
  readonly imported: boolean;
  readonly annotated: boolean;
  /** Named in a `global` statement here; in the module: of any scope, or bound by a walrus in a comprehension. */
  readonly declaredGlobal: boolean;
  /** Named in a `nonlocal` statement, or bound by a walrus in a comprehension in a function. */
  readonly nonlocal: boolean;
  readonly resolution: Resolution;
  /** Where it is bound or deleted in this scope, in source order. */
  readonly bindings: readonly NameNode[];
  /** Where it is read in this scope, in source order; the target of `x += 1` among them, which `referenced` leaves out. */
  readonly reads: readonly Name[];
}

export type NameNode = Name | Identifier | ImportAlias;

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
