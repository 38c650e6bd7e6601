import type { Expression, FunctionDef, Node } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import { NO_GRAD } from './torch-names.js';
import type { Variables } from './variables.js';

/** Where code runs without gradients already. */
export class GradientMode {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #variables: Variables;
  readonly #isSwitched: boolean;

  constructor(program: Program, tree: NotebookTree, variables: Variables) {
    this.#program = program;
    this.#tree = tree;
    this.#variables = variables;
    this.#isSwitched = tree.modules
      .flatMap((module) => findAll(module, 'ExpressionStatement'))
      .some(({ value }) => value.kind === 'Call' && this.#isSwitch(value.func));
  }

  /**
   * Whether gradients are off, or may be: in a `with torch.no_grad()`, a decorated function, a function that is called there
   * alone, or anywhere behind a `torch.set_grad_enabled(...)`.
   */
  isOff(node: Node, depth = 0): boolean {
    if (this.#isSwitched) return true;
    for (const outer of this.#tree.around(node)) {
      if (outer.kind === 'With' && outer.items.some(({ context }) => this.#turnsOff(context))) return true;
      if (outer.kind !== 'FunctionDef') continue;
      if (outer.decorators.some((decorator) => this.#turnsOff(decorator))) return true;
      if (depth < 4 && this.#isCalledWithout(outer, depth)) return true;
    }
    return false;
  }

  #isCalledWithout(definition: FunctionDef, depth: number): boolean {
    const calls = this.#variables.callsOf(definition) ?? [];
    return calls.length > 0 && calls.every((call) => this.isOff(call, depth + 1));
  }

  #turnsOff(context: Expression): boolean {
    const func = context.kind === 'Call' ? context.func : context;
    const qualified = this.#program.notebookNames.qualifiedName(func) ?? this.#program.textOf(func);
    return NO_GRAD.test(qualified) || this.#isSwitch(func);
  }

  #isSwitch(func: Expression): boolean {
    return func.kind === 'Attribute' && func.attr.id === 'set_grad_enabled';
  }
}
