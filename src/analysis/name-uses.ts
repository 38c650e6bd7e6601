import type {
  Call,
  Expression,
  FunctionDef,
  Identifier,
  Keyword,
  Name,
  Node,
  Statement,
} from '../python/ast.js';
import { contains, namesIn } from '../python/walk.js';
import type { Obstacle } from './late.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';

/** Follows what a name is bound to: to the places that read it before it is bound anew. */
export class NameUses {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;

  constructor(program: Program, tree: NotebookTree, effects: SideEffects) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
  }

  /**
   * Asks of every place that may read what the binding gives the name; the first obstacle counts.
   *
   * @param target where the name is bound
   * @param bound the statement or the clause that binds it
   */
  after(target: Name | Identifier, bound: Node, ofUse: (use: Name) => Obstacle | null): Obstacle | null {
    const variable = this.#program.notebookNames.variableOf(target);
    if (variable === null) return notKnown(target.id);
    const isGlobal = variable.owner === null;
    const hidden = isGlobal ? this.#hiddenRead(target.id, bound) : null;
    if (hidden !== null) return hidden;
    for (const use of variable.reads) {
      if (isGlobal && this.#isBefore(use, bound)) continue;
      if (this.#isBoundBetween(target.id, use, bound)) continue;
      const found = ofUse(use);
      if (found !== null) return found;
    }
    return null;
  }

  /** The parameter that an argument of the call becomes; null where that can't be told. */
  parameterOf(
    { params }: FunctionDef,
    call: Call,
    argument: Call | Keyword,
    position: number,
  ): Identifier | null {
    const item =
      argument.kind === 'Keyword'
        ? params.items.find(({ name }) => name.id === argument.name?.id)
        : params.items[position];
    const isStarred = call.args.slice(0, position + 1).some(({ kind }) => kind === 'Starred');
    if (item === undefined || isStarred || item.type.startsWith('var-')) return null;
    return argument.kind === 'Call' && item.type === 'keyword-only' ? null : item.name;
  }

  /** The calls whose value a `return` gives; null where someone else may call the function. */
  callersOf(statement: Statement): readonly Call[] | null {
    const own = this.#tree.surroundingsOf(statement);
    if (own?.kind !== 'FunctionDef' || this.#effects.functionNamed(own.name.id) !== own) return null;
    const reads = this.#program.notebookNames.readsOf(own.name.id);
    const calls = reads.map((read) => {
      const parent = this.#tree.parentOf(read);
      return parent?.kind === 'Call' && parent.func === read ? parent : null;
    });
    return calls.some((call) => call === null) ? null : calls.filter((call) => call !== null);
  }

  /** The index of the last top-level statement at which the node may run. */
  lastRunOf(node: Node): number {
    const end = this.#program.statements.length - 1;
    const around = [...this.#tree.around(node)].filter(
      ({ kind }) => kind === 'FunctionDef' || kind === 'Lambda',
    );
    const outer = around.at(-1);
    if (outer === undefined) return this.#program.statementOf(node).index;
    if (outer.kind !== 'FunctionDef') return end;
    return this.#program.mentionsOf(outer.name.id).at(-1)?.index ?? end;
  }

  /** Whether it runs at the top level, and before the binding. */
  #isBefore(use: Node, bound: Node): boolean {
    if (this.#isInFunction(use)) return false;
    return this.#program.statementOf(use).index < this.#program.statementOf(bound).index;
  }

  #isInFunction(node: Node): boolean {
    const surroundings = this.#tree.surroundingsOf(node);
    return surroundings !== null && surroundings.kind !== 'ClassDef';
  }

  /** Whether on each way from the binding to the use the name is bound anew. */
  #isBoundBetween(name: string, use: Name, bound: Node): boolean {
    let at: Node = use;
    for (const outer of this.#tree.around(use)) {
      if (outer.kind === 'For' && outer !== bound && at !== outer.iter && namesIn(outer.target).has(name))
        if (!contains(outer, bound) && !contains(bound, outer)) return true;
      const block = this.#tree.blockOf(at);
      if (block !== null) {
        const before = block.slice(0, block.indexOf(at as Statement));
        const isAnew = before.some(
          (one) => one !== bound && assigns(one, name) && !contains(one, bound) && this.#isAfter(one, bound),
        );
        if (isAnew) return true;
      }
      if (outer === bound) return false;
      at = outer;
    }
    if (this.#isInFunction(use) || this.#isInFunction(bound)) return false;
    const [from, to] = [this.#program.statementOf(bound).index, this.#program.statementOf(use).index];
    return this.#program.statements.slice(from + 1, to).some(({ node }) => assigns(node, name));
  }

  #isAfter(statement: Statement, bound: Node): boolean {
    return (
      statement.source > bound.source || (statement.source === bound.source && statement.start > bound.start)
    );
  }

  /** A magic or a string that reads the name. */
  #hiddenRead(name: string, bound: Node): Obstacle | null {
    const magic = this.#program.cells.find(({ magics }) => magics.some(({ uses }) => uses.includes(name)));
    if (magic !== undefined)
      return { code: 'used-otherwise', why: `A magic in cell ${magic.index} reads \`${name}\`.` };
    const { index } = this.#program.statementOf(bound);
    const reader = this.#program.statements
      .slice(index)
      .find(
        ({ reads, inFunctions, node }) =>
          reads.has(name) && !inFunctions.has(name) && !namesIn(node).has(name),
      );
    if (reader === undefined) return null;
    return { code: 'used-otherwise', why: `Something in cell ${reader.cell} reads \`${name}\` by its name.` };
  }
}

function notKnown(name: string): Obstacle {
  return { code: 'used-otherwise', why: `What \`${name}\` stands for can't be told.` };
}

/** `name = value`, whatever else the statement binds. */
function assigns(statement: Statement, name: string): boolean {
  return (
    statement.kind === 'Assign' &&
    statement.targets.some(
      (target) =>
        (target.kind === 'Name' && target.id === name) ||
        (target.kind === 'Tuple' && target.elements.some((one) => one.kind === 'Name' && one.id === name)),
    )
  );
}

/** Whether the node is bound, changed or deleted where it stands: `node = value`, `node += value`, `del node`, `for node in ...`. */
export function isTarget(tree: NotebookTree, node: Expression): boolean {
  let at: Node = node;
  let parent = tree.parentOf(at);
  while (parent?.kind === 'Tuple' || parent?.kind === 'List' || parent?.kind === 'Starred') {
    at = parent;
    parent = tree.parentOf(at);
  }
  switch (parent?.kind) {
    case 'Assign':
    case 'Delete':
      return parent.targets.includes(at as Expression);
    case 'AugAssign':
    case 'AnnAssign':
    case 'For':
    case 'ComprehensionFor':
    case 'WithItem':
    case 'NamedExpression':
      return parent.target === at;
    default:
      return false;
  }
}
