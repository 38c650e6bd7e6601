import type { Notebook } from '../notebook/notebook.js';
import type { ValueKind } from '../pandas/kinds.js';
import type { Expression, Node, Position, Statement } from '../python/ast.js';
import type { Parser } from '../python/parse.js';
import { Budget } from './budget.js';
import { GlobalNames } from './global-names.js';
import { Holdings } from './holdings.js';
import { evaluate } from './interpret-expression.js';
import { finishReads } from './interpret-read.js';
import { runBlock, runStatement } from './interpret-statement.js';
import { addLiveness } from './liveness.js';
import { Machine } from './machine.js';
import { indexMentions } from './mentions.js';
import { NotebookNames } from './notebook-names.js';
import type { CellFacts, Program, StatementFacts } from './program.js';
import { reachByText } from './reach.js';
import type { Reach } from './reaches-names.js';
import { overlaps, type ReadCell, readCells } from './read-cells.js';
import type { Read } from './reads.js';
import type { Recorder } from './recorder.js';
import { UNKNOWN } from './value.js';

/** A magic that may bind, change or delete any name, by its own name. */
const REACHES_ALL_NAMES: ReadonlySet<string> = new Set([
  'run',
  'pylab',
  'store',
  'reset',
  'reset_selective',
  'load',
  'loadpy',
  'xdel',
]);

/** Where the nodes of a text stand that stands in no cell; the first cell is 1. */
const NO_CELL = 0;

/** What the whole notebook means. Pure; reads nothing but the notebook. */
export function analyzeNotebook(notebook: Notebook, parser: Parser): Program {
  const read = readCells(notebook, parser);
  const names = new GlobalNames(read.flatMap((cell) => cell.module ?? []));
  const reach = reachByText(read, names);
  let known: Interpretation | null = null;
  return programOf(notebook, read, names, reach, () => {
    known ??= interpret(notebook, parser, read, names, reach);
    return known;
  });
}

/** What has come of running the abstract program. */
interface Interpretation {
  readonly machine: Machine;
  readonly holdings: Holdings;
  readonly objects: ReturnType<Holdings['objects']>;
  readonly statements: readonly StatementFacts[];
  /** Those of each cell, by the cell's index. */
  readonly byCell: ReadonlyMap<number, readonly StatementFacts[]>;
  readonly reads: readonly Read[];
  /** What is bound at the end. */
  readonly names: ReadonlyMap<string, ValueKind>;
}

function interpret(
  notebook: Notebook,
  parser: Parser,
  read: readonly ReadCell[],
  globalNames: GlobalNames,
  reach: Reach | null,
): Interpretation {
  const count = read.reduce((n, cell) => n + (cell.module?.body.length ?? 0), 0);
  const machine = new Machine(
    globalNames,
    runBlock,
    evaluate,
    ({ source, start, end }) => notebook.cells[source - 1]?.source.slice(start, end) ?? '',
    (text) => {
      const { module, errors } = parser.parse(text, NO_CELL);
      return errors.length === 0 ? module : null;
    },
    new Budget(1000 + 8 * count, 300 + 3 * count),
  );
  if (reach !== null) machine.reachAny(reach);
  const holdings = new Holdings(machine);
  const bare: Omit<StatementFacts, 'liveAfter'>[] = [];
  for (const cell of read) {
    for (const magic of cell.magics)
      if (magic.effect === 'opaque' && REACHES_ALL_NAMES.has(magic.name)) machine.opaque ??= magic.why;
    for (const node of cell.module?.body ?? []) {
      machine.startStatement(bare.length, node);
      runTopLevel(machine, holdings, cell, node);
      holdings.update();
      bare.push(factsOf(machine, holdings, cell, node, bare.length));
    }
  }
  noteFinals(machine);
  finishReads(machine, machine.opaque !== null || bare.some(({ opaque }) => opaque !== null));
  const statements = addLiveness(bare, read, machine.escaped);
  const byCell = new Map<number, StatementFacts[]>(read.map((cell) => [cell.cell.index, []]));
  for (const statement of statements) byCell.get(statement.cell)?.push(statement);
  return {
    machine,
    holdings,
    objects: holdings.objects(),
    statements,
    byCell,
    reads: [...machine.reads.values()],
    names: new Map([...machine.globals()].map(([name, { kind }]) => [name, kind])),
  };
}

function runTopLevel(m: Machine, holdings: Holdings, cell: ReadCell, node: Statement): void {
  runStatement(m, node);
  for (const magic of cell.magics) {
    if (!overlaps(magic.span, node) && magic.kind !== 'cell') continue;
    for (const name of magic.uses) m.read(name);
    for (const name of magic.defines) m.bindGlobal(name, UNKNOWN);
    if (magic.effect === 'display') m.recorder.effects.add('displays');
    if (magic.effect === 'outside') m.recorder.effects.add('unknown');
    if (magic.effect === 'opaque') m.recorder.opaque ??= magic.why;
  }
  const { shown } = cell;
  if (shown === null || node.kind !== 'ExpressionStatement' || shown !== node.value) return;
  const value = m.values.get(shown);
  if (value?.none !== 'always') m.recorder.effects.add('displays');
  holdings.holdShown(m.useShown(shown), m.statement);
}

function factsOf(
  m: Machine,
  holdings: Holdings,
  cell: ReadCell,
  node: Statement,
  index: number,
): Omit<StatementFacts, 'liveAfter'> {
  const recorder: Recorder = m.recorder;
  const writes = new Set<string>();
  const maybeWrites = new Set<string>();
  for (const name of recorder.bound) {
    if (m.isDefinite(name)) writes.add(name);
    else if (!recorder.deletes.has(name) || m.peek(name) !== null) maybeWrites.add(name);
  }
  return {
    index,
    cell: cell.cell.index,
    node,
    reads: recorder.reads,
    needs: recorder.needs,
    inFunctions: recorder.inFunctions,
    writes,
    maybeWrites,
    deletes: recorder.deletes,
    mutates: holdings.namesOf(recorder.mutated),
    effects: recorder.effects,
    opaque: recorder.opaque,
  };
}

/** What names still hold at the end are the notebook's results. */
function noteFinals(m: Machine): void {
  for (const [name, value] of m.globals()) {
    const [object] = value.objects;
    // A list has no place of its own that is asked for: what lies in it is.
    const display = value.elements === null || object === undefined ? null : m.graph.nodeOf(object);
    const at = value.data?.parts[0]?.read.call ?? display;
    if (at !== null) m.use(value, { type: 'final', name }, at as Expression);
  }
}

function programOf(
  notebook: Notebook,
  read: readonly ReadCell[],
  globalNames: GlobalNames,
  reach: Reach | null,
  facts: () => Interpretation,
): Program {
  const cells = read.map(
    (cell): CellFacts => ({
      index: cell.cell.index,
      cell: cell.cell,
      module: cell.module,
      magics: cell.magics,
      markers: cell.markers,
      comments: cell.comments,
      opaque: cell.opaque,
      isHeading: cell.isHeading,
      shown: cell.shown,
      get statements() {
        return facts().byCell.get(cell.cell.index) ?? [];
      },
    }),
  );
  const cellOf = ({ source }: Position): CellFacts => {
    const cell = cells[source - 1];
    if (cell === undefined) throw new Error(`no cell ${source}`);
    return cell;
  };
  let notebookNames: NotebookNames | null = null;
  let mentions: ReadonlyMap<string, readonly StatementFacts[]> | null = null;
  return {
    notebook,
    cells,
    get statements() {
      return facts().statements;
    },
    get reads() {
      return facts().reads;
    },
    get objects() {
      return facts().objects.all;
    },
    heldBy: (name) => facts().objects.heldBy(name),
    get opaque() {
      return reach?.why ?? facts().machine.opaque;
    },
    get reach() {
      return reach ?? facts().machine.reach;
    },
    get names() {
      return facts().names;
    },
    nonenessAtEnd: (name) => facts().machine.peek(name)?.none ?? null,
    mentionsOf(name) {
      mentions ??= indexMentions(facts().statements);
      return mentions.get(name) ?? [];
    },
    cellOf,
    statementOf(node) {
      const found = statementAround(cellOf(node).statements, node);
      if (found === undefined) throw new Error('the node stands in no statement of the program');
      return found;
    },
    textOf: (node) => cellOf(node).cell.source.slice(node.start, node.end),
    kindOf: (expression) => facts().machine.values.get(expression)?.kind ?? 'unknown',
    noneness: (expression) => facts().machine.values.get(expression)?.none ?? 'maybe',
    sharersOf: (name, statement) => facts().holdings.sharersOf(name, statement),
    keepersOf: (name, statement) => facts().holdings.keepersOf(name, statement),
    usesOf: (wanted) => facts().machine.uses.of(wanted),
    get notebookNames() {
      notebookNames ??= new NotebookNames(
        globalNames.root,
        cells.flatMap(({ module }) => module ?? []),
      );
      return notebookNames;
    },
  };
}

/** A cell may have thousands of statements, so by halves. */
function statementAround(statements: readonly StatementFacts[], node: Node): StatementFacts | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.node.end ?? 0) < node.end) low = middle + 1;
    else high = middle;
  }
  const found = statements[low];
  return found !== undefined && found.node.start <= node.start ? found : undefined;
}
