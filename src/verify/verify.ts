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
  /** How often each notebook runs, from 1 on. Memory and time are the medians. */
  readonly runs: number;
}

/**
 * Runs both notebooks, each in a Jupyter kernel of its own, and compares what they show, hold and write. Where anything
 * differs, the original runs a second time: what differs between its own two runs is not reproducible, and no difference.
 * Nothing that the notebooks do is left behind, unless they run in place.
 *
 * @throws UserError for what is no notebook
 * @throws the signal's reason where it was aborted
 */
export async function verify(job: VerifyJob, options: VerifyOptions): Promise<Verification> {
  const original = readNotebook(job.original, job.path);
  const rewritten = readNotebook(job.rewritten, job.path);
  const home = await realpath(await mkdtemp(path.join(tmpdir(), 'nbslim-run-')));
  const kept: NotebookRun[] = [];
  let started = 0;
  const run = async (notebook: Notebook, times: number): Promise<NotebookRun[] | FailedRun> => {
    const runs: NotebookRun[] = [];
    while (runs.length < times) {
      const place = path.join(home, `run-${++started}`);
      await mkdir(place);
      const outcome = await runNotebook(runJob(notebook, job.path, place), options);
      if (outcome.type === 'failed') return outcome.failure;
      kept.push(outcome.run);
      runs.push(outcome.run);
    }
    return runs;
  };
  try {
    const originals = await run(original, options.runs);
    if (!Array.isArray(originals)) return couldNotRun(originals);
    const others = await run(rewritten, options.runs);
    const [first] = originals;
    if (first === undefined) throw new Error('a run is missing');
    const judge = (again: NotebookRun | null): Verification => {
      if (!Array.isArray(others)) return failsAlone(others, measuredRun(originals));
      const [other] = others;
      if (other === undefined) throw new Error('a run is missing');
      const comparison = compareRuns(first, other, job.declared, again);
      return {
        ...comparison,
        ...verdictOf(comparison, first, runJob(original, job.path, home).cells),
        original: measuredRun(originals),
        rewritten: measuredRun(others),
      };
    };
    const verification = judge(originals[1] ?? null);
    if (verification.verdict === 'same' || originals.length > 1) return verification;
    const again = await run(original, 1);
    if (!Array.isArray(again)) return couldNotRun(again);
    originals.push(...again);
    return judge(again[0] ?? null);
  } finally {
    for (const { values } of kept) values.close();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
