import type {
  Call,
  ClassDef,
  Comprehension,
  DictComprehension,
  Expression,
  FunctionDef,
  Lambda,
  Module,
  Node,
  Statement,
} from '../python/ast.js';
import { boundByImport } from '../python/identifiers.js';
import { namesIn, parentsOf, walk } from '../python/walk.js';
import { PURE_BUILTINS } from './builtins.js';
import type { Program } from './program.js';

/** A function or class in whose body a node stands. */
export type Surroundings = FunctionDef | ClassDef | Lambda;

/** What a name may hold in one scope, as far as the text of that scope tells. */
export interface Binding {
  /** What is assigned; null where the name is bound in any other way (a parameter, an import, a part of something). */
  readonly value: Expression | null;
}

/** The bindings of one scope, and which names' values may have come into which others. */
export interface ScopeText {
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** For each name the names that what it holds may be made of. */
  readonly madeOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names that a function may bind from elsewhere (`global`, `nonlocal`). */
  readonly declared: ReadonlySet<string>;
}

/** The syntax trees of a notebook, asked upwards: what stands around a node. Of each program there is one. */
export class NotebookTree {
  readonly modules: readonly Module[];
  readonly #parents: ReadonlyMap<Node, Node>;
  readonly #texts = new Map<FunctionDef | null, ScopeText>();
  static readonly #known = new WeakMap<Program, NotebookTree>();

  static of(program: Program): NotebookTree {
    const known = NotebookTree.#known.get(program) ?? new NotebookTree(program);
    NotebookTree.#known.set(program, known);
    return known;
  }

  private constructor({ cells }: Program) {
    this.modules = cells.flatMap(({ module }) => module ?? []);
    this.#parents = parentsOf(...this.modules);
  }

  parentOf(node: Node): Node | null {
    return this.#parents.get(node) ?? null;
  }

  /** What stands around the node, from the inside to the outside. */
  *around(node: Node): Generator<Node> {
    for (let at = this.parentOf(node); at !== null; at = this.parentOf(at)) yield at;
  }

  /** The innermost statement that the node is or stands in. */
  statementOf(node: Node): Statement {
    let at: Node | null = node;
    while (at !== null && !this.#isStatement(at)) at = this.parentOf(at);
    if (at === null) throw new Error('the node stands in no statement');
    return at as Statement;
  }

  #isStatement(node: Node): boolean {
    return this.blockOf(node) !== null;
  }

  /** The statements among which a statement stands; null for what is no statement. */
  blockOf(node: Node): readonly Statement[] | null {
    const parent = this.parentOf(node);
    if (parent === null) return null;
    for (const field of ['body', 'orelse', 'finalbody'] as const) {
      const block = (parent as Partial<Record<typeof field, unknown>>)[field];
      if (Array.isArray(block) && block.includes(node)) return block as readonly Statement[];
    }
    return null;
  }

  /** The function, lambda or class in whose body the node stands; null at the top level. */
  surroundingsOf(node: Node): Surroundings | null {
    for (const outer of this.around(node))
      if (outer.kind === 'FunctionDef' || outer.kind === 'Lambda' || outer.kind === 'ClassDef') return outer;
    return null;
  }

  /** The innermost function with a name around the node; null at the top level. */
  functionAround(node: Node): FunctionDef | null {
    for (const outer of this.around(node)) if (outer.kind === 'FunctionDef') return outer;
    return null;
  }

  /** What the text of a function, or of the whole top level (null), says of its names. */
  textOf(scope: FunctionDef | null): ScopeText {
    const known = this.#texts.get(scope);
    if (known !== undefined) return known;
    const text = readScope(scope === null ? this.modules : [scope]);
    this.#texts.set(scope, text);
    return text;
  }
}

function readScope(roots: readonly (Module | FunctionDef)[]): ScopeText {
  const bindings = new Map<string, Binding[]>();
  const madeOf = new Map<string, Set<string>>();
  const declared = new Set<string>();
  const bind = (target: Node, value: Expression | null) => {
    if (target.kind === 'Name') bindings.set(target.id, [...(bindings.get(target.id) ?? []), { value }]);
    else
      for (const name of namesIn(target))
        bindings.set(name, [...(bindings.get(name) ?? []), { value: null }]);
  };
  const mix = (into: Iterable<string>, from: Iterable<Node>) => {
    const names = [...from].flatMap((node) => [...namesIn(node)]);
    for (const name of into) {
      const known = madeOf.get(name) ?? new Set<string>();
      madeOf.set(name, known);
      for (const one of names) known.add(one);
    }
  };
  for (const root of roots) {
    if (root.kind === 'FunctionDef')
      for (const { name } of root.params.items) bindings.set(name.id, [{ value: null }]);
    walk(root, (node) => {
      switch (node.kind) {
        case 'Assign':
          for (const target of node.targets) {
            if (target.kind === 'Name' || target.kind === 'Tuple' || target.kind === 'List')
              bind(target, node.value);
            mix(namesIn(target), [node.value]);
          }
          return;
        case 'AnnAssign':
          if (node.target.kind === 'Name') bind(node.target, node.value);
          if (node.value !== null) mix(namesIn(node.target), [node.value]);
          return;
        case 'AugAssign':
          mix(namesIn(node.target), [node.value]);
          return;
        case 'NamedExpression':
          bind(node.target, null);
          mix([node.target.id], [node.value]);
          return;
        case 'For':
        case 'ComprehensionFor':
          bind(node.target, null);
          mix(namesIn(node.target), [node.iter]);
          return;
        case 'WithItem':
          if (node.target !== null) {
            bind(node.target, node.context);
            mix(namesIn(node.target), [node.context]);
          }
          return;
        case 'Call':
          // What a method is handed may go into its receiver; of what a function is handed, any into any other.
          if (node.func.kind === 'Attribute') mix(namesIn(node.func), argumentsOf(node));
          else if (!isHarmless(node.func)) mix(namesIn(node), argumentsOf(node));
          return;
        case 'Import':
        case 'ImportFrom':
          for (const alias of node.names) {
            const bound = boundByImport(alias);
            bindings.set(bound, [...(bindings.get(bound) ?? []), { value: null }]);
          }
          return;
        case 'FunctionDef':
        case 'ClassDef':
          if (node !== root)
            bindings.set(node.name.id, [...(bindings.get(node.name.id) ?? []), { value: null }]);
          return;
        case 'ExceptHandler':
          if (node.name !== null) bindings.set(node.name.id, [{ value: null }]);
          return;
        case 'Global':
        case 'Nonlocal':
          for (const { id } of node.names) declared.add(id);
          return;
        default:
      }
    });
  }
  return { bindings, madeOf, declared };
}

const argumentsOf = ({ args, keywords }: Call): Node[] => [...args, ...keywords];

const isHarmless = (func: Expression): boolean =>
  func.kind === 'Name' && (PURE_BUILTINS.has(func.id) || func.id === 'print' || func.id === 'display');

/** The names that a comprehension or generator binds for itself. */
export function ownNames(comprehension: Comprehension | DictComprehension): ReadonlySet<string> {
  return new Set(comprehension.clauses.flatMap(({ target }) => [...namesIn(target)]));
}
