import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMBINATIONS } from '../../src/environment/environment.js';
import { judgeUse } from '../../src/pandas/narrow-uses.js';
import { NUMBER_USES, STRING_USES } from '../../src/pandas/narrow-uses-data.js';
import { availableCombinations, pythonOf } from '../environments.js';

/** By kind of column, use and narrowing: one letter for each combination. See test/python/facts/narrow_uses.py. */
type UseFacts = Readonly<
  Record<'numbers' | 'strings', Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

const facts = JSON.parse(readFileSync(new URL('use-facts.json', import.meta.url), 'utf8')) as UseFacts;

/** From the best to the worst; `-`: the original raises too. */
const ORDER = '-strd';

describe('what nbslim knows of narrower columns', () => {
  const data = { numbers: NUMBER_USES, strings: STRING_USES };

  test.each(['numbers', 'strings'] as const)('is what was measured: %s', (kind) => {
    const lines = Object.entries(facts[kind]).map(
      ([use, letters]) => `${use}: ${Object.values(letters).join(' ')}`,
    );
    expect(data[kind].trim().split('\n')).toEqual(lines);
  });

  test('refuses what ties in a sort do to 8 and 16 bits, and not 32', () => {
    expect(judgeUse('int8', 'key sort_values', COMBINATIONS)).toBeNull();
    expect(judgeUse('int16', 'key sort_values', COMBINATIONS)).toBeNull();
    expect(judgeUse('int32', 'key sort_values', COMBINATIONS)).toBe('same');
  });

  test('goes by the combinations', () => {
    expect(judgeUse('int32', 'Series.value_counts', ['E1'])).toBe('same');
    expect(judgeUse('int32', 'Series.value_counts', COMBINATIONS)).toBe('narrow');
    expect(judgeUse('int32', 'scalar +', ['E1', 'E2'])).toBe('same');
    expect(judgeUse('int32', 'scalar +', COMBINATIONS)).toBeNull();
  });

  test('takes for uint16 the worse of what was measured on both sides of it', () => {
    expect(judgeUse('uint16', 'key sort_values', COMBINATIONS)).toBeNull();
    expect(judgeUse('uint16', 'Series.mean', COMBINATIONS)).toBe('same');
  });

  test('goes by the keywords of a call', () => {
    const judge = (use: string, ...keywords: string[]) => judgeUse('int32', use, COMBINATIONS, keywords);
    expect(judge('DataFrame.drop', 'columns')).not.toBeNull();
    expect(judge('DataFrame.drop', 'frobnicate')).toBeNull();
    expect(judge('DataFrame.mean', 'axis')).toBe(judge('DataFrame.mean(axis)'));
    expect(judge('DataFrame.pivot_table', 'index', 'columns', 'margins', 'aggfunc')).toBeNull();
    expect(judge('Series.hist', 'figsize', 'bins')).toBe(judge('Series.hist'));
  });

  test('knows rounding, and what nobody measured', () => {
    expect(judgeUse('float32', 'Series.mean', COMBINATIONS)).toBe('rounding');
    expect(judgeUse('category', 'Series shown', COMBINATIONS)).toBeNull();
    expect(judgeUse('int32', 'Series.frobnicate', COMBINATIONS)).toBeNull();
    expect(judgeUse('int32', 'DataFrame.apply', COMBINATIONS)).toBeNull();
  });
});

const SCRIPT = fileURLToPath(new URL('../python/facts/narrow_uses.py', import.meta.url));

describe.each(availableCombinations())('the facts in %s', (combination) => {
  test('are no worse than what was measured', { timeout: 600_000 }, () => {
    const output = execFileSync(pythonOf(combination), [SCRIPT, '--quick'], { encoding: 'utf8' });
    const now = JSON.parse(output) as UseFacts;
    const at = COMBINATIONS.indexOf(combination);
    const worse = (['numbers', 'strings'] as const).flatMap((kind) =>
      Object.entries(now[kind]).flatMap(([narrowing, uses]) =>
        Object.entries(uses).flatMap(([use, letter]) => {
          const recorded = facts[kind][use]?.[narrowing]?.[at] ?? '(nothing)';
          return ORDER.indexOf(letter) > ORDER.indexOf(recorded)
            ? [`${use} of ${narrowing}: ${recorded}, now ${letter}`]
            : [];
        }),
      ),
    );
    expect(worse).toEqual([]);
  });
});
