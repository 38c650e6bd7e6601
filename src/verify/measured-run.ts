import type { NotebookRun } from './notebook-run.js';
import type { MeasuredRun, ProcessMemory, StoppedAt } from './verification.js';

/** The medians of what the runs of one notebook needed. */
export function measuredRun(runs: readonly NotebookRun[]): MeasuredRun {
  const [first] = runs;
  if (first === undefined) throw new Error('a median of no runs');
  const memory = (figure: (memory: ProcessMemory) => number) => median(runs.map((run) => figure(run.memory)));
  const trimmed = runs.map((run) => run.memory.heldAfterTrim).filter((bytes) => bytes !== null);
  return {
    cells: first.cells.map(({ cell }, at) => {
      const same = runs.flatMap(({ cells }) => cells[at] ?? []);
      return {
        cell,
        peak: median(same.map(({ peak }) => peak)),
        held: median(same.map(({ held }) => held)),
        seconds: median(same.map(({ seconds }) => seconds)),
      };
    }),
    memory: {
      start: memory(({ start }) => start),
      peak: memory(({ peak }) => peak),
      held: memory(({ held }) => held),
      heldAfterTrim: trimmed.length < runs.length ? null : median(trimmed),
      method: runs.every((run) => run.memory.method === 'exact') ? 'exact' : 'sampled',
    },
    seconds: median(runs.map(({ cells }) => cells.reduce((sum, { seconds }) => sum + seconds, 0))),
    runs: runs.length,
    stoppedAt: stoppedAt(first),
  };
}

/** The error that ended the run; null where the last cell's is none, or was to be expected. */
export function stoppedAt({ cells, stopped }: NotebookRun): StoppedAt | null {
  const last = cells.at(-1);
  const error = last?.outputs.findLast((output) => output.kind === 'error');
  return stopped && last && error ? { cell: last.cell, error: `${error.ename}: ${error.evalue}` } : null;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
