import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Notebook } from '../notebook/notebook.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { compareRuns } from './compare-runs.js';
import type { Declared } from './declared.js';
import { measuredRun } from './measured-run.js';
import type { FailedRun, NotebookRun } from './notebook-run.js';
import { runJob } from './run-job.js';
import { type KernelOptions, runNotebook } from './run-notebook.js';
import { couldNotRun, failsAlone, verdictOf } from './verdict.js';
import type { Verification } from './verification.js';

export interface VerifyJob {
  /** Where the original stands: both notebooks run in a copy of its directory. */
  readonly path: string;
  /** The whole files. */
  readonly original: string;
  readonly rewritten: string;
  readonly declared: Declared;
}

export interface VerifyOptions extends KernelOptions {
  /** How often each notebook runs, from 1 on; the original at least twice. Memory and time are the medians. */
  readonly runs: number;
}

/**
 * Runs the original notebook twice and the rewritten one, each in a Jupyter kernel of its own, and compares what they show,
 * hold and write. Nothing that the notebooks do is left behind, unless they run in place.
 *
 * @throws UserError for what is no notebook
 * @throws the signal's reason where it was aborted
 */
export async function verify(job: VerifyJob, options: VerifyOptions): Promise<Verification> {
  const original = readNotebook(job.original, job.path);
  const rewritten = readNotebook(job.rewritten, job.path);
  const home = await realpath(await mkdtemp(path.join(tmpdir(), 'nbslim-run-')));
  const kept: NotebookRun[] = [];
  const run = async (notebook: Notebook, times: number): Promise<NotebookRun[] | FailedRun> => {
    const runs: NotebookRun[] = [];
    while (runs.length < times) {
      const place = path.join(home, `run-${kept.length + 1}`);
      await mkdir(place);
      const outcome = await runNotebook(runJob(notebook, job.path, place), options);
      if (outcome.type === 'failed') return outcome.failure;
      kept.push(outcome.run);
      runs.push(outcome.run);
    }
    return runs;
  };
  try {
    const originals = await run(original, Math.max(2, options.runs));
    if (!Array.isArray(originals)) return couldNotRun(originals);
    const others = await run(rewritten, options.runs);
    if (!Array.isArray(others)) return failsAlone(others, measuredRun(originals));
    const [[first, second], [other]] = [originals, others];
    if (!first || !second || !other) throw new Error('a run is missing');
    const comparison = compareRuns(first, other, job.declared, second);
    return {
      ...comparison,
      ...verdictOf(comparison, first, runJob(original, job.path, home).cells),
      original: measuredRun(originals),
      rewritten: measuredRun(others),
    };
  } finally {
    for (const { values } of kept) values.close();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
