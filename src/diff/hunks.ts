import type { Block } from './line-diff.js';

/** Blocks that share their context, and the lines from the first line of context to behind the last. */
export interface Hunk extends Block {
  readonly blocks: readonly Block[];
}

/** As many lines as git and diff show around a change. */
const CONTEXT = 3;

export function hunks(blocks: readonly Block[], beforeCount: number): Hunk[] {
  const result: { blocks: Block[] }[] = [];
  for (const block of blocks) {
    const last = result.at(-1)?.blocks;
    const end = last?.at(-1)?.beforeEnd;
    if (last !== undefined && end !== undefined && block.beforeStart - end <= 2 * CONTEXT) last.push(block);
    else result.push({ blocks: [block] });
  }
  return result.map(({ blocks: together }) => {
    const first = together[0] as Block;
    const last = together.at(-1) as Block;
    // Outside the blocks both sides are equal, so the context is as long on the one as on the other.
    const above = Math.min(CONTEXT, first.beforeStart);
    const below = Math.min(CONTEXT, beforeCount - last.beforeEnd);
    return {
      blocks: together,
      beforeStart: first.beforeStart - above,
      beforeEnd: last.beforeEnd + below,
      afterStart: first.afterStart - above,
      afterEnd: last.afterEnd + below,
    };
  });
}

/** `@@ -1,4 +1,6 @@`: from 1; a count of 1 is left out; an empty range names the line in front of it. */
export function hunkHeader(hunk: Block): string {
  return `@@ -${range(hunk.beforeStart, hunk.beforeEnd)} +${range(hunk.afterStart, hunk.afterEnd)} @@`;
}

function range(start: number, end: number): string {
  const count = end - start;
  if (count === 1) return `${start + 1}`;
  return count === 0 ? `${start},0` : `${start + 1},${count}`;
}

/** One line of a diff: where it stands on each side, from 0; null where it does not. */
export type DiffLine =
  | { readonly kind: 'context'; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly before: number }
  | { readonly kind: 'added'; readonly after: number };

/** The lines of a hunk from top to bottom, in each block first what was removed and then what was added. */
export function* hunkLines(hunk: Hunk): Generator<DiffLine> {
  let before = hunk.beforeStart;
  let after = hunk.afterStart;
  for (const block of hunk.blocks) {
    while (before < block.beforeStart) yield { kind: 'context', before: before++, after: after++ };
    while (before < block.beforeEnd) yield { kind: 'removed', before: before++ };
    while (after < block.afterEnd) yield { kind: 'added', after: after++ };
  }
  while (before < hunk.beforeEnd) yield { kind: 'context', before: before++, after: after++ };
}
