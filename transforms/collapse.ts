import { type BlockInterface, interfaceOf, olderBinding } from '../src/analysis/block-interface.js';
import { type Barrier, cellBarrier, notebookBarrier, shownNoneness } from '../src/analysis/cell-barriers.js';
import { warnsOfParent } from '../src/analysis/cut-frames.js';
import { type LargeName, listLargeNames } from '../src/analysis/large-names.js';
import { isImportedInBlock, statementsOutside } from '../src/analysis/outside.js';
import type { CellFacts, Program, ProgramObject, StatementFacts } from '../src/analysis/program.js';
import { mayBePandas2 } from '../src/environment/environment.js';
import { holdsData } from '../src/pandas/kinds.js';
import type { Statement } from '../src/python/ast.js';
import { freshName, isIdentifier } from '../src/python/identifiers.js';
import type {
  Change,
  Evidence,
  Finding,
  Intent,
  Options,
  Refusal,
  Transform,
} from '../src/refactor/contract.js';
import { FEW } from '../src/refactor/memory/few-values.js';
import { sizeBoundsOn } from '../src/refactor/memory/size-bound.js';

/**
 * A chain of cells becomes a function that returns only the final results: what is local to a function is freed when it
 * returns, while a notebook's cells keep everything alive.
 *
 * A chain goes from the cell that makes a large object (a frame, a series, an array) to the last cell that uses it. What
 * the cells show they go on showing: a last expression becomes `display(...)`, and a cell that drew ends with
 * `plt.show()`.
 */
export const collapse: Transform = {
  id: 'collapse',
  summary: 'turn a chain of cells into a function that returns only the final results',
  explanation: `A chain of cells becomes a function that returns only the final results.

What is local to a function is freed when it returns; a notebook's cells keep everything alive. The chain goes from the
cell that makes a large object to the last one that uses it, and stops at a heading.

Before:

    df = pd.read_csv('btc.csv')

    min_df = df.min()
    max_df = df.max()

After:

    def compute_min_df_max_df():
        df = pd.read_csv('btc.csv')

        min_df = df.min()
        max_df = df.max()
        return min_df, max_df


    min_df, max_df = compute_min_df_max_df()

What is made of a few values that the notebook writes out (\`pd.Series([4, 7, -5])\`) is left alone, and so is what has few
values as a rule (a table of groups, \`value_counts()\`, \`corr()\`, \`head()\`), unless \`--min-saving 0\` asks for it.

It refuses where a result keeps the large object alive (a view, a groupby), where a name cannot be known, where the cells
were last run in another order, and where a cell does what works at the top level only.
`,
  /** To leave what is small alone, and to say what each change saves. */
  needs: (program) => program.reads,
  *find(program, evidence, options) {
    const large = listLargeNames(program, smallerThan(options, program, evidence));
    if (large.length === 0) return;
    const barrier = notebookBarrier(program);
    if (barrier !== null) {
      const [first] = large;
      if (first !== undefined) yield refuse(barrier, first.made.node, null);
      return;
    }
    const barriers = new Map(program.cells.map((cell) => [cell.index, cellBarrier(program, cell)]));
    const spans: Span[] = [];
    for (const candidate of large) {
      const obstacle = obstacleBetween(program, barriers, candidate);
      if (obstacle === null)
        spans.push({ first: candidate.made.cell, last: candidate.used.cell, dying: [candidate] });
      else yield refuse(obstacle, candidate.made.node, candidate.name);
    }
    const names = new Set<string>([
      ...program.names.keys(),
      ...program.statements.flatMap((s) => [...s.writes, ...s.reads]),
    ]);
    const changes: Change[] = [];
    for (const span of mergeSpans(spans)) {
      const finding = collapseCells(program, span, options, names, changes);
      if (finding.type === 'change') {
        names.add(functionNameOf(finding));
        changes.push(finding);
      }
      yield finding;
    }
  },
};

/** Whether an object takes less than a change must save, by all that is known and likely: its death is no reason for one. */
function smallerThan(
  { minSaving, environment }: Options,
  program: Program,
  evidence: Evidence,
): (object: ProgramObject) => boolean {
  if (minSaving <= 0) return () => false;
  const bounds = sizeBoundsOn(program, evidence, environment.combinations, FEW);
  // A view takes nothing, and keeps what it is a view of.
  return (object) =>
    object.data?.extent !== 'view' &&
    bounds.every((bound) => (bound.ofObject(object) ?? Number.POSITIVE_INFINITY) < minSaving);
}

/** Cells, by their indexes, both included. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly dying: readonly LargeName[];
}

function refuse(barrier: Barrier, at: Statement, subject: string | null): Refusal {
  const what = subject === null ? 'No chain of cells is collapsed' : `\`${subject}\` stays alive`;
  return {
    type: 'refusal',
    code: barrier.code,
    why: `${what}: ${barrier.why}.`,
    at,
    ...(subject === null ? {} : { subject }),
  };
}

function obstacleBetween(
  program: Program,
  barriers: ReadonlyMap<number, Barrier | null>,
  { made, used }: LargeName,
): Barrier | null {
  for (const cell of program.cells.slice(made.cell - 1, used.cell)) {
    if (cell.isHeading || cell.cell.type === 'raw')
      return {
        code: 'heading-between',
        why: `cell ${cell.index} is a heading, and a chain of cells ends there; its last use is in cell ${used.cell}`,
      };
    const barrier = barriers.get(cell.index) ?? null;
    if (barrier !== null) return { code: barrier.code, why: `in cell ${cell.index}, ${barrier.why}` };
  }
  return null;
}

/** Spans that share a cell become one. */
function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.first - b.first || a.last - b.last)) {
    const before = merged.at(-1);
    if (before === undefined || span.first > before.last) merged.push(span);
    else
      merged[merged.length - 1] = {
        first: before.first,
        last: Math.max(before.last, span.last),
        dying: [...before.dying, ...span.dying],
      };
  }
  return merged;
}

const MOST_RESULTS = 8;

function collapseCells(
  program: Program,
  span: Span,
  options: Options,
  taken: ReadonlySet<string>,
  earlier: readonly Change[],
): Finding {
  const cells = program.cells.slice(span.first - 1, span.last).filter((cell) => cell.cell.type === 'code');
  const at = span.dying[0]?.made.node;
  if (at === undefined) throw new Error('a chain without a cause');
  const [subject] = span.dying.map((candidate) => candidate.name);
  const fail = (code: string, why: string) => refuse({ code, why }, at, subject ?? null);

  const outside = statementsOutside(program, cells, options.imports === 'inside');
  if (outside.obstacle !== null) return fail(outside.obstacle.code, outside.obstacle.why);
  const isGone = (name: string, index: number) => isTakenIn(program, name, index, earlier);
  const interfaceWithout = (statements: readonly Statement[]) => {
    const staysOutside = new Set(statements);
    const body = cells.flatMap((cell) => cell.statements).filter((s) => !staysOutside.has(s.node));
    return { statements, body, io: interfaceOf(program, body, isGone) };
  };
  const whole = interfaceWithout(outside.statements);
  const settings = leadingSettings(whole.body, whole.io.results);
  const {
    statements: before,
    body,
    io,
  } = settings.length === 0 ? whole : interfaceWithout([...outside.statements, ...settings]);
  const last = body.at(-1);
  if (last === undefined) return fail('empty', 'nothing but imports stands there');
  if (io.obstacle !== null) return fail(io.obstacle.code, io.obstacle.why);
  const imported = io.results.find((name) => isImportedInBlock(body, name));
  if (imported !== undefined)
    return fail('nested-import', `\`${imported}\` is imported in a block and wanted afterwards`);
  if (io.results.length > MOST_RESULTS)
    return fail(
      'too-many-results',
      `the function would return ${io.results.length} names: ${quote(io.results)}`,
    );
  const locals = new Set(io.locals);
  const dying = span.dying.filter(({ name }) => locals.has(name));
  const pins = dying.map((candidate) => ({
    ...candidate,
    by: pinnedBy(program, candidate.name, last, locals),
  }));
  const freed = pins.filter((pin) => pin.by === null);
  if (freed.length === 0) {
    const pin = pins.find((one) => one.by !== null);
    const old = span.dying.find(({ name }) => io.outlived.includes(name));
    if (pin === undefined && old !== undefined)
      return fail(
        'bound-before',
        `\`${old.name}\` is something else before, which would come to light again`,
      );
    if (pin === undefined) return fail('nothing-dies', 'all that the cells make is used afterwards');
    return refuse(
      { code: 'pinned', why: `\`${pin.by}\`, which stays, keeps it alive` },
      pin.made.node,
      pin.name,
    );
  }
  const first = body[0]?.index ?? 0;
  const old = io.locals.find((name) =>
    holdsOlderData(program, name, olderBinding(program, name, first, isGone)),
  );
  if (old !== undefined)
    return fail(
      'bound-before',
      `\`${old}\` holds other data before, which would then stay until the notebook ends`,
    );
  const warning = mayBePandas2(options.environment)
    ? io.results.find((name) => locals.has(warnsOfParent(program, name, body) ?? ''))
    : undefined;
  if (warning !== undefined)
    return fail(
      'warns',
      `\`${warning}\` is cut out of it, and what is put into that later makes pandas up to 2.3.3 print a SettingWithCopyWarning, while the other frame lives`,
    );
  const shows = showCells(program, cells, freshName('shown', taken));
  if (shows === null)
    return fail(
      'no-pyplot',
      'the cells draw, and no name for matplotlib.pyplot is there to show their figures one by one',
    );

  const name = freshName(nameFor(program, span, io, freed), taken);
  const extract: Intent = {
    type: 'extract',
    cells: cells.map((cell) => cell.index),
    outside: before,
    name,
    parameters: io.parameters,
    results: io.results,
    docstring: null,
  };
  const dead = [...new Set(freed.map((candidate) => candidate.name))];
  const held = quote(dead);
  return {
    type: 'change',
    at,
    subject: io.results.join(',') || name,
    summary: `collapse ${cells.length === 1 ? 'the cell' : `cells ${span.first} to ${span.last}`} into \`${name}()\`, so that ${held} ${dead.length === 1 ? 'dies' : 'die'} there`,
    reason: `Nothing reads ${held} after cell ${span.last}. ${io.results.length === 0 ? 'The function returns nothing' : `The function returns ${quote(io.results)}`}; what else it makes is freed when it returns.`,
    effect: 'none',
    assumes: ['code', 'linear'],
    intents: [extract, ...shows],
    adjustments: [
      { type: 'dies-after', names: io.locals, statement: last.index, since: first },
      // What `display` gets nobody keeps.
      ...body
        .filter(
          ({ node }) => node.kind === 'ExpressionStatement' && program.cellOf(node).shown === node.value,
        )
        .map(
          ({ index }) => ({ type: 'dies-after', names: ['Out'], statement: index, since: index }) as const,
        ),
    ],
    frees: io.locals,
    leavesStale: io.stale,
  } satisfies Change;
}

/** The literals at the head that have a name which is wanted afterwards: to return them would say nothing. */
function leadingSettings(body: readonly StatementFacts[], results: readonly string[]): readonly Statement[] {
  const isLiteral = ({ node }: StatementFacts) =>
    node.kind === 'Assign' &&
    node.targets.every(({ kind }) => kind === 'Name') &&
    (node.value.kind === 'Constant' || node.value.kind === 'StringLiteral');
  const binds = (s: StatementFacts, name: string) => s.writes.has(name) || s.maybeWrites.has(name);
  const isWanted = ({ node, writes }: StatementFacts) =>
    [...writes].every(
      (name) => results.includes(name) && body.every((s) => s.node === node || !binds(s, name)),
    );
  const end = body.findIndex((statement) => !isLiteral(statement));
  return body
    .slice(0, Math.max(0, end))
    .filter(isWanted)
    .map(({ node }) => node);
}

/** Whether what the name holds before is data, which binding it anew frees today. */
function holdsOlderData(program: Program, name: string, older: StatementFacts | null): boolean {
  if (older?.node.kind !== 'Assign') return false;
  // A chain that has been collapsed binds all its results at once.
  return older.node.targets
    .flatMap((target) => (target.kind === 'Tuple' ? target.elements : [target]))
    .some((target) => target.kind === 'Name' && target.id === name && holdsData(program.kindOf(target)));
}

/** Whether the statement that binds or deletes the name becomes a part of a function where the name is a local one. */
function isTakenIn(program: Program, name: string, index: number, earlier: readonly Change[]): boolean {
  const cell = program.statements[index]?.cell;
  return earlier.some(
    ({ intents, frees }) =>
      frees?.includes(name) === true &&
      intents.some((intent) => intent.type === 'extract' && intent.cells.some((one) => one === cell)),
  );
}

/** The name of a result or of a global that keeps the object of `name` alive; null where none does. */
function pinnedBy(
  program: Program,
  name: string,
  last: StatementFacts,
  locals: ReadonlySet<string>,
): string | null {
  for (const sharer of program.keepersOf(name, last.index))
    if (sharer !== 'Out' && !locals.has(sharer)) return sharer;
  return null;
}

/**
 * What makes the merged cell show what its cells showed; null where a figure could not be shown in its place.
 * [facts: collapse/display-none collapse/display-value collapse/two-plots-in-one-cell everywhere/display-and-show-order]
 */
function showCells(
  program: Program,
  cells: readonly CellFacts[],
  testedAs: string,
): readonly Intent[] | null {
  const intents: Intent[] = [];
  for (const [i, cell] of cells.entries()) {
    const last = cell.statements.at(-1);
    if (last === undefined) continue;
    const noneness = shownNoneness(program, cell);
    if (noneness === 'never' || noneness === 'maybe')
      intents.push({
        type: 'show',
        statement: last.node,
        ...(noneness === 'maybe' && { testedAs }),
      });
    const isLast = i === cells.length - 1;
    const draws =
      cell.statements.some((statement) => statement.effects.has('draws')) ||
      cell.cell.outputs.some((output) => output.kind === 'display_data' && output.data.has('image/png'));
    if (isLast || !draws) continue;
    const pyplot = findPyplot(program, last.index);
    if (leavesNoFigure(program, last.node, pyplot)) continue;
    if (pyplot === null) return null;
    intents.push({ type: 'insertAfter', statement: last.node, code: [`${pyplot}.show()`] });
  }
  return intents;
}

/** Whether the statement shows or closes all figures. `fig.show()` does neither in a notebook. */
function leavesNoFigure(program: Program, node: Statement, pyplot: string | null): boolean {
  if (node.kind !== 'ExpressionStatement') return false;
  const called = program.textOf(node);
  return ['show()', "close('all')", 'close("all")'].some(
    (call) => called === (pyplot === null ? call : `${pyplot}.${call}`),
  );
}

/** The name under which `matplotlib.pyplot` is known at a statement. */
function findPyplot(program: Program, before: number): string | null {
  for (const { node } of program.statements.slice(0, before)) {
    if (node.kind === 'Import')
      for (const alias of node.names)
        if (alias.name === 'matplotlib.pyplot' && alias.asName !== null) return alias.asName.id;
    if (node.kind === 'ImportFrom' && node.module === 'matplotlib')
      for (const alias of node.names) if (alias.name === 'pyplot') return alias.asName?.id ?? 'pyplot';
  }
  return null;
}

/** What the function is called: after what it returns or, where that is nothing or too much, what it works on. */
function nameFor(program: Program, span: Span, io: BlockInterface, freed: readonly LargeName[]): string {
  if (io.results.length > 0 && io.results.length <= 2) return `compute_${io.results.join('_')}`;
  const heading = program.cells.slice(0, span.first - 1).findLast((cell) => cell.cell.type === 'markdown');
  const line = /^#{1,6}\s+(.+)$/m.exec(heading?.isHeading === true ? heading.cell.source : '')?.[1] ?? '';
  const slug = line
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[\d_]+|_+$/g, '');
  if (slug.length > 2 && slug.length <= 40 && isIdentifier(slug)) return slug;
  return `${io.results.length === 0 ? 'explore' : 'process'}_${freed[0]?.name ?? 'data'}`;
}

function functionNameOf(change: Change): string {
  const extract = change.intents.find((intent) => intent.type === 'extract');
  return extract?.type === 'extract' ? extract.name : '';
}

const quote = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
