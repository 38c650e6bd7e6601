import type { StatementFacts } from './program.js';
import type { ReadCell } from './read-cells.js';

/**
 * Which names may still be read after each statement, worked out from the end to the start. What cannot be read (a cell
 * in another language, a syntax error, a magic that may do anything) reads every name.
 */
export function addLiveness(
  bare: readonly Omit<StatementFacts, 'liveAfter'>[],
  cells: readonly ReadCell[],
  escaped: ReadonlySet<string>,
): readonly StatementFacts[] {
  const all = new Set<string>();
  for (const statement of bare) {
    for (const name of statement.writes) all.add(name);
    for (const name of statement.maybeWrites) all.add(name);
  }
  const facts = new Array<StatementFacts>(bare.length);
  let live: ReadonlySet<string> = escaped;
  let next = bare.length - 1;
  for (const cell of cells.toReversed()) {
    if (cell.opaque !== null) live = all;
    for (let s = bare[next]; s !== undefined && s.cell === cell.cell.index; s = bare[--next]) {
      facts[next] = { ...s, liveAfter: live };
      if (s.opaque !== null) live = all;
      else live = before(s, live);
    }
    // Magics that stand for no statement (a whole masked cell) read what they name.
    const uses = cell.magics
      .flatMap((magic) => magic.uses)
      .filter((name) => all.has(name) && !live.has(name));
    if (uses.length > 0) live = new Set([...live, ...uses]);
  }
  return facts;
}

function before(s: Omit<StatementFacts, 'liveAfter'>, after: ReadonlySet<string>): ReadonlySet<string> {
  const changes =
    [...s.writes].some((name) => after.has(name)) ||
    [...s.deletes].some((name) => after.has(name)) ||
    [...s.needs].some((name) => !after.has(name));
  if (!changes) return after;
  const live = new Set(after);
  for (const name of s.writes) live.delete(name);
  for (const name of s.deletes) live.delete(name);
  for (const name of s.needs) live.add(name);
  return live;
}
