import type { Command } from 'commander';
import type { Streams } from './terminal.js';

/** 0: clean, or written. 1: `--check` or `--diff` found something to change. 2: something could not be done. */
export type ExitCode = 0 | 1 | 2;

/** A command's file: its arguments and options, and what it does. */
export interface CommandFile {
  define(command: Command, session: Session): void;
}

/** What a command is run with. */
export interface Session {
  readonly streams: Streams;
  /** Says how the command ended. */
  exit(code: ExitCode): void;
}
