import { describe, expect, it } from 'vitest';
import type { Program } from '../../src/analysis/program.js';
import type { Transform } from '../../src/refactor/contract.js';
import { call, changeOf, programOf, run, statement, transformOf } from './notebooks.js';

const IMPORTS = 'import pandas as pd\nimport numpy as np\n';

/** Frees after the last statement what the names hold. */
const freeing = (...names: string[]): Transform =>
  transformOf('t', (program) => {
    const last = program.statements.at(-1);
    if (last === undefined) return [];
    const intents = [{ type: 'show', statement: last.node } as const];
    return [
      changeOf({
        at: last.node,
        intents,
        adjustments: [{ type: 'dies-after', names, statement: last.index }],
      }),
    ];
  });

const codes = (program: Program, transforms: readonly Transform[], minSaving = 100 * 1024): string[] =>
  run(program, transforms, { minSaving }).refusals.map(({ refusal }) => refusal.code);

describe('what is known to be small is not worth a change', () => {
  it.each([
    ["x = pd.DataFrame({'a': [1, 2, 3], 'b': ['x', 'y', 'z']})"],
    [
      "x = pd.DataFrame(np.random.randn(6, 4), index=pd.date_range('20130101', periods=6), columns=list('ABCD'))",
    ],
    ["y = pd.DataFrame({'a': [1, 2]})\ny['b'] = y.a * 2\nx = y[y.a > 1]"],
    ["y = pd.DataFrame({'a': [1, 2]})\nx = y.groupby('a').mean().reset_index()"],
    ['y = pd.Series(range(10))\nx = pd.concat([y, y]).sort_values()'],
    ["y = pd.DataFrame({'k': [1, 2]})\nx = pd.merge(y, y, on='k')"],
    ['x = np.arange(1000).reshape(10, 100)'],
    ['x = np.array([i ** 2 for i in range(100)])'],
    ['x = np.linspace(0, 10)'],
    ["names = ['a', 'b', 'c']\nx = np.arange(len(names))"],
    ["names = ['a', 'b', 'c']\nx = np.zeros((len(names), 10))"],
    ["x = pd.Series(list('abc') * 5)"],
  ])('%s', (source) => {
    const program = programOf(`${IMPORTS}${source}\nx`);
    expect(codes(program, [freeing('x')])).toEqual(['too-small']);
    expect(codes(program, [freeing('x')], 0)).toEqual([]);
  });
});

it('a range with a step that is not written out may have any size', () => {
  const names = Array.from({ length: 400 }, (_, i) => `'${i}'`).join(', ');
  const program = programOf(`${IMPORTS}names = [${names}]\nx = np.arange(0, 100000, len(names))\nx`);
  expect(codes(program, [freeing('x')])).toEqual([]);
});

it('a function of JavaScript is none of numpy', () => {
  const program = programOf(`${IMPORTS}x = np.array(constructor(3))\nx`);
  expect(codes(program, [freeing('x')])).toEqual([]);
});

describe('a list that need not be made', () => {
  const unmade = transformOf('t', (program) =>
    program.statements.flatMap(({ node, index }) =>
      node.kind !== 'Assign'
        ? []
        : [
            changeOf({
              at: node,
              intents: [{ type: 'insertAfter', statement: node, code: ['pass'] }],
              adjustments: [{ type: 'not-built', made: node.value, statement: index }],
            }),
          ],
    ),
  );

  it.each([
    ['x = [i ** 2 for i in range(100)]', ['too-small']],
    ['x = [i ** 2 for i in range(1000000)]', []],
    ['x = [f(i) for i in values]', []],
    ["x = open('a.txt').readlines()", []],
  ])('%s', (source, expected) => {
    expect(codes(programOf(source), [unmade])).toEqual(expected);
  });
});

describe('what may be large is proposed', () => {
  it.each([
    ["x = pd.read_csv('not-there.csv')"],
    ['x = np.zeros((1000, 1000))'],
    ['x = np.arange(10_000_000)'],
    ['x = pd.Series([0] * 1000000)'],
    ['n = 10 ** 6\nx = np.random.randn(n, 4)'],
    ['x = pd.DataFrame({"a": [1, 2]}).reindex(range(10 ** 7))'],
    ["x = pd.date_range('1900', '2100', freq='min').to_frame()"],
    ["x = pd.DataFrame({'a': load()})"],
    ['x = pd.DataFrame(np.ones((1000, 5)))\nfor i in range(100):\n    x[i] = 1'],
    ['y = np.arange(10)\ni = np.random.randint(0, 10, 10 ** 8)\nx = y[i]'],
    ['x = pd.DataFrame({"a": range(1000), "b": range(1000)})\nx = x.merge(x, how="cross")'],
    ["x = pd.Series(['a,b'] * 10).str.split(',').explode()"],
  ])('%s', (source) => {
    expect(codes(programOf(`${IMPORTS}${source}\nx`), [freeing('x')])).toEqual([]);
  });
});

describe('several changes', () => {
  const program = programOf(`${IMPORTS}x = pd.Series([1, 2])\nx.sum()`);

  it('what a larger change needs stays', () => {
    const needed = changeOf({
      at: statement(program, 2),
      intents: [],
      adjustments: [{ type: 'dies-after', names: ['x'], statement: 3 }],
    });
    const larger = changeOf({
      at: statement(program, 3),
      intents: [{ type: 'show', statement: statement(program, 3) }],
      dependsOn: [needed],
    });
    expect(codes(program, [transformOf('t', () => [needed, larger])])).toEqual([]);
    expect(codes(program, [transformOf('t', () => [needed])])).toEqual(['too-small']);
  });

  it('entries of one call count together, and are refused together', () => {
    const at = call(program, 'pd.Series([1, 2])');
    const entry = (name: string) =>
      changeOf({
        at,
        subject: name,
        intents: [
          {
            type: 'mergeEntries',
            call: at,
            name: 'dtype',
            entries: [{ key: `'${name}'`, value: "'int8'", order: 0 }],
          },
        ],
        adjustments: [{ type: 'no-copy', calls: [at], fraction: 1 }],
      });
    const entries = transformOf('t', () => ['a', 'b', 'c'].map(entry));
    expect(codes(program, [entries])).toEqual(['too-small']);
    const { refusals } = run(program, [entries], { minSaving: 100 * 1024 });
    expect(refusals[0]?.refusal.why).toContain('and 2 more like it');
  });
});
