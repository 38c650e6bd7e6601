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
  const objects = objectsByStatement(program);
  for (const made of program.statements) {
    if (made.node.kind !== 'Assign') continue;
    for (const target of made.node.targets) {
      if (target.kind !== 'Name' || !holdsData(program.kindOf(target)) || made.needs.has(target.id)) continue;
      const { id: name } = target;
      const used = lastUseOf(program, name, made);
      if (used === null) continue;
      const own = (objects.get(made.index) ?? []).filter(({ isHeld }) => isHeld);
      if (own.length > 0 && own.every((one) => one.data?.extent === 'aggregate' || isSmall(one))) continue;
      candidates.push({ name, made, used });
    }
  }
  return candidates;
}

function objectsByStatement(program: Program): ReadonlyMap<number, readonly ProgramObject[]> {
  const objects = new Map<number, ProgramObject[]>();
  for (const object of program.objects) {
    const known = objects.get(object.statement);
    if (known === undefined) objects.set(object.statement, [object]);
    else known.push(object);
  }
  return objects;
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
