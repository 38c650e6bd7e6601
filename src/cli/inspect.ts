import type { Command } from 'commander';
import { analyzeNotebook } from '../analysis/analyze.js';
import { environmentFinder } from '../batch/find-environment.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { loadParser } from '../python/parse.js';
import { formatInspection, inspectProgram } from '../report/inspection.js';
import type { Session } from './command.js';
import { fileInput, standardInput } from './read-input.js';

interface Flags {
  readonly json?: boolean;
  readonly python?: string;
}

export function define(command: Command, { streams, exit }: Session): void {
  command
    .argument('<notebook>', 'a notebook; - is standard input')
    .option('--json', 'as JSON')
    .option('--python <path>', 'the Python that the notebook runs on; it is asked for its versions')
    .action(async (path: string, { json, python }: Flags) => {
      const input = path === '-' ? standardInput() : fileInput(path);
      const notebook = readNotebook(await input.readText(), input.path);
      const program = analyzeNotebook(notebook, await loadParser());
      const environment = await environmentFinder(python ?? null)(input.path);
      const inspection = inspectProgram(program, environment);
      streams.out(json ? `${JSON.stringify(inspection, null, 2)}\n` : formatInspection(inspection));
      exit(0);
    });
}
