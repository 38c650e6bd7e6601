import { notebookBarrier } from '../src/analysis/cell-barriers.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program, StatementFacts } from '../src/analysis/program.js';
import { timingMagicOf } from '../src/analysis/timed-code.js';
import { Variables } from '../src/analysis/variables.js';
import { holdsData } from '../src/pandas/kinds.js';
import type { Call, Expression, Name } from '../src/python/ast.js';
import { findAll } from '../src/python/walk.js';
import type { Finding, Refusal, Transform } from '../src/refactor/contract.js';

/** A list of frames or arrays that has been put together into one is let go. */
export const freeParts: Transform = {
  id: 'free-parts',
  summary: 'a list of parts that have been put together is freed',
  explanation: `\
A list that grows in a loop, only to be put together at the end, stays alive beside what is made of it: all the data is there twice.

    parts = []
    for name in names:
        parts.append(pd.read_csv(name))
    df = pd.concat(parts)

becomes

    parts = []
    for name in names:
        parts.append(pd.read_csv(name))
    df = pd.concat(parts)
    del parts

It wants a list at the top level, of frames, series or arrays, that nothing reads afterwards, and a function that copies them into one:
\`pandas.concat\` along the rows, \`numpy.concatenate\`, \`array\`, \`stack\` and their like. Where \`collapse\` makes a function of the same
cells, the list dies there anyway. It refuses where the parts are put into something else, too, or a cell shows the list.
The name of the loop's last part goes on holding that one.
`,

  *find(program) {
    const tree = NotebookTree.of(program);
    const variables = Variables.of(tree);
    let barrier: ReturnType<typeof notebookBarrier> | undefined;
    for (const statement of program.statements)
      for (const found of findGathered(program, statement)) {
        if (!grows(program, variables, found.list) || isBoundNext(program, statement, found.name)) continue;
        barrier ??= notebookBarrier(program) ?? watcher(program);
        const why = `\`${found.name}\` is not freed: ${barrier?.why}.`;
        yield barrier === null
          ? judge(program, tree, variables, statement, found)
          : { type: 'refusal', at: found.list, code: barrier.code, why };
      }
  },
};

/** What copies a list of parts into one. */
const COPIES =
  /^(pandas\.concat|numpy\.(array|concatenate|stack|vstack|hstack|dstack|row_stack|column_stack))$/;

interface Gathered {
  readonly name: string;
  readonly list: Name;
  readonly copies: string;
}

/** The lists whose parts the statement puts together, which nothing reads afterwards. */
function findGathered(program: Program, statement: StatementFacts): readonly Gathered[] {
  const { node } = statement;
  if (node.kind !== 'Assign') return [];
  return findAll(node.value, 'Call').flatMap((call): Gathered[] => {
    const copies = program.notebookNames.qualifiedName(call.func) ?? '';
    const [list] = call.args;
    if (!COPIES.test(copies) || list?.kind !== 'Name' || !isWholeCopy(program, call, copies)) return [];
    const { id: name } = list;
    if (program.kindOf(list) !== 'list' || statement.liveAfter.has(name) || statement.writes.has(name))
      return [];
    return holdsParts(program, name, statement) ? [{ name, list, copies }] : [];
  });
}

/** Along the rows pandas copies always; along the columns, or where it is told not to, the parts may live on in the result. */
function isWholeCopy(program: Program, { args, keywords }: Call, copies: string): boolean {
  const [, axis, ...others] = args;
  const isOfRows = (value: Expression) =>
    ['0', "'index'", '"index"', "'rows'"].includes(program.textOf(value));
  const isPlain = axis === undefined || (isOfRows(axis) && !copies.endsWith('.array'));
  const mayKeep = (name: string | undefined) => name === undefined || name === 'copy' || name === 'dtype';
  return (
    isPlain &&
    others.length === 0 &&
    keywords.every(({ name, value }) => !mayKeep(name?.id) && (name?.id !== 'axis' || isOfRows(value)))
  );
}

/** Whether the next statement of the cell gives the name another value anyway. */
function isBoundNext(program: Program, { index, cell }: StatementFacts, name: string): boolean {
  const next = program.statements[index + 1];
  return next?.cell === cell && next.writes.has(name);
}

/** Who asks whether objects are alive still; null where nobody does. */
function watcher(program: Program): { readonly code: string; readonly why: string } | null {
  const watches = program.statements.some(({ node }) =>
    findAll(node, 'Call').some(({ func }) =>
      /^(weakref\.|gc\.get_)/.test(program.notebookNames.qualifiedName(func) ?? ''),
    ),
  );
  return watches ? { code: 'watched', why: 'the notebook asks which objects are still there' } : null;
}

/** Whether the name holds frames, series or arrays when the statement runs. */
function holdsParts(program: Program, name: string, { index }: StatementFacts): boolean {
  return program
    .heldBy(name)
    .filter(({ from, to }) => from <= index && (to === null || to >= index))
    .some(({ objects }) => objects.some(({ kind }) => holdsData(kind)));
}

function judge(
  program: Program,
  tree: NotebookTree,
  variables: Variables,
  statement: StatementFacts,
  { name, list, copies }: Gathered,
): Finding {
  const kept = keeperOf(program, tree, variables, list);
  if (kept !== null) return { type: 'refusal', at: list, ...kept };
  return {
    type: 'change',
    at: list,
    subject: name,
    summary: `free \`${name}\` when its parts have been put together`,
    reason: `\`${copies.replace(/^pandas/, 'pd').replace(/^numpy/, 'np')}\` copies them, and nothing reads \`${name}\` after cell ${statement.cell}.`,
    effect: 'none',
    assumes: ['code', 'linear'],
    intents: [{ type: 'delete', statement: statement.node, name }],
    adjustments: [{ type: 'dies-after', names: [name], statement: statement.index }],
    frees: [name],
  };
}

/** Whether the name is only ever bound to empty lists, which grow, and to what comprehensions make. */
function grows(program: Program, variables: Variables, name: Name): boolean {
  const values = variables.valuesOf(name) ?? [];
  return (
    values.length > 0 &&
    values.every(
      (value) =>
        (value.kind === 'List' && value.elements.length === 0) ||
        (value.kind === 'Comprehension' && value.type === 'list') ||
        program.textOf(value) === 'list()',
    )
  );
}

/**
 * Why freeing the list is no good, or would free nothing: it is timed, the text puts the list or a part into something else,
 * or shows it. What the objects might be held by in other ways is not asked for: to free the list is no less right then.
 */
function keeperOf(
  program: Program,
  tree: NotebookTree,
  variables: Variables,
  list: Name,
): Pick<Refusal, 'code' | 'why'> | null {
  const kept = (why: string) => ({ code: 'kept', why });
  const timed = timingMagicOf(program, list);
  if (timed !== undefined)
    return {
      code: 'magic',
      why: `\`%${timed.name}\` runs the line again and again, where \`del\` would take part.`,
    };
  if (program.cells.some(({ shown }) => shown?.kind === 'Name' && shown.id === list.id))
    return kept(`\`Out\` holds \`${list.id}\`, which a cell shows.`);
  const { bindings = [], reads = [] } = variables.of(list) ?? {};
  const alias = bindings.some((binding) => {
    const made = tree.parentOf(binding);
    return made?.kind === 'Assign' && made.targets.length > 1;
  });
  if (alias) return kept(`\`${list.id}\` has another name, too.`);
  for (const read of reads) {
    if (isHandedOn(program, tree, read))
      return kept(`\`${list.id}\` is handed on in cell ${program.cellOf(read).index}, where it may be kept.`);
    const method = tree.parentOf(read);
    const call = method?.kind === 'Attribute' ? tree.parentOf(method) : null;
    const [part] = call?.kind === 'Call' ? call.args : [];
    if (method?.kind !== 'Attribute' || method.attr.id !== 'append' || part?.kind !== 'Name') continue;
    const other = (variables.of(part)?.reads ?? []).find((one) => one !== part && isKept(tree, one));
    if (other !== undefined)
      return kept(`\`${part.id}\` is put into something else, too, in cell ${program.cellOf(other).index}.`);
  }
  return null;
}

/** What keeps nothing of a list that it gets. */
const LOOKS = /^(len|print|enumerate|zip|sum|any|all|min|max|bool|str|repr|range|isinstance)$/;

/** Whether the list itself goes to something that may hold it. */
function isHandedOn(program: Program, tree: NotebookTree, read: Name): boolean {
  const parent = tree.parentOf(read);
  switch (parent?.kind) {
    case 'Assign':
    case 'Keyword':
    case 'Parameter':
    case 'List':
    case 'Tuple':
    case 'DictEntry':
    case 'Return':
      return true;
    case 'Call': {
      const qualified = program.notebookNames.qualifiedName(parent.func);
      const isLook = parent.func.kind === 'Name' && LOOKS.test(parent.func.id);
      return parent.func !== read && qualified === null && !isLook;
    }
    default:
      return false;
  }
}

/** `others.append(part)`, `others[key] = part`, `others = part` */
function isKept(tree: NotebookTree, part: Name): boolean {
  const parent = tree.parentOf(part);
  if (parent?.kind === 'Assign') return parent.value === part;
  return parent?.kind === 'Call' && parent.func.kind === 'Attribute' && parent.func.attr.id === 'append';
}
