/** What `verify()` says of two notebooks that were run: whether they show and hold the same, and what memory each needed. */
export interface Verification {
  readonly verdict: Verdict;
  /** Why it could not be run or compared, or the first difference in one sentence; null where the results are the same. */
  readonly why: string | null;
  readonly differences: readonly Difference[];
  /** The largest relative difference of two numbers that was let pass; null where every number was the same. */
  readonly largestDifference: number | null;
  /** What differs between two runs of the original itself, and is therefore not held against the rewritten notebook. */
  readonly notReproducible: readonly { readonly kind: Difference['kind']; readonly where: string }[];
  /** What was made alike before it was compared: `'addresses in memory'`, and how often. */
  readonly normalised: readonly { readonly what: string; readonly times: number }[];
  readonly compared: {
    readonly outputs: Share;
    readonly names: Share;
    readonly files: Share;
  };
  /** Names that only the original holds at its end, as the plan says they should; bytes where they are known. */
  readonly freed: readonly { readonly name: string; readonly bytes: number | null }[];
  /** Names whose values nobody can compare. */
  readonly incomparable: readonly { readonly name: string; readonly why: string }[];
  /** Null where the notebook could not be run at all. */
  readonly original: MeasuredRun | null;
  readonly rewritten: MeasuredRun | null;
}

/** `within-tolerance`: numbers differ by no more than was allowed. */
export type Verdict = 'same' | 'within-tolerance' | 'different' | 'could-not-run' | 'could-not-compare';

/** How many of how many could be compared. */
export interface Share {
  readonly compared: number;
  readonly of: number;
}

export interface Difference {
  /** `shown`: what a cell shows; `name`: what a name holds at the end; `file`: a file that the notebook writes. */
  readonly kind: 'shown' | 'error' | 'name' | 'file' | 'warning';
  /** For a person: `shown 3`, `df.values[0]`, `out/result.csv`. */
  readonly where: string;
  /** Cells, from 1 over all cells of each notebook; null where it is not about a cell. */
  readonly cells: { readonly original: number | null; readonly rewritten: number | null };
  readonly original: string;
  readonly rewritten: string;
}

/** What one notebook needed: medians where it ran more than once. */
export interface MeasuredRun {
  readonly cells: readonly MeasuredCell[];
  readonly memory: ProcessMemory;
  /** Wall time of all cells, in seconds. */
  readonly seconds: number;
  readonly runs: number;
  /** The error that ended the run before the last cell, as in Jupyter's "run all"; null where none did. */
  readonly stoppedAt: StoppedAt | null;
}

export interface StoppedAt {
  /** From 1, over all cells. */
  readonly cell: number;
  /** `KeyError: 'a'` */
  readonly error: string;
}

/** A code cell, as it ran. */
export interface MeasuredCell {
  /** From 1, over all cells. */
  readonly cell: number;
  /** Bytes: the most the process had while the cell ran, and what it had afterwards. */
  readonly peak: number;
  readonly held: number;
  readonly seconds: number;
}

/** Bytes of the kernel's process, Python itself and its child processes in them. */
export interface ProcessMemory {
  /** After the imports of the kernel itself, before the first cell. */
  readonly start: number;
  readonly peak: number;
  /** At the end, and after the allocator was asked to give back what it keeps; null where it cannot be asked. */
  readonly held: number;
  readonly heldAfterTrim: number | null;
  /** `exact`: the kernel's own high-water mark, reset for each cell; `sampled`: looked at now and then. */
  readonly method: 'exact' | 'sampled';
}
