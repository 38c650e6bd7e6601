import { findErrorOutput } from '../notebook/outputs.js';
import type { Assign, ClassDef, FunctionDef, Node, Statement } from '../python/ast.js';
import { childrenOf } from '../python/walk.js';
import type { CellFacts, Program } from './program.js';
import { overlaps } from './read-cells.js';

/** Why code may not become a part of a function: a stable code and the end of a sentence. */
export interface Barrier {
  readonly code: string;
  readonly why: string;
}

/** Calls whose result does something by living: it must not die earlier than the notebook. */
const LIVES: ReadonlySet<string> = new Set(
  'TemporaryDirectory NamedTemporaryFile TemporaryFile FuncAnimation ArtistAnimation Lock RLock Thread Timer Pool ThreadPoolExecutor ProcessPoolExecutor interact interactive finalize ref WeakValueDictionary open connect Popen'.split(
    ' ',
  ),
);

/** Why no cell of the notebook may become a function; null where cells may. */
export function notebookBarrier(program: Program): Barrier | null {
  if (program.opaque !== null) return { code: 'opaque', why: program.opaque };
  if (!wasRunInOrder(program))
    return { code: 'out-of-order', why: 'its cells were last run in another order than from top to bottom' };
  const read = readOfHistory(program);
  if (read !== null)
    return { code: 'history', why: `\`${read.name}\` in cell ${read.cell} reads IPython's history` };
  if (program.cells.some((cell) => cell.cell.source.includes('ast_node_interactivity')))
    return { code: 'interactivity', why: '`ast_node_interactivity` makes every expression show its value' };
  if (isBound(program, 'display'))
    return { code: 'display-bound', why: 'the notebook has another `display` of its own' };
  return null;
}

/** The first name that stands for what cells have shown, or for their code: `_`, `_7`, `Out`; null where none is read. */
export function readOfHistory(program: Program): { readonly name: string; readonly cell: number } | null {
  for (const { reads, node } of program.statements)
    for (const name of reads)
      if (/^(_+|_\d+|_i+|_i\d+|Out|In)$/.test(name) && !isBound(program, name))
        return { name, cell: node.source };
  return null;
}

/** Whether the saved execution counts rise from cell to cell. */
export function wasRunInOrder({ cells }: Program): boolean {
  const counts = cells.map(({ cell }) => cell.executionCount).filter((n) => n !== null);
  return counts.every((count, i) => count > (counts[i - 1] ?? 0));
}

const isBound = (program: Program, name: string): boolean =>
  program.statements.some((statement) => statement.writes.has(name) && statement.node.kind !== 'ImportFrom');

/** Why the cell may not become a part of a function; null where it may. Not what depends on the cells around it. */
export function cellBarrier(program: Program, cell: CellFacts): Barrier | null {
  if (cell.opaque !== null) return { code: 'opaque', why: cell.opaque };
  const { markers } = cell;
  if (markers.pinned !== null) return { code: 'pinned-cell', why: markers.pinned };
  if (markers.raisesException || markers.otherLanguage !== null || markers.skipped)
    return { code: 'pinned-cell', why: 'it has a tag that wants it as it is' };
  if (markers.parameters.length > 0 || markers.directives.length > 0)
    return { code: 'pinned-cell', why: 'it has comments that another tool reads' };
  if (findErrorOutput(cell.cell.outputs) !== null)
    return { code: 'fails', why: 'it ended with an error when it was last run' };
  for (const magic of cell.magics) {
    const leading = cell.statements.findIndex((statement) => !isLeading(cell, statement.node));
    const body = cell.statements[leading];
    if (
      magic.kind !== 'line' ||
      magic.effect !== 'config' ||
      (body !== undefined && magic.span.start > body.node.start)
    )
      return { code: 'magic', why: `\`${magic.name}\` works at the top level only` };
  }
  for (const statement of cell.statements) {
    if (statement.opaque !== null) return { code: 'opaque', why: statement.opaque };
    const barrier = statementBarrier(statement.node);
    if (barrier !== null) return barrier;
  }
  // An `if` stands on a line of its own.
  if (shownNoneness(program, cell) === 'maybe' && !isFirstOnLine(cell))
    return {
      code: 'may-be-none',
      why: `nobody can say whether \`${excerpt(program, cell)}\` is None, which \`display\` would print`,
    };
  return null;
}

function isFirstOnLine({ cell, shown }: CellFacts): boolean {
  const start = shown?.start ?? 0;
  return /(^|\n)[ \t(]*$/.test(cell.source.slice(0, start));
}

function excerpt(program: Program, cell: CellFacts): string {
  const text = cell.shown === null ? '' : program.textOf(cell.shown).replace(/\s+/g, ' ');
  return text.length > 50 ? `${text.slice(0, 47)}...` : text;
}

/** A statement that stays at the top of its cell: an import, or a magic that sets something up. */
export function isLeading(cell: CellFacts, node: Statement): boolean {
  if (node.kind === 'Import' || node.kind === 'ImportFrom') return true;
  return cell.magics.some(
    (magic) => magic.effect === 'config' && magic.python === null && overlaps(magic.span, node),
  );
}

/**
 * Whether what the cell shows is None: from the code or, where that is silent, from the saved output, which holds a
 * value only if there was one.
 */
export function shownNoneness(program: Program, cell: CellFacts): 'never' | 'always' | 'maybe' | 'nothing' {
  if (cell.shown === null) return 'nothing';
  const noneness = program.noneness(cell.shown);
  if (noneness !== 'maybe') return noneness;
  return cell.cell.outputs.some((output) => output.kind === 'execute_result') ? 'never' : 'maybe';
}

/**
 * A definition that does nothing but bind its name, as far as its form tells: a function, a class, a lambda that is given a
 * name. It may stand at the top of its cell where what it reads at once (defaults, annotations, bases, a class's body) is
 * there already.
 */
export function isDefinition(node: Node): node is FunctionDef | ClassDef | Assign {
  switch (node.kind) {
    case 'FunctionDef':
      return node.decorators.length === 0;
    case 'ClassDef':
      return node.decorators.length === 0 && node.keywords.length === 0;
    case 'Assign':
      return node.value.kind === 'Lambda' && node.targets.length === 1 && node.targets[0]?.kind === 'Name';
    default:
      return false;
  }
}

function statementBarrier(statement: Statement): Barrier | null {
  if (isDefinition(statement)) return null;
  const pending: { node: Node; nested: boolean }[] = [{ node: statement, nested: false }];
  // What `with` opens it closes, too: its life ends inside.
  const closed = new Set<Node>();
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { node, nested } = item;
    if (node.kind === 'WithItem') closed.add(node.context);
    const found = closed.has(node) ? null : nodeBarrier(node, nested);
    if (found !== null) return found;
    const inner =
      nested || node.kind === 'Lambda' || node.kind === 'Comprehension' || node.kind === 'DictComprehension';
    for (const child of childrenOf(node)) pending.push({ node: child, nested: inner });
  }
  return null;
}

function nodeBarrier(node: Node, nested: boolean): Barrier | null {
  switch (node.kind) {
    case 'FunctionDef':
      return { code: 'definition', why: `it defines the function \`${node.name.id}\`` };
    case 'ClassDef':
      return { code: 'definition', why: `it defines the class \`${node.name.id}\`` };
    case 'ImportFrom':
      return node.isStar ? { code: 'star-import', why: 'it imports with a star' } : null;
    case 'Global':
    case 'Nonlocal':
    case 'Yield':
    case 'Await':
    case 'Return':
      return { code: 'top-level-only', why: `it has \`${node.kind.toLowerCase()}\` at the top level` };
    case 'With':
    case 'For':
    case 'ComprehensionFor':
      return node.isAsync && node.kind !== 'ComprehensionFor'
        ? { code: 'top-level-only', why: 'it has `async` at the top level' }
        : null;
    case 'AnnAssign':
      return node.value === null
        ? { code: 'top-level-only', why: 'it has an annotation without a value' }
        : null;
    case 'Assign':
      return node.value.kind === 'Lambda'
        ? { code: 'definition', why: 'it defines a function by `lambda`' }
        : null;
    case 'ExceptHandler':
      return node.type !== null && namesError(node.type)
        ? { code: 'name-error', why: 'it catches a NameError, which a function raises otherwise' }
        : null;
    case 'Call': {
      const name =
        node.func.kind === 'Name' ? node.func.id : node.func.kind === 'Attribute' ? node.func.attr.id : '';
      if (LIVES.has(name))
        return { code: 'lifetime', why: `what \`${name}\` gives does something as long as it lives` };
      if (nested && (name === 'query' || name === 'eval'))
        return {
          code: 'frame-lookup',
          why: `\`${name}\` inside a nested scope looks names up where they will not be`,
        };
      return null;
    }
    default:
      return null;
  }
}

function namesError(type: Node): boolean {
  return (
    (type.kind === 'Name' && /^(NameError|UnboundLocalError)$/.test(type.id)) ||
    childrenOf(type).some(namesError)
  );
}
