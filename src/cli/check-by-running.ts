import type { Refactoring } from '../refactor/refactoring.js';
import { declaredBy } from '../verify/declared-by.js';
import type { Verification } from '../verify/verification.js';
import { verify } from '../verify/verify.js';
import { interruptible, type KernelFlags, kernelOptions } from './kernel-options.js';

/** Runs the original and what it was refactored to, before anything is written. */
export function checkByRunning(
  path: string,
  text: string,
  refactoring: Refactoring,
  flags: KernelFlags,
): Promise<Verification> {
  const job = { path, original: text, rewritten: refactoring.text, declared: declaredBy(refactoring) };
  return interruptible((signal) => verify(job, { ...kernelOptions(flags), signal }));
}
