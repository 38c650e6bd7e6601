import { describe, expect, it } from 'vitest';
import { comparableText } from '../../src/verify/comparable-text.js';
import { NOTHING_DECLARED } from '../../src/verify/declared.js';
import { declaredBy } from '../../src/verify/declared-by.js';
import { findFixtures, refactorFixture } from '../transforms/fixtures.js';

describe('what a memory meter shows', () => {
  it('may differ where the notebook asks for it, and nowhere else', () => {
    const meters = { ...NOTHING_DECLARED, meters: true };
    expect(comparableText('held: 133.6 MB', meters)).toBe(comparableText('held: 97 MB', meters));
    expect(comparableText('held: 133.6 MB', NOTHING_DECLARED)).not.toBe(
      comparableText('held: 97 MB', NOTHING_DECLARED),
    );
    expect(comparableText('mean: 133.6', meters)).not.toBe(comparableText('mean: 97', meters));
  });

  it('is declared for a notebook that is changed and has one', async () => {
    const fixture = findFixtures().find(({ out }) => out !== null);
    if (fixture === undefined) throw new Error('no fixture');
    const refactoring = await refactorFixture(fixture);
    expect(declaredBy(refactoring).meters).toBe(false);
    const { program } = refactoring;
    const cells = program.cells.map((facts) => ({
      ...facts,
      cell: { ...facts.cell, source: 'import psutil' },
    }));
    expect(declaredBy({ ...refactoring, program: { ...program, cells } }).meters).toBe(true);
    expect(declaredBy({ ...refactoring, changes: [], program: { ...program, cells } }).meters).toBe(false);
  });
});
