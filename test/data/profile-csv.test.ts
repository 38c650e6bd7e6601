import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ColumnProfile, CsvProfile } from '../../src/data/column-profile.js';
import { profileCsv } from '../../src/data/profile-csv.js';
import { type CsvReadOptions, PLAIN_READ } from '../../src/data/read-options.js';
import { type DataRefusal, isRefusal } from '../../src/data/refusal.js';
import { withFiles } from './ask-pandas.js';

type Given = Partial<CsvReadOptions>;

function read(content: string | Uint8Array, given: Given = {}): Promise<CsvProfile | DataRefusal> {
  return withFiles([content], ([path = '']) => profileCsv(path, { ...PLAIN_READ, ...given }));
}

async function profile(content: string | Uint8Array, given: Given = {}): Promise<CsvProfile> {
  const result = await read(content, given);
  if (isRefusal(result)) throw new Error(result.why);
  return result;
}

/** The only column of a file with these fields. */
async function column(...fields: string[]): Promise<ColumnProfile> {
  const { columns } = await profile(['c', ...fields, ''].join('\n'));
  if (columns[0] === undefined) throw new Error('there is no column');
  return columns[0];
}

describe('refuses', () => {
  const latin = Uint8Array.from([97, 10, 0xe9, 10]);
  it.each<[string, string | Uint8Array, Given, number | null]>([
    ['empty-file', '', {}, null],
    ['empty-file', ' \n\n', {}, null],
    ['empty-file', '\ufeff', {}, null],
    ['header-beyond-file', 'a\n1\n', { header: 2 }, null],
    ['header-too-long', `"${'x'.repeat(2 << 20)}"\n`, {}, null],
    ['duplicate-header', 'a,b,a\n1,2,3\n', {}, null],
    ['duplicate-header', ',Unnamed: 0\n1,2\n', {}, null],
    ['names-do-not-fit', 'a,b\n1,2\n', { names: ['x'] }, null],
    ['usecols-not-found', 'a,b\n1,2\n', { usecols: ['c'] }, null],
    ['usecols-not-found', 'a,b\n1,2\n', { usecols: [-1] }, null],
    ['index-not-found', 'a,b\n1,2\n', { indexCol: 'c' }, null],
    ['index-not-found', 'a,b\n1,2\n', { indexCol: 'b', usecols: ['a'] }, null],
    ['index-from-extra-column', 'a,b\n9,1,2\n8,3,4\n', {}, 2],
    ['index-from-extra-column', 'a,b\n\n1,2,\n', {}, 3],
    ['ragged-rows', 'a,b\n1,2\n"x\ny",2\n1,2,3\n', {}, 5],
    ['ragged-rows', 'a,b\n1,2\n1,2,\n', {}, 3],
    ['stray-carriage-return', 'a,b\r1,2\r 3,4\r', {}, 2],
    ['unterminated-quote', 'a,b\n1,2\n1,"2\n3,4\n', {}, 3],
    ['field-too-long', `a\n1\n"${'x'.repeat(10 << 20)}`, {}, 3],
    ['invalid-utf8', latin, {}, null],
    ['nul-byte', 'a\nx\0y\n', {}, null],
  ])('%s: %j %j', async (code, content, given, line) => {
    expect(await read(content, given)).toMatchObject({ type: 'data-refusal', code, line });
  });

  it.each([
    ['remote-path', 'https://example.org/a.csv'],
    ['remote-path', 's3://bucket/a.csv'],
    ['compressed', 'a.csv.gz'],
    ['compressed', 'a.ZIP'],
    ['unreadable', '/no/such/file.csv'],
    ['unreadable', '/tmp'],
  ])('%s: %s', async (code, path) => {
    expect(await profileCsv(path, PLAIN_READ)).toMatchObject({ code });
  });
});

describe('calls a column mixed', () => {
  it.each<[ColumnProfile['mixedBecause'], string[]]>([
    ['several-kinds', ['1', 'x']],
    ['several-kinds', ['True', '1']],
    ['several-kinds', ['True', 'x']],
    ['several-kinds', ['x', 'inf']],
    ['bool-with-missing', ['True', 'NA']],
    ['integer-beyond-int64', ['9223372036854775808']],
    ['integer-beyond-int64', ['-9223372036854775809', '1.5']],
    ['number-by-version', ['1e 5', '1']],
    ['number-by-version', ['1e309', '1']],
    ['number-by-version', ['123456789012345678901.5', '1']],
    ['number-by-version', ['0.00000000012345678901', '1']],
    ['none-by-version', ['None', '1']],
  ])('%s: %j', async (mixedBecause, fields) => {
    expect(await column(...fields)).toMatchObject({
      kind: 'mixed',
      mixedBecause,
      strings: null,
      integers: null,
    });
  });

  it('unless the version says what None is', async () => {
    const [missing] = (await profile('c\nNone\nx\n', { noneIsMissing: true })).columns;
    const [string] = (await profile('c\nNone\nx\n', { noneIsMissing: false })).columns;
    expect(missing).toMatchObject({ kind: 'string', missing: 1 });
    expect(string).toMatchObject({ kind: 'string', missing: 0 });
  });
});

describe('integers', () => {
  it('keep all their digits', async () => {
    const { integers } = await column('-9007199254740993', '9223372036854775807', '5');
    expect(integers).toMatchObject({ min: -9007199254740993n, max: 9223372036854775807n });
  });

  it('compare the short with the long', async () => {
    expect((await column('5', '1234567890123456789')).integers).toMatchObject({ min: 5n });
    expect((await column('-5', '-1234567890123456789')).integers).toMatchObject({ max: -5n });
  });

  it('tell whether they increase', async () => {
    expect((await column('1', '1', '2')).integers?.increasing).toBe(true);
    expect((await column('1', '2', '1')).integers?.increasing).toBe(false);
  });
});

describe('floats', () => {
  it.each<[string[], Partial<NonNullable<ColumnProfile['floats']>>]>([
    [['0.5', '0.25', '-3'], { isFloat32: true, whole: false, digits: 2, float32Error: 0 }],
    [['1.0', '2.000', ''], { isFloat32: true, whole: true, digits: 1 }],
    [['16777216.0'], { isFloat32: true }],
    [['16777217.0'], { isFloat32: false, whole: true, digits: 8, roundTrips: false }],
    [['42150.35'], { isFloat32: false, digits: 7, roundTrips: true }],
    [['42150.3500'], { digits: 7, roundTrips: true }],
    [['99999.99'], { digits: 7, roundTrips: true }],
    [['9999.9999'], { digits: 8, roundTrips: false }],
    [['8589973000.0'], { digits: 7, roundTrips: false }],
    [['0.1'], { digits: 1, roundTrips: true, isFloat32: false }],
    [['1e39'], { float32Error: Number.POSITIVE_INFINITY, roundTrips: false }],
    [['1e-50'], { float32Error: 1, roundTrips: false }],
    [['inf', '1.5'], { infinite: 1, max: Number.POSITIVE_INFINITY, isFloat32: true }],
    [['0.50000000000000000'], { isFloat32: false }],
    [['5.0e-1'], { isFloat32: true, digits: 1 }],
  ])('%j: %j', async (fields, floats) => {
    expect(await column(...fields)).toMatchObject({ kind: 'float', floats });
  });

  it('round-trip where CPython and numpy say so', async () => {
    // float32's own seven-digit failures: 9 digits tell any two float32 apart, 6 digits always come back, 7 mostly.
    const { floats } = await column('8.589973e9');
    expect(Math.fround(8.589973e9).toPrecision(7)).toBe('8.589974e+9');
    expect(floats?.roundTrips).toBe(false);
  });
});

describe('strings', () => {
  it('are measured in bytes, characters and the width that CPython gives them', async () => {
    expect((await column('abc', 'é', '日本', '😀😀😀😀')).strings).toEqual({
      utf8Bytes: 3 + 2 + 6 + 16,
      characters: 3 + 1 + 2 + 4,
      longest: 4,
      byWidth: {
        ascii: { count: 1, characters: 3 },
        one: { count: 1, characters: 1 },
        two: { count: 1, characters: 2 },
        four: { count: 1, characters: 4 },
      },
      padded: false,
      distinct: ['abc', 'é', '日本', '😀😀😀😀'].map((value) => ({ value, count: 1 })),
    });
  });

  it('are the same in Latin-1', async () => {
    const { columns } = await profile(Buffer.from('c\né\nab\x80\n', 'latin1'), { encoding: 'latin-1' });
    expect(columns[0]?.strings).toMatchObject({
      utf8Bytes: 2 + 4,
      characters: 4,
      byWidth: { one: { count: 2, characters: 4 } },
      distinct: [
        { value: 'é', count: 1 },
        { value: 'ab\x80', count: 1 },
      ],
    });
  });

  it('are counted in the order of their first appearance', async () => {
    expect((await column('b', 'a', '"b"', '', 'a', 'b', ' a')).strings).toMatchObject({
      padded: true,
      distinct: [
        { value: 'b', count: 3 },
        { value: 'a', count: 2 },
        { value: ' a', count: 1 },
      ],
    });
  });

  it('are not kept where there are too many', async () => {
    const words = Array.from({ length: 10_001 }, (_, at) => `w${at}`);
    expect((await column(...words.slice(1))).strings?.distinct).toHaveLength(10_000);
    expect((await column(...words)).strings?.distinct).toBeNull();
  });
});

it('fingerprints the whole file, also where nrows ends the scan', async () => {
  const text = `a\n${'1\n'.repeat(2 << 20)}`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  expect(await profile(text)).toMatchObject({ size: text.length, sha256, rows: 2 << 20 });
  expect(await profile(text, { nrows: 5 })).toMatchObject({ size: text.length, sha256, rows: 5 });
  expect(await profile(text, { nrows: 0 })).toMatchObject({ size: text.length, sha256, rows: 0 });
});

it('says how far it is', async () => {
  const steps: number[] = [];
  const text = `a\n${'1\n'.repeat(2 << 20)}`;
  await withFiles([text], ([path = '']) => profileCsv(path, PLAIN_READ, (bytes) => steps.push(bytes)));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(steps.length).toBeGreaterThan(3);
  expect(steps.at(-1)).toBe(text.length);
});

it('reads a field that is longer than a block', async () => {
  const long = 'x,\n'.repeat(1 << 20);
  const { columns, rows } = await profile(`a,b\n1,"${long}"\n2,y\n`);
  expect(rows).toBe(2);
  expect(columns[1]?.strings).toMatchObject({
    longest: long.length,
    utf8Bytes: long.length + 1,
    distinct: null,
  });
});

it('names columns and leaves out what is not read', async () => {
  const { header, columns } = await profile(',b,c\n0,1,2\n', { usecols: ['c', 'Unnamed: 0'], indexCol: 0 });
  expect(header).toEqual(['Unnamed: 0', 'b', 'c']);
  expect(columns.map(({ name, position, isIndex }) => [name, position, isIndex])).toEqual([
    ['Unnamed: 0', 0, true],
    ['c', 2, false],
  ]);
});

it('says which type the call gives a column', async () => {
  const dtype = new Map([['a', 'int8']]);
  expect((await profile('a,b\n1,2\n', { dtype })).columns.map((some) => some.declared)).toEqual([
    'int8',
    null,
  ]);
  expect((await profile('a,b\n1,2\n', { dtype: 'str' })).columns.map((some) => some.declared)).toEqual([
    'str',
    'str',
  ]);
});
