/**
 * An error that a user can cause and can mend: a file that is not there, a notebook that is not JSON, a bad option.
 * Its message says what was found, where, and what to do. Anything else that is thrown is a bug and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
