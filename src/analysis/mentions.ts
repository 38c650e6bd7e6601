import type { StatementFacts } from './program.js';

/** For each global name the statements that may read, bind, delete or mutate it, in notebook order. */
export function indexMentions(
  statements: readonly StatementFacts[],
): ReadonlyMap<string, readonly StatementFacts[]> {
  const index = new Map<string, StatementFacts[]>();
  for (const statement of statements) {
    const { reads, writes, maybeWrites, deletes, mutates } = statement;
    for (const names of [reads, writes, maybeWrites, deletes, mutates])
      for (const name of names) {
        const known = index.get(name);
        if (known === undefined) index.set(name, [statement]);
        else if (known.at(-1) !== statement) known.push(statement);
      }
  }
  return index;
}
