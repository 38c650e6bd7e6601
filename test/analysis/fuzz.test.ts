import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildScopes } from '../../src/analysis/scopes.js';
import { loadParser } from '../../src/python/parse.js';
import { askPython, findPython, versionOf } from '../python-syntax/cpython.js';
import { analyzeCells } from './analyze-cells.js';
import { randomCells } from './random-program.js';
import { scopeDifferences } from './scopes-difference.js';

const parser = await loadParser();
const python = findPython('python3.11', 'python3.10', 'python3');
const SEED = Number(process.env['NBSLIM_FUZZ_SEED'] ?? 1);
const RUNS = Number(process.env['NBSLIM_FUZZ_RUNS'] ?? 50);

describe('random programs', () => {
  it('are analysed', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(randomCells, async (cells) => {
        const { statements } = await analyzeCells(...cells);
        for (const { writes, maybeWrites, needs, reads } of statements) {
          for (const name of writes) expect(maybeWrites.has(name)).toBe(false);
          for (const name of needs) expect(reads.has(name)).toBe(true);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  const canAsk = python !== null && versionOf(python) >= 10 && versionOf(python) < 12;
  it.skipIf(!canAsk)('have the scopes that CPython gives them (3.10 or 3.11)', { timeout: 300_000 }, () => {
    const programs = fc.sample(randomCells, { seed: SEED, numRuns: RUNS });
    const answers = askPython(
      python ?? '',
      'dump_symtable.py',
      programs.map((cells) => cells.join('\n')),
    );
    let compared = 0;
    for (const [at, cells] of programs.entries()) {
      const theirs = answers[at] ?? null;
      // What does not compile: a `global` behind its use, a walrus that binds what a comprehension iterates with.
      if (theirs === null) continue;
      compared += 1;
      const root = buildScopes(cells.map((cell, source) => parser.parse(cell, source).module));
      expect(scopeDifferences(root, theirs), cells.join('\n')).toEqual([]);
    }
    expect(compared).toBeGreaterThan(RUNS / 2);
  });
});
