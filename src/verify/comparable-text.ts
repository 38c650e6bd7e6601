import type { Declared } from './declared.js';

/** Names what was made alike, each time that it was. */
export type Count = (what: string, times: number) => void;

/**
 * What is another text at each run, and what is written in its place. A text may be a million characters without a blank:
 * no pattern begins with a repetition that has no bound.
 */
const FLEETING: readonly (readonly [what: string, RegExp, string])[] = [
  ['addresses in memory', /\b0x[0-9a-f]{6,}/gi, '0x'],
  ['ids of HTML elements', /\bT_[0-9a-f]{5}/g, 'T_'],
  ['random ids', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b/gi, 'id'],
  [
    'places in a cell',
    /^(?:\S{0,300}[/\\]ipykernel_\d+[/\\]\d+\.py|<ipython-input-\d+-[0-9a-f]+>):\d+: (?=\w*Warning: )/gm,
    '',
  ],
  [
    'places in a cell',
    /<ipython-input-\d+-[0-9a-f]+>|(?:[/\\][^\s/\\]{1,80}){0,8}[/\\]ipykernel_\d+[/\\]\d+\.py/g,
    '<cell>',
  ],
  [
    'temporary paths',
    /(?:[/\\][^\s/\\]{1,80}){0,8}[/\\]nbslim-run-\w+[/\\]run-\d+[/\\]copy\b/g,
    '<directory>',
  ],
  ['temporary paths', /(?:\/tmp|\/var\/folders\/\w+\/\w+\/T)\/tmp\w{6,}/g, '<temporary>'],
  ['timings', /^(CPU times|Wall time|Compiler|Parser) ?:.*\r?\n?/gm, ''],
  ['timings', /^.{1,80} per loop \(mean .*\)\n?/gm, ''],
  // `%timeit` says so where it happens to be so.
  ['timings', /^The slowest run took \d+\.\d+ times longer than the fastest\..*\n?/gm, ''],
  // A progress bar: what it shows on the way depends on when it is drawn.
  ['progress bars', /^.{0,200}\d%\|[^|\n]*\|[^[\n]*\[[^\]\n]*\].*\n?/gm, ''],
  ['progress bars', /^.{0,200}\dit \[\d\d:\d\d, [^\]\n]*\].*\n?/gm, ''],
  ['timings', /\b\d+m?s\/(?:step|epoch|sample)\b|(?<=\] - )\d+m?s\b|(?<= - )\d+m?s(?= \d+m?s\/)/g, '<time>'],
];

/** A figure in bytes. */
const METERS: (typeof FLEETING)[number] = [
  'memory meters',
  /\b\d{1,20}(?:\.\d{1,20})? ?(?:bytes|[KMGT]i?B|[KMGT]?B)\b/g,
  '<bytes>',
];

const TYPE = `(?:u?int(?:8|16|32|64)|U?Int(?:8|16|32|64)|float(?:16|32|64)|Float(?:32|64)|bool|boolean|object|category|string|str)`;

/** How types are shown: each becomes the same text, whatever the type. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  // The last line of `df.info()`, and the one before.
  [/memory usage: .*$/gm, 'memory usage'],
  [/^dtypes: .*$/gm, 'dtypes'],
  // The last lines of a Series; an array's or an Index's last argument.
  [/\n?^Categories \(\d+, [\w[\]]+\): .*$/gm, ''],
  [/(, |\n?^)?dtype: [\w[\], ]+$/gm, ''],
  [/,\s*dtype=(?:'[^']*'|[\w.<>[\]]+)/g, ''],
  // A bare scalar, on numpy 2.
  [new RegExp(String.raw`\bnp\.(?:${TYPE}|str_)\(`, 'g'), 'np.number('],
  [new RegExp(String.raw`\b${TYPE}\b`, 'g'), 'type'],
];

/** `df.memory_usage()` as text: its first row is the index, and all of it is memory. */
const MEMORY_USAGE = /^Index +\d+\n/;

/**
 * A shown text without what may differ: addresses and times always, and, where `types`, the names of types and what
 * memory they take; where `meters`, figures in bytes. Two texts that become the same show the same.
 */
export function comparableText(
  text: string,
  { types, meters }: Pick<Declared, 'types' | 'meters'>,
  count: Count = () => {},
): string {
  const fleeting = meters ? [...FLEETING, METERS] : FLEETING;
  const lasting = sortSets(withoutFleeting(overwrite(text, count), fleeting, count), count);
  if (!types) return lasting;
  const typeless = TYPES.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    lasting,
  );
  if (typeless === lasting) return lasting;
  const measured = MEMORY_USAGE.test(lasting) ? typeless.replace(/ +\d+$/gm, '') : typeless;
  // Columns are padded to the longest name of a type, and an array breaks its lines at another place.
  return measured.replace(/\s+/g, ' ').trim();
}

function withoutFleeting(text: string, fleeting: typeof FLEETING, count: Count): string {
  return fleeting.reduce((result, [what, pattern, replacement]) => {
    let times = 0;
    const replaced = result.replace(pattern, () => {
      times += 1;
      return replacement;
    });
    if (times > 0) count(what, times);
    return replaced;
  }, text);
}

/** A set has no order, and its text has the one in which it was filled. */
function sortSets(text: string, count: Count): string {
  return text.replace(/\{([^{}:\n]{1,10000})\}/g, (whole, inside: string) => {
    const items = inside.split(', ');
    const sorted = `{${items.sort().join(', ')}}`;
    if (sorted !== whole) count('orders of sets', 1);
    return sorted;
  });
}

/** What a terminal shows of lines that a carriage return starts anew. */
function overwrite(text: string, count: Count): string {
  if (!/\r(?!\n|$)/.test(text)) return text;
  count('lines written over', 1);
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '')
    .join('\n');
}

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/**
 * The largest relative difference of the numbers in two texts that are otherwise the same but for blanks; null where they
 * differ by more than that, or by more than `rounding`.
 */
export function numericDifference(a: string, b: string, rounding: number): number | null {
  if (a === b) return 0;
  const between = (text: string) => text.replace(NUMBER, '#').replace(/\s+/g, ' ');
  if (between(a) !== between(b)) return null;
  const numbers = (text: string) => (text.match(NUMBER) ?? []).map(Number);
  const others = numbers(b);
  let largest = 0;
  for (const [position, number] of numbers(a).entries()) {
    const difference = relativeDifference(number, others[position] ?? Number.NaN);
    if (!(difference <= rounding)) return null;
    largest = Math.max(largest, difference);
  }
  return largest;
}

/** Below this a number is noise around 0, such as 1e-17 for a sum that cancels out. */
const NOISE = 1e-12;

/** 0 for two NaNs; NaN or infinity where only one number is one. */
export function relativeDifference(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= NOISE) return 0;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
