import type { CellFacts, Program, StatementFacts } from '../analysis/program.js';
import type { Environment, Versions } from '../environment/environment.js';
import type { CellType } from '../notebook/notebook.js';
import { builtinNames } from '../python/identifiers.js';
import { printable } from '../text/colour.js';

/** What nbslim understands of a notebook, cell by cell, in plain data. Lists of names are sorted. */
export interface Inspection {
  readonly path: string;
  /** `'4.5'`. */
  readonly nbformat: string;
  readonly environment: Versions & { readonly origin: string | null };
  /** Why no name can be known anywhere, else null. */
  readonly opaque: string | null;
  readonly cells: readonly InspectedCell[];
  /** What each global name is when the notebook has run, of those that are bound then. */
  readonly names: Readonly<Record<string, string>>;
}

export interface InspectedCell {
  /** From 1, over all cells. */
  readonly index: number;
  readonly type: CellType;
  readonly id: string | null;
  /** Global names that it reads, in functions that it calls too. */
  readonly reads: readonly string[];
  /** Global names that it binds, on some path at least. */
  readonly writes: readonly string[];
  /** Global names whose object it may change. */
  readonly mutates: readonly string[];
  readonly deletes: readonly string[];
  /** The expression whose value Jupyter shows below the cell, as it is written; else null. */
  readonly shows: string | null;
  /** What it does besides: `prints`, `draws`, `reads-file` ... */
  readonly effects: readonly string[];
  /** Global names that may be read below before they are bound anew. */
  readonly liveAfter: readonly string[];
  /** Why nothing can be said of it, else null. */
  readonly opaque: string | null;
}

export function inspectProgram(program: Program, environment: Environment): Inspection {
  const { notebook } = program;
  let live: ReadonlySet<string> = new Set();
  const isOwn = ownNames(program);
  return {
    path: notebook.path,
    nbformat: `${notebook.nbformat.major}.${notebook.nbformat.minor}`,
    environment: { ...environment.versions, origin: environment.origin },
    opaque: program.opaque,
    cells: program.cells.map((facts) => {
      // A cell without statements passes on what is alive above it.
      live = facts.statements.at(-1)?.liveAfter ?? live;
      return inspectCell(facts, live, program, isOwn);
    }),
    names: Object.fromEntries([...program.names].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Whether a name is the notebook's: `print` is not, unless the notebook binds it anew. */
function ownNames(program: Program): (name: string) => boolean {
  const builtins = builtinNames();
  const bound = new Set(program.statements.flatMap(({ writes, maybeWrites }) => [...writes, ...maybeWrites]));
  return (name) => bound.has(name) || !builtins.has(name);
}

function inspectCell(
  facts: CellFacts,
  live: ReadonlySet<string>,
  program: Program,
  isOwn: (name: string) => boolean,
): InspectedCell {
  const { index, cell, statements, shown } = facts;
  const collect = (names: (statement: StatementFacts) => Iterable<string>): string[] =>
    [...new Set(statements.flatMap((statement) => [...names(statement)]))].sort();
  return {
    index,
    type: cell.type,
    id: cell.id,
    reads: collect((statement) => statement.reads).filter(isOwn),
    writes: collect((statement) => [...statement.writes, ...statement.maybeWrites]),
    mutates: collect((statement) => statement.mutates),
    deletes: collect((statement) => statement.deletes),
    // Jupyter shows no None.
    shows: shown === null || program.noneness(shown) === 'always' ? null : program.textOf(shown),
    effects: collect((statement) => statement.effects),
    liveAfter: [...live].filter(isOwn).sort(),
    opaque: facts.opaque ?? statements.find((statement) => statement.opaque !== null)?.opaque ?? null,
  };
}

/** For people: of each code cell what is not empty. Ends with a newline. */
export function formatInspection(inspection: Inspection): string {
  const { path, environment, opaque, cells, names } = inspection;
  const { python, pandas, numpy, pyarrow, origin } = environment;
  const versions = [
    ['python', python],
    ['pandas', pandas],
    ['numpy', numpy],
    ['pyarrow', pyarrow === false ? 'none' : pyarrow],
  ].flatMap(([name, version]) => (version === null ? [] : [`${name} ${version}`]));
  const lines = [
    `${path}: nbformat ${inspection.nbformat}, ${cells.length} cells`,
    `environment: ${versions.length === 0 ? 'not known' : `${versions.join(', ')}${origin === null ? '' : ` (from ${origin})`}`}`,
  ];
  if (opaque !== null) lines.push(`no name can be known: ${opaque}`);
  for (const cell of cells) {
    if (cell.type !== 'code') continue;
    lines.push('', `${path}:cell ${cell.index}`);
    const facts: [string, readonly string[]][] = [
      ['reads', cell.reads],
      ['writes', cell.writes],
      ['mutates', cell.mutates],
      ['deletes', cell.deletes],
      ['shows', cell.shows === null ? [] : [firstLine(cell.shows)]],
      ['does', cell.effects],
      ['alive after', cell.liveAfter],
      ['opaque', cell.opaque === null ? [] : [cell.opaque]],
    ];
    for (const [name, values] of facts)
      if (values.length > 0) lines.push(`  ${name.padEnd(12)} ${values.join(', ')}`);
  }
  const kinds = Object.entries(names).filter(([, kind]) => kind !== 'unknown');
  if (kinds.length > 0)
    lines.push('', 'at the end', ...kinds.map(([name, kind]) => `  ${name.padEnd(12)} ${kind}`));
  return `${lines.map(printable).join('\n')}\n`;
}

function firstLine(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  return rest.length === 0 ? first : `${first.trimEnd()} ...`;
}
