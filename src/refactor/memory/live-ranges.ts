import type { HeldBy, Program, ProgramObject } from '../../analysis/program.js';
import type { Combination } from '../../environment/environment.js';
import type { Evidence } from '../contract.js';
import { type KnownObject, knownObjects } from './timeline.js';

/** An object of the memory model: how much it takes, from where to where, and what keeps it alive. */
export interface LiveRange {
  readonly object: ProgramObject;
  /** Of its own: what shares another object's memory takes none and is among that one's pins. */
  readonly bytes: number;
  /** The statement that makes it. */
  readonly from: number;
  /** The statement that frees it: `from` where nothing holds it; null: nothing does before the notebook's end. */
  readonly to: number | null;
  /** The last statement that uses one of the names that hold it. */
  readonly lastUse: number;
  /** What keeps it alive, in the order in which it begins to. */
  readonly pins: readonly HeldBy[];
}

/**
 * The live ranges of what is known to take memory, the largest first. Silent, as the model is, about everything that is
 * not read from a profiled file.
 */
export function liveRanges(
  program: Program,
  evidence: Evidence,
  combination: Combination,
): readonly LiveRange[] {
  return knownObjects(program, evidence, combination)
    .filter(({ bytes }) => bytes > 0)
    .map((known) => liveRange(program, known))
    .sort((a, b) => b.bytes - a.bytes);
}

function liveRange(program: Program, { object, bytes, intervals }: KnownObject): LiveRange {
  const pins = object.held.filter((_, at) => {
    const { from, to } = intervals[at] ?? { from: 0, to: -1 };
    return from <= to;
  });
  const ends = pins.map(({ to }) => to);
  const from = object.statement;
  return {
    object,
    bytes,
    from,
    to: ends.includes(null) ? null : Math.max(from, ...ends.map((to) => to ?? from)),
    lastUse: Math.max(from, ...pins.map((pin) => lastUse(program, pin))),
    pins,
  };
}

function lastUse(program: Program, { name, from, to }: HeldBy): number {
  const end = to ?? program.statements.length;
  // A name that is bound anew or deleted is mentioned, and not used.
  const uses = program.mentionsOf(name).filter(({ index, reads, mutates, deletes }) => {
    return index > from && index <= end && (mutates.has(name) || (reads.has(name) && !deletes.has(name)));
  });
  return uses.at(-1)?.index ?? from;
}
