import type { StatementEffect } from './program.js';

/** What a top-level statement was seen to do. */
export interface Recorder {
  readonly reads: Set<string>;
  readonly needs: Set<string>;
  readonly inFunctions: Set<string>;
  readonly bound: Set<string>;
  readonly deletes: Set<string>;
  readonly mutated: Set<number>;
  readonly effects: Set<StatementEffect>;
  opaque: string | null;
}

export function newRecorder(): Recorder {
  return {
    reads: new Set(),
    needs: new Set(),
    inFunctions: new Set(),
    bound: new Set(),
    deletes: new Set(),
    mutated: new Set(),
    effects: new Set(),
    opaque: null,
  };
}
