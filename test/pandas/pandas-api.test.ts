import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { availableCombinations, pythonOf } from '../environments.js';
import { type MeasuredApi, type MeasuredFact, measuredApi, valueIn } from './measured-api.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/generate-pandas-api.py', import.meta.url));
const KEYS = [
  'is',
  'parameters',
  'result',
  'inplace',
  'mutates',
  'mutatesArgument',
  'prints',
  'draws',
] as const;

describe.each(availableCombinations())('the table of %s', (combination) => {
  test('is what its pandas says today, but for the memory', { timeout: 600_000 }, () => {
    const output = execFileSync(pythonOf(combination), [SCRIPT, '--without-memory'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
    });
    const now = JSON.parse(output) as MeasuredApi;
    const recorded = measuredApi();
    const differences = Object.entries(now).flatMap(([kind, members]) =>
      Object.entries(members).flatMap(([name, fact]) => {
        const before = recorded[kind]?.[name];
        return KEYS.filter((key) => before === undefined || recordedValue(before, key) !== fact[key]).map(
          (key) => `${kind}.${name}: ${key}`,
        );
      }),
    );
    expect(differences).toEqual([]);
  });

  function recordedValue(fact: MeasuredFact, key: (typeof KEYS)[number]): string | true | undefined {
    return valueIn<string | true>(fact[key], combination);
  }
});
