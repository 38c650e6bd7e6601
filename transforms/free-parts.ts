import { notebookBarrier } from '../src/analysis/cell-barriers.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program, StatementFacts } from '../src/analysis/program.js';
import { Variables } from '../src/analysis/variables.js';
import { holdsData } from '../src/pandas/kinds.js';
import type { Call, Name } from '../src/python/ast.js';
import { findAll } from '../src/python/walk.js';
import type { Finding, Transform } from '../src/refactor/contract.js';

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
    const variables = new Variables(tree);
    let barrier: ReturnType<typeof notebookBarrier> | undefined;
    for (const statement of program.statements) {
      const found = findGathered(program, statement);
      if (found === null || !grows(program, variables, found.list)) continue;
      barrier ??= notebookBarrier(program);
      yield barrier === null
        ? judge(program, tree, variables, statement, found)
        : {
            type: 'refusal',
            at: found.list,
            code: barrier.code,
            why: `\`${found.name}\` is not freed: ${barrier.why}.`,
          };
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

/** The list whose parts the statement puts together, where nothing reads it afterwards; null where there is none. */
function findGathered(program: Program, statement: StatementFacts): Gathered | null {
  const { node } = statement;
  if (node.kind !== 'Assign') return null;
  for (const call of findAll(node.value, 'Call')) {
    const copies = program.notebookNames.qualifiedName(call.func) ?? '';
    const [list] = call.args;
    if (!COPIES.test(copies) || list?.kind !== 'Name' || !isWholeCopy(program, call)) continue;
    const { id: name } = list;
    if (program.kindOf(list) !== 'list' || statement.liveAfter.has(name) || statement.writes.has(name))
      continue;
    if (partsOf(program, name, statement).length > 0) return { name, list, copies };
  }
  return null;
}

/** Along the rows pandas copies always; along the columns, or where it is told not to, the parts may live on in the result. */
function isWholeCopy(program: Program, { args, keywords }: Call): boolean {
  if (args.length > 1 && keywords.length === 0) return false;
  return keywords.every(({ name, value }) => {
    if (name === null || name.id === 'copy') return false;
    return name.id !== 'axis' || ['0', "'index'", '"index"', "'rows'"].includes(program.textOf(value));
  });
}

/** The frames, series and arrays that the name holds when the statement runs. */
function partsOf(program: Program, name: string, { index }: StatementFacts) {
  return program
    .heldBy(name)
    .filter(
      ({ object, from, to }) => from <= index && (to === null || to >= index) && holdsData(object.kind),
    );
}

function judge(
  program: Program,
  tree: NotebookTree,
  variables: Variables,
  statement: StatementFacts,
  { name, list, copies }: Gathered,
): Finding {
  const kept = keeperOf(program, tree, variables, list);
  if (kept !== null) return { type: 'refusal', at: list, code: 'kept', why: kept };
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
 * Why freeing the list would free nothing: the text puts the same part into something else, or shows the list. It is no
 * less right then, so that what the objects might be by other ways is not asked for.
 */
function keeperOf(program: Program, tree: NotebookTree, variables: Variables, list: Name): string | null {
  if (program.cells.some(({ shown }) => shown?.kind === 'Name' && shown.id === list.id))
    return `\`Out\` holds \`${list.id}\`, which a cell shows.`;
  for (const read of variables.of(list)?.reads ?? []) {
    const method = tree.parentOf(read);
    const call = method?.kind === 'Attribute' ? tree.parentOf(method) : null;
    const [part] = call?.kind === 'Call' ? call.args : [];
    if (method?.kind !== 'Attribute' || method.attr.id !== 'append' || part?.kind !== 'Name') continue;
    const other = (variables.of(part)?.reads ?? []).find((one) => one !== part && isKept(tree, one));
    if (other !== undefined)
      return `\`${part.id}\` is put into something else, too, in cell ${program.cellOf(other).index}.`;
  }
  return null;
}

/** `others.append(part)`, `others[key] = part`, `others = part` */
function isKept(tree: NotebookTree, part: Name): boolean {
  const parent = tree.parentOf(part);
  if (parent?.kind === 'Assign') return parent.value === part;
  return parent?.kind === 'Call' && parent.func.kind === 'Attribute' && parent.func.attr.id === 'append';
}
