import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMBINATIONS } from '../../src/environment/environment.js';
import { INPLACE_BY_VALUES, inplaceFact, MAKES_UNMARKED_FRAMES } from '../../src/pandas/inplace.js';
import { INPLACE_METHODS } from '../../src/pandas/inplace-data.js';

/** What `npm run facts` recorded. */
const facts = new Map(
  (
    JSON.parse(readFileSync(new URL('../facts.json', import.meta.url), 'utf8')) as readonly {
      readonly id: string;
      readonly statement: string;
      readonly outcomes: Readonly<Record<string, string>>;
    }[]
  ).map((fact) => [fact.id, fact]),
);

/** `['DataFrame.ffill', ['1.00', ...]]` */
const measured = INPLACE_METHODS.trim()
  .split('\n')
  .map((line) => {
    const [name = '', figures = ''] = line.split(': ');
    return [name, figures.split(' ')] as const;
  });

test('the methods are right where the facts say so', () => {
  const wrong = measured.flatMap(([name, figures]) => {
    const [kind = '', method = ''] = name.split('.');
    const id = `inplace/right-${kind === 'DataFrame' ? 'frame' : 'series'}-${method.replaceAll('_', '-')}`;
    return COMBINATIONS.filter(
      (combination, at) => (figures[at] !== '-') !== (facts.get(id)?.outcomes[combination] === 'same'),
    ).map((combination) => `${id} in ${combination}`);
  });
  expect(wrong).toEqual([]);
});

test('whatever is not right by the values is refused as that', () => {
  // `eval` in place raises where nothing is assigned, and from 3.1 on `inplace` itself warns.
  const byValues = measured.filter(([name, figures]) => figures[3] === '-' && !name.endsWith('.eval'));
  expect(new Set(byValues.map(([name]) => name.split('.')[1]))).toEqual(INPLACE_BY_VALUES);
  for (const method of INPLACE_BY_VALUES) expect(inplaceFact('DataFrame', method)).toBeUndefined();
});

test('saves a copy only where the assignment makes one', () => {
  expect(inplaceFact('DataFrame', 'rename')?.saves).toEqual({ E1: 1, E2: 1, E3: 1 });
  expect(inplaceFact('DataFrame', 'sort_index')?.saves).toEqual({});
  expect(inplaceFact('DataFrame', 'ffill')?.right).toEqual(COMBINATIONS);
  expect(inplaceFact('DataFrame', 'rename')?.right).toEqual(['E1', 'E2', 'E3', 'E4']);
});

test('what makes a frame without a mark was measured', () => {
  const { statement = '', outcomes = {} } = facts.get('inplace/unmarked') ?? {};
  expect(new Set(Object.values(outcomes))).toEqual(new Set(['none']));
  const made = [...MAKES_UNMARKED_FRAMES].filter(
    (name) => !/^(read_|dropna$|DataFrame$|Series$|concat$|get_dummies$)/.test(name),
  );
  expect(made.filter((name) => !statement.includes(`${name}(`))).toEqual([]);
});
