import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors/user-error.js';
import type { Outcome } from './run-in-order.js';

/**
 * What a worker is handed: the module that does the work, by name, and what it starts with. Only plain data crosses:
 * `setup`, the jobs and what comes back are cloned.
 */
export interface WorkOrder {
  /** URL of a module that exports a `start` of `StartWork`. */
  readonly module: string;
  readonly setup: unknown;
}

/** Gets ready once; what it gives does one job after the other. `onBytes` is told what was scanned since the last call. */
export type StartWork<Setup, Job, Value> = (
  setup: Setup,
  onBytes: (count: number) => void,
) => (job: Job) => Promise<Value>;

export type Reply =
  | { readonly type: 'bytes'; readonly count: number }
  | { readonly type: 'done'; readonly value: unknown }
  | { readonly type: 'failed'; readonly user: boolean; readonly message: string; readonly stack: string };

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));

/**
 * Does the work for all items in processes of their own and gives the outcomes in the order of the items. A process, not a
 * thread: what breaks one (memory at its end, a fault in native code) costs the notebook that it was at, and another
 * process takes the next.
 *
 * @param prepare makes the job of an item, here
 * @param workers how many processes at the same time
 */
export async function* runInWorkers<Item extends { readonly path: string }, Job, Value>(
  items: readonly Item[],
  order: WorkOrder,
  prepare: (item: Item) => Promise<Job>,
  workers: number,
  onBytes: (count: number) => void,
): AsyncGenerator<Outcome<Value>> {
  const pool = new Set<Worker>();
  const finished = new Map<number, Outcome<Value>>();
  let wake = () => {};
  let next = 0;
  let isOver = false;

  async function workOn(): Promise<void> {
    let worker: Worker | null = null;
    while (next < items.length && !isOver) {
      const index = next++;
      const item = items[index];
      if (item === undefined) break;
      const { path } = item;
      try {
        const job = await prepare(item);
        if (worker?.isAlive !== true) {
          worker = new Worker(order, onBytes);
          pool.add(worker);
        }
        // What comes back is what the order's module gives, which its caller knows.
        finished.set(index, { type: 'done', path, value: (await worker.run(job)) as Value });
      } catch (error) {
        finished.set(index, { type: 'failed', path, error });
      }
      wake();
    }
    worker?.stop();
  }

  const all = Array.from({ length: workers }, workOn);
  try {
    for (let index = 0; index < items.length; index++) {
      let outcome = finished.get(index);
      while (outcome === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        outcome = finished.get(index);
      }
      finished.delete(index);
      yield outcome;
    }
    await Promise.all(all);
  } finally {
    isOver = true;
    for (const worker of pool) worker.stop();
  }
}

class Worker {
  isAlive = true;
  readonly #process: ChildProcess;
  #waiting: { resolve(value: unknown): void; reject(error: unknown): void } | null = null;

  constructor(order: WorkOrder, onBytes: (count: number) => void) {
    // Its standard output is nobody's: what is told is told here, in order.
    this.#process = fork(WORKER, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message) => {
      const reply = message as Reply;
      if (reply.type === 'bytes') onBytes(reply.count);
      else if (reply.type === 'done') this.#waiting?.resolve(reply.value);
      else this.#waiting?.reject(toError(reply));
    });
    const end = (why: string) => {
      this.isAlive = false;
      this.#waiting?.reject(new Error(`the process that worked on the notebook ended: ${why}`));
    };
    this.#process.on('error', (error) => end(error.message));
    this.#process.on('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    this.#process.send(order);
  }

  run(job: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#process.send({ job }, (error) => {
        if (error !== null) reject(error);
      });
    });
  }

  stop(): void {
    this.isAlive = false;
    if (this.#process.connected) this.#process.disconnect();
  }
}

/** An error keeps its class on the way: what the user can mend is told otherwise than a bug. */
function toError({ user, message, stack }: Extract<Reply, { type: 'failed' }>): Error {
  if (user) return new UserError(message);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
