import { describe, expect, it } from 'vitest';
import { TORCH_PYTHONS } from '../environments.js';
import { sourcesOf } from '../refactor/notebooks.js';
import { type Fixture, findFixtures, readInput, refactorFixture } from './fixtures.js';
import { runWithTorch, torchPython } from './torch-python.js';

const fixtures = findFixtures().filter(
  ({ transform, needs }) => transform === 'batch-size' && needs.includes('torch'),
);

/** The weights that each notebook prints at its end. */
function train(texts: readonly string[]): number[][] {
  return runWithTorch(texts.map(sourcesOf)).map((output) => {
    const last = output.trim().split('\n').at(-1) ?? '';
    return (JSON.parse(last) as unknown[]).flat(Number.POSITIVE_INFINITY) as number[];
  });
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
  if (process.env['CI']) expect(torchPython, `none of ${TORCH_PYTHONS.join(', ')} has torch`).toBeDefined();
});

describe.skipIf(torchPython === undefined)(
  'trained by PyTorch (left out where no Python has torch)',
  async () => {
    const own = fixtures.filter(({ out }) => out !== null);
    const differences = torchPython === undefined ? {} : await largestDifferences(own);
    const named = (start: string) => Object.keys(differences).filter((name) => name.startsWith(start));

    it.each(named('adds-up-'))('%s: the same weights', (name) => {
      expect(differences[name]).toBeLessThan(1e-5);
    });

    it.each(named('only-smaller-'))('%s: another result, as it says', (name) => {
      expect(differences[name]).toBeGreaterThan(1e-5);
    });
  },
);
