import type { Program } from '../analysis/program.js';
import type { Combination } from '../environment/environment.js';
import type { Change, Evidence, Options, Refusal, Tier } from './contract.js';

/** Where a change or a refusal stands, as every message names it: `path:cell N:line:col`, all from 1. */
export interface Place {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

/** A change with what the planner knows of it. */
export interface PlannedChange {
  /** The same from run to run: the transform's id and a hash of what it changes and where. */
  readonly id: string;
  readonly transform: string;
  readonly change: Change;
  readonly place: Place;
  readonly tier: Tier;
  /** Bytes it saves at the peak and bytes that are held less at the notebook's end, alone; null where the data are not known. */
  readonly saving: Saving | null;
}

export interface Saving {
  readonly peak: number;
  readonly held: number;
  /** The most that it saves while any one statement runs or after it, even if that is not where the notebook needs most. */
  readonly meanwhile: number;
  /** Set where more is freed besides, of which nobody knows how large it is. */
  readonly atLeast?: true;
}

/**
 * The one figure for a change, in bytes: what it takes off the peak; where that stays, what is held less at the end; where
 * that stays too, what is needed less meanwhile.
 */
export function savedBytes({ peak, held, meanwhile }: Saving): number {
  return peak !== 0 ? peak : held !== 0 ? held : meanwhile;
}

/** What the one saves and the other does not. */
export const savingBeyond = (all: Saving, other: Saving): Saving => ({
  peak: all.peak - other.peak,
  held: all.held - other.held,
  meanwhile: all.meanwhile - other.meanwhile,
});

export interface PlacedRefusal {
  readonly transform: string;
  readonly refusal: Refusal;
  readonly place: Place;
}

/** One step of the memory model: the modelled bytes after a statement, and the most while it runs. */
export interface TimelineStep {
  readonly statement: number;
  readonly held: number;
  readonly peak: number;
}

export type Timeline = readonly TimelineStep[];

/** The memory model before and after, for one of the combinations that the notebook may run on. */
export interface TimelinePair {
  readonly combination: Combination;
  readonly before: Timeline;
  readonly after: Timeline;
}

/** Old and new cells that belong together; unchanged cells stand one to one. Indexes from 1, over all cells. */
export interface CellGroup {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Ids of the changes that made the difference. */
  readonly changes: readonly string[];
}

/** What `refactor()` returns. */
export interface Refactoring {
  readonly program: Program;
  readonly evidence: Evidence;
  readonly options: Options;
  /** What was done, in notebook order. */
  readonly changes: readonly PlannedChange[];
  /** What a wider tier would do besides. */
  readonly withheld: readonly PlannedChange[];
  readonly refusals: readonly PlacedRefusal[];
  /** Changes that the compile check threw out: bugs of ours, reported as such. */
  readonly broken: readonly { readonly change: PlannedChange; readonly problem: string }[];
  /** The new text of the file; the very same string where nothing changed. */
  readonly text: string;
  readonly cellMap: readonly CellGroup[];
  /** The memory model before and after; null where no data are known. */
  readonly timelines: TimelinePair | null;
}
