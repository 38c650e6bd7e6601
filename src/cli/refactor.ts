import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { transforms } from '../../transforms/index.js';
import { environmentFinder } from '../batch/find-environment.js';
import { findNotebooks } from '../batch/find-notebooks.js';
import { type Outcome, runInOrder } from '../batch/run-in-order.js';
import { runInWorkers } from '../batch/run-in-workers.js';
import { UserError } from '../errors/user-error.js';
import type { VerifiedNotebook } from '../report/html/verified-notebook.js';
import { formatJsonReport, type JsonNotebook } from '../report/json.js';
import type { NotebookReport } from '../report/notebook-report.js';
import { formatNotebook, formatTotal } from '../report/text.js';
import { total } from '../report/total.js';
import { formatMeasured, formatVerdict, isSame } from '../report/verification.js';
import { parseBytes } from '../text/bytes.js';
import { printable } from '../text/colour.js';
import type { Verification } from '../verify/verification.js';
import type { ExitCode, Session } from './command.js';
import { configFinder } from './config.js';
import { DIFF_FORMATS, type DiffFormat, endOfDiffs, type FormattedDiff } from './format-diff.js';
import { formatError } from './format-error.js';
import { addKernelOptions, type KernelFlags } from './kernel-options.js';
import { startProgress } from './progress.js';
import { fileInput, type Input, STANDARD_INPUT, standardInput } from './read-input.js';
import { type RefactorJob, type RefactorResult, type RefactorSetup, start } from './refactor-work.js';
import {
  checkTransforms,
  IMPORTS,
  INPLACE,
  mergeSettings,
  OUTPUTS,
  toSettings,
  type WrittenSettings,
} from './settings.js';
import { COLOUR_CHOICES, type ColourChoice, chooseColours } from './terminal.js';
import { REPORT_HELP, writeReport } from './write-report.js';

interface Flags extends WrittenSettings, KernelFlags {
  readonly verify?: boolean;
  readonly report?: string;
  readonly output?: string;
  readonly write?: boolean;
  readonly diff?: boolean;
  readonly check?: boolean;
  readonly diffFormat?: DiffFormat;
  readonly outputFormat: 'text' | 'json';
  readonly jobs?: number;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: ColourChoice;
}

export function define(command: Command, session: Session): void {
  const choice = (flags: string, description: string, choices: readonly string[]) =>
    new Option(flags, description).choices(choices);
  command
    .argument('<paths...>', 'notebooks, and directories of notebooks; - is standard input')
    .optionsGroup('What becomes of the result (without any of these: --diff):')
    .addOption(
      new Option('-o, --output <file>', 'write one notebook into this file; - is standard output').conflicts([
        'write',
        'diff',
        'check',
      ]),
    )
    .addOption(new Option('--write', 'write each notebook in place, atomically').conflicts(['diff', 'check']))
    .option('--diff', 'write nothing, print what would change; exit 1 if anything would')
    .option('--check', 'write nothing; exit 1 if anything would change')
    .optionsGroup('What is done:')
    .option('--select <ids>', 'only these transforms, with commas between them', list)
    .option('--ignore <ids>', 'all transforms but these', list)
    .option('--lossy', 'also what changes numbers in late digits')
    .option('--unsafe', 'also what changes results, or rests on what only you can know')
    .option('--strict', 'leave out what changes the names of types, and what rests on data that may grow')
    .option('--max-batch-size <n>', 'the largest batch that is left (training: with --unsafe)', wholeNumber)
    .addOption(
      new Option('--batch-factor <fraction>', 'what is left of each batch: 0.5 for half')
        .argParser(fraction)
        .conflicts('maxBatchSize'),
    )
    .option('--float16', 'allow float16 (with --unsafe)')
    .option(
      '--headroom <times>',
      'how many times the range seen a narrower type must hold (default: 2)',
      atLeastOne,
    )
    .option(
      '--min-saving <size>',
      'leave out what is known to save less (default: 100KiB); 0 for none',
      sizeInBytes,
    )
    .addOption(
      choice(
        '--inplace <where>',
        'where inplace=True is used: where it saves, or wherever it is right',
        INPLACE,
      ),
    )
    .option('--reverse', 'take `inplace=True` out again (with --select inplace)')
    .addOption(choice('--imports <where>', 'where the imports of a collapsed chain go', IMPORTS))
    .addOption(choice('--outputs <what>', 'what becomes of saved outputs', OUTPUTS))
    .option('--leave-out <id>', 'leave out the change with this id', list)
    .option('--python <path>', 'the Python that the notebook runs on; it is asked for its versions')
    .option(
      '-j, --jobs <n>',
      'how many notebooks at the same time (default: one for each processor)',
      wholeNumber,
    )
    .optionsGroup('How it is checked:')
    .option('--verify', 'run both in Jupyter kernels, and write only what gives the same results');
  addKernelOptions(command)
    .optionsGroup('What is told:')
    .option('--report <file>', `with --verify: ${REPORT_HELP}`)
    .addOption(choice('--diff-format <format>', 'patch is for git apply (default: cells)', DIFF_FORMATS))
    .addOption(
      choice('--output-format <format>', 'of the summary; json goes to standard output', [
        'text',
        'json',
      ]).default('text'),
    )
    .option('-q, --quiet', 'no summary; errors only')
    .option('-v, --verbose', 'every refusal by itself')
    .addOption(
      choice('--color <when>', 'auto: on a terminal, unless NO_COLOR is set', COLOUR_CHOICES).default('auto'),
    )
    .action(async (paths: string[], flags: Flags) => session.exit(await refactor(paths, flags, session)));
}

/** `a,b` → `a`, `b`; an option that is given again adds to what it had. */
function list(value: string, previous: readonly string[] = []): string[] {
  return [
    ...previous,
    ...value
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ];
}

function atLeastOne(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number < 1 || value.trim() === '')
    throw new InvalidArgumentError('It must be a number of at least 1.');
  return number;
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value))
    throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return Number(value);
}

function fraction(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('It must be a number between 0 and 1.');
  return number;
}

function sizeInBytes(value: string): number {
  const bytes = parseBytes(value);
  if (bytes === null) throw new InvalidArgumentError('It must be a size: 0, 500KB, 1MiB.');
  return bytes;
}

const unverified = (path: string, verification: Verification): UserError =>
  new UserError(
    `${path}: left as it was, for the rewritten notebook did not verify: ${formatVerdict(verification)}`,
  );

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function refactor(paths: readonly string[], flags: Flags, session: Session): Promise<ExitCode> {
  checkFlags(paths, flags);
  const ids = transforms.map((transform) => transform.id);
  checkTransforms(flags, ids, 'the command line');
  const { streams } = session;
  const isDryRun = flags.output === undefined && !flags.write;
  const isJson = flags.outputFormat === 'json';
  const messageColours = chooseColours(flags.color, streams.errorIsTerminal);
  const diffFormat =
    isDryRun && (flags.diff || (!flags.check && !isJson)) ? (flags.diffFormat ?? 'cells') : null;
  const diffColours = chooseColours(flags.color, streams.outIsTerminal && !isJson);
  const diffs: FormattedDiff[] = [];
  const reasons = diffFormat !== 'cells';
  const findConfig = configFinder(ids);
  const environmentOf = environmentFinder(flags.python ?? null);

  const { inputs, problems } = await findInputs(paths, flags);
  const progress = startProgress(streams, inputs.length);
  const reports: NotebookReport[] = [];
  const forJson: JsonNotebook[] = [];
  const forPage: VerifiedNotebook[] = [];
  let failed = 0;
  const fail = (path: string, error: unknown) => {
    failed += 1;
    progress.message(formatError(error, path));
    if (isJson) forJson.push({ path, error: messageOf(error) });
  };
  const failAltogether = (path: string, error: unknown) => {
    forPage.push({ path, error: messageOf(error) });
    fail(path, error);
  };
  for (const { path, error } of problems) failAltogether(path, error);
  const warned = new Set<string | undefined>([undefined]);
  const warn = (warning: string | undefined) => {
    if (!warned.has(warning)) progress.message(`nbslim: ${printable(warning ?? '')}\n`);
    warned.add(warning);
  };

  const setup: RefactorSetup = {
    output: flags.output ?? null,
    write: flags.write === true,
    verify: flags.verify ? flags : null,
    page: flags.report !== undefined,
    diff: diffFormat && { format: diffFormat, colour: diffColours.enabled },
  };
  const prepare = async (input: Input): Promise<RefactorJob> => ({
    path: input.path,
    text: input.path === STANDARD_INPUT ? await input.readText() : null,
    settings: toSettings(mergeSettings((await findConfig(input.path)).settings, flags)),
    environment: await environmentOf(input.path),
  });
  for await (const outcome of runAll(inputs, setup, prepare, flags.jobs ?? null, progress.bytesScanned)) {
    progress.notebookDone();
    if (outcome.type === 'failed') {
      failAltogether(outcome.path, outcome.error);
      continue;
    }
    warn((await environmentOf(outcome.path)).warning);
    const { report, diff, verification, page } = outcome.value;
    if (page !== null) forPage.push(page);
    if (verification !== null && !isSame(verification)) {
      fail(outcome.path, unverified(outcome.path, verification));
      continue;
    }
    if (outcome.value.content !== null) progress.content(outcome.value.content);
    reports.push(report);
    if (diff?.forArray != null) diffs.push(diff);
    if (isJson)
      forJson.push({
        ...report,
        ...(diff === null ? {} : { diff: diff.data }),
        ...(verification === null ? {} : { verification }),
      });
    else if (diff !== null) progress.content(diff.text);
    if (!flags.quiet && !isJson)
      progress.message(
        formatNotebook(report, { colours: messageColours, verbose: flags.verbose ?? false, reasons }),
      );
    if (!flags.quiet && !isJson && verification !== null)
      progress.message(`  verified: ${formatVerdict(verification)}; ${formatMeasured(verification)}\n`);
    // Nothing is lost if nobody reads on: a dry run does nothing else.
    if (isDryRun && streams.outIsClosed) break;
  }
  progress.end();

  if (isJson) streams.out(formatJsonReport(forJson));
  else if (diffFormat !== null) streams.out(endOfDiffs(diffFormat, diffs));
  if (flags.report !== undefined) await writeReport(flags.report, forPage);
  const all = total(reports, failed);
  if (!flags.quiet && inputs.length + problems.length === 0)
    streams.error(`nbslim: no notebooks found in ${paths.map(printable).join(', ')}\n`);
  if (!flags.quiet && !isJson) {
    if (all.notebooks > 1) streams.error(formatTotal(all, { written: !isDryRun }));
    if (isDryRun && !flags.diff && !flags.check)
      streams.error(
        'This was a dry run, nothing was written: -o FILE writes the result into a file, --write in place.\n',
      );
  }
  if (failed > 0) return 2;
  return isDryRun && all.changed > 0 ? 1 : 0;
}

/** @throws UserError for options that do not go together */
function checkFlags(paths: readonly string[], flags: Flags): void {
  const isStandardInput = paths.includes('-');
  if (isStandardInput && paths.length > 1)
    throw new UserError('standard input (-) stands alone: give no other paths with it');
  if (isStandardInput && flags.write)
    throw new UserError('standard input cannot be written in place; use -o');
  if (paths.length > 1 && flags.output !== undefined)
    throw new UserError(
      `-o takes one notebook, and there are ${paths.length} paths; use --write to change each in place`,
    );
  if (flags.output === '-' && flags.outputFormat === 'json')
    throw new UserError('-o - and --output-format json would both write to standard output; give -o a file');
  if (
    flags.diffFormat !== undefined &&
    ((flags.check && !flags.diff) || flags.write || flags.output !== undefined)
  )
    throw new UserError('--diff-format needs --diff');
  if (flags.verify && !flags.write && flags.output === undefined)
    throw new UserError('--verify decides what is written: give -o FILE or --write with it');
  if (flags.reverse && flags.select?.join() !== 'inplace')
    throw new UserError(
      '--reverse needs --select inplace, and nothing else selected: no other transform can be taken back',
    );
  if (flags.report !== undefined && !flags.verify)
    throw new UserError('--report tells what was verified: give --verify with it');
  if (flags.float16 && !flags.unsafe)
    throw new UserError('--float16 needs --unsafe: float16 has three digits');
}

async function findInputs(
  paths: readonly string[],
  flags: Flags,
): Promise<{ inputs: Input[]; problems: { path: string; error: UserError }[] }> {
  if (paths[0] === '-') return { inputs: [standardInput()], problems: [] };
  const found = await findNotebooks(paths);
  const inputs = found.flatMap((one) => (one.type === 'notebook' ? [fileInput(one.path)] : []));
  if (flags.output !== undefined && inputs.length > 1)
    throw new UserError(
      `-o takes one notebook, and ${paths[0]} holds ${inputs.length}; use --write to change each in place`,
    );
  return { inputs, problems: found.filter((one) => one.type === 'problem') };
}

/** So many notebooks are done in the time that it takes to start another process. */
const WORTH_A_WORKER = 4;

/** Does the work here where there is little, else in as many processes as there are processors, or as the user says. */
function runAll(
  inputs: readonly Input[],
  setup: RefactorSetup,
  prepare: (input: Input) => Promise<RefactorJob>,
  jobs: number | null,
  onBytes: (count: number) => void,
): AsyncIterable<Outcome<RefactorResult>> {
  // Kernels that run side by side would take each other's time and memory, which are measured.
  const most = jobs ?? (setup.verify === null ? availableParallelism() : 1);
  const workers = Math.min(most, jobs === null ? Math.floor(inputs.length / WORTH_A_WORKER) : inputs.length);
  if (workers > 1) {
    const module = new URL('./refactor-work.js', import.meta.url).href;
    return runInWorkers(inputs, { module, setup }, prepare, workers, onBytes);
  }
  const work = start(setup, onBytes);
  return runInOrder(inputs, async (input) => work(await prepare(input)));
}
