import type { Combination } from '../../src/environment/environment.js';
import type { VerifyOptions } from '../../src/verify/verify.js';
import { pythonOf } from '../environments.js';

/** How the tests run notebooks, but for what one is about. */
export function runOptions(combination: Combination): VerifyOptions {
  return {
    python: pythonOf(combination),
    kernel: null,
    timeout: 60,
    env: {},
    inPlace: false,
    copyUpTo: 2 ** 26,
    runs: 1,
  };
}
