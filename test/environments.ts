import { spawnSync } from 'node:child_process';
// @ts-expect-error plain JavaScript: it has to run before anything is built
import * as environments from '../scripts/make-environments.mjs';
import { COMBINATIONS, type Combination } from '../src/environment/environment.js';

const { isMade, pythonPath } = environments as {
  isMade(name: string): boolean;
  pythonPath(name: string): string;
};

/** The environments of the six combinations, the one that has what reads images, and the one that has Keras. */
export type TestEnvironment = Combination | 'images' | 'keras';

/** Whether the environment has been made: `npm test` makes the first and the last combination and `images`, CI all. */
export const hasEnvironment = (name: TestEnvironment): boolean => isMade(name);

/** The interpreter of one of the test environments. Throws, with what to run, where it has not been made. */
export function pythonOf(combination: TestEnvironment): string {
  if (!isMade(combination)) {
    throw new Error(
      `The environment ${combination} is not there, or is older than its requirements: node scripts/make-environments.mjs ${combination}`,
    );
  }
  return pythonPath(combination);
}

/**
 * The combinations that the tests can run in: those that `NBSLIM_COMBINATIONS` names (`all`, or `E1 E3`), else those
 * that are there, which after `npm test` are E1 and E6 at least. Throws where one is missing, rather than test less
 * than was asked for.
 */
export function availableCombinations(): readonly Combination[] {
  const { NBSLIM_COMBINATIONS = '' } = process.env;
  const words = NBSLIM_COMBINATIONS.split(/[\s,]+/).filter(Boolean);
  const available = words.includes('all')
    ? COMBINATIONS
    : COMBINATIONS.filter((combination) =>
        words.length > 0 ? words.includes(combination) : isMade(combination),
      );
  if (available.length === 0) {
    throw new Error('No Python environment is there: node scripts/make-environments.mjs');
  }
  for (const combination of available) pythonOf(combination);
  return available;
}

/** PyTorch is too large for the test environments; Debian's `python3-torch` belongs to the system's Python. */
export const TORCH_PYTHONS = [process.env['NBSLIM_TORCH_PYTHON'], '/usr/bin/python3', 'python3'].filter(
  (python) => python !== undefined,
);

/** An interpreter that has PyTorch; undefined where none has. */
export function findTorchPython(): string | undefined {
  return TORCH_PYTHONS.find((python) => spawnSync(python, ['-c', 'import torch']).status === 0);
}
