import type { Call, Expression, FunctionDef, Name, Node } from '../python/ast.js';
import type { NotebookTree } from './notebook-tree.js';
import type { NameNode, Scope } from './scope.js';
import { allScopes, buildScopes, owningScope } from './scopes.js';

/** One name in the one scope that holds its value, with every place of the notebook that means it. */
export interface Variable {
  readonly name: string;
  readonly bindings: readonly NameNode[];
  /** In source order within a scope; the target of `x += 1` among them. */
  readonly reads: readonly Name[];
  /** The function whose local it is; null at the top level; the node of any other scope. */
  readonly owner: Scope['node'];
}

interface Collected extends Variable {
  readonly bindings: NameNode[];
  readonly reads: Name[];
}

/** Which variable each name in a notebook means, and what values may come into it as the text tells. */
export class Variables {
  readonly #tree: NotebookTree;
  readonly #byNode = new Map<Node, Variable>();
  readonly #values = new Map<Variable, readonly Expression[] | null>();
  static readonly #known = new WeakMap<NotebookTree, Variables>();

  /** Those of the whole notebook, worked out once. */
  static of(tree: NotebookTree): Variables {
    const known = Variables.#known.get(tree) ?? new Variables(tree);
    Variables.#known.set(tree, known);
    return known;
  }

  private constructor(tree: NotebookTree) {
    this.#tree = tree;
    const owned = new Map<Scope, Map<string, Collected>>();
    for (const scope of allScopes(buildScopes(tree.modules)))
      for (const [name, { bindings, reads }] of scope.names) {
        const owner = owningScope(scope, name) ?? scope;
        const names = owned.get(owner) ?? new Map<string, Collected>();
        owned.set(owner, names);
        const variable = names.get(name) ?? { name, bindings: [], reads: [], owner: owner.node };
        names.set(name, variable);
        variable.bindings.push(...bindings);
        variable.reads.push(...reads);
        for (const node of [...bindings, ...reads]) this.#byNode.set(node, variable);
      }
  }

  /** What the name means where it stands; null for what the scopes do not know. */
  of(node: Node): Variable | null {
    return this.#byNode.get(node) ?? null;
  }

  /** The function or class that is the only thing the name is ever bound to. */
  definitionOf(node: Node): FunctionDef | Extract<Node, { kind: 'ClassDef' }> | null {
    const [binding, ...others] = this.of(node)?.bindings ?? [];
    if (binding === undefined || others.length > 0) return null;
    const defined = this.#tree.parentOf(binding);
    return (defined?.kind === 'FunctionDef' || defined?.kind === 'ClassDef') && defined.name === binding
      ? defined
      : null;
  }

  /** Every call of a function; null where it is also handed on, decorated or a method. */
  callsOf(definition: FunctionDef): readonly Call[] | null {
    const variable = this.of(definition.name);
    if (variable === null || variable.bindings.length !== 1 || definition.decorators.length > 0) return null;
    if (this.#tree.surroundingsOf(definition)?.kind === 'ClassDef') return null;
    const calls: Call[] = [];
    for (const read of variable.reads) {
      const call = this.#tree.parentOf(read);
      if (call?.kind !== 'Call' || call.func !== read) return null;
      calls.push(call);
    }
    return calls;
  }

  /**
   * What may be assigned to a name, parameters followed to what the callers hand over; null where that can't be told. A
   * name in a `for` or a `with` is not followed, nor is what `+=` adds.
   */
  valuesOf(name: Name): readonly Expression[] | null {
    const variable = this.of(name);
    if (variable === null || variable.bindings.length === 0) return null;
    const known = this.#values.get(variable);
    if (known !== undefined) return known;
    const values = this.#findValues(variable);
    this.#values.set(variable, values);
    return values;
  }

  #findValues(variable: Variable): readonly Expression[] | null {
    const values: Expression[] = [];
    for (const binding of variable.bindings) {
      const parent = this.#tree.parentOf(binding);
      const paired = parent?.kind === 'Tuple' ? this.#pairedWith(parent, binding) : null;
      if (parent?.kind === 'Assign') values.push(parent.value);
      else if (paired !== null) values.push(paired);
      else if (parent?.kind === 'Parameter') {
        const handed = this.#handedTo(binding);
        if (handed === null) return null;
        values.push(...handed);
      } else if (parent?.kind !== 'AugAssign') return null;
    }
    return values;
  }

  /** `1` for `b` in `a, b = 0, 1`. */
  #pairedWith(targets: Extract<Node, { kind: 'Tuple' }>, binding: NameNode): Expression | null {
    const parent = this.#tree.parentOf(targets);
    if (parent?.kind !== 'Assign' || parent.value.kind !== 'Tuple') return null;
    if (parent.value.elements.length !== targets.elements.length) return null;
    return parent.value.elements[targets.elements.indexOf(binding as Name)] ?? null;
  }

  #handedTo(parameter: NameNode): readonly Expression[] | null {
    const parameters = this.#tree.parentOf(this.#tree.parentOf(parameter) ?? parameter);
    const definition = parameters === null ? null : this.#tree.parentOf(parameters);
    if (definition?.kind !== 'FunctionDef') return null;
    const calls = this.callsOf(definition);
    const at = definition.params.items.findIndex(({ name }) => name === parameter);
    const item = definition.params.items[at];
    if (calls === null || item === undefined || item.type.startsWith('var-')) return null;
    const values: Expression[] = item.default === null ? [] : [item.default];
    for (const call of calls) {
      const given = argumentFor(call, at, item.name.id);
      if (given === undefined) return null;
      if (given !== null) values.push(given);
    }
    return values;
  }

  /** The parameter that an argument of a call goes to. */
  parameterFor(call: Call, definition: FunctionDef, value: Expression): NameNode | null {
    const keyword = call.keywords.find((one) => one.value === value);
    const { items } = definition.params;
    if (call.args.some(({ kind }) => kind === 'Starred')) return null;
    const item =
      keyword === undefined
        ? items[call.args.indexOf(value)]
        : items.find(({ name }) => name.id === keyword.name?.id);
    return item === undefined || item.type.startsWith('var-') ? null : item.name;
  }
}

/** What a call hands over for a parameter: null for its default, undefined where that can't be told. */
function argumentFor(call: Call, at: number, name: string): Expression | null | undefined {
  const isClear =
    call.args.every(({ kind }) => kind !== 'Starred') && call.keywords.every((one) => one.name !== null);
  if (!isClear) return undefined;
  return call.args[at] ?? call.keywords.find((one) => one.name?.id === name)?.value ?? null;
}
