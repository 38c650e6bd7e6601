import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, diffLines } from '../../src/diff/line-diff.js';

/** Does to `before` what the blocks say. */
function apply(before: readonly string[], after: readonly string[], blocks: readonly Block[]): string[] {
  const result: string[] = [];
  let b = 0;
  for (const block of blocks) {
    result.push(...before.slice(b, block.beforeStart));
    expect(result.length).toBe(block.afterStart);
    result.push(...after.slice(block.afterStart, block.afterEnd));
    b = block.beforeEnd;
  }
  return [...result, ...before.slice(b)];
}

describe('diffLines', () => {
  test('nothing differs between equal lists', () => {
    expect(diffLines(['a', 'b'], ['a', 'b'])).toEqual([]);
    expect(diffLines([], [])).toEqual([]);
  });

  test('one changed line is one block', () => {
    expect(diffLines(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([
      { beforeStart: 1, beforeEnd: 2, afterStart: 1, afterEnd: 2 },
    ]);
  });

  test('a line that stands once on both sides anchors what is around it', () => {
    expect(diffLines(['', 'a', '', 'b', ''], ['', '', 'b', '', ''])).toEqual([
      { beforeStart: 1, beforeEnd: 2, afterStart: 1, afterEnd: 1 },
      { beforeStart: 4, beforeEnd: 4, afterStart: 3, afterEnd: 4 },
    ]);
  });

  test('a line that moved is removed here and added there', () => {
    const before = ['move', 'a', 'b', 'c'];
    const after = ['a', 'b', 'c', 'move'];
    const blocks = diffLines(before, after);
    expect(apply(before, after, blocks)).toEqual(after);
    expect(blocks).toHaveLength(2);
  });

  test('the blocks lead from the one list to the other, ascend and do not touch', () => {
    const lines = fc.array(fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 40 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const blocks = diffLines(before, after);
        expect(apply(before, after, blocks)).toEqual(after);
        blocks.forEach((block, i) => {
          const next = blocks[i + 1];
          if (next !== undefined) expect(next.beforeStart).toBeGreaterThan(block.beforeEnd);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('thousands of lines without a unique one among them take no time', () => {
    const before = Array.from({ length: 20_000 }, (_, i) => `${i % 7}`);
    const after = Array.from({ length: 20_000 }, (_, i) => `${(i * 3) % 11}`);
    const start = performance.now();
    expect(apply(before, after, diffLines(before, after))).toEqual(after);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
