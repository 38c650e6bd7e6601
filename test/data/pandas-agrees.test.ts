import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnProfile, CsvProfile } from '../../src/data/column-profile.js';
import { profileCsv } from '../../src/data/profile-csv.js';
import { type CsvReadOptions, PLAIN_READ } from '../../src/data/read-options.js';
import { type DataRefusal, isRefusal } from '../../src/data/refusal.js';
import { availableCombinations } from '../environments.js';
import { askPandas, type PandasColumn, type PandasFrame, withFiles } from './ask-pandas.js';

const { NBSLIM_FUZZ_FILES = '240', NBSLIM_FUZZ_SEED = '1' } = process.env;
const FILES = Number(NBSLIM_FUZZ_FILES);
const SEED = Number(NBSLIM_FUZZ_SEED);

/** What pandas reads, each in its own way, and the scan refuses: it is never wrong to. */
const CAUTIOUS = [
  'duplicate-header',
  'empty-file',
  'header-beyond-file',
  'index-from-extra-column',
  'names-do-not-fit',
  'nul-byte',
  'ragged-rows',
  'stray-carriage-return',
];

const oneOf = (...texts: string[]) => fc.constantFrom(...texts);
const missing = oneOf(
  '',
  '',
  'NA',
  'NaN',
  'nan',
  'null',
  'None',
  'N/A',
  '#N/A',
  '-nan',
  '<NA>',
  '""',
  '"NA"',
);
const integer = fc.oneof(
  fc.integer({ min: -300, max: 300 }).map(String),
  fc.maxSafeInteger().map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  oneOf('007', '+5', ' 5', '5 ', '\t6', '-0', '"7"', '9007199254740993', '-000123'),
);
const decimal = fc.oneof(
  fc
    .tuple(fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: 0, max: 999 }))
    .map(([a, b]) => `${a}.${b}`),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map(String),
  fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }).map(String),
  oneOf(
    '1e3',
    '-1.5E-3',
    '.5',
    '5.',
    '+.25',
    'inf',
    '-Infinity',
    'INF',
    '0.00',
    '-0.0',
    ' 1.5',
    '2.5 ',
    '1e400',
    '1e 5',
  ),
);
const bool = oneOf('True', 'False', 'true', 'FALSE', '"True"');
const word = fc
  .oneof(
    oneOf(
      'red',
      'green',
      'blue',
      'é',
      '日本',
      '😀',
      ' x',
      'y ',
      'tRUE',
      '1_000',
      '0x1F',
      '"a,b"',
      '"a""b"',
      '"x"y',
      'a"b',
    ),
    oneOf(
      '"two\nlines"',
      '"a\r\nb"',
      "'q'",
      '-',
      '.',
      '1.2.3',
      '1e',
      'nAn',
      'Inf inity',
      '12:30',
      '2020-01-01',
      '$1,200',
    ),
    fc.string({ unit: fc.constantFrom(...'ab1 .-+eE'), minLength: 1, maxLength: 5 }),
  )
  .map((text) => (/^[^"]*,/.test(text) ? `"${text}"` : text));
const soup = fc.string({ unit: fc.constantFrom(...' \t01.-+eEinfaNT"'), maxLength: 6 });

const field = fc.constantFrom(
  [integer],
  [integer, missing],
  [decimal],
  [decimal, integer, missing],
  [bool],
  [bool, missing],
  [word],
  [word, missing],
  [missing],
  [soup],
  [integer, word],
  [soup, integer],
);

const table = fc
  .tuple(fc.array(field, { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean())
  .chain(([columns, lineEnd, endsWithOne]) => {
    const row = fc.tuple(...columns.map((some) => fc.oneof(...some))).map((fields) => fields.join(','));
    const line = fc.oneof({ weight: 20, arbitrary: row }, { weight: 1, arbitrary: oneOf('', '  ', '\t') });
    const header = columns.map((_, at) => `c${at}`).join(',');
    return fc
      .array(line, { minLength: 1, maxLength: 12 })
      .map((lines) => [header, ...lines].join(lineEnd) + (endsWithOne ? lineEnd : ''));
  });

const anyText = fc.string({ unit: fc.constantFrom(...'aab1,,,"\n\n\r \t.-é'), maxLength: 40 });

/** Options as pandas is given them, and as the scan is. */
const VARIANTS: readonly (readonly [Readonly<Record<string, unknown>>, Partial<CsvReadOptions>])[] = [
  [{}, {}],
  [{ nrows: 3 }, { nrows: 3 }],
  [{ header: null }, { header: null }],
  [{ header: 1 }, { header: 1 }],
  [{ index_col: 0 }, { indexCol: 0 }],
  [{ index_col: 'c1' }, { indexCol: 'c1' }],
  [{ usecols: [0] }, { usecols: [0] }],
  [{ usecols: ['c1', 'c0'] }, { usecols: ['c1', 'c0'] }],
  [
    { usecols: ['c2', 'c0'], index_col: 1 },
    { usecols: ['c2', 'c0'], indexCol: 1 },
  ],
  [
    { names: ['x', 'y'], header: 0 },
    { names: ['x', 'y'], header: 0 },
  ],
  [{ names: ['x', 'y'] }, { names: ['x', 'y'], header: null }],
  [{ sep: '\t' }, { sep: '\t' }],
  [{ sep: ' ' }, { sep: ' ' }],
  [{ encoding: 'latin-1' }, { encoding: 'latin-1' }],
];

describe.each(availableCombinations())('on %s, pandas agrees about', (combination) => {
  /** What is wrong with the profile of each text, read in each variant; pandas starts once for all, which takes longest. */
  async function disagreements(texts: readonly string[], variants: typeof VARIANTS): Promise<object[]> {
    return withFiles(texts, async (paths) => {
      const reads = variants.flatMap(([kwargs, given]) =>
        paths.map((path, at) => ({ path, kwargs, given, at })),
      );
      const answers = askPandas(combination, reads);
      const wrong: object[] = [];
      for (const [number, { path, kwargs, given, at }] of reads.entries()) {
        const options: CsvReadOptions = { ...PLAIN_READ, noneIsMissing: combination !== 'E1', ...given };
        const difference = compare(await profileCsv(path, options), answers[number] as PandasFrame);
        if (difference !== null) wrong.push({ kwargs, text: JSON.stringify(texts[at]), difference });
      }
      return wrong.slice(0, 5);
    });
  }

  it('tables and texts of all kinds', async () => {
    const tables = fc.sample(table, { numRuns: FILES, seed: SEED });
    const texts = fc.sample(anyText, { numRuns: FILES, seed: SEED });
    expect(await disagreements([...tables, ...texts], VARIANTS.slice(0, 1))).toEqual([]);
  });

  it('all options', async () => {
    const tables = fc.sample(table, { numRuns: FILES / 8, seed: SEED });
    const texts = fc.sample(anyText, { numRuns: FILES / 8, seed: SEED });
    expect(await disagreements([...tables, ...texts], VARIANTS)).toEqual([]);
  });

  it('a file of many blocks', async () => {
    const rows = fc.sample(fc.tuple(integer, decimal, word, missing), { numRuns: 400, seed: SEED });
    const lines = Array.from({ length: 120_000 }, (_, at) => rows[(at * 7919) % rows.length]?.join(','));
    const text = `a,b,c,d\n${lines.join('\n')}`;
    expect(text.length).toBeGreaterThan(3 << 20);
    expect(await disagreements([text], [[{ low_memory: false }, {}]])).toEqual([]);
  });
});

/** What is wrong with our profile, given pandas' frame; null for nothing. */
function compare(ours: CsvProfile | DataRefusal, theirs: PandasFrame): string | null {
  if (isRefusal(ours)) {
    if (theirs.error !== undefined || CAUTIOUS.includes(ours.code)) return null;
    return `refused with ${ours.code}: ${ours.why}`;
  }
  const hasIndex = ours.columns.some((column) => column.isIndex);
  // 3.0 makes a RangeIndex of two integers that lie further apart than an int64 counts, and calls it empty.
  if (hasIndex && (theirs.rows === 0 || theirs.error?.includes('length of index (0)'))) return null;
  if (theirs.error !== undefined) return `pandas raises ${theirs.error}`;
  if (!theirs.plainIndex && !hasIndex) return 'pandas makes an index';
  if (ours.rows !== theirs.rows) return `${ours.rows} rows for ${theirs.rows}`;
  const columns = ours.columns.filter((column) => !column.isIndex);
  const names = JSON.stringify(theirs.columns.map((column) => column.name));
  const ourNames = JSON.stringify(columns.map((column) => column.name));
  if (ourNames !== names) return `${ourNames} for ${names}`;
  for (const [at, column] of columns.entries()) {
    const difference = ours.rows > 0 ? compareColumn(column, theirs.columns[at] as PandasColumn) : null;
    if (difference !== null) return `${column.name}: ${difference}`;
  }
  return null;
}

function compareColumn(ours: ColumnProfile, theirs: PandasColumn): string | null {
  if (ours.count !== theirs.count) return `${ours.count} values for ${theirs.count}`;
  if (ours.kind === 'mixed') return compareMixed(ours, theirs);
  if (ours.missing !== theirs.missing) return `${ours.missing} missing for ${theirs.missing}`;
  const type = { int: 'int', float: 'float', empty: 'float', bool: 'bool', string: 'str' }[ours.kind];
  if (type !== theirs.type) return `${ours.kind} for ${theirs.type}`;
  if (ours.integers) {
    const range = `${ours.integers.min}..${ours.integers.max}`;
    return range === `${theirs.min}..${theirs.max}` ? null : `${range} for ${theirs.min}..${theirs.max}`;
  }
  if (ours.floats) {
    const { min, max } = ours.floats;
    if (isNear(min, theirs.min) && isNear(max, theirs.max)) return null;
    return `${min}..${max} for ${theirs.min}..${theirs.max}`;
  }
  if (ours.strings) {
    const values = JSON.stringify(ours.strings.distinct?.map(({ value, count }) => [value, count]));
    if (values !== JSON.stringify(theirs.values)) return `${values} for ${JSON.stringify(theirs.values)}`;
    const characters = theirs.values?.reduce((sum, [value, count]) => sum + [...value].length * count, 0);
    if (characters !== ours.strings.characters)
      return `${ours.strings.characters} characters for ${characters}`;
  }
  return null;
}

/** A column that nobody may touch is never wrong; but it must have a reason that pandas bears out. */
function compareMixed(ours: ColumnProfile, theirs: PandasColumn): string | null {
  if (ours.mixedBecause === 'several-kinds' && theirs.type !== 'str') return `mixed for ${theirs.type}`;
  if (ours.mixedBecause === 'bool-with-missing' && theirs.type !== 'object')
    return `object for ${theirs.type}`;
  return null;
}

function isNear(ours: number, theirs = 'nan'): boolean {
  const other = Number(theirs.replace('inf', 'Infinity'));
  // Up to 3.0 pandas drops digits after the 17th, and zeros in front count.
  return ours === other || Math.abs(ours - other) <= 1e-9 * Math.abs(ours);
}
