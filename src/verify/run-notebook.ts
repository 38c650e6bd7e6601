import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HeldName, ValueFile } from './held.js';
import { readLines } from './json-lines.js';
import type { NotebookRun, RunOutcome, WrittenFile } from './notebook-run.js';
import type { ProcessMemory } from './verification.js';

/** Beside src/ here, and beside dist/src/ in the package. */
const DRIVER = fileURLToPath(new URL('../../python/nbslim_run', import.meta.url));

export interface KernelOptions {
  /** The interpreter that drives the kernel, and whose kernel it is unless `kernel` names another. */
  readonly python: string;
  /** A name of `jupyter kernelspec list`; null for the interpreter's own. */
  readonly kernel: string | null;
  /** Seconds that a cell may take; null for no end. */
  readonly timeout: number | null;
  /** What is set in the kernel's environment besides. */
  readonly env: Readonly<Record<string, string>>;
  /** Run where the notebook is, instead of in a copy. */
  readonly inPlace: boolean;
  /** Bytes: files that are larger are linked instead of copied. */
  readonly copyUpTo: number;
  readonly signal?: AbortSignal;
  /** Called before each cell with its number, and with how many there are. */
  readonly onCell?: (done: number, of: number) => void;
}

export interface RunJob {
  readonly cells: readonly { readonly cell: number; readonly source: string; readonly mayRaise: boolean }[];
  /** The directory that is copied, and the notebook's own, seen from it. */
  readonly source: string;
  readonly within: string;
  /** An empty directory that is the run's own until it is compared. */
  readonly place: string;
  /** What is wanted of the names: which objects they hold after each cell, or, for a comparison, their values at the end. */
  readonly census: boolean;
}

/** No notebook's directory should need this many. */
const MOST_FILES = 20_000;

/** Seconds. */
const START_TIMEOUT = 60;

/** Milliseconds that the driver has to take its kernel down with it. */
const GRACE = 10_000;

type Message =
  | { readonly type: 'started'; readonly start: number }
  | { readonly type: 'progress' }
  | ({ readonly type: 'cell' } & NotebookRun['cells'][number])
  | ({ readonly type: 'finished'; readonly files: readonly WrittenFile[]; readonly stopped: boolean } & Pick<
      ProcessMemory,
      'held' | 'heldAfterTrim' | 'method'
    >)
  | ({ readonly type: 'failed' } & Extract<RunOutcome, { type: 'failed' }>['failure']);

/**
 * Runs a notebook's cells in a Jupyter kernel of its own. Whatever goes wrong in the notebook or with the kernel is in the
 * outcome; no process outlives the call.
 *
 * @throws the signal's reason where it was aborted
 */
export async function runNotebook(job: RunJob, options: KernelOptions): Promise<RunOutcome> {
  const { python, kernel, timeout, env, inPlace, copyUpTo, signal, onCell } = options;
  signal?.throwIfAborted();
  const child = spawn(python, [DRIVER], {
    stdio: 'pipe',
    env: { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', JUPYTER_RUNTIME_DIR: job.place },
    // Control-C is ours to pass on: what a terminal sends to the whole group would come twice.
    detached: process.platform !== 'win32',
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4000);
  });
  const ended = new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(`${python} can not be started: ${error.message}`));
    child.on('close', (status, by) =>
      resolve(status === 0 ? null : describeEnd(python, status ?? by, complaints)),
    );
  });
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    child.stdin.destroy();
    child.kill('SIGTERM');
    killer ??= setTimeout(() => child.kill('SIGKILL'), GRACE);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    // A driver that has died reads nothing; its end says so.
    child.stdin.on('error', () => {});
    const request = {
      ...job,
      kernel,
      timeout,
      env,
      inPlace,
      copyUpTo,
      mostFiles: MOST_FILES,
      startTimeout: START_TIMEOUT,
    };
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const cells: NotebookRun['cells'][number][] = [];
    let start = 0;
    let done = 0;
    let outcome: RunOutcome | null = null;
    for await (const line of readLines(child.stdout)) {
      const message = JSON.parse(line) as Message;
      if (message.type === 'started') {
        start = message.start;
        onCell?.(0, job.cells.length);
      } else if (message.type === 'progress') {
        onCell?.(++done, job.cells.length);
      } else if (message.type === 'cell') {
        const { type: _, ...cell } = message;
        cells.push(cell);
      } else if (message.type === 'failed') {
        outcome = { type: 'failed', failure: { stage: message.stage, why: message.why, cell: message.cell } };
      } else {
        outcome = { type: 'ran', run: await readRun(job, cells, start, message) };
      }
    }
    const death = await ended;
    signal?.throwIfAborted();
    return (
      outcome ?? {
        type: 'failed',
        failure: { stage: 'start', why: death ?? 'The driver said nothing.', cell: null },
      }
    );
  } finally {
    stop();
    await ended;
    clearTimeout(killer);
    signal?.removeEventListener('abort', stop);
  }
}

async function readRun(
  { place, census }: RunJob,
  cells: NotebookRun['cells'],
  start: number,
  message: Extract<Message, { type: 'finished' }>,
): Promise<NotebookRun> {
  const { held, heldAfterTrim, method, files, stopped } = message;
  const names = census ? '{}' : await readFile(path.join(place, 'names.json'), 'utf8');
  return {
    cells,
    names: JSON.parse(names) as Record<string, HeldName>,
    values: new ValueFile(path.join(place, 'values.bin')),
    files,
    stopped,
    memory: {
      start,
      peak: cells.reduce((most, { peak }) => Math.max(most, peak), start),
      held,
      heldAfterTrim,
      method,
    },
  };
}

function describeEnd(python: string, end: number | string | null, complaints: string): string {
  const last = complaints.trim().split('\n').at(-1) ?? '';
  return `${python} ended with ${end}${last === '' ? '.' : `: ${last}`}`;
}
