import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffCell, isChanged } from '../../src/diff/cell-pair.js';
import { pairCells } from '../../src/diff/pair-cells.js';

const cells = (...sources: string[]): DiffCell[] =>
  sources.map((source, at) => ({ index: at + 1, type: 'code', source }));

const pairs = (before: readonly DiffCell[], after: readonly DiffCell[]) =>
  pairCells(before, after).map((group) => [
    group.before.map(({ index }) => index),
    group.after.map(({ index }) => index),
  ]);

describe('cells of two notebooks', () => {
  it('stand one to one where they are the same, in their order', () => {
    expect(pairs(cells('a', 'b'), cells('a', 'b'))).toEqual([
      [[1], [1]],
      [[2], [2]],
    ]);
    expect(pairs([], [])).toEqual([]);
  });

  it('are one group where they differ', () => {
    expect(pairs(cells('a', 'b', 'c', 'd'), cells('a', 'x', 'd'))).toEqual([
      [[1], [1]],
      [[2, 3], [2]],
      [[4], [3]],
    ]);
    expect(pairs(cells('a'), cells('n', 'a', 'm'))).toEqual([
      [[], [1]],
      [[1], [2]],
      [[], [3]],
    ]);
  });

  it('are another cell with another type', () => {
    const [markdown] = cells('a').map((cell) => ({ ...cell, type: 'markdown' as const }));
    expect(pairs(cells('a'), markdown === undefined ? [] : [markdown])).toEqual([[[1], [1]]]);
    expect(pairCells(cells('a'), markdown === undefined ? [] : [markdown]).some(isChanged)).toBe(true);
  });

  it('are all there, once each and in order, whatever they are', () => {
    const sources = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    fc.assert(
      fc.property(sources, sources, (before, after) => {
        const groups = pairCells(cells(...before), cells(...after));
        expect(groups.flatMap((group) => group.before)).toEqual(cells(...before));
        expect(groups.flatMap((group) => group.after)).toEqual(cells(...after));
        expect(groups.every((group) => group.before.length + group.after.length > 0)).toBe(true);
      }),
    );
  });
});
