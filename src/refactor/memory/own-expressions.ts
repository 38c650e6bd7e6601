import type { Program } from '../../analysis/program.js';
import type { Expression, FunctionDef, Name, Node, Parameter } from '../../python/ast.js';

/** A function that is no more than an expression of its parameters. */
interface OwnExpression {
  readonly parameters: readonly Parameter[];
  readonly value: Expression;
}

/** The functions of the notebook that return an expression and do nothing else: `def f(x): return x ** 2`, `f = lambda x: x ** 2`. */
export class OwnExpressions {
  readonly #program: Program;
  #functions: ReadonlyMap<Node, FunctionDef> | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Null where the name stands for anything else, or may. */
  of({ id }: Name): OwnExpression | null {
    const { notebookNames } = this.#program;
    const binding = notebookNames.onlyBinding(id);
    if (binding === null) return null;
    const assigned = notebookNames.onlyValue(id);
    if (assigned !== null)
      return assigned.kind === 'Lambda' ? { parameters: assigned.params.items, value: assigned.body } : null;
    const found = this.#definitions.get(binding);
    if (found === undefined || found.decorators.length > 0 || found.isAsync) return null;
    const [last, ...others] = found.body.toReversed();
    const isPlain =
      others.length <= 1 &&
      others.every((one) => one.kind === 'ExpressionStatement' && one.value.kind === 'StringLiteral');
    return last?.kind === 'Return' && last.value !== null && isPlain
      ? { parameters: found.params.items, value: last.value }
      : null;
  }

  /** The functions of the top level by the node of their name. */
  get #definitions(): ReadonlyMap<Node, FunctionDef> {
    if (this.#functions === null) {
      const all = this.#program.statements.flatMap(({ node }) => (node.kind === 'FunctionDef' ? node : []));
      this.#functions = new Map(all.map((one) => [one.name, one]));
    }
    return this.#functions;
  }
}
