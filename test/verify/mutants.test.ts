import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compareRuns } from '../../src/verify/compare-runs.js';
import { NOTHING_DECLARED } from '../../src/verify/declared.js';
import { declaredBy } from '../../src/verify/declared-by.js';
import type { Held, Stored } from '../../src/verify/held.js';
import { availableCombinations } from '../environments.js';
import { type RunResult, runNotebooks } from '../fixtures/run-in-python.js';
import { type Fixture, findFixtures, refactorFixture } from '../transforms/fixtures.js';
import { mutantsOf } from './mutants.js';

/** Of the mutants, every so many are tried; all with NBSLIM_MUTANTS=all. */
const EVERY = process.env['NBSLIM_MUTANTS'] === 'all' ? 1 : 12;

const [combination = 'E6'] = [...availableCombinations()].reverse();
const scratch = mkdtempSync(path.join(tmpdir(), 'nbslim-mutants-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let places = 0;

/** The notebook in a directory of its own, with the fixture's data. */
function place({ directory }: Fixture, text: string): string {
  const home = path.join(scratch, String(places++));
  mkdirSync(home);
  for (const file of readdirSync(directory)) {
    if (!/\.(ipynb|json)$/.test(file)) copyFileSync(path.join(directory, file), path.join(home, file));
  }
  writeFileSync(path.join(home, 'notebook.ipynb'), text);
  return path.join(home, 'notebook.ipynb');
}

/** What a run did, byte for byte: whatever `compareRuns` makes alike or lets pass is in here too. */
function traceOf(run: RunResult, names: readonly string[]): string {
  const lost = (held: Held | undefined): unknown => {
    if (held === undefined) return null;
    // Where it stands in the file says nothing; what stands there does.
    return JSON.parse(JSON.stringify(held), (key, value: unknown) =>
      key === '' || typeof value !== 'object' || value === null || !('at' in value) || !('bytes' in value)
        ? value
        : { ...value, at: 0, content: run.values.read(value as unknown as Stored).toString('base64') },
    );
  };
  const outputs = run.cells.flatMap((cell) => cell.outputs);
  return JSON.stringify([outputs, names.map((name) => lost(run.names[name]?.held)), run.failure]);
}

const differ = (one: RunResult, other: RunResult, types: boolean) =>
  compareRuns(one, other, { ...NOTHING_DECLARED, types }).differences.length > 0;

/**
 * Whether the traces differ by what no run has twice alike (an address, a time) only. That is verify's own judgement:
 * test/verify/harmless.test.ts and compare-runs.test.ts hold it to what it may take for that.
 */
function onlyIncidental(right: RunResult, mutant: RunResult): boolean {
  const { normalised } = compareRuns(right, mutant, NOTHING_DECLARED);
  return normalised.length > 0 && !differ(right, mutant, false);
}

/** Of a mutant that verify calls the same although it does something else than `right`, why; null where nothing tells. */
function explain(right: RunResult, mutant: RunResult): string | null {
  if (differ(right, mutant, true))
    return 'within the rounding, by the map or of the freed names that a change declares';
  if (differ(right, mutant, false)) return 'another type, which a change declares';
  return null;
}

test(`mutants are called different in ${combination}`, { timeout: 1_800_000 }, async () => {
  const fixtures = findFixtures().filter(
    ({ out, environment, needs }) =>
      out !== null && needs.length === 0 && environment.combinations.includes(combination),
  );
  const cases = fixtures.map((fixture) => ({
    fixture,
    original: place(fixture, readFileSync(path.join(fixture.directory, 'in.ipynb'), 'utf8')),
    out: place(fixture, fixture.out ?? ''),
    mutants: [...mutantsOf(fixture.out ?? '')],
  }));
  const mutants = cases
    .flatMap((one) => one.mutants.map((mutant) => ({ ...one, mutant })))
    .filter((_, number) => number % EVERY === 0)
    .map((one) => ({ ...one, file: place(one.fixture, one.mutant.text) }));
  const used = [...new Set(mutants.flatMap(({ original, out, file }) => [original, out, file]))];
  const runs = await runNotebooks(combination, used, { workers: 3, timeout: 60 });
  const runOf = new Map(used.map((file, at) => [file, runs[at]]));
  const table = new Map<string, { changing: number; caught: number; harmless: number }>();
  const missed: string[] = [];
  const explained: string[] = [];
  for (const { fixture, original, out, file, mutant } of mutants) {
    const [first, right, wrong] = [runOf.get(original), runOf.get(out), runOf.get(file)];
    if (!first || !right || !wrong) throw new Error('a run is missing');
    const row = table.get(mutant.kind) ?? { changing: 0, caught: 0, harmless: 0 };
    table.set(mutant.kind, row);
    const names = Object.keys(right.names).filter((name) => first.names[name] !== undefined);
    if (traceOf(right, names) === traceOf(wrong, names) || onlyIncidental(right, wrong)) {
      row.harmless += 1;
      continue;
    }
    row.changing += 1;
    const declared = declaredBy(await refactorFixture(fixture));
    if (wrong.failure !== null || compareRuns(first, wrong, declared).differences.length > 0) {
      row.caught += 1;
      continue;
    }
    const reason = explain(right, wrong);
    const name = `${mutant.kind} in ${fixture.transform}/${fixture.name}`;
    if (reason === null) missed.push(name);
    else explained.push(`${name}: ${reason}`);
  }
  const all = [...table.values()];
  const sum = (figure: 'changing' | 'caught' | 'harmless') =>
    all.reduce((total, row) => total + row[figure], 0);
  if (EVERY === 1) {
    console.table(Object.fromEntries(table));
    console.log(
      `${sum('changing') + sum('harmless')} mutants, ${sum('changing')} change something, ${sum('caught')} of them are called different`,
      { explained, missed },
    );
    expect(sum('changing') + sum('harmless')).toBeGreaterThanOrEqual(500);
    // A share of so few as a sample has would say more of the sample.
    expect(sum('caught') / sum('changing')).toBeGreaterThanOrEqual(0.95);
  }
  expect(missed).toEqual([]);
  expect(sum('caught')).toBeGreaterThan(0);
});
