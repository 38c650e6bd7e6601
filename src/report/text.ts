import type { Tier } from '../refactor/contract.js';
import { savedBytes } from '../refactor/refactoring.js';
import { formatBytes } from '../text/bytes.js';
import { type Colours, printable } from '../text/colour.js';
import {
  describeUnknown,
  type NotebookReport,
  type ReportedChange,
  type ReportedRefusal,
} from './notebook-report.js';
import { formatPlace } from './place.js';
import { formatSaving } from './saving.js';
import type { Total } from './total.js';

export interface TextOptions {
  readonly colours: Colours;
  /** Every refusal by itself. */
  readonly verbose: boolean;
  /** Tell the reason of each change; not where the diff has told it already. */
  readonly reasons: boolean;
}

/** Above this many refusals of a notebook, they are counted by code. */
const FEW_REFUSALS = 5;

/** What became of one notebook, for people: what changed and why, what was refused and why, what a wider tier would do. */
export function formatNotebook(report: NotebookReport, options: TextOptions): string {
  const { path } = report;
  return [
    options.colours.bold(printable(headline(report))),
    ...report.changes.flatMap((change) => formatChange(path, change, options)),
    ...report.broken.flatMap((broken) => [
      `  ${options.colours.red('bug')}: ${formatPlace(printable(path), broken.place)}: ${broken.transform} wrote code that Python does not take, so this change was left out; please report it`,
      `      ${printable(broken.problem)}`,
    ]),
    ...formatRefusals(path, report.refusals, options),
    ...formatWithheld(report.withheld),
    '',
  ].join('\n');
}

function headline(report: NotebookReport): string {
  const { path, changes, memory, written } = report;
  const where =
    written === null
      ? ''
      : written === path
        ? ', written'
        : `, written to ${written === '-' ? 'standard output' : written}`;
  if (changes.length === 0) return `${path}: nothing to change${where}`;
  return `${path}: ${count(changes.length, 'change')}${where}${memory === null ? notKnown(report) : `; by the memory model ${compare(memory)}`}`;
}

function notKnown(report: NotebookReport): string {
  const first = report.unknownData[0];
  if (first === undefined) return '';
  const name = first.path === null ? '' : `${first.path}: `;
  return `; the memory is not known (${name}${describeUnknown(first.code)})`;
}

function compare({ before, after }: NonNullable<NotebookReport['memory']>): string {
  const change = (old: number, now: number) =>
    old === now ? formatBytes(now) : `${formatBytes(now)} instead of ${formatBytes(old)}`;
  return `${change(before.peak, after.peak)} at the peak, ${change(before.held, after.held)} at the end`;
}

function formatChange(path: string, change: ReportedChange, { colours, reasons }: TextOptions): string[] {
  const facts = [
    change.tier === 'safe' ? '' : `${change.tier}: `,
    change.effect === 'none' ? '' : `${EFFECTS[change.effect]}, `,
    formatSaving(change.saving, change.unknown),
  ].join('');
  const line = `  ${formatPlace(printable(path), change.place)}: ${colours.cyan(change.transform)}: ${printable(change.summary)} (${facts}) ${colours.dim(`[${change.id}]`)}`;
  return reasons ? [line, `      ${printable(change.reason)}`] : [line];
}

const EFFECTS = {
  types: 'the names of types differ',
  rounding: 'numbers differ in late digits',
  different: 'results differ',
} as const;

function formatRefusals(
  path: string,
  refusals: readonly ReportedRefusal[],
  { colours, verbose }: TextOptions,
): string[] {
  const line = (refusal: ReportedRefusal, repeated: string) =>
    `  ${formatPlace(printable(path), refusal.place)}: ${colours.yellow(`${refusal.transform} refused`)} (${refusal.code}${repeated}): ${printable(refusal.why)}`;
  if (verbose || refusals.length <= FEW_REFUSALS) return refusals.map((refusal) => line(refusal, ''));
  const groups = new Map<string, [ReportedRefusal, ...ReportedRefusal[]]>();
  for (const refusal of refusals) {
    const key = `${refusal.transform} ${refusal.code}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [refusal]);
    else group.push(refusal);
  }
  const lines = [...groups.values()].map((group) =>
    line(group[0], group.length === 1 ? '' : `, and ${group.length - 1} more`),
  );
  if (groups.size < refusals.length) lines.push(`  ${refusals.length} refusals in all; -v shows each`);
  return lines;
}

/** `2 more with --lossy would save up to 61.2 MiB; 1 more with --unsafe`. */
function formatWithheld(withheld: readonly ReportedChange[]): string[] {
  const parts = OPTION_OF_TIER.flatMap(([tier, option]) => {
    const changes = withheld.filter((change) => change.tier === tier);
    if (changes.length === 0) return [];
    // What two changes save together may be less than the sum of what each saves alone.
    const saved = changes.reduce(
      (sum, { saving }) => sum + (saving === null ? 0 : Math.max(0, savedBytes(saving))),
      0,
    );
    const would = saved === 0 ? '' : ` would save up to ${formatBytes(saved)}`;
    return [`${changes.length} more ${option}${would}`];
  });
  return parts.length === 0 ? [] : [`  ${parts.join('; ')}`];
}

const OPTION_OF_TIER: readonly (readonly [Tier, string])[] = [
  ['safe', 'without --strict'],
  ['lossy', 'with --lossy'],
  ['unsafe', 'with --unsafe'],
];

/** `14 notebooks: 9 changed, 4 unchanged, 1 failed; by the memory model they save 1.2 GiB at their peaks`. */
export function formatTotal(total: Total, options: { readonly written: boolean }): string {
  const parts = [
    `${total.changed} ${options.written ? 'changed' : 'would change'}`,
    `${total.unchanged} unchanged`,
    ...(total.failed === 0 ? [] : [`${total.failed} failed`]),
  ];
  const saved =
    total.saved.peak > 0
      ? `; ${formatBytes(total.saved.peak)} less at their peaks, added up, by the memory model`
      : '';
  return `${count(total.notebooks, 'notebook')}: ${parts.join(', ')}${saved}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
