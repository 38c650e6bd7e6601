import { holdsData } from '../pandas/kinds.js';
import type { Program, ProgramObject, StatementFacts } from './program.js';

/** A name whose large object is of no use any more after some cell. */
export interface LargeName {
  readonly name: string;
  readonly made: StatementFacts;
  /** The last statement that asks for it. */
  readonly used: StatementFacts;
}

/**
 * The names that hold data, are read, and die before they are bound anew or the notebook ends.
 *
 * @param isSmall whether an object is known to be too small to matter; aggregates are, whatever it says
 */
export function listLargeNames(
  program: Program,
  isSmall: (object: ProgramObject) => boolean,
): readonly LargeName[] {
  const candidates: LargeName[] = [];
  for (const made of program.statements) {
    if (made.node.kind !== 'Assign') continue;
    for (const target of made.node.targets) {
      if (target.kind !== 'Name' || !holdsData(program.kindOf(target)) || made.needs.has(target.id)) continue;
      const { id: name } = target;
      const used = lastUseOf(program, name, made);
      if (used === null) continue;
      const own = madeFor(program, name, made);
      if (own.length > 0 && own.every((one) => one.data?.extent === 'aggregate' || isSmall(one))) continue;
      candidates.push({ name, made, used });
    }
  }
  return candidates;
}

/** What the statement has made of what the name holds after it; what it has made for others dies with them. */
function madeFor(program: Program, name: string, made: StatementFacts): readonly ProgramObject[] {
  const holding = program.heldBy(name).find(({ from }) => from === made.index);
  return (holding?.objects ?? []).filter(({ statement }) => statement === made.index);
}

/** The last statement that asks for what the name was bound to, or was made from it under the same name. */
function lastUseOf(program: Program, name: string, made: StatementFacts): StatementFacts | null {
  let used: StatementFacts | null = null;
  for (const statement of program.mentionsOf(name)) {
    if (statement.index <= made.index) continue;
    if (statement.reads.has(name) || statement.mutates.has(name)) used = statement;
    else if (statement.writes.has(name)) break;
  }
  return used?.liveAfter.has(name) === true ? null : used;
}
