import type {
  ClassDef,
  Comprehension,
  DictComprehension,
  FunctionDef,
  Identifier,
  ImportAlias,
  Lambda,
  Name,
  TypeAlias,
  TypeParam,
} from '../python/ast.js';

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
