import type { Name, Node, Statement } from '../python/ast.js';
import { findAll, SKIP, walk } from '../python/walk.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Variable, Variables } from './variables.js';

/**
 * Where a variable may be read after a statement, before it is bound anew: further down, in the next round of a loop around
 * it, in later cells, and in every function that uses it, whenever that is called.
 */
export function readsAfter(
  statement: Statement,
  variable: Variable,
  tree: NotebookTree,
  variables: Variables,
): readonly Name[] {
  return new Search(variable, tree, variables).after(statement);
}

/** Expressions of which a part may not be evaluated, or not in this scope. */
const MAY_NOT_RUN: ReadonlySet<Node['kind']> = new Set([
  'Lambda',
  'Comprehension',
  'DictComprehension',
  'BooleanOperation',
  'Conditional',
]);

class Search {
  readonly #variable: Variable;
  readonly #tree: NotebookTree;
  readonly #variables: Variables;
  readonly #found = new Set<Name>();

  constructor(variable: Variable, tree: NotebookTree, variables: Variables) {
    this.#variable = variable;
    this.#tree = tree;
    this.#variables = variables;
  }

  after(statement: Statement): readonly Name[] {
    for (const read of this.#variable.reads) if (this.#isElsewhere(read)) this.#found.add(read);
    this.#goOn(statement);
    return [...this.#found];
  }

  /** Whether the read stands in another function than the one whose variable it is: that runs at any time. */
  #isElsewhere(read: Name): boolean {
    for (const outer of this.#tree.around(read)) {
      if (outer === this.#variable.owner) return false;
      if (outer.kind === 'FunctionDef' || outer.kind === 'Lambda' || outer.kind === 'ClassDef') return true;
    }
    return false;
  }

  #goOn(statement: Statement): void {
    for (let at: Statement = statement; ; ) {
      const block = this.#tree.blockOf(at);
      const parent = this.#tree.parentOf(at);
      if (block === null || parent === null) return;
      const isBound = this.#scan(block.slice(block.indexOf(at) + 1));
      if (parent.kind === 'Module') {
        if (!isBound) this.#scanModules(this.#tree.modules.indexOf(parent) + 1);
        return;
      }
      if (parent.kind === 'FunctionDef') return;
      if (parent.kind === 'Try') for (const one of tryBlocks(parent)) this.#scan(one);
      if (isBound && parent.kind !== 'Try') return;
      if (parent.kind === 'While') this.#readIn(parent.test);
      if ((parent.kind === 'For' || parent.kind === 'While') && parent.body.includes(at)) {
        const bindsAnew = parent.kind === 'For' && this.#binds(parent.target);
        if (!bindsAnew) this.#scan(parent.body);
        this.#scan(parent.orelse);
      }
      at = (
        parent.kind === 'ExceptHandler' || parent.kind === 'MatchCase' ? this.#tree.parentOf(parent) : parent
      ) as Statement;
    }
  }

  #scanModules(from: number): void {
    for (const module of this.#tree.modules.slice(from)) if (this.#scan(module.body)) return;
  }

  /** Notes what is read in the statements before they bind the variable. @returns whether they do on every way */
  #scan(statements: readonly Statement[]): boolean {
    let mayLeave = false;
    for (const statement of statements) {
      const isBound = this.#scanOne(statement);
      mayLeave ||= leaves(statement);
      if (isBound) return !mayLeave;
    }
    return false;
  }

  #scanOne(statement: Statement): boolean {
    switch (statement.kind) {
      case 'If': {
        this.#readIn(statement.test);
        const first = this.#scan(statement.body);
        return this.#scan(statement.orelse) && first;
      }
      case 'For':
        this.#readIn(statement.iter);
        if (!this.#binds(statement.target)) {
          this.#readIn(statement.target);
          this.#scan(statement.body);
        }
        this.#scan(statement.orelse);
        return false;
      case 'While':
        this.#readIn(statement.test);
        this.#scan(statement.body);
        this.#scan(statement.orelse);
        return false;
      case 'With':
        for (const { context, target } of statement.items) {
          this.#readIn(context);
          if (target !== null && this.#binds(target)) return true;
        }
        return this.#scan(statement.body);
      case 'Try':
        for (const block of [statement.body, ...tryBlocks(statement)]) this.#scan(block);
        return false;
      case 'Match':
        this.#readIn(statement);
        return false;
      case 'FunctionDef':
      case 'ClassDef':
        // What stands in them has been found already; decorators and defaults are evaluated here.
        this.#readIn(statement);
        return this.#variables.of(statement.name) === this.#variable;
      case 'Return':
      case 'Raise':
        this.#readIn(statement);
        return true;
      default:
        this.#readIn(statement);
        return this.#binds(statement);
    }
  }

  #readIn(node: Node): void {
    for (const name of findAll(node, 'Name'))
      if (this.#variables.of(name) === this.#variable && this.#variable.reads.includes(name))
        this.#found.add(name);
  }

  /** Whether the node binds or deletes the variable itself. */
  #binds(node: Node): boolean {
    let binds = false;
    walk(node, (inner) => {
      if (MAY_NOT_RUN.has(inner.kind)) return SKIP;
      if (this.#variables.of(inner) === this.#variable && this.#variable.bindings.includes(inner as Name))
        binds = true;
      return undefined;
    });
    return binds;
  }
}

function tryBlocks(node: Extract<Statement, { kind: 'Try' }>): readonly (readonly Statement[])[] {
  return [...node.handlers.map(({ body }) => body), node.orelse, node.finalbody];
}

/** Whether the statement may go to the end or the next round of a loop around it. */
function leaves(statement: Statement): boolean {
  return findAll(statement, 'Break').length + findAll(statement, 'Continue').length > 0;
}
