import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Refactoring } from '../../src/refactor/refactoring.js';
import { availableCombinations } from '../environments.js';
import { compareRuns, type Declared } from '../fixtures/compare-runs.js';
import { runNotebooks } from '../fixtures/run-in-python.js';
import { type Fixture, findFixtures, refactorFixture } from './fixtures.js';

/** float32 has a relative error of 6e-8 in each value; what is computed from it may have some more. */
const ROUNDING = 1e-6;

const scratch = mkdtempSync(path.join(tmpdir(), 'nbslim-execute-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const fixtures = findFixtures().filter(({ out }) => out !== null);
const cases = await Promise.all(
  fixtures.map(async (fixture) => {
    const { transform, name, directory } = fixture;
    const copy = path.join(scratch, transform, name);
    cpSync(directory, copy, { recursive: true });
    const refactoring = await refactorFixture(fixture);
    const rewritten = path.join(copy, 'out.ipynb');
    writeFileSync(rewritten, refactoring.text);
    return { fixture, refactoring, original: path.join(copy, 'in.ipynb'), rewritten };
  }),
);

describe.each(availableCombinations())('%s', async (combination) => {
  const own = cases.filter(({ fixture }) => fixture.environment.combinations.includes(combination));
  const runs = await runNotebooks(
    combination,
    own.flatMap(({ original, rewritten }) => [original, rewritten]),
    { workers: 4 },
  );

  it.each(own.map((one, at) => [`${one.fixture.transform}: ${one.fixture.name}`, one, at] as const))(
    '%s',
    (_, { fixture, refactoring }, at) => {
      const [original, rewritten] = runs.slice(2 * at, 2 * at + 2);
      if (original === undefined || rewritten === undefined) throw new Error('no run');
      expect(original.failure).toBeNull();
      const raised = original.cells.flatMap(({ outputs }) => outputs.filter(({ kind }) => kind === 'error'));
      expect(raised, 'the original has to run').toEqual([]);
      const differences = compareRuns(original, rewritten, declaredBy(refactoring));
      expect(differences.filter(({ kind }) => !holdsCodes(fixture) || kind !== 'name')).toEqual([]);
    },
  );
});

function declaredBy({ changes }: Refactoring): Declared {
  const effects = new Set(changes.map(({ change }) => change.effect));
  const freed = changes.flatMap(({ change }) => change.frees ?? []);
  if (effects.has('different') || effects.has('rounding')) return { types: true, rounding: ROUNDING, freed };
  return { types: effects.has('types'), freed };
}

/** Whether a frame has codes for strings afterwards: what it shows is compared, what it holds is not. */
function holdsCodes({ transform }: Fixture): boolean {
  return transform === 'category-map';
}
