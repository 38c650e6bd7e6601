import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../errors/user-error.js';
import type { VerifyOptions } from '../verify/verify.js';

/** How notebooks are run, as it is written on the command line. */
export interface KernelFlags {
  readonly python?: string;
  readonly kernel?: string;
  readonly timeout: number;
  readonly env: Readonly<Record<string, string>>;
  readonly inPlace?: boolean;
  readonly runs: number;
  readonly copyUpTo: number;
}

export function addKernelOptions(command: Command): Command {
  return command
    .option('--kernel <name>', "one of `jupyter kernelspec list` (default: the Python's own)")
    .option('--timeout <seconds>', 'how long a cell may take; 0: as long as it likes', positive, 600)
    .option('--env <name=value>', "set in the kernel's environment; may be given again", setting, {})
    .option('--in-place', 'run in the notebook’s own directory, not in a copy of it')
    .option('--copy-up-to <MiB>', 'link to larger files instead of copying them', positive, 64)
    .option('--runs <n>', 'how often each notebook runs; memory and time are the medians', atLeastOne, 1);
}

/** What `python3` is called where nothing else is said. */
const PYTHON = process.platform === 'win32' ? 'python' : 'python3';

export function kernelOptions(flags: KernelFlags): VerifyOptions {
  const { python = PYTHON, kernel = null, timeout, env, inPlace = false, runs, copyUpTo } = flags;
  return {
    python,
    kernel,
    timeout: timeout === 0 ? null : timeout,
    env,
    inPlace,
    runs,
    copyUpTo: copyUpTo * 2 ** 20,
  };
}

function setting(value: string, previous: Readonly<Record<string, string>>): Record<string, string> {
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (name === undefined || text === undefined) throw new InvalidArgumentError('It must be NAME=VALUE.');
  return { ...previous, [name]: text };
}

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0 || value.trim() === '')
    throw new InvalidArgumentError('It must be a number.');
  return number;
}

function atLeastOne(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return number;
}

/** Thrown where somebody pressed control-C, after all that was started has ended. */
export class Interrupted extends UserError {}

/**
 * Does work that control-C and a request to end take down in order: its processes end and its files are removed before this
 * process does.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let received: NodeJS.Signals | null = null;
  const stop = (signal: NodeJS.Signals) => {
    received ??= signal;
    controller.abort(new Interrupted('interrupted'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    // As if it had not been caught: whoever waits for this process is to know how it ended.
    if (received !== null) process.kill(process.pid, received);
  }
}
