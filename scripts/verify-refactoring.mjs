import { declaredBy } from '../dist/src/verify/declared-by.js';
import { verify } from '../dist/src/verify/verify.js';

/** @import { Refactoring } from '../dist/src/api.js' */
/** @import { VerifyOptions } from '../dist/src/verify/verify.js' */

/**
 * Runs a notebook and what it was refactored to, each in a copy of its directory, by what the refactoring says may differ.
 * @param {string} path
 * @param {string} original
 * @param {Refactoring} refactoring
 * @param {Pick<VerifyOptions, 'python' | 'timeout' | 'copyUpTo'> & Partial<VerifyOptions>} options
 */
export function verifyRefactoring(path, original, refactoring, options) {
  return verify(
    { path, original, rewritten: refactoring.text, declared: declaredBy(refactoring) },
    { kernel: null, env: {}, inPlace: false, runs: 1, ...options },
  );
}
