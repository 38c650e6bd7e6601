import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyzeNotebook } from '../../src/analysis/analyze.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { loadParser } from '../../src/python/parse.js';
import { availableCombinations, pythonOf } from '../environments.js';
import { notebookOf } from '../notebook-of.js';

interface Traced {
  readonly seed: number;
  readonly statements: readonly {
    readonly text: string;
    readonly changed: readonly string[];
    readonly bound: readonly string[];
  }[];
}

/** The first program; another one for others: `NBSLIM_SEED=1000 npx vitest run test/analysis/random-sharing.test.ts`. */
const SEED = Number(process.env['NBSLIM_SEED'] ?? 0);
const COUNT = 1500;

const [combination = 'E6'] = [...availableCombinations()].reverse();

function tracePrograms(): readonly Traced[] {
  const script = path.join(import.meta.dirname, '../python/random_sharing.py');
  const answer = execFileSync(pythonOf(combination), [script, String(SEED), String(COUNT)], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return JSON.parse(answer);
}

/**
 * Loops that hand lists from name to name, functions that are run again and again, callbacks: what is said of each statement must
 * hold all that CPython was seen to do. What a round of a loop leaves for the next, and what a call leaves for another, shows in
 * what changes together afterwards.
 */
describe(`random programs that hand lists on, against what ${combination} was seen to do`, () => {
  test('nothing is changed or bound that the analysis does not say', { timeout: 300_000 }, async () => {
    const parser = await loadParser();
    const missed: string[] = [];
    let changes = 0;
    let said = 0;
    for (const { seed, statements } of tracePrograms()) {
      const text = notebookOf(...statements.map((one) => one.text));
      const program = analyzeNotebook(readNotebook(text, 'random.ipynb'), parser);
      expect(program.opaque).toBeNull();
      for (const [i, { changed, bound }] of statements.entries()) {
        const facts = program.cells[i]?.statements ?? [];
        expect(facts.map(({ opaque }) => opaque)).toEqual(facts.map(() => null));
        const writes = new Set(facts.flatMap((one) => [...one.writes, ...one.maybeWrites]));
        const mutates = new Set(facts.flatMap((one) => [...one.mutates]));
        changes += changed.length;
        said += mutates.size;
        // What a name was before it was bound anew is nobody's any more.
        for (const name of changed)
          if (!mutates.has(name) && !writes.has(name)) missed.push(`${seed}: ${i} changes ${name}`);
        for (const name of bound) if (!writes.has(name)) missed.push(`${seed}: ${i} binds ${name}`);
      }
    }
    expect(missed).toEqual([]);
    // It could say everything of everything: five names in some 25,000 statements.
    expect(changes).toBeGreaterThan(15_000);
    expect(said).toBeLessThan(2.5 * changes);
  });
});
