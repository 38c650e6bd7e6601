import type { Expression, FunctionDef, Module, Name, Node } from '../python/ast.js';
import { boundByImport } from '../python/identifiers.js';
import { findAll } from '../python/walk.js';
import type { NameNode, Scope, ScopeNode } from './scope.js';
import { allScopes, owningScope } from './scopes.js';

/** One place in which a name is bound, and every place in which it is read, whatever the scope. */
interface NameFacts {
  readonly bindings: Node[];
  readonly reads: Name[];
  /** False as soon as a scope besides the module binds it. */
  atTopLevel: boolean;
  /** False as soon as anything but an import binds it. */
  onlyImported: boolean;
}

/** One variable: a name in the scope that owns it, with every place that reads or binds it there or in a scope inside. */
export interface Variable {
  readonly name: string;
  /** What opens the scope that owns it; null for the module. */
  readonly owner: ScopeNode | null;
  readonly reads: readonly Name[];
  readonly bindings: readonly NameNode[];
}

/**
 * What can be said of names without following the program: those that are bound in one way in the whole notebook. What it
 * says holds wherever the name is bound at all.
 */
export class NotebookNames {
  readonly #names = new Map<string, NameFacts>();
  readonly #assigned = new Map<Node, Expression>();
  readonly #imported = new Map<string, string | null>();
  readonly #root: Scope;
  readonly #modules: readonly Module[];
  #variables: ReadonlyMap<Node, Variable> | null = null;

  constructor(root: Scope, modules: readonly Module[]) {
    this.#root = root;
    this.#modules = modules;
    for (const scope of allScopes(root))
      for (const [name, { bindings, reads, imported, assigned, parameter }] of scope.names) {
        const facts = this.#names.get(name) ?? {
          bindings: [],
          reads: [],
          atTopLevel: true,
          onlyImported: true,
        };
        this.#names.set(name, facts);
        facts.bindings.push(...bindings);
        facts.reads.push(...reads);
        if (bindings.length === 0) continue;
        facts.atTopLevel &&= scope.kind === 'module';
        facts.onlyImported &&= imported && !assigned && !parameter;
      }
    for (const module of modules) {
      this.#addImports(module);
      for (const { targets, value } of module.body.filter((statement) => statement.kind === 'Assign'))
        if (targets.length === 1) for (const target of targets) this.#assigned.set(target, value);
    }
  }

  /**
   * What a name or an attribute of a library stands for, by where the library defines it: `'torch.utils.data.DataLoader'`.
   * Null where the name is bound in any other way besides, in any scope.
   */
  qualifiedName(expression: Expression): string | null {
    const attributes: string[] = [];
    let owner = expression;
    while (owner.kind === 'Attribute') {
      attributes.unshift(owner.attr.id);
      owner = owner.value;
    }
    if (owner.kind !== 'Name') return null;
    const root = this.#imported.get(owner.id) ?? null;
    return root === null ? null : [root, ...attributes].join('.');
  }

  /** The only place in the notebook that binds the name, where that is one at the top level; else null. */
  onlyBinding(name: string): Node | null {
    const facts = this.#names.get(name);
    const [binding, ...others] = facts?.bindings ?? [];
    return facts?.atTopLevel === true && others.length === 0 ? (binding ?? null) : null;
  }

  /** The value of the only assignment to the name, `name = value` at the top level; null where it is bound in any other way. */
  onlyValue(name: string): Expression | null {
    const binding = this.onlyBinding(name);
    return binding === null ? null : (this.#assigned.get(binding) ?? null);
  }

  /**
   * The value of the only assignment to the variable that a name reads, `name = value` at the top level; of a function's parameter
   * what the only call hands it. Null where the variable has its value in any other way.
   */
  valueRead(name: Name): Expression | null {
    const variable = this.variableOf(name);
    const [binding, ...others] = variable?.bindings ?? [];
    if (variable == null || binding === undefined || others.length > 0) return null;
    if (variable.owner === null) return this.#assigned.get(binding) ?? null;
    return variable.owner.kind === 'FunctionDef' ? this.#handedTo(variable.owner, binding) : null;
  }

  #handedTo({ name, params }: FunctionDef, parameter: Node): Expression | null {
    const at = params.items.findIndex((one) => one.name === parameter);
    const [read, ...others] = this.readsOf(name.id);
    if (at < 0 || read === undefined || others.length > 0 || this.onlyBinding(name.id) !== name) return null;
    for (const module of this.#modules)
      for (const { func, args } of findAll(module, 'Call'))
        if (func === read && args.every(({ kind }) => kind !== 'Starred')) return args[at] ?? null;
    return null;
  }

  /** The variable that the node reads or binds; null for what names none (an attribute). */
  variableOf(node: NameNode): Variable | null {
    this.#variables ??= variablesByNode(this.#root);
    return this.#variables.get(node) ?? null;
  }

  readsOf(name: string): readonly Name[] {
    return this.#names.get(name)?.reads ?? [];
  }

  isBound(name: string): boolean {
    return (this.#names.get(name)?.bindings.length ?? 0) > 0;
  }

  #addImports(module: Module): void {
    for (const { names } of findAll(module, 'Import'))
      for (const alias of names) {
        const bound = boundByImport(alias);
        this.#addImport(bound, alias.asName === null ? bound : alias.name);
      }
    for (const { names, module: from, level } of findAll(module, 'ImportFrom'))
      for (const alias of names)
        this.#addImport(boundByImport(alias), level > 0 ? null : `${from}.${alias.name}`);
  }

  #addImport(name: string, qualified: string | null): void {
    const known = this.#imported.get(name);
    const isClear =
      this.#names.get(name)?.onlyImported === true && (known === undefined || known === qualified);
    this.#imported.set(name, isClear ? qualified : null);
  }
}

function variablesByNode(root: Scope): ReadonlyMap<Node, Variable> {
  const byNode = new Map<Node, Variable>();
  const byScope = new Map<Scope, Map<string, { reads: Name[]; bindings: NameNode[] } & Variable>>();
  for (const scope of allScopes(root))
    for (const [name, { reads, bindings }] of scope.names) {
      const owner = owningScope(scope, name) ?? scope;
      const variables = byScope.get(owner) ?? new Map();
      byScope.set(owner, variables);
      const variable = variables.get(name) ?? { name, owner: owner.node, reads: [], bindings: [] };
      variables.set(name, variable);
      variable.reads.push(...reads);
      variable.bindings.push(...bindings);
      for (const node of [...reads, ...bindings]) byNode.set(node, variable);
    }
  return byNode;
}
