import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/verify/compare-runs.js';
import { declaredBy } from '../../src/verify/declared-by.js';
import { availableCombinations } from '../environments.js';
import { runNotebooks } from '../fixtures/run-in-python.js';
import { findFixtures, refactorFixture } from './fixtures.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'nbslim-execute-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Each case by its own transform, and by all together: what one makes another may move. */
const WAYS = [
  ['by itself', undefined],
  ['with all others', null],
] as const;

const cases = await Promise.all(
  findFixtures()
    .filter(({ needs }) => needs.length === 0)
    .flatMap((fixture) =>
      WAYS.map(async ([way, select], number) => {
        const { transform, name, directory } = fixture;
        const copy = path.join(scratch, String(number), transform, name);
        cpSync(directory, copy, { recursive: true });
        const refactoring = await refactorFixture(fixture, undefined, select);
        const rewritten = path.join(copy, 'rewritten.ipynb');
        writeFileSync(rewritten, refactoring.text);
        return { fixture, way, refactoring, original: path.join(copy, 'in.ipynb'), rewritten };
      }),
    ),
);
const changed = cases.filter(({ refactoring }) => refactoring.changes.length > 0);

describe.each(availableCombinations())('%s', async (combination) => {
  const own = changed.filter(({ fixture }) => fixture.environment.combinations.includes(combination));
  const runs = await runNotebooks(
    combination,
    own.flatMap(({ original, rewritten }) => [original, rewritten]),
    { workers: 4 },
  );

  it.each(
    own.map((one, at) => [`${one.fixture.transform}/${one.fixture.name} ${one.way}`, one, at] as const),
  )('%s', (_, { way, refactoring }, at) => {
    const [original, rewritten] = runs.slice(2 * at, 2 * at + 2);
    if (original === undefined || rewritten === undefined) throw new Error('no run');
    expect(original.failure).toBeNull();
    const raised = original.cells.flatMap(({ outputs }) => outputs.filter(({ kind }) => kind === 'error'));
    // A refusal's point may be that the notebook does not run: with others changed there is nothing to compare.
    if (raised.length > 0 && way === 'with all others') return;
    expect(raised, 'the original has to run').toEqual([]);
    expect(rewritten.failure).toBeNull();
    expect(compareRuns(original, rewritten, declaredBy(refactoring)).differences).toEqual([]);
  });
});
