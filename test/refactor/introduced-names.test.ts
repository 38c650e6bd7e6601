import { expect, it } from 'vitest';
import type { Extract, Intent } from '../../src/refactor/contract.js';
import { changeOf, expression, programOf, run, sourcesOf, statement, transformOf } from './notebooks.js';

const program = programOf('import pandas as pd', 'x = 1', "y = x == 'a'", "z = x == 'b'");
const map = (after: number, used: string): Intent[] => [
  { type: 'insertAfter', statement: statement(program, after), code: ["X = {'a': 1, 'b': 2}"] },
  { type: 'replaceExpression', node: expression(program, used), code: [`X[${used}]`] },
];
const extract = (cells: readonly number[], outside: readonly number[] = []): Extract => ({
  type: 'extract',
  cells,
  outside: outside.map((index) => statement(program, index)),
  name: 'f',
  parameters: [],
  results: ['x', 'y'],
  docstring: null,
});

function codesOf(first: readonly Intent[], second: readonly Intent[]): string[] {
  const at = statement(program, 0);
  const transforms = [first, second].map((intents, i) =>
    transformOf(`t${i}`, () => [changeOf({ at, intents })]),
  );
  const result = run(program, transforms);
  expect(result.broken).toEqual([]);
  expect(sourcesOf(result.text)).not.toEqual([]);
  return result.refusals.map(({ transform, refusal }) => `${transform}: ${refusal.code}`);
}

it('a name that a function would bind and a later cell uses is not brought in', () => {
  expect(codesOf(map(1, "'b'"), [extract([2, 3])])).toEqual(['t1: conflict']);
  expect(codesOf([extract([2, 3])], map(1, "'b'"))).toEqual(['t1: conflict']);
});

it('one that is bound and used in the same function, or above it, is', () => {
  expect(codesOf(map(1, "'a'"), [extract([2, 3])])).toEqual([]);
  expect(codesOf(map(0, "'b'"), [extract([2, 3])])).toEqual([]);
});

it('one that goes up to the imports is seen everywhere', () => {
  expect(codesOf(map(0, "'b'"), [extract([1, 2, 3], [0])])).toEqual([]);
});
