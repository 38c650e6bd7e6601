import { Command, CommanderError } from 'commander';
import type { CommandFile, ExitCode } from './command.js';
import { formatError } from './format-error.js';
import { type Streams, standardStreams } from './terminal.js';
import { readVersion } from './version.js';

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loaded when it is run, and not before: a cold start is what people wait for. */
  load(): Promise<CommandFile>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'refactor',
    summary: 'rewrite notebooks so that they need less memory',
    load: () => import('./refactor.js'),
  },
  {
    name: 'verify',
    summary:
      'run a notebook and its rewritten form in Jupyter kernels: the same results, and how much memory',
    load: () => import('./verify.js'),
  },
  {
    name: 'doctor',
    summary: 'show what holds memory in a notebook, from where to where and why; rewrites nothing',
    load: () => import('./doctor.js'),
  },
  {
    name: 'inspect',
    summary: 'show what each cell of a notebook reads, writes, mutates and shows',
    load: () => import('./inspect.js'),
  },
  {
    name: 'profile',
    summary: 'show the columns of a data file and the type that each needs',
    load: () => import('./profile.js'),
  },
  { name: 'list', summary: 'list the transforms', load: () => import('./list.js') },
  {
    name: 'explain',
    summary: 'tell what a transform does, why, and when it refuses',
    load: () => import('./explain.js'),
  },
];

/** Runs the command line. Whatever happens is written to the streams; nothing is thrown. */
export async function run(args: readonly string[], streams: Streams = standardStreams()): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command('nbslim')
    .description('Rewrites Jupyter notebooks so that they need less memory.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ writeOut: streams.out, writeErr: streams.error })
    .showHelpAfterError('(nbslim --help shows how it is used)')
    .exitOverride();
  try {
    const wanted = args[0] === 'help' ? args[1] : args[0];
    for (const entry of COMMANDS) {
      const command = program.command(entry.name).summary(entry.summary);
      if (entry.name !== wanted) continue;
      const { define } = await entry.load();
      command.description(`${entry.summary.charAt(0).toUpperCase()}${entry.summary.slice(1)}.`);
      define(command, {
        streams,
        exit: (given) => {
          code = given;
        },
      });
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has told already what is wrong; what it throws for `--help` has 0 in it.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    streams.error(formatError(error));
    return 2;
  }
}
