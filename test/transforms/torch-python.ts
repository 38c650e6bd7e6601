import { findTorchPython } from '../environments.js';
import { type Program, runPrograms } from './programs.js';

/** The first Python that has PyTorch; undefined where none has. */
export const torchPython = findTorchPython();

const RESULT = `
import warnings
warnings.simplefilter("ignore")
def result(cells):
    return run(cells)[1]
`;

/** What each program shows; all in one process: the import of torch takes seconds. */
export function runWithTorch(programs: readonly Program[]): readonly string[] {
  return runPrograms(torchPython ?? 'python3', programs, RESULT);
}
