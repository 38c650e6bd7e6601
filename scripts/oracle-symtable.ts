import { allScopes, buildScopes } from '../src/analysis/scopes.js';
import { compileProblems } from '../src/python/compile-check.js';
import { loadParser } from '../src/python/parse.js';
import { scopeDifferences } from '../test/analysis/scopes-difference.js';
import { askPython, findPython } from '../test/python-syntax/cpython.js';
import { readPrograms } from '../test/python-syntax/read-sources.js';

/**
 * Compares our scopes with CPython's symbol tables over the notebooks (all cells as one module) and .py files of folders:
 *
 *     node dist/scripts/oracle-symtable.js [--python python3.11] DIR...
 *
 * Every name of every scope must have the same flags and come from the same place. Exit code 1 where one does not.
 */
const args = process.argv.slice(2);
const at = args.indexOf('--python');
const python = (at < 0 ? findPython('python3.11', 'python3') : args.splice(at, 2)[1]) ?? 'python3';
const parser = await loadParser();
const counts = { programs: 0, cells: 0, refused: 0, scopes: 0, names: 0, agree: 0 };
const differences: string[] = [];

interface Program {
  readonly name: string;
  readonly texts: readonly string[];
}

function* batches(): Generator<Program[]> {
  let batch: Program[] = [];
  for (const directory of args) {
    for (const sources of readPrograms(directory)) {
      // A cell that does not parse is left out, as a kernel would go on without it.
      const texts = sources
        .map(({ text }) => text)
        .filter((text) => {
          const { module, errors } = parser.parse(text, 0);
          return errors.length === 0 && !/^\s/.test(text) && compileProblems(module, text).length === 0;
        });
      if (texts.length > 0) batch.push({ name: sources[0]?.name ?? directory, texts });
      if (batch.length >= 200) {
        yield batch;
        batch = [];
      }
    }
  }
  yield batch;
}

/** Compares each program; gives those that CPython does not take. */
function compare(programs: readonly Program[]): Program[] {
  const refused: Program[] = [];
  const joined = programs.map(({ texts }) => texts.join('\n'));
  for (const [index, theirs] of askPython(python, 'dump_symtable.py', joined).entries()) {
    const program = programs[index];
    if (program === undefined) continue;
    if (theirs === null) {
      refused.push(program);
      continue;
    }
    counts.programs += 1;
    counts.cells += program.texts.length;
    const root = buildScopes(program.texts.map((text, source) => parser.parse(text, source).module));
    for (const scope of allScopes(root)) {
      counts.scopes += 1;
      counts.names += scope.names.size;
    }
    const found = scopeDifferences(root, theirs);
    if (found.length === 0) counts.agree += 1;
    differences.push(...found.map((difference) => `${program.name}: ${difference}`));
  }
  return refused;
}

for (const batch of batches()) {
  // Cells that don't go together (a late `from __future__`, a `global` after use) are taken one by one.
  const apart = compare(batch).flatMap(({ name, texts }) => texts.map((text) => ({ name, texts: [text] })));
  counts.refused += compare(apart).length;
}
console.log(python, counts, `${differences.length} differences`);
for (const difference of differences.slice(0, 40)) console.log(`  ${difference}`);
process.exit(differences.length > 0 ? 1 : 0);
