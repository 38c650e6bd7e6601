import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findTorchPython, TORCH_PYTHONS } from '../environments.js';
import { type Fixture, findFixtures, readInput, refactorFixture } from './fixtures.js';

const python = findTorchPython();
const fixtures = findFixtures().filter(
  ({ transform, needs }) => transform === 'batch-size' && needs.includes('torch'),
);

/** Runs each program in a name space of its own, all in one process: the import of torch takes seconds. */
const RUN = `
import contextlib, io, json, sys
for code in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "notebook", "exec"), {"__name__": "__main__"})
    print(out.getvalue().strip().splitlines()[-1])
`;

/** The weights that each notebook prints at its end. */
function train(texts: readonly string[]): number[][] {
  const programs = texts.map((text) => {
    const { cells } = JSON.parse(text) as { cells: { source: string[] }[] };
    return cells.map(({ source }) => source.join('')).join('\n\n');
  });
  const output = execFileSync(python ?? 'python3', ['-c', RUN], {
    encoding: 'utf8',
    input: JSON.stringify(programs),
  });
  return output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as unknown[]).flat(Number.POSITIVE_INFINITY) as number[]);
}

/** For each fixture, how far the weights are from those of the original, at most. */
async function largestDifferences(own: readonly Fixture[]): Promise<Record<string, number>> {
  const rewritten = await Promise.all(own.map(async (fixture) => (await refactorFixture(fixture)).text));
  const weights = train([...own.map((fixture) => readInput(fixture)), ...rewritten]);
  return Object.fromEntries(
    own.map(({ name }, at) => {
      const [before = [], after = []] = [weights[at], weights[own.length + at]];
      if (before.length === 0 || before.length !== after.length) throw new Error(`${name}: no weights`);
      return [name, Math.max(...before.map((weight, i) => Math.abs(weight - (after[i] ?? Number.NaN))))];
    }),
  );
}

it('has a Python with PyTorch where that is asked for', () => {
  if (process.env['CI']) expect(python, `none of ${TORCH_PYTHONS.join(', ')} has torch`).toBeDefined();
});

describe.skipIf(python === undefined)('trained by PyTorch (left out where no Python has torch)', async () => {
  const own = fixtures.filter(({ out }) => out !== null);
  const differences = python === undefined ? {} : await largestDifferences(own);
  const named = (start: string) => Object.keys(differences).filter((name) => name.startsWith(start));

  it.each(named('adds-up-'))('%s: the same weights', (name) => {
    expect(differences[name]).toBeLessThan(1e-5);
  });

  it.each(named('only-smaller-'))('%s: another result, as it says', (name) => {
    expect(differences[name]).toBeGreaterThan(1e-5);
  });
});
