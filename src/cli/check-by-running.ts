import { UserError } from '../errors/user-error.js';
import type { Refactoring } from '../refactor/refactoring.js';
import { formatVerdict, isSame } from '../report/verification.js';
import { declaredBy } from '../verify/declared-by.js';
import type { Verification } from '../verify/verification.js';
import { verify } from '../verify/verify.js';
import { interruptible, type KernelFlags, kernelOptions } from './kernel-options.js';

/**
 * Runs the original and what it was refactored to, before anything is written.
 *
 * @throws UserError where the results are not the same, or could not be compared
 */
export async function checkByRunning(
  path: string,
  text: string,
  refactoring: Refactoring,
  flags: KernelFlags,
): Promise<Verification> {
  const job = { path, original: text, rewritten: refactoring.text, declared: declaredBy(refactoring) };
  const verification = await interruptible((signal) => verify(job, { ...kernelOptions(flags), signal }));
  if (isSame(verification)) return verification;
  throw new UserError(
    `${path}: left as it was, for the rewritten notebook did not verify: ${formatVerdict(verification)}`,
  );
}
