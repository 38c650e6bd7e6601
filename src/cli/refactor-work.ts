import { transforms } from '../../transforms/index.js';
import { readText } from '../batch/read-text.js';
import { refactorNotebook } from '../batch/refactor-notebook.js';
import type { StartWork } from '../batch/run-in-workers.js';
import type { Settings } from '../batch/settings.js';
import { writeAtomically } from '../batch/write-atomically.js';
import type { Environment } from '../environment/environment.js';
import { type CheckedNotebook, refactoredNotebook } from '../report/html/verified-notebook.js';
import { type NotebookReport, reportNotebook } from '../report/notebook-report.js';
import { isSame } from '../report/verification.js';
import { colours } from '../text/colour.js';
import type { Verification } from '../verify/verification.js';
import type { checkByRunning as CheckByRunning } from './check-by-running.js';
import { type DiffFormat, type FormattedDiff, formatDiff } from './format-diff.js';
import type { KernelFlags } from './kernel-options.js';

/** What is the same for all notebooks of a run; plain data. */
export interface RefactorSetup {
  /** Where the result goes: a file's path, `-` for standard output; null: see `write`. */
  readonly output: string | null;
  /** Write each notebook in place. */
  readonly write: boolean;
  /** Run both before anything is written; null: write without. */
  readonly verify: KernelFlags | null;
  /** Whether what was verified is to go onto an HTML page. */
  readonly page: boolean;
  readonly diff: { readonly format: DiffFormat; readonly colour: boolean } | null;
}

/** One notebook; plain data. */
export interface RefactorJob {
  readonly path: string;
  /** What came in by standard input; null: the file is to be read. */
  readonly text: string | null;
  readonly settings: Settings;
  readonly environment: Environment;
}

/** What is told of a notebook; plain data. */
export interface RefactorResult {
  readonly report: NotebookReport;
  readonly diff: FormattedDiff | null;
  /** Null where nothing was run; where the results are not the same, nothing was written. */
  readonly verification: Verification | null;
  /** What the HTML page tells; null where none is wanted. */
  readonly page: CheckedNotebook | null;
  /** The new notebook, where it is to be printed. */
  readonly content: string | null;
}

/** The work of `nbslim refactor` on one notebook after the other, here or in another process. */
export const start: StartWork<RefactorSetup, RefactorJob, RefactorResult> =
  (setup, onBytes) =>
  async ({ path, text, settings, environment }) => {
    const before = text ?? (await readText(path));
    const refactoring = await refactorNotebook({
      text: before,
      path,
      transforms,
      settings,
      environment,
      onBytes,
    });
    const verification =
      setup.verify !== null && refactoring.text !== before
        ? await check(path, before, refactoring, setup.verify)
        : null;
    const isWritten = verification === null || isSame(verification);
    const written = isWritten ? await write(setup, path, before, refactoring.text) : null;
    const { diff } = setup;
    // Only what is told is kept: the trees of a notebook may hold many times its size.
    return {
      report: reportNotebook(path, refactoring, written),
      verification,
      page: setup.page ? refactoredNotebook(path, refactoring, verification) : null,
      diff: diff && formatDiff(diff.format, colours(diff), path, refactoring, before),
      content: written === '-' ? refactoring.text : null,
    };
  };

/** What drives kernels is loaded where it is asked for, not at every start. */
const check: typeof CheckByRunning = async (...job) =>
  (await import('./check-by-running.js')).checkByRunning(...job);

/** Writes what is to be written, and says where; a notebook in place only if it changed, another file always. */
async function write(
  { output, write: inPlace }: RefactorSetup,
  path: string,
  before: string,
  after: string,
): Promise<string | null> {
  if (output === '-') return '-';
  if (output !== null) {
    await writeAtomically(output, after);
    return output;
  }
  if (!inPlace || after === before) return null;
  await writeAtomically(path, after, before);
  return path;
}
