import { diffArrays } from 'diff';

/** Lines `beforeStart` up to (not including) `beforeEnd` became `afterStart` up to `afterEnd`; counted from 0. */
export interface Block {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

/** Above this many lines times lines, a stretch without a line that is unique on both sides is replaced as a whole. */
const MAXIMUM_AREA = 250_000;

/**
 * What differs between two lists of lines, in order; blocks neither touch nor overlap.
 *
 * A notebook with megabytes of outputs has hundreds of thousands of lines, where Myers' algorithm alone takes minutes
 * as soon as many differ. So lines that stand exactly once on both sides are matched first (Bram Cohen's patience
 * diff), and only the short stretches between them are given to it. Linear but for the sort among unique lines.
 */
export function diffLines(before: readonly string[], after: readonly string[]): Block[] {
  const blocks: Block[] = [];
  const pending: Block[] = [
    { beforeStart: 0, beforeEnd: before.length, afterStart: 0, afterEnd: after.length },
  ];
  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    const trimmed = trim(before, after, range);
    if (trimmed.beforeStart === trimmed.beforeEnd || trimmed.afterStart === trimmed.afterEnd) {
      if (trimmed.beforeStart < trimmed.beforeEnd || trimmed.afterStart < trimmed.afterEnd)
        blocks.push(trimmed);
      continue;
    }
    const anchors = uniqueMatches(before, after, trimmed);
    if (anchors.length === 0) {
      blocks.push(...diffShort(before, after, trimmed));
      continue;
    }
    // Pushed from the last to the first: `pending` is a stack and the blocks come out in order.
    let { beforeEnd, afterEnd } = trimmed;
    for (const [b, a] of anchors.reverse()) {
      pending.push({ beforeStart: b + 1, beforeEnd, afterStart: a + 1, afterEnd });
      beforeEnd = b;
      afterEnd = a;
    }
    pending.push({ beforeStart: trimmed.beforeStart, beforeEnd, afterStart: trimmed.afterStart, afterEnd });
  }
  return joinTouching(blocks);
}

/** Without the lines that are equal at its start and at its end. */
function trim(before: readonly string[], after: readonly string[], range: Block): Block {
  let { beforeStart, beforeEnd, afterStart, afterEnd } = range;
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeStart] === after[afterStart]) {
    beforeStart += 1;
    afterStart += 1;
  }
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeEnd - 1] === after[afterEnd - 1]) {
    beforeEnd -= 1;
    afterEnd -= 1;
  }
  return { beforeStart, beforeEnd, afterStart, afterEnd };
}

/** Pairs of lines that are equal and unique on each side, the longest run of pairs that ascends on both. */
function uniqueMatches(
  before: readonly string[],
  after: readonly string[],
  range: Block,
): (readonly [before: number, after: number])[] {
  const afterOnce = uniqueLines(after, range.afterStart, range.afterEnd);
  const beforeOnce = uniqueLines(before, range.beforeStart, range.beforeEnd);
  const pairs: (readonly [number, number])[] = [];
  for (const [line, b] of beforeOnce) {
    const a = afterOnce.get(line);
    if (b >= 0 && a !== undefined && a >= 0) pairs.push([b, a]);
  }
  return longestAscending(pairs);
}

/** Where each line stands, or -1 where it stands more than once. In the order of first appearance. */
function uniqueLines(lines: readonly string[], start: number, end: number): Map<string, number> {
  const positions = new Map<string, number>();
  for (let i = start; i < end; i += 1) {
    const line = lines[i] as string;
    positions.set(line, positions.has(line) ? -1 : i);
  }
  return positions;
}

/** `pairs` ascends on the first side; what is returned ascends on the second too. Patience sorting, n log n. */
function longestAscending(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tops: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, after], i) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] as number] as readonly [number, number])[1] < after) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = i;
  });
  const result: (readonly [number, number])[] = [];
  for (let i = tops.at(-1) ?? -1; i >= 0; i = previous[i] as number)
    result.push(pairs[i] as (typeof pairs)[0]);
  return result.reverse();
}

function diffShort(before: readonly string[], after: readonly string[], range: Block): Block[] {
  const beforeLines = before.slice(range.beforeStart, range.beforeEnd);
  const afterLines = after.slice(range.afterStart, range.afterEnd);
  if (beforeLines.length * afterLines.length > MAXIMUM_AREA) return [range];
  const blocks: Block[] = [];
  let b = range.beforeStart;
  let a = range.afterStart;
  for (const part of diffArrays(beforeLines, afterLines)) {
    const removed = part.added ? 0 : part.count;
    const added = part.removed ? 0 : part.count;
    if (part.added || part.removed)
      blocks.push({ beforeStart: b, beforeEnd: b + removed, afterStart: a, afterEnd: a + added });
    b += removed;
    a += added;
  }
  return blocks;
}

function joinTouching(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last !== undefined && last.beforeEnd === block.beforeStart && last.afterEnd === block.afterStart)
      joined[joined.length - 1] = { ...last, beforeEnd: block.beforeEnd, afterEnd: block.afterEnd };
    else joined.push(block);
  }
  return joined;
}
