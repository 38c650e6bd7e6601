import type { Comparison } from './compare-runs.js';
import { stoppedAt } from './measured-run.js';
import type { FailedRun, NotebookRun } from './notebook-run.js';
import type { MeasuredRun, Share, Verification } from './verification.js';

const NOTHING: Share = { compared: 0, of: 0 };

const NO_COMPARISON: Comparison = {
  differences: [],
  largestDifference: null,
  notReproducible: [],
  normalised: [],
  compared: { outputs: NOTHING, names: NOTHING, files: NOTHING },
  freed: [],
  incomparable: [],
};

/** The original came to no end: there is nothing to hold the rewritten notebook to. */
export function couldNotRun(failure: FailedRun): Verification {
  return {
    ...NO_COMPARISON,
    verdict: 'could-not-run',
    why:
      failure.stage === 'start' ? failure.why : `The original could not be run: ${describeFailure(failure)}.`,
    original: null,
    rewritten: null,
  };
}

/** The original ran, and the rewritten notebook did not. */
export function failsAlone(failure: FailedRun, original: MeasuredRun): Verification {
  const why = describeFailure(failure);
  if (failure.stage === 'start')
    return { ...NO_COMPARISON, verdict: 'could-not-run', why, original, rewritten: null };
  return {
    ...NO_COMPARISON,
    verdict: 'different',
    why: `The original ran to its end, the rewritten notebook did not: ${why}.`,
    differences: [
      {
        kind: 'error',
        where: failure.cell === null ? 'the end' : `cell ${failure.cell}`,
        cells: { original: null, rewritten: failure.cell },
        original: 'ran',
        rewritten: why,
      },
    ],
    original,
    rewritten: null,
  };
}

function describeFailure({ stage, why, cell }: FailedRun): string {
  return stage === 'cell' && cell !== null ? `cell ${cell}: ${why}` : why;
}

/** @param cells the original's code cells, whether they ran or not */
export function verdictOf(
  comparison: Comparison,
  original: NotebookRun,
  cells: readonly unknown[],
): Pick<Verification, 'verdict' | 'why'> {
  const { differences, compared, largestDifference } = comparison;
  const [first] = differences;
  if (first !== undefined) {
    const more = differences.length > 1 ? `, and ${differences.length - 1} more` : '';
    return { verdict: 'different', why: `${first.where} differs${more}.` };
  }
  const stop = stoppedAt(original);
  if (stop !== null && 2 * (original.cells.length - 1) < cells.length) {
    return {
      verdict: 'could-not-compare',
      why: `Both stop at ${stop.error}, in the original's cell ${stop.cell}, which is code cell ${original.cells.length} of ${cells.length}.`,
    };
  }
  for (const [what, { compared: count, of }] of Object.entries(compared)) {
    if (2 * count < of) {
      return { verdict: 'could-not-compare', why: `Only ${count} of ${of} ${what} could be compared.` };
    }
  }
  if (largestDifference !== null) return { verdict: 'within-tolerance', why: null };
  return { verdict: 'same', why: null };
}
