import { holdsData } from '../pandas/kinds.js';
import type { Program, ProgramObject, StatementFacts } from './program.js';
import { SMALL_BYTES, smallAssignments } from './small-values.js';

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
 * @param least bytes: what can't be so large, as far as the text tells, is left out
 */
export function listLargeNames(program: Program, least: number): readonly LargeName[] {
  const candidates: LargeName[] = [];
  const objects = objectsByStatement(program);
  const small = least > SMALL_BYTES ? smallAssignments(program) : new Set();
  for (const made of program.statements) {
    if (made.node.kind !== 'Assign' || small.has(made.index)) continue;
    for (const target of made.node.targets) {
      if (target.kind !== 'Name' || !holdsData(program.kindOf(target)) || made.needs.has(target.id)) continue;
      const { id: name } = target;
      if (isSmall(objects.get(made.index) ?? [])) continue;
      const used = lastUseOf(program, name, made);
      if (used !== null) candidates.push({ name, made, used });
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

/** Whether all that a statement makes are aggregates of data: a column's sum, one row of many. */
function isSmall(made: readonly ProgramObject[]): boolean {
  const objects = made.filter(({ isHeld }) => isHeld);
  return objects.length > 0 && objects.every((object) => object.data?.extent === 'aggregate');
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
