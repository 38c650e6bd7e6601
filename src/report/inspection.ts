import type { Columns } from '../analysis/column-labels.js';
import type { ColumnUse } from '../analysis/column-use.js';
import { FrameColumns } from '../analysis/frame-columns.js';
import type { CellFacts, Noneness, Program, StatementFacts } from '../analysis/program.js';
import type { Read } from '../analysis/reads.js';
import type { Environment, Versions } from '../environment/environment.js';
import { UserError } from '../errors/user-error.js';
import type { CellType } from '../notebook/notebook.js';
import { builtinNames } from '../python/identifiers.js';
import { printable } from '../text/colour.js';

/** What nbslim understands of a notebook, cell by cell, in plain data. Lists of names are sorted. */
export interface Inspection {
  /** Of `docs/inspect.schema.json`: it grows by one where a program that reads this would have to change. */
  readonly schemaVersion: 1;
  readonly path: string;
  /** `'4.5'`. */
  readonly nbformat: string;
  readonly environment: Versions & { readonly origin: string | null };
  /** Why no name can be known anywhere, else null. */
  readonly opaque: string | null;
  readonly cells: readonly InspectedCell[];
  /** What each global name is when the notebook has run, of those that are bound then. */
  readonly names: Readonly<Record<string, string>>;
  /** What is known of their values besides. */
  readonly values: Readonly<Record<string, InspectedValue>>;
  /** The calls that read data files, in the order of their evaluation. */
  readonly files: readonly InspectedRead[];
}

export interface InspectedValue {
  /** Whether it is None. */
  readonly none: Noneness;
  /** The columns of a frame, in their order; null where they are not known. */
  readonly columns: Columns | null;
  /** Other names that may refer to the same object, to a part of it or a view. */
  readonly sharedWith: readonly string[];
}

export interface InspectedRead {
  /** From 1, over all cells. */
  readonly cell: number;
  /** `'read_csv'`. */
  readonly function: string;
  /** As it is written, where that can be told, else null. */
  readonly path: string | null;
  /** Those of its columns that the notebook asks for: their values, their names, or that they are there. */
  readonly columnsInUse: 'all' | readonly string[];
  /** What asks for all of them first; null where nothing does. */
  readonly allIn: { readonly cell: number; readonly code: string } | null;
}

export interface InspectedCell {
  /** From 1, over all cells. */
  readonly index: number;
  readonly type: CellType;
  readonly id: string | null;
  /** Global names that it reads, in functions that it calls too. */
  readonly reads: readonly string[];
  /** Those of `reads` that it may read before it has bound them itself. */
  readonly needs: readonly string[];
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

/** @param headers the columns that a read gives, where its file has been looked at */
export function inspectProgram(
  program: Program,
  environment: Environment,
  headers: ReadonlyMap<Read, Columns> = new Map(),
): Inspection {
  const { notebook } = program;
  const names = [...program.names].sort(([a], [b]) => (a < b ? -1 : 1));
  let live: ReadonlySet<string> = new Set();
  const isOwn = ownNames(program);
  const columns = new FrameColumns(program, headers);
  return {
    schemaVersion: 1,
    path: notebook.path,
    nbformat: `${notebook.nbformat.major}.${notebook.nbformat.minor}`,
    environment: { ...environment.versions, origin: environment.origin },
    opaque: program.opaque,
    cells: program.cells.map((facts) => {
      // A cell without statements passes on what is alive above it.
      live = facts.statements.at(-1)?.liveAfter ?? live;
      return inspectCell(facts, live, program, isOwn);
    }),
    names: Object.fromEntries(names),
    values: Object.fromEntries(names.flatMap(([name]) => inspectValue(program, name, columns))),
    files: program.reads.map((read) => inspectRead(program, read)),
  };
}

function inspectValue(program: Program, name: string, columns: FrameColumns): [string, InspectedValue][] {
  const none = program.nonenessAtEnd(name);
  if (none === null) return [];
  const sharedWith = [...program.sharersOf(name, program.statements.length - 1)].sort();
  return [[name, { none, columns: columns.atEnd(name), sharedWith }]];
}

function inspectRead(program: Program, read: Read): InspectedRead {
  const columns = new Set<string>();
  let all: ColumnUse | null = null;
  for (const use of program.usesOf(read)) {
    // What a name holds at the end, and what is bound anew, is asked for by nobody.
    if (use.operation.type === 'final' || use.operation.type === 'overwritten') continue;
    if (use.columns === 'all') all ??= use;
    else for (const column of use.columns) columns.add(column);
  }
  return {
    cell: program.cellOf(read.call).index,
    function: read.function,
    path: read.path,
    columnsInUse: all === null ? [...columns].sort() : 'all',
    allIn: all === null ? null : { cell: program.cellOf(all.node).index, code: program.textOf(all.node) },
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
    needs: needsOf(statements).filter(isOwn),
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

function needsOf(statements: readonly StatementFacts[]): string[] {
  const bound = new Set<string>();
  const needed = new Set<string>();
  for (const { needs, writes, deletes } of statements) {
    for (const name of needs) if (!bound.has(name)) needed.add(name);
    for (const name of deletes) bound.delete(name);
    for (const name of writes) bound.add(name);
  }
  return [...needed].sort();
}

/** The same of one cell alone. Throws a `UserError` where there is no such cell. */
export function inspectionOfCell(inspection: Inspection, index: number): Inspection {
  const { path, cells, files } = inspection;
  const chosen = cells.filter((cell) => cell.index === index);
  if (chosen.length === 0)
    throw new UserError(`${path}: there is no cell ${index}; the notebook has ${cells.length}`);
  return { ...inspection, cells: chosen, files: files.filter(({ cell }) => cell === index) };
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
    `${path}: nbformat ${inspection.nbformat}, ${cells.length} cell${cells.length === 1 ? '' : 's'}`,
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
    lines.push(
      '',
      'at the end',
      ...kinds.map(([name, kind]) => {
        const columns = inspection.values[name]?.columns ?? null;
        return `  ${name.padEnd(12)} ${kind}${columns === null ? '' : ` of ${columns.join(', ')}`}`;
      }),
    );
  for (const { cell, function: name, path: file, columnsInUse, allIn } of inspection.files) {
    const used = columnsInUse === 'all' ? 'all columns' : columnsInUse.join(', ') || 'no column';
    const why = allIn === null ? '' : ` (cell ${allIn.cell}: ${firstLine(allIn.code)})`;
    lines.push(
      '',
      `${name} in cell ${cell}${file === null ? '' : ` of ${file}`}`,
      `  asked for    ${used}${why}`,
    );
  }
  return `${lines.map(printable).join('\n')}\n`;
}

function firstLine(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  return rest.length === 0 ? first : `${first.trimEnd()} ...`;
}
