import type { SourceSpan } from '../text/offset.js';

/**
 * Why a source can't be taken as Python 3:
 * - `syntax`: CPython's parser refuses it;
 * - `python-2`: it is Python 2 (`print x`, `exec "..."`, backticks, `<>`, `except X, e`, `ur''`, `0777`, `10L`);
 * - `compile`: it parses, and CPython's compiler refuses it (`return` outside a function);
 * - `too-deep`: it is nested deeper than `MAX_DEPTH`, or than CPython allows.
 */
export type SyntaxProblemCode = 'syntax' | 'python-2' | 'compile' | 'too-deep';

export interface SyntaxProblem extends SourceSpan {
  readonly code: SyntaxProblemCode;
  /** A sentence without a full stop, lower case, like CPython's messages. */
  readonly message: string;
  /** The number of the source, as in `NodeBase.source`. */
  readonly source: number;
}
