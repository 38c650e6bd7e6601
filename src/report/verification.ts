import { formatBytes } from '../text/bytes.js';
import { type Colours, printable } from '../text/colour.js';
import type { Difference, MeasuredRun, Verdict, Verification } from '../verify/verification.js';
import { chartScale, formatMemoryChart } from './memory-chart.js';
import { formatTable } from './table.js';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  same: 'same',
  'within-tolerance': 'same within tolerance',
  different: 'different',
  'could-not-run': 'could not run',
  'could-not-compare': 'could not compare',
};

/** Whether the results are the same, or as good as. */
export function isSame({ verdict }: Verification): boolean {
  return verdict === 'same' || verdict === 'within-tolerance';
}

/** The verdict and its reason, on one line. */
export function formatVerdict({ verdict, why }: Verification): string {
  return `${VERDICTS[verdict]}${why === null ? '' : ` - ${printable(why)}`}`;
}

/** What was measured, on one line. */
export function formatMeasured({ original, rewritten }: Verification): string {
  if (original === null || rewritten === null) return '';
  const figure = (name: 'peak' | 'held') =>
    `${name} ${formatBytes(original.memory[name])} → ${formatBytes(rewritten.memory[name])}`;
  return `${figure('peak')}, ${figure('held')}`;
}

/** Differences that are told in full. */
const MOST_DIFFERENCES = 10;

/** What a verification says, for a terminal. */
export function formatVerification(path: string, verification: Verification, colours: Colours): string {
  const { differences, original, rewritten } = verification;
  const paint = isSame(verification) ? colours.green : colours.red;
  const headline = `${printable(path)}: ${paint(colours.bold(formatVerdict(verification)))}\n`;
  const more = differences.length - MOST_DIFFERENCES;
  return [
    headline,
    ...differences.slice(0, MOST_DIFFERENCES).map((difference) => formatDifference(difference, colours)),
    ...(more > 0 ? [`  and ${more} more differences\n`] : []),
    ...listDetails(verification).map((line) => `  ${printable(line)}\n`),
    formatMemory(original, rewritten, colours),
  ].join('');
}

function formatDifference({ kind, where, cells, original, rewritten }: Difference, colours: Colours): string {
  const place = [
    ...(cells.original === null ? [] : [`cell ${cells.original}`]),
    ...(cells.rewritten === null ? [] : [`rewritten cell ${cells.rewritten}`]),
  ].join(', ');
  const side = (mark: string, text: string) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `    ${mark} ${printable(line.length > 200 ? `${line.slice(0, 200)}...` : line)}\n`)
      .join('');
  return [
    `  ${kind === 'name' ? '' : `${kind}: `}${printable(where)}${place === '' ? '' : ` (${place})`}\n`,
    colours.red(side('-', original)),
    colours.green(side('+', rewritten)),
  ].join('');
}

/** What was compared and what was not, freed or made alike, a line for each, for a person. */
export function listDetails(verification: Verification): string[] {
  const { compared, largestDifference, notReproducible, normalised, freed, incomparable, original } =
    verification;
  if (original === null) return [];
  const share = ([what, { compared: count, of }]: [string, { compared: number; of: number }]) =>
    `${count} of ${of} ${what}`;
  return [
    `compared: ${Object.entries(compared).map(share).join(', ')}`,
    ...(original.stoppedAt === null
      ? []
      : [`the original stops at cell ${original.stoppedAt.cell}: ${original.stoppedAt.error}`]),
    ...(largestDifference === null
      ? []
      : [`largest relative difference: ${largestDifference.toExponential(1)}`]),
    ...listed(
      'freed, as planned',
      freed.map(({ name, bytes }) => (bytes === null ? name : `${name} (${formatBytes(bytes)})`)),
    ),
    ...listed(
      'not reproducible',
      notReproducible.map(({ where }) => where),
    ),
    ...listed(
      'not comparable',
      incomparable.map(({ name, why }) => `${name} (${why})`),
    ),
    ...listed(
      'made alike',
      normalised.map(({ what, times }) => `${what} (${times})`),
    ),
  ];
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}: ${items.join(', ')}`];
}

function formatMemory(original: MeasuredRun | null, rewritten: MeasuredRun | null, colours: Colours): string {
  if (original === null) return '';
  const runs = [
    ['original', original] as const,
    ...(rewritten === null ? [] : [['rewritten', rewritten] as const]),
  ];
  const table = formatTable(
    [
      { title: '', align: 'left' },
      { title: 'peak', align: 'right' },
      { title: 'held', align: 'right' },
      { title: 'after trim', align: 'right' },
      { title: 'at start', align: 'right' },
      { title: 'time', align: 'right' },
    ],
    runs.map(([name, { memory, seconds }]) => [
      name,
      formatBytes(memory.peak),
      formatBytes(memory.held),
      memory.heldAfterTrim === null ? 'unknown' : formatBytes(memory.heldAfterTrim),
      formatBytes(memory.start),
      `${seconds.toFixed(1)} s`,
    ]),
  );
  const scale = chartScale(runs.map(([, { cells }]) => cells));
  const charts = runs.map(([name, { cells }]) => formatMemoryChart(name, cells, scale, colours));
  const sampled = runs.some(([, { memory }]) => memory.method === 'sampled')
    ? 'The memory was sampled: a short peak may have been missed.\n'
    : '';
  return `\n${table}${sampled}\n${charts.join('\n')}`;
}

/** A verification as one JSON object, ending with a newline. Bytes and seconds are numbers; cells count from 1. */
export function formatVerificationJson(path: string, verification: Verification): string {
  return `${JSON.stringify({ version: 1, path, ...verification }, null, 2)}\n`;
}
