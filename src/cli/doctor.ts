import { type Command, Option } from 'commander';
import { transforms } from '../../transforms/index.js';
import { environmentFinder } from '../batch/find-environment.js';
import { refactorNotebook } from '../batch/refactor-notebook.js';
import { UserError } from '../errors/user-error.js';
import { diagnose } from '../report/diagnosis.js';
import { formatDiagnosis } from '../report/diagnosis-text.js';
import { printable } from '../text/colour.js';
import { measure } from '../verify/measure.js';
import type { MeasuredMemory } from '../verify/measured-memory.js';
import type { Session } from './command.js';
import { configFinder } from './config.js';
import { addKernelOptions, interruptible, type KernelFlags, kernelOptions } from './kernel-options.js';
import { startProgress } from './progress.js';
import { fileInput, standardInput } from './read-input.js';
import { toSettings } from './settings.js';
import { COLOUR_CHOICES, type ColourChoice, chooseColours } from './terminal.js';

interface Flags extends KernelFlags {
  readonly json?: boolean;
  readonly run?: boolean;
  readonly color: ColourChoice;
}

export function define(command: Command, session: Session): void {
  command
    .argument('<notebook>', 'a notebook; - is standard input')
    .option('--json', 'as JSON, to standard output')
    .option('--python <path>', 'the Python that the notebook runs on; it is asked for its versions')
    .addOption(
      new Option('--color <when>', 'auto: on a terminal, unless NO_COLOR is set')
        .choices(COLOUR_CHOICES)
        .default('auto'),
    )
    .optionsGroup('What is measured:')
    .option('--run', 'run the notebook in a Jupyter kernel, in a copy of its directory, and measure');
  addKernelOptions(command).action(async (path: string, flags: Flags) => {
    await doctor(path, flags, session);
    session.exit(0);
  });
}

async function doctor(path: string, flags: Flags, { streams }: Session): Promise<void> {
  const input = path === '-' ? standardInput() : fileInput(path);
  const text = await input.readText();
  const config = await configFinder(transforms.map(({ id }) => id))(input.path);
  const environment = await environmentFinder(flags.python ?? null)(input.path);
  if (environment.warning !== undefined) streams.error(`nbslim: ${printable(environment.warning)}\n`);
  const progress = startProgress(streams, 1);
  const refactoring = await refactorNotebook({
    text,
    path: input.path,
    transforms,
    settings: toSettings(config.settings),
    environment,
    onBytes: progress.bytesScanned,
  });
  progress.end();
  const measured = flags.run ? await runAndMeasure(input.path, text, flags) : null;
  const diagnosis = diagnose(input.path, refactoring, measured);
  streams.out(
    flags.json
      ? `${JSON.stringify(diagnosis, null, 2)}\n`
      : formatDiagnosis(diagnosis, chooseColours(flags.color, streams.outIsTerminal)),
  );
}

/** @throws UserError where the notebook could not be run to its end, or to an error of its own */
async function runAndMeasure(path: string, text: string, flags: KernelFlags): Promise<MeasuredMemory> {
  const outcome = await interruptible((signal) => measure(path, text, { ...kernelOptions(flags), signal }));
  if (outcome.type === 'measured') return outcome.memory;
  const { cell, why } = outcome.failure;
  throw new UserError(`${path} could not be run: ${cell === null ? why : `cell ${cell} ${why}`}`);
}
