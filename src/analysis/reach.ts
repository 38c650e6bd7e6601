import { findAll } from '../python/walk.js';
import type { GlobalNames } from './global-names.js';
import { type Reach, reachesNamesHere, reachOf } from './reaches-names.js';
import type { ReadCell } from './read-cells.js';

/**
 * What the text alone tells of it, before anything is interpreted: a call at the top level, a magic. Null where it tells
 * nothing: a call may still stand in a function, or under another name.
 */
export function reachByText(cells: readonly ReadCell[], names: GlobalNames): Reach | null {
  const reads = new Set(
    [...names.root.names].flatMap(([name, { reads, bindings }]) =>
      reachesNamesHere(name) && name !== 'dir' && bindings.length === 0 ? reads : [],
    ),
  );
  for (const { cell, magics, module } of cells) {
    for (const { name, args, why, span } of magics)
      if (name === 'run' && /(^|\s)-i\b/.test(args))
        return { why, at: { source: cell.index, start: span.start } };
    if (module === null || reads.size === 0) continue;
    for (const call of findAll(module, 'Call'))
      if (call.func.kind === 'Name' && reads.has(call.func)) return reachOf(call.func.id, call);
  }
  return null;
}
