import type { HeldName, ValueFile } from './held.js';
import type { ProcessMemory } from './verification.js';

/** What one run of a notebook showed, held and wrote: all that is compared. */
export interface ComparableRun {
  /** The code cells that ran, in order; the run ends after the first cell that raised without being tagged so. */
  readonly cells: readonly CellRun[];
  /** What the notebook's names held at the end. */
  readonly names: Readonly<Record<string, HeldName>>;
  /** Where the long parts of what the names held are. */
  readonly values: ValueFile;
  readonly files: readonly WrittenFile[];
}

export interface CellRun {
  /** From 1 over all cells, those of Markdown among them. */
  readonly cell: number;
  readonly outputs: readonly Shown[];
}

export type Shown =
  | { readonly kind: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  /** A value that a cell ended in or that was displayed: text by MIME type, images in base 64. */
  | { readonly kind: 'data'; readonly data: Readonly<Record<string, string>> }
  | { readonly kind: 'error'; readonly ename: string; readonly evalue: string };

/** A file that the notebook wrote, or took away: then there is no `digest`. */
export interface WrittenFile {
  /** Within the directory that was copied. */
  readonly path: string;
  readonly bytes: number | null;
  readonly digest: string | null;
  /** Where it can be read as long as the run is kept. */
  readonly at: string | null;
}

/** A run in a real kernel, measured. */
export interface NotebookRun extends ComparableRun {
  readonly cells: readonly (CellRun & MeasuredStep)[];
  readonly memory: ProcessMemory;
  /** Whether an error ended the run. */
  readonly stopped: boolean;
}

interface MeasuredStep {
  /** Bytes: the most while the cell ran, and what was held afterwards. */
  readonly peak: number;
  readonly held: number;
  readonly seconds: number;
  /** What holds memory after the cell; empty where no census was asked for. */
  readonly objects: readonly SeenObject[];
}

/** What a name, or `Out[7]`, was seen to hold after a cell. */
export interface SeenObject {
  readonly name: string;
  /** Another one for each object. */
  readonly number: number;
  readonly type: string;
  readonly bytes: number;
  /** The blocks of memory in which its data lie, with their whole sizes: a view has a part of another object's. */
  readonly blocks: readonly (readonly [block: string, bytes: number])[];
}

/** A run that did not come to its end. */
export interface FailedRun {
  /** `start`: before the first cell; `cell`: while one ran; `end`: while the results were stored. */
  readonly stage: 'start' | 'cell' | 'end';
  /** A sentence, or for `cell` one without its subject: `did not end within 600 s`. */
  readonly why: string;
  readonly cell: number | null;
}

export type RunOutcome =
  | { readonly type: 'ran'; readonly run: NotebookRun }
  | { readonly type: 'failed'; readonly failure: FailedRun };
