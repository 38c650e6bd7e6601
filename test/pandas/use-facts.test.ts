import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMBINATIONS } from '../../src/environment/environment.js';
import { methodEffect } from '../../src/pandas/call-effects.js';
import { knownUses, type NarrowTarget, type NarrowVerdict } from '../../src/pandas/narrow-uses.js';
import { availableCombinations, pythonOf } from '../environments.js';

/** By kind of column, use and narrowing: one letter for each combination. See test/python/facts/narrow_uses.py. */
type UseFacts = Readonly<
  Record<'numbers' | 'strings', Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

const facts = JSON.parse(readFileSync(new URL('use-facts.json', import.meta.url), 'utf8')) as UseFacts;

const INTEGERS = ['int8', 'int16', 'int32', 'uint8', 'uint32'];
const NARROWINGS: Readonly<Record<NarrowTarget, readonly string[]>> = {
  integer: INTEGERS,
  float: ['float32'],
  category: ['category'],
};

/** What `narrow-uses.ts` calls a use, as the measurement calls it: several where it does not tell them apart. */
function measuredAs(use: string): readonly string[] {
  const [carrier = '', what = ''] = use.split('.');
  switch (carrier) {
    case 'DataFrame':
      return [use, `${use} mixed`, `${use} numeric_only`];
    case 'attribute':
      return [`Series.${what}`, `DataFrame.${what}`];
    case 'shown':
      return [`${what} shown`];
    case 'printed':
      return [`${what} print`];
    case 'key':
    case 'grouped':
    case 'function':
      return [`${carrier} ${what}`];
    default:
      return [use];
  }
}

/** From the best to the worst; `-`: the original raises too. */
const ORDER = '-strd';

function worstOf(letters: string): string {
  return [...letters].reduce(
    (worst, letter) => (ORDER.indexOf(letter) > ORDER.indexOf(worst) ? letter : worst),
    '-',
  );
}

/** Whether what comes out is followed further as the column itself, so that its narrow type is no surprise. */
function isFollowed(use: string): boolean {
  const [carrier = '', what = ''] = use.split('.');
  const effect = carrier === 'DataFrame' || carrier === 'Series' ? methodEffect(carrier, what) : undefined;
  return effect !== undefined && (effect.keeps || effect.scalar);
}

/** The worst that a verdict may be measured as. */
function allowed(verdict: NarrowVerdict, use: string): string {
  if (verdict === 'same') return isFollowed(use) ? 't' : 's';
  return verdict === 'types' ? 't' : 'r';
}

describe.each(['integer', 'float', 'category'] as const)(
  'what is said of a narrower column: %s',
  (target) => {
    test('is what was measured in all six combinations', () => {
      const table = target === 'category' ? facts.strings : facts.numbers;
      const wrong = [...knownUses(target)].flatMap(([use, verdict]) =>
        measuredAs(use).flatMap((measured) =>
          NARROWINGS[target].flatMap((narrowing) => {
            const letters = table[measured]?.[narrowing];
            if (letters === undefined) return [];
            const worst = worstOf(letters);
            return ORDER.indexOf(worst) > ORDER.indexOf(allowed(verdict, use))
              ? [`${use} of ${narrowing} is ${verdict}, and ${measured} is ${letters}`]
              : [];
          }),
        ),
      );
      expect(wrong).toEqual([]);
    });
  },
);

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
