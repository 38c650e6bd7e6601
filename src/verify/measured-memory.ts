import type { MeasuredRun } from './verification.js';

/** What one notebook needed in a real kernel, and what held it. */
export interface MeasuredMemory {
  readonly run: MeasuredRun;
  /** The largest first. */
  readonly objects: readonly MeasuredObject[];
}

/** An object as it was seen after the cells, with the memory that dies with it. */
export interface MeasuredObject {
  /** `pandas.core.frame.DataFrame` */
  readonly type: string;
  /** The most it was seen to take. */
  readonly bytes: number;
  /** What of it is left at the notebook's end: less where only a part of it is kept. */
  readonly heldAtEnd: number;
  /** The cell after which it was first there, and the one after which it was gone; null: it lives to the notebook's end. */
  readonly from: number;
  readonly to: number | null;
  readonly pins: readonly Pin[];
}

/** What keeps an object alive, from one cell to another; `to` null: to the notebook's end. */
export interface Pin {
  /** `df`, or `Out[7]`, which keeps what a cell has shown; cells that run in order are numbered so. */
  readonly name: string;
  /** What the name refers to where that is not the object itself: a view of it, a group, a list that holds it. */
  readonly through: string | null;
  readonly from: number;
  readonly to: number | null;
}
