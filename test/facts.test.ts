import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript: `npm run facts` needs no build
import * as nodeAnswers from '../scripts/facts/node.mjs';
// @ts-expect-error plain JavaScript
import * as outcomes from '../scripts/facts/outcomes.mjs';
// @ts-expect-error plain JavaScript
import * as page from '../scripts/facts/page.mjs';
import { availableCombinations } from './environments.js';

interface RecordedFact {
  readonly id: string;
  readonly rechecked: boolean;
  readonly tolerance: number;
  /** By environment, or of Node. */
  readonly outcomes: Readonly<Record<string, string>>;
}

interface Answer extends Omit<RecordedFact, 'outcomes'> {
  readonly outcome: string;
}

const { askEnvironment, agree, RECORD, PAGE } = outcomes as {
  askEnvironment(combination: string, options: { quick: boolean }): Answer[];
  agree(outcome: string, expected: string, tolerance: number): boolean;
  RECORD: string;
  PAGE: string;
};
const { nodeFacts } = nodeAnswers as { nodeFacts(): Promise<RecordedFact[]> };
const { formatPage } = page as { formatPage(facts: readonly RecordedFact[]): string };

const recorded = JSON.parse(readFileSync(RECORD, 'utf8')) as readonly RecordedFact[];
const ids = new Set(recorded.map(({ id }) => id));

test('docs/facts.md says what was recorded', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(formatPage(recorded));
});

test('the facts that comments name are there', () => {
  const root = path.resolve(import.meta.dirname, '..');
  const named = ['src', 'transforms'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(path.join(root, folder, name), 'utf8').matchAll(/\[facts?: ([^\]]+)\]/g),
      ])
      .flatMap(([, list = '']) => list.split(/\s+/)),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});

test('Node answers what was recorded', async () => {
  const changed = (await nodeFacts()).filter(
    ({ id, outcomes: now }) => now['Node'] !== recorded.find((fact) => fact.id === id)?.outcomes['Node'],
  );
  expect(changed).toEqual([]);
});

describe.each(availableCombinations())('the facts in %s', (combination) => {
  test('are what was recorded', { timeout: 600_000 }, () => {
    const answers = askEnvironment(combination, { quick: true });
    const changed = answers.flatMap(({ id, outcome, tolerance }) => {
      const before = recorded.find((fact) => fact.id === id)?.outcomes[combination];
      return before !== undefined && agree(outcome, before, tolerance)
        ? []
        : [`${id}: ${before ?? 'not recorded'}, now ${outcome}`];
    });
    expect(changed).toEqual([]);
    const asked = new Set(answers.map(({ id }) => id));
    const lost = recorded.filter(
      (fact) => fact.rechecked && combination in fact.outcomes && !asked.has(fact.id),
    );
    expect(lost.map(({ id }) => id)).toEqual([]);
  });
});
