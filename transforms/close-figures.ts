import { readsAfter } from '../src/analysis/later-reads.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program } from '../src/analysis/program.js';
import { Variables } from '../src/analysis/variables.js';
import type { Call, For, Name, Node, Statement } from '../src/python/ast.js';
import { contains, findAll } from '../src/python/walk.js';
import type { Finding, Transform } from '../src/refactor/contract.js';

/** A figure that is saved in a loop and never shown is closed. */
export const closeFigures: Transform = {
  id: 'close-figures',
  summary: 'figures that are saved in a loop and never shown are closed',
  explanation: `\
A figure that pyplot opens stays open until it is closed. Jupyter shows and closes the open ones at the end of each cell; but not with
\`matplotlib.use('Agg')\`: there they stay for as long as the kernel runs.

    matplotlib.use('Agg')
    for name, values in series.items():
        fig, ax = plt.subplots()
        ax.plot(values)
        fig.savefig(f'{name}.png')

becomes

    matplotlib.use('Agg')
    for name, values in series.items():
        fig, ax = plt.subplots()
        ax.plot(values)
        fig.savefig(f'{name}.png')
        plt.close(fig)

Everywhere else it refuses, behind \`plt.ioff()\` too, which Jupyter may undo: closed before the end of the cell, a figure is not shown. It also refuses where the figure is used or kept
afterwards, where it has a number of its own, and where pyplot is asked for anything outside the loop: that might be meant for the last
figure that is open.
`,

  *find(program) {
    if (program.opaque !== null) return;
    const tree = NotebookTree.of(program);
    const variables = Variables.of(tree);
    for (const module of tree.modules)
      for (const loop of module.body) {
        if (loop.kind !== 'For') continue;
        const saved = savedIn(program, loop);
        if (saved !== null) yield judge(program, tree, variables, loop, saved);
      }
  },
};

/** A figure that an iteration opens, and the last statement that saves it. */
interface Saved {
  readonly figure: Name;
  readonly opened: Call;
  readonly statement: Statement;
}

function savedIn(program: Program, loop: For): Saved | null {
  const pyplot = pyplotCalls(program, [loop]);
  if (pyplot.some(({ name }) => name === 'close' || name === 'show')) return null;
  for (const opening of loop.body) {
    if (opening.kind !== 'Assign' || opening.value.kind !== 'Call') continue;
    const name = pyplotName(program, opening.value);
    const [target] = opening.targets;
    const figure = name === 'subplots' && target?.kind === 'Tuple' ? target.elements[0] : target;
    if ((name !== 'figure' && name !== 'subplots') || figure?.kind !== 'Name') continue;
    const statement = loop.body.findLast(
      (one) => one.start > opening.start && saves(program, one, figure.id),
    );
    if (statement !== undefined) return { figure, opened: opening.value, statement };
  }
  return null;
}

/** `fig.savefig(...)` or `plt.savefig(...)`. */
function saves(program: Program, statement: Statement, figure: string): boolean {
  if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
  const { func } = statement.value;
  if (func.kind !== 'Attribute' || func.attr.id !== 'savefig' || func.value.kind !== 'Name') return false;
  return func.value.id === figure || pyplotName(program, statement.value) === 'savefig';
}

function pyplotName(program: Program, call: Call): string | null {
  const qualified = program.notebookNames.qualifiedName(call.func) ?? '';
  return /^matplotlib\.pyplot\.(\w+)$/.exec(qualified)?.[1] ?? null;
}

function pyplotCalls(program: Program, roots: readonly Node[]): { name: string; call: Call }[] {
  return roots
    .flatMap((root) => findAll(root, 'Call'))
    .flatMap((call) => {
      const name = pyplotName(program, call);
      return name === null ? [] : [{ name, call }];
    });
}

/** What of pyplot asks for no figure. */
const ASKS_FOR_NO_FIGURE: ReadonlySet<string> = new Set(['ioff', 'figure', 'subplots', 'close']);

function judge(
  program: Program,
  tree: NotebookTree,
  variables: Variables,
  loop: For,
  { figure, opened, statement }: Saved,
): Finding {
  const refusal = (code: string, why: string): Finding => ({ type: 'refusal', at: opened, code, why });
  const { id } = figure;
  const pyplot = pyplotOwner(opened);
  if (pyplot === null || !isNeverShown(program, tree, loop))
    return refusal(
      'shown',
      `Jupyter shows \`${id}\` at the end of the cell, and closes it then: closed in the loop, it would not be shown.`,
    );
  if (
    opened.args.some(({ kind }) => kind === 'Constant') ||
    opened.keywords.some(({ name }) => name?.id === 'num')
  )
    return refusal('numbered', `\`${id}\` may have a number of its own, by which it is asked for again.`);
  const other = pyplotCalls(program, tree.modules).find(
    ({ name, call }) => !contains(loop, call) && !ASKS_FOR_NO_FIGURE.has(name),
  );
  if (other !== undefined)
    return refusal(
      'current-figure',
      `\`plt.${other.name}\` in cell ${program.cellOf(other.call).index} may be meant for a figure that is still open.`,
    );
  const variable = variables.of(figure);
  const kept = (variable?.reads ?? []).find((read) => tree.parentOf(read)?.kind !== 'Attribute');
  const later = variable === null ? undefined : readsAfter(statement, variable, tree, variables)[0];
  const used = kept ?? later;
  if (variable === null || variable.owner !== null || used !== undefined)
    return refusal('used-later', `\`${id}\` may be used after it is saved.`);
  return {
    type: 'change',
    at: opened,
    summary: `close \`${id}\` when it is saved`,
    reason: `No figure of this notebook is shown at the end of a cell, so that Jupyter closes none: each stays open until the kernel ends. Nothing uses \`${id}\` after it is saved.`,
    effect: 'none',
    assumes: ['code'],
    intents: [{ type: 'insertAfter', statement, code: [`${pyplot}.close(${id})`] }],
    adjustments: [],
    // That more than 20 figures are open.
    silences: ['RuntimeWarning'],
  };
}

/** `plt` of `plt.figure(...)`. */
function pyplotOwner({ func }: Call): string | null {
  return func.kind === 'Attribute' && func.value.kind === 'Name' ? func.value.id : null;
}

/**
 * Whether figures are shown nowhere: `matplotlib.use('Agg')` stands before the loop, and nothing turns to showing them.
 * `plt.ioff()` does not do: in the cell that imports pyplot Jupyter undoes it at the end of the cell (matplotlib-inline 0.2).
 */
function isNeverShown(program: Program, tree: NotebookTree, loop: For): boolean {
  const shows = program.cells.some(({ magics }) =>
    magics.some(({ name }) => name === 'matplotlib' || name === 'pylab' || name === 'config'),
  );
  const turns = tree.modules
    .flatMap((module) => findAll(module, 'Attribute'))
    .some(({ attr }) => /^(ion|show|switch_backend|pause|draw|interactive)$/.test(attr.id));
  const before = tree.modules
    .flatMap(({ body }) => body)
    .filter(({ source, start }) => source < loop.source || (source === loop.source && start < loop.start));
  const switched = before.some((statement) => {
    if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
    const { func, args } = statement.value;
    const [backend] = args;
    return (
      program.notebookNames.qualifiedName(func) === 'matplotlib.use' &&
      backend?.kind === 'StringLiteral' &&
      backend.value?.toLowerCase() === 'agg'
    );
  });
  const backends = tree.modules
    .flatMap((module) => findAll(module, 'Call'))
    .filter(({ func }) => program.notebookNames.qualifiedName(func) === 'matplotlib.use');
  return switched && !shows && !turns && backends.length <= 1;
}
