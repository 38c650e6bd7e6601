import type { Call, Expression } from '../python/ast.js';

/**
 * A call that reads a data file, with what its arguments say. One object for each call, however often a function runs it;
 * compared by identity.
 */
export interface Read {
  readonly call: Call;
  /** The function's name in its library: `'read_csv'`, `'read_table'`. */
  readonly function: string;
  /** The path where it is a string that can be told from the code, constants and `+` followed; else null. */
  readonly path: string | null;
  /**
   * The keyword arguments, with positional ones under their parameters' names; the first, the path, is left out. A name that
   * holds a list as it was written out is that list.
   */
  readonly arguments: ReadonlyMap<string, Expression>;
  /** Why nothing can be said of the call (`**kwargs`, in a loop, in a function that reads other files too), else null. */
  readonly unknown: string | null;
}

/** A read while the notebook is being run: what comes later may make it unknown. */
export type ReadInTheMaking = { -readonly [Key in keyof Read]: Read[Key] };
