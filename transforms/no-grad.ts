import { type EvaluationLoop, EvaluationLoops } from '../src/analysis/evaluation-loop.js';
import { GradientMode } from '../src/analysis/gradient-mode.js';
import { GraphUses } from '../src/analysis/graph-uses.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program } from '../src/analysis/program.js';
import { TorchValues } from '../src/analysis/torch-values.js';
import { Variables } from '../src/analysis/variables.js';
import type { For, Node } from '../src/python/ast.js';
import { findAll } from '../src/python/walk.js';
import type { Change, Finding, Transform } from '../src/refactor/contract.js';

/** A loop that asks a PyTorch model without training it runs under `torch.no_grad()`. */
export const noGrad: Transform = {
  id: 'no-grad',
  summary: 'a PyTorch model is asked under `torch.no_grad()`',
  explanation: `\
A PyTorch model that is asked keeps what each of its layers has computed for as long as its answer is there, so that gradients could be
worked out. Where nobody asks for gradients \`torch.no_grad()\` lets it go layer by layer.

    model.eval()
    for images, labels in test_loader:
        outputs = model(images)
        correct += (outputs.argmax(1) == labels).sum().item()

becomes

    model.eval()
    with torch.no_grad():
        for images, labels in test_loader:
            outputs = model(images)
            correct += (outputs.argmax(1) == labels).sum().item()

It is done for a loop that calls a model (a class of the notebook that derives from \`nn.Module\`, or one of PyTorch's or
torchvision's own) and in which nothing trains. Everything that comes out of the loop is followed: through names, lists, dicts,
functions and what they return. It refuses where something asks for the graph (\`backward\`, \`requires_grad\`), where a tensor is
shown with its \`grad_fn\`, where something unknown gets it, where a model keeps values or has hooks, and where
\`.numpy()\` raises as it is. \`nn.Transformer*\` and \`nn.MultiheadAttention\` have another way of computing without gradients, and are
refused. Layers that were seen to give the same bits with PyTorch 1.13 make it a safe change; for others it is \`--lossy\`, since
a matrix product may be computed in another order.
`,

  *find(program) {
    if (program.opaque !== null) return;
    const tree = NotebookTree.of(program);
    const torch = nameOfTorch(program, tree);
    if (torch === null) return;
    const variables = Variables.of(tree);
    const mode = new GradientMode(program, tree, variables);
    const values = new TorchValues(program, tree, variables, mode);
    const uses = new GraphUses({ program, tree, variables, values });
    const loops = new EvaluationLoops(program, tree, variables, values, uses, mode);
    for (const module of tree.modules) {
      const done: Node[] = [];
      for (const loop of findAll(module, 'For')) {
        // The outermost loop that can be put under it has those in it, too.
        if (done.some((outer) => outer.start <= loop.start && loop.end <= outer.end)) continue;
        const found = loops.of(loop);
        if (found === null) continue;
        const isInside = found.obstacle !== null && hasPlainLoop(loops, loop);
        if (isInside) continue;
        done.push(loop);
        yield judge(program, found, torch);
      }
    }
  },
};

/** Whether a loop in the loop can be put under it, where the whole can't. */
function hasPlainLoop(loops: EvaluationLoops, loop: For): boolean {
  return findAll(loop, 'For').some((inner) => inner !== loop && loops.of(inner)?.obstacle === null);
}

function judge(program: Program, { loop, obstacle, isExact }: EvaluationLoop, torch: string): Finding {
  const refused = obstacle ?? magicObstacle(program, loop);
  if (refused !== null) return { type: 'refusal', at: loop, ...refused };
  const rounding = isExact
    ? ''
    : ' Not all of its layers are known to compute in the same order without gradients: late digits may differ.';
  const change: Change = {
    type: 'change',
    at: loop,
    summary: 'ask the model under `torch.no_grad()`',
    reason: `Nothing asks for gradients of what is computed in the loop, and nothing shows a \`grad_fn\`: what the layers have computed need not be kept for each answer.${rounding}`,
    effect: isExact ? 'none' : 'rounding',
    assumes: ['code'],
    intents: [
      {
        type: 'replaceStatements',
        statements: [loop],
        code: [`with ${torch}.no_grad():\n${indentUnit(program, loop)}`, { node: loop }],
      },
    ],
    adjustments: [],
    // Later versions of PyTorch warn where a tensor with a graph becomes a number.
    silences: ['UserWarning'],
  };
  return change;
}

/** What the author indents the loop's body by. */
function indentUnit(program: Program, loop: For): string {
  const { source } = program.cellOf(loop).cell;
  const indentOf = (at: number) =>
    /^[ \t]*/.exec(source.slice(source.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
  const [outer, inner] = [indentOf(loop.start), indentOf(loop.body[0]?.start ?? loop.start)];
  return inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : '    ';
}

function magicObstacle(program: Program, loop: For) {
  const { magics, index } = program.cellOf(loop);
  const inside = magics.some(({ span }) => loop.start <= span.start && span.end <= loop.end);
  return inside ? { code: 'magic', why: `A magic in cell ${index} stands in the loop.` } : null;
}

/** By what name `import torch` is known, where it stands at the top level. */
function nameOfTorch(program: Program, tree: NotebookTree): string | null {
  const isTop = tree.modules.some(({ body }) =>
    body.some((one) => one.kind === 'Import' && one.names.some(({ name }) => name === 'torch')),
  );
  if (!isTop) return null;
  for (const module of tree.modules)
    for (const name of findAll(module, 'Name'))
      if (program.notebookNames.qualifiedName(name) === 'torch') return name.id;
  return null;
}
