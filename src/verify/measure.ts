import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readNotebook } from '../notebook/read-notebook.js';
import type { MeasuredMemory } from './measured-memory.js';
import { measuredObjects } from './measured-objects.js';
import { measuredRun } from './measured-run.js';
import type { FailedRun, NotebookRun } from './notebook-run.js';
import { runJob } from './run-job.js';
import { runNotebook } from './run-notebook.js';
import type { VerifyOptions } from './verify.js';

export type MeasureOutcome =
  | { readonly type: 'measured'; readonly memory: MeasuredMemory }
  | { readonly type: 'failed'; readonly failure: FailedRun };

/**
 * Runs a notebook in a Jupyter kernel, and says what memory it needed and which objects held it: these as its first run
 * shows them, the figures of the process as medians. Nothing that it does is left behind, unless it runs in place.
 *
 * @param file where the notebook stands: it runs in a copy of its directory
 * @param text the whole file
 * @throws UserError for what is no notebook
 * @throws the signal's reason where it was aborted
 */
export async function measure(file: string, text: string, options: VerifyOptions): Promise<MeasureOutcome> {
  const notebook = readNotebook(text, file);
  const home = await realpath(await mkdtemp(path.join(tmpdir(), 'nbslim-run-')));
  const runs: NotebookRun[] = [];
  try {
    while (runs.length < options.runs) {
      const place = path.join(home, `run-${runs.length + 1}`);
      await mkdir(place);
      const outcome = await runNotebook({ ...runJob(notebook, file, place), census: true }, options);
      if (outcome.type === 'failed') return outcome;
      runs.push(outcome.run);
    }
    return {
      type: 'measured',
      memory: { run: measuredRun(runs), objects: measuredObjects(runs[0]?.cells ?? []) },
    };
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
