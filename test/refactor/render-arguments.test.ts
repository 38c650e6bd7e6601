import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/refactor/contract.js';
import { apply, call, expression, programOf } from './notebooks.js';

function setKeyword(source: string, callText: string, name: string, code: string): string {
  const program = programOf(source);
  return apply(program, { type: 'setKeyword', call: call(program, callText), name, code: [code] })[0] ?? '';
}

function mergeEntries(source: string, callText: string, ...entries: readonly (readonly [string, string])[]) {
  const program = programOf(source);
  const target = call(program, callText);
  const intents = entries.map(
    ([key, value], order): Intent => ({
      type: 'mergeEntries',
      call: target,
      name: 'dtype',
      entries: [{ key, value, order: -order }],
    }),
  );
  return apply(program, ...intents)[0];
}

describe('setKeyword', () => {
  it.each([
    ['f()', 'f(k=1)'],
    ['f( )', 'f(k=1 )'],
    ['f(a)', 'f(a, k=1)'],
    ['f( a )', 'f( a, k=1 )'],
    ['f(a,)', 'f(a, k=1,)'],
    ['f((a))', 'f((a), k=1)'],
    ['f(b=(a))', 'f(b=(a), k=1)'],
    ['f(**a)', 'f(**a, k=1)'],
    ['f(a, # why\n  b)', 'f(a, # why\n  b, k=1)'.replace(', k=1', ',\n  k=1')],
    ['f(x for x in y)', 'f((x for x in y), k=1)'],
    ['f (x for x in y).g', 'f ((x for x in y), k=1).g'],
    ['f(\n    a,\n    b=2\n)', 'f(\n    a,\n    b=2,\n    k=1\n)'],
    ['f(\n    a,\n    b=2,\n)', 'f(\n    a,\n    b=2,\n    k=1,\n)'],
    ['f(\n    a,\n    b=2, # two\n)', 'f(\n    a,\n    b=2, # two\n    k=1,\n)'],
    ['f(\n    a,\n    b=2 # two\n)', 'f(\n    a,\n    b=2, # two\n    k=1\n)'],
    ['f(a,\n  b,\n  )', 'f(a,\n  b,\n  k=1,\n  )'],
    ['f(a\n  )', 'f(a, k=1\n  )'],
    ['f(a, # why\n  )', 'f(a, k=1, # why\n  )'],
    ['f(k=2)', 'f(k=1)'],
    ['f(a, k = (2), b=3)', 'f(a, k = (1), b=3)'],
  ])('%j → %j', (before, after) => {
    const callText = before.replace(/\.g$/, '');
    expect(setKeyword(before, callText, 'k', '1')).toBe(after);
  });

  it('puts several keywords into one call in the order of the changes', () => {
    const program = programOf('f(a)');
    const target = call(program, 'f(a)');
    const intents: Intent[] = ['x', 'y'].map((name) => ({
      type: 'setKeyword',
      call: target,
      name,
      code: ['1'],
    }));
    expect(apply(program, ...intents)).toEqual(['f(a, x=1, y=1)']);
  });

  it('wraps a list that is too long for the line', () => {
    const list = `[${Array.from({ length: 20 }, (_, at) => `'column ${at}'`).join(', ')}]`;
    const after = setKeyword("df = pd.read_csv('x.csv')", "pd.read_csv('x.csv')", 'usecols', list);
    expect(after.split('\n')).toEqual([
      "df = pd.read_csv('x.csv', usecols=[",
      "    'column 0', 'column 1', 'column 2', 'column 3', 'column 4', 'column 5', 'column 6', 'column 7',",
      "    'column 8', 'column 9', 'column 10', 'column 11', 'column 12', 'column 13', 'column 14',",
      "    'column 15', 'column 16', 'column 17', 'column 18', 'column 19',",
      '])',
    ]);
  });

  it('keeps what another change does inside the arguments', () => {
    const program = programOf('f(g(a), b)');
    const intents: Intent[] = [
      { type: 'setKeyword', call: call(program, 'g(a)'), name: 'k', code: ['1'] },
      { type: 'setKeyword', call: call(program, 'f(g(a), b)'), name: 'k', code: ['2'] },
      { type: 'replaceExpression', node: expression(program, 'a'), code: ['c'] },
    ];
    expect(apply(program, ...intents)).toEqual(['f(g(c, k=1), b, k=2)']);
  });
});

describe('mergeEntries', () => {
  it.each([
    ['f(a)', "f(a, dtype={'y': 2, 'x': 1})"],
    ['f(a, dtype={})', "f(a, dtype={'y': 2, 'x': 1})"],
    ['f(a, dtype={"z": str})', "f(a, dtype={\"z\": str, 'y': 2, 'x': 1})"],
    ['f(a, dtype={"x": str})', 'f(a, dtype={"x": 1, \'y\': 2})'],
    [
      "f(a, dtype={\n    'z': str,  # zip\n})",
      "f(a, dtype={\n    'z': str,  # zip\n    'y': 2,\n    'x': 1,\n})",
    ],
    ["f(a, dtype={\n    'z': str\n})", "f(a, dtype={\n    'z': str,\n    'y': 2,\n    'x': 1\n})"],
  ])('%j → %j', (before, after) => {
    expect(mergeEntries(before, before, ["'x'", '1'], ["'y'", '2'])).toBe(after);
  });

  it('wraps what is too long, in the indent of the line', () => {
    const source =
      "if x:\n  df = pd.read_csv('data/a_file_with_a_long_name.csv', parse_dates=['when'])  # data";
    const after = mergeEntries(
      source,
      "pd.read_csv('data/a_file_with_a_long_name.csv', parse_dates=['when'])",
      ["'first'", "'int8'"],
      ["'second'", "'int16'"],
    );
    expect(after?.split('\n')).toEqual([
      'if x:',
      "  df = pd.read_csv('data/a_file_with_a_long_name.csv', parse_dates=['when'], dtype={",
      "    'second': 'int16',",
      "    'first': 'int8',",
      '  })  # data',
    ]);
  });
});
