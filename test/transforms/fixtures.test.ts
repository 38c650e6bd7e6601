import { describe, expect, it } from 'vitest';
import { findFixtures, formatRefusals, readInput, refactorFixture } from './fixtures.js';

const fixtures = findFixtures();

describe.each([...new Set(fixtures.map(({ transform }) => transform))])('%s', (transform) => {
  const own = fixtures.filter((fixture) => fixture.transform === transform);
  const kept = own.filter(({ out }) => out === null);
  const changed = own.filter(({ out }) => out !== null);

  it.each(kept.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    const refactoring = await refactorFixture(fixture);
    expect(refactoring.text).toBe(readInput(fixture));
    expect(refactoring.broken).toEqual([]);
    expect(formatRefusals(fixture, refactoring)).toBe(fixture.refusals ?? '[]\n');
    if (name.startsWith('refuses-')) expect(refactoring.refusals).not.toEqual([]);
  });

  it.each(changed.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const input = readInput(fixture);
    const refactoring = await refactorFixture(fixture);
    expect(refactoring.broken).toEqual([]);
    expect(refactoring.text).not.toBe(input);
    expect(refactoring.text).toBe(fixture.out);
    if (fixture.refusals !== null) expect(formatRefusals(fixture, refactoring)).toBe(fixture.refusals);

    // A fraction of what is there is asked for anew each time.
    if (fixture.settings.batchFactor !== undefined) return;
    const again = await refactorFixture(fixture, refactoring.text);
    expect(again.text, 'a second run').toBe(refactoring.text);
  });
});

it('has a case that changes and one that refuses for each transform that has any', () => {
  for (const transform of new Set(fixtures.map((fixture) => fixture.transform))) {
    const own = fixtures.filter((fixture) => fixture.transform === transform);
    expect(own.some(({ out }) => out === null) && own.some(({ out }) => out !== null), transform).toBe(true);
  }
});
