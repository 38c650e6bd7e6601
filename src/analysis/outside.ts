import type { Import, ImportFrom, Statement } from '../python/ast.js';
import { boundByImport } from '../python/identifiers.js';
import { SKIP, walk } from '../python/walk.js';
import { type Barrier, isDefinition, isLeading } from './cell-barriers.js';
import type { CellFacts, Program, StatementEffect, StatementFacts } from './program.js';

/** The imports and functions that stay at the top level, and why they cannot. */
export function statementsOutside(
  program: Program,
  cells: readonly CellFacts[],
  importsGoInside: boolean,
): { readonly statements: readonly Statement[]; readonly obstacle: Barrier | null } {
  const statements: Statement[] = [];
  let leading = true;
  const before = new Set<StatementFacts>();
  const all = cells.flatMap((cell) => cell.statements);
  const first = all[0]?.index ?? 0;
  const last = all.at(-1)?.index ?? -1;
  const settings = namesOfSettings(program);
  for (const cell of cells)
    for (const statement of cell.statements) {
      const { node } = statement;
      if (leading && isLeading(cell, node)) {
        const isImport = node.kind === 'Import' || node.kind === 'ImportFrom';
        if (!(isImport && importsGoInside && staysInside(cells, statement))) statements.push(node);
        continue;
      }
      leading = false;
      if (node.kind === 'Import' || node.kind === 'ImportFrom') {
        const moved = [...statement.writes].find((name) =>
          [...before].some((s) => s.reads.has(name) || s.writes.has(name)),
        );
        const isPlain = isOfPlainModules(node);
        const disturbed = [...before].some(
          (s) =>
            (!isPlain && DISTURBING.some((effect) => s.effects.has(effect))) ||
            [...s.reads].some((name) => settings.has(name)),
        );
        const fromFuture = node.kind === 'ImportFrom' && node.module === '__future__';
        if (moved !== undefined || disturbed || fromFuture)
          return {
            statements,
            obstacle: {
              code: 'late-import',
              why: `the import in cell ${cell.index} stands behind code that may matter to it`,
            },
          };
        statements.push(node);
        continue;
      } else if (isDefinition(node)) {
        const obstacle = whyNotAtTheTop(program, statement, before, { first, last });
        if (obstacle !== null) return { statements, obstacle };
        statements.push(node);
        continue;
      } else if (isLeading(cell, node))
        return {
          statements,
          obstacle: { code: 'magic', why: `a magic in cell ${cell.index} works at the top level only` },
        };
      before.add(statement);
    }
  return { statements, obstacle: null };
}

/** Why a definition cannot move above the statements that stand before it, of those that become the function. */
function whyNotAtTheTop(
  program: Program,
  definition: StatementFacts,
  before: ReadonlySet<StatementFacts>,
  { first, last }: { readonly first: number; readonly last: number },
): Barrier | null {
  const why = (text: string): Barrier => ({ code: 'definition', why: text });
  const [name = ''] = definition.writes;
  if (definition.effects.size > 0)
    return why(`what the definition of \`${name}\` in cell ${definition.cell} does may have to wait`);
  const binds = (s: StatementFacts, other: string) =>
    s.writes.has(other) || s.maybeWrites.has(other) || s.deletes.has(other);
  const isOther = program
    .mentionsOf(name)
    .filter((s) => first <= s.index && s.index <= last && s !== definition)
    .some((s) => (s.reads.has(name) && before.has(s)) || binds(s, name));
  if (isOther)
    return why(`\`${name}\`, which cell ${definition.cell} defines, is something else before or after`);
  const made = [...definition.reads].find((read) =>
    [...before].some((s) => binds(s, read) || s.mutates.has(read)),
  );
  return made === undefined
    ? null
    : why(
        `the definition of \`${name}\` in cell ${definition.cell} needs \`${made}\`, which is made before it`,
      );
}

/** What may make a module another than it would have been. */
const DISTURBING: readonly StatementEffect[] = ['unknown', 'random', 'writes-file'];

/**
 * Modules whose import takes no random number, writes nothing and asks nothing of what has been done before: so that it may
 * come earlier. Importing each public part of these was seen to leave the random state, the folder, `sys.path` and what
 * numpy prints as they were (scikit-learn 1.9, scipy 1.17). Not seaborn, which has set a style in its early days.
 */
const PLAIN_MODULES: ReadonlySet<string> = new Set(
  `numpy pandas scipy sklearn matplotlib abc argparse ast base64 bisect calendar cmath collections contextlib copy csv dataclasses
   datetime decimal enum fractions functools gc glob gzip hashlib heapq io itertools json math operator os pathlib pickle pprint
   random re shutil statistics string struct sys tempfile textwrap time typing unicodedata urllib uuid warnings zipfile`.split(
    /\s+/,
  ),
);

function isOfPlainModules(node: Import | ImportFrom): boolean {
  const modules =
    node.kind === 'Import'
      ? node.names.map(({ name }) => name)
      : node.level === 0
        ? [node.module ?? '']
        : [''];
  return modules.every((name) => PLAIN_MODULES.has(name.split('.')[0] ?? ''));
}

/** Modules whose state an import may depend on: where modules are found, what they are told when they start. */
const SETTINGS: ReadonlySet<string> = new Set(
  'sys os site importlib warnings logging matplotlib subprocess'.split(' '),
);

/** The names that such modules, or parts of them, are imported by. */
function namesOfSettings(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of program.statements) {
    if (node.kind === 'Import') {
      for (const alias of node.names) {
        const root = alias.name.split('.')[0] ?? '';
        // `matplotlib.pyplot as plt` is for drawing: it sets nothing that an import reads.
        if (SETTINGS.has(root) && (alias.asName === null || alias.name === root))
          names.add(boundByImport(alias));
      }
    } else if (node.kind === 'ImportFrom' && SETTINGS.has(node.module?.split('.')[0] ?? '')) {
      for (const alias of node.names) if (alias.name !== 'pyplot') names.add(boundByImport(alias));
    }
  }
  return names;
}

/** Whether nothing after the chain needs what the statement imports. */
function staysInside(cells: readonly CellFacts[], statement: StatementFacts): boolean {
  const last = cells.at(-1)?.statements.at(-1);
  return last !== undefined && [...statement.writes].every((name) => !last.liveAfter.has(name));
}

/** Whether the name is bound by an import in a block, `try` for one, which cannot move to the top level by itself. */
export function isImportedInBlock(body: readonly StatementFacts[], name: string): boolean {
  let isImported = false;
  for (const { node, writes, maybeWrites } of body)
    if (writes.has(name) || maybeWrites.has(name))
      walk(node, (inner) => {
        if (inner.kind === 'FunctionDef' || inner.kind === 'ClassDef') return SKIP;
        isImported ||= inner.kind === 'ImportAlias' && boundByImport(inner) === name;
        return undefined;
      });
  return isImported;
}
