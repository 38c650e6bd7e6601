import { type Command, InvalidArgumentError, Option } from 'commander';
import { transforms } from '../../transforms/index.js';
import { environmentFinder } from '../batch/find-environment.js';
import { refactorNotebook } from '../batch/refactor-notebook.js';
import type { Refactoring } from '../refactor/refactoring.js';
import { refactoredNotebook, rewrittenNotebook } from '../report/html/verified-notebook.js';
import { formatVerification, formatVerificationJson } from '../report/verification.js';
import { type Declared, NOTHING_DECLARED } from '../verify/declared.js';
import { declaredBy, hasCodeOf } from '../verify/declared-by.js';
import type { Verdict } from '../verify/verification.js';
import { verify } from '../verify/verify.js';
import type { ExitCode, Session } from './command.js';
import { configFinder } from './config.js';
import { addKernelOptions, interruptible, type KernelFlags, kernelOptions } from './kernel-options.js';
import { fileInput } from './read-input.js';
import { mergeSettings, toSettings, type WrittenSettings } from './settings.js';
import { COLOUR_CHOICES, type ColourChoice, chooseColours } from './terminal.js';
import { REPORT_HELP, writeReport } from './write-report.js';

interface Flags extends KernelFlags {
  readonly rtol?: number;
  readonly allowTypes?: boolean;
  readonly freed?: readonly string[];
  readonly lossy?: boolean;
  readonly unsafe?: boolean;
  readonly outputFormat: 'text' | 'json';
  readonly report?: string;
  readonly color: ColourChoice;
}

const EXIT_CODES: Readonly<Record<Verdict, ExitCode>> = {
  same: 0,
  'within-tolerance': 0,
  different: 1,
  'could-not-run': 2,
  'could-not-compare': 2,
};

export function define(command: Command, session: Session): void {
  command
    .argument('<original>', 'a notebook')
    .argument('[rewritten]', 'what it was rewritten to; without it, it is refactored in memory first')
    .optionsGroup('How they are run:')
    .option('--python <path>', 'the Python that has Jupyter (default: python3)');
  addKernelOptions(command)
    .optionsGroup('What may differ (what nbslim’s own changes say may differ, may):')
    .option('--rtol <number>', 'numbers, by this relative difference', tolerance)
    .option('--allow-types', 'the names of types, and the memory that a cell prints')
    .option(
      '--freed <names>',
      'names that the rewritten notebook need not hold, with commas between them',
      names,
    )
    .option('--lossy', 'without a second notebook: refactor with --lossy')
    .option('--unsafe', 'without a second notebook: refactor with --unsafe')
    .optionsGroup('What is told:')
    .addOption(
      new Option('--output-format <format>', 'json goes to standard output')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--report <file>', REPORT_HELP)
    .addOption(
      new Option('--color <when>', 'auto: on a terminal, unless NO_COLOR is set')
        .choices(COLOUR_CHOICES)
        .default('auto'),
    )
    .action(async (original: string, rewritten: string | undefined, flags: Flags) =>
      session.exit(await run(original, rewritten, flags, session)),
    );
}

async function run(
  path: string,
  rewrittenPath: string | undefined,
  flags: Flags,
  { streams }: Session,
): Promise<ExitCode> {
  const original = await fileInput(path).readText();
  const given = rewrittenPath === undefined ? null : await fileInput(rewrittenPath).readText();
  const { rewritten, declared, refactoring } = await findDeclared(path, original, given, flags);
  const options = kernelOptions(flags);
  const verification = await interruptible((signal) =>
    verify({ path, original, rewritten, declared }, { ...options, signal }),
  );
  if (flags.outputFormat === 'json') streams.out(formatVerificationJson(path, verification));
  else streams.out(formatVerification(path, verification, chooseColours(flags.color, streams.outIsTerminal)));
  if (flags.report !== undefined)
    await writeReport(flags.report, [
      refactoring === null
        ? rewrittenNotebook(path, original, rewritten, verification)
        : refactoredNotebook(path, refactoring, verification),
    ]);
  return EXIT_CODES[verification.verdict];
}

/**
 * What may differ: what the options say, and, where the rewritten notebook is what nbslim makes of the original in one of
 * its tiers, what those changes say; then that refactoring too.
 */
async function findDeclared(
  path: string,
  text: string,
  rewritten: string | null,
  flags: Flags,
): Promise<{ rewritten: string; declared: Declared; refactoring: Refactoring | null }> {
  const environment = await environmentFinder(flags.python ?? null)(path);
  const config = await configFinder(transforms.map(({ id }) => id))(path);
  const refactorWith = (tier: WrittenSettings) =>
    refactorNotebook({
      text,
      path,
      transforms,
      settings: toSettings(mergeSettings(config.settings, tier)),
      environment,
    });
  if (rewritten === null) {
    const refactoring = await refactorWith(flags);
    return { rewritten: refactoring.text, declared: withFlags(declaredBy(refactoring), flags), refactoring };
  }
  for (const tier of [{}, { lossy: true }, { unsafe: true }]) {
    const refactoring = await refactorWith(tier);
    if (hasCodeOf(refactoring, rewritten))
      return { rewritten, declared: withFlags(declaredBy(refactoring), flags), refactoring };
  }
  return { rewritten, declared: withFlags(NOTHING_DECLARED, flags), refactoring: null };
}

function withFlags(declared: Declared, { rtol, allowTypes = false, freed = [] }: Flags): Declared {
  return {
    ...declared,
    types: declared.types || allowTypes,
    rounding: rtol ?? declared.rounding,
    freed: [...declared.freed, ...freed],
  };
}

function names(value: string, previous: readonly string[] = []): string[] {
  const given = value.split(',').map((name) => name.trim());
  return [...previous, ...given.filter((name) => name !== '')];
}

function tolerance(value: string): number {
  const number = Number(value);
  if (!(number >= 0 && number < 1) || value.trim() === '')
    throw new InvalidArgumentError('It must be a number from 0 to 1, such as 1e-6.');
  return number;
}
