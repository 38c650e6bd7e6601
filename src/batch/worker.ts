// The process behind `runInWorkers`: gets an order, then job after job. It ends when its parent is gone.
import { UserError } from '../errors/user-error.js';
import type { Reply, StartWork, WorkOrder } from './run-in-workers.js';

type Message = WorkOrder | { readonly job: unknown };

let work: Promise<(job: unknown) => Promise<unknown>> | null = null;

function reply(message: Reply): void {
  if (process.connected) process.send?.(message);
}

async function start({ module, setup }: WorkOrder): Promise<(job: unknown) => Promise<unknown>> {
  const loaded = (await import(module)) as { start: StartWork<unknown, unknown, unknown> };
  return loaded.start(setup, (count) => reply({ type: 'bytes', count }));
}

async function run(job: unknown): Promise<void> {
  try {
    const value = await (await work)?.(job);
    reply({ type: 'done', value });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error ? (error.stack ?? message) : message;
    reply({ type: 'failed', user: error instanceof UserError, message, stack });
  }
}

process.on('message', (message: Message) => {
  if ('job' in message) void run(message.job);
  else {
    work = start(message);
    // Told with the first job, which waits for it.
    work.catch(() => {});
  }
});
// Not `exit`: work that has something to clean up listens to this signal.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
