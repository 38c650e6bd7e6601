import { GradientMode } from '../src/analysis/gradient-mode.js';
import { GraphUses } from '../src/analysis/graph-uses.js';
import type { Obstacle } from '../src/analysis/late.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program } from '../src/analysis/program.js';
import { TorchValues } from '../src/analysis/torch-values.js';
import { Variables } from '../src/analysis/variables.js';
import type { Expression, Statement } from '../src/python/ast.js';
import { findAll } from '../src/python/walk.js';
import type { Finding, Transform } from '../src/refactor/contract.js';

/** A loss that is collected or added up in a loop is kept without its graph. */
export const detachLoss: Transform = {
  id: 'detach-loss',
  summary: 'losses that are collected are kept without their graph',
  explanation: `\
A PyTorch loss is the end of a graph: it keeps whatever its gradients may be worked out from, for as long as it is there. Collected in a list, or
added up, the losses of all steps keep all their graphs.

    losses.append(loss)
    running_loss += loss

becomes

    losses.append(loss.detach())
    running_loss += loss.detach()

\`detach()\` gives the same tensor without the graph: the same digits, and sums are rounded as before. (\`loss.item()\` would be a
Python number of 64 bits: its sums round otherwise, and it is shown as another text.) Behind \`backward()\` little of a graph is
left, but it lies between the large blocks that each step frees, so that the process can't give them back; without \`backward()\`, in an
evaluation, all of it is.

It is done where the value is a tensor for certain (a loss of \`torch.nn\`, and what is made of it; or \`backward()\` is called
on it and an optimizer of \`torch.optim\` takes its step), and where everything that is made of the list or the sum is
known to need no graph. It refuses where something asks for it (\`total.backward()\`), where it is shown
(\`print(losses)\` shows \`grad_fn\`), where something unknown gets it or an object keeps it, and where \`plt.plot(losses)\` or \`np.mean(losses)\`
raises as it is.
`,

  *find(program) {
    if (program.opaque !== null) return;
    const tree = NotebookTree.of(program);
    const variables = Variables.of(tree);
    const search = new Search(program, tree, variables);
    for (const module of tree.modules) {
      for (const statement of findAll(module, 'ExpressionStatement')) yield* search.judge(statement);
      for (const statement of findAll(module, 'AugAssign')) yield* search.judge(statement);
    }
  },
};

/** A value that is put into a list, or added to a sum. */
interface Kept {
  readonly statement: Statement;
  readonly value: Expression;
  readonly target: Expression;
}

class Search {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #variables: Variables;
  readonly #values: TorchValues;
  readonly #uses: GraphUses;
  readonly #mode: GradientMode;

  constructor(program: Program, tree: NotebookTree, variables: Variables) {
    this.#program = program;
    this.#tree = tree;
    this.#variables = variables;
    this.#mode = new GradientMode(program, tree, variables);
    this.#values = new TorchValues(program, tree, variables, this.#mode);
    this.#uses = new GraphUses({ program, tree, variables, values: this.#values });
  }

  *judge(statement: Statement): Iterable<Finding> {
    const kept = keptBy(statement);
    if (kept === null || !this.#isInLoop(statement)) return;
    const { value, target } = kept;
    if (!this.#values.mayBear(value) || !this.#isTensor(value) || this.#mode.isOff(statement)) return;
    const obstacle = this.#sumObstacle(kept) ?? this.#uses.obstacleOfTarget(target, statement);
    // A sum that is made to be trained on is no leak.
    if (obstacle?.code === 'needs-graph') return;
    if (obstacle !== null) {
      yield { type: 'refusal', at: value, ...obstacle };
      return;
    }
    const isPlain = value.kind === 'Name' || value.kind === 'Call' || value.kind === 'Attribute';
    yield {
      type: 'change',
      at: value,
      summary: `keep \`${this.#program.textOf(value)}\` without its graph`,
      reason: `Nothing that is made of \`${this.#program.textOf(target)}\` asks for gradients or shows a \`grad_fn\`: the graph of each step need not be kept. The numbers are the same.`,
      effect: 'none',
      assumes: ['code'],
      intents: [
        {
          type: 'replaceExpression',
          node: value,
          code: isPlain ? [{ node: value }, '.detach()'] : ['(', { node: value }, ').detach()'],
        },
      ],
      adjustments: [],
      // Later versions of PyTorch warn where a tensor with a graph becomes a number.
      silences: ['UserWarning'],
    };
  }

  #isInLoop(statement: Statement): boolean {
    for (const outer of this.#tree.around(statement)) {
      if (outer.kind === 'For' || outer.kind === 'While') return true;
      if (outer.kind === 'FunctionDef' || outer.kind === 'ClassDef') return false;
    }
    return false;
  }

  #isTensor(value: Expression): boolean {
    return this.#values.isTensor(value) || (value.kind === 'Name' && this.#isTrainedOn(value));
  }

  /** Whether an optimizer of PyTorch's takes its step after `value.backward()`, in the same block. */
  #isTrainedOn(value: Extract<Expression, { kind: 'Name' }>): boolean {
    const variable = this.#variables.of(value);
    return (variable?.reads ?? []).some((read) => {
      const attribute = this.#tree.parentOf(read);
      if (attribute?.kind !== 'Attribute' || attribute.attr.id !== 'backward') return false;
      const block = this.#tree.blockOf(this.#tree.statementOf(read)) ?? [];
      return block.some((statement) => this.#isStep(statement));
    });
  }

  #isStep(statement: Statement): boolean {
    if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
    const { func } = statement.value;
    if (func.kind !== 'Attribute' || func.attr.id !== 'step' || func.value.kind !== 'Name') return false;
    const made = this.#variables.valuesOf(func.value) ?? [];
    const isOptimizer = (one: Expression) =>
      one.kind === 'Call' &&
      /^torch\.optim\.\w+$/.test(this.#program.notebookNames.qualifiedName(one.func) ?? '');
    return made.length > 0 && made.every(isOptimizer);
  }

  /** `+=` changes a tensor in place: whoever else has it would have the sum with its graph. */
  #sumObstacle({ target }: Kept): Obstacle | null {
    if (target.kind !== 'Name' || this.#tree.parentOf(target)?.kind !== 'AugAssign') return null;
    const starts = this.#variables.valuesOf(target) ?? [null];
    if (starts.length > 0 && starts.every((start) => start?.kind === 'Constant')) return null;
    const why = `What \`${target.id}\` is before the first value is added can't be told to be a number: \`+=\` may change another tensor.`;
    return { code: 'unknown-sum', why };
  }
}

function keptBy(statement: Statement): Kept | null {
  if (statement.kind === 'AugAssign')
    return statement.op === '+' ? { statement, value: statement.value, target: statement.target } : null;
  if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return null;
  const { func, args, keywords } = statement.value;
  const [value, ...others] = args;
  if (func.kind !== 'Attribute' || func.attr.id !== 'append' || value === undefined) return null;
  if (others.length + keywords.length > 0 || value.kind === 'Starred') return null;
  return { statement, value, target: func.value };
}
