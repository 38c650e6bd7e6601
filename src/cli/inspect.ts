import { type Command, InvalidArgumentError, Option } from 'commander';
import { analyzeNotebook } from '../analysis/analyze.js';
import { environmentFinder } from '../batch/find-environment.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { loadParser } from '../python/parse.js';
import { gatherColumns } from '../refactor/gather.js';
import { formatInspection, inspectionOfCell, inspectProgram } from '../report/inspection.js';
import { formatDot } from '../report/inspection-dot.js';
import type { Session } from './command.js';
import { fileInput, standardInput } from './read-input.js';

interface Flags {
  readonly json?: boolean;
  readonly dot?: boolean;
  readonly cell?: number;
  readonly python?: string;
}

export function define(command: Command, { streams, exit }: Session): void {
  command
    .argument('<notebook>', 'a notebook; - is standard input')
    .option('--json', 'as JSON')
    .addOption(new Option('--dot', 'as a graph of cells and names, for Graphviz').conflicts('json'))
    .option('--cell <number>', 'of this cell alone, counted from 1 over all cells', cellNumber)
    .option('--python <path>', 'the Python that the notebook runs on; it is asked for its versions')
    .action(async (path: string, { json, dot, cell, python }: Flags) => {
      const input = path === '-' ? standardInput() : fileInput(path);
      const notebook = readNotebook(await input.readText(), input.path);
      const program = analyzeNotebook(notebook, await loadParser());
      const environment = await environmentFinder(python ?? null)(input.path);
      const headers = await gatherColumns(program.reads, { path: input.path, environment });
      const whole = inspectProgram(program, environment, headers);
      const inspection = cell === undefined ? whole : inspectionOfCell(whole, cell);
      const asText = dot ? formatDot(inspection) : formatInspection(inspection);
      streams.out(json ? `${JSON.stringify(inspection, null, 2)}\n` : asText);
      exit(0);
    });
}

function cellNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return Number(text);
}
