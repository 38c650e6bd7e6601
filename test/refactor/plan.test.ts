import { describe, expect, it } from 'vitest';
import type { Program } from '../../src/analysis/program.js';
import type { Change, Intent } from '../../src/refactor/contract.js';
import {
  call,
  changeOf,
  expression,
  programOf,
  run,
  sourcesOf,
  statement,
  transformOf,
} from './notebooks.js';

function setKeyword(program: Program, callText: string, name: string, code: string): Intent {
  return { type: 'setKeyword', call: call(program, callText), name, code: [code] };
}

function conflictOf(source: string, intentsOf: (program: Program) => readonly [Intent, Intent]) {
  const program = programOf(source);
  const at = statement(program, 0);
  const intents = intentsOf(program);
  const transforms = intents.map((intent, index) =>
    transformOf(`t${index}`, () => [changeOf({ at, summary: `do ${index}`, intents: [intent] })]),
  );
  const result = run(program, transforms);
  expect(result.broken).toEqual([]);
  return { changes: result.changes, refusals: result.refusals, sources: sourcesOf(result.text) };
}

describe('changes that cannot stand together', () => {
  const cases: [string, string, (program: Program) => [Intent, Intent], string][] = [
    [
      'the same keyword with two values',
      'f(a)',
      (p) => [setKeyword(p, 'f(a)', 'k', '1'), setKeyword(p, 'f(a)', 'k', '2')],
      'f(a, k=1)',
    ],
    [
      'a keyword inside a call that is replaced',
      'f(a)',
      (p) => [
        { type: 'replaceExpression', node: expression(p, 'f(a)'), code: ['g()'] },
        setKeyword(p, 'f(a)', 'k', '2'),
      ],
      'g()',
    ],
    [
      'two replacements of one expression',
      'f(a)',
      (p) => [
        { type: 'replaceExpression', node: expression(p, 'a'), code: ['b'] },
        { type: 'replaceExpression', node: expression(p, 'a'), code: ['c'] },
      ],
      'f(b)',
    ],
    [
      'statements that overlap',
      'a\nb\nc',
      (p) => [
        { type: 'replaceStatements', statements: [statement(p, 0), statement(p, 1)], code: ['x'] },
        { type: 'replaceStatements', statements: [statement(p, 1), statement(p, 2)], code: ['y'] },
      ],
      'x\nc',
    ],
    [
      'showing what is dropped',
      'a\nb',
      (p) => [
        { type: 'drop', statement: statement(p, 1) },
        { type: 'show', statement: statement(p, 1) },
      ],
      'a',
    ],
    [
      'an edit inside statements that are replaced',
      'a\nb(c)',
      (p) => [
        { type: 'replaceStatements', statements: [statement(p, 0), statement(p, 1)], code: ['x'] },
        setKeyword(p, 'b(c)', 'k', '1'),
      ],
      'x',
    ],
    [
      'a line between statements that are replaced',
      'a\nb',
      (p) => [
        { type: 'replaceStatements', statements: [statement(p, 0), statement(p, 1)], code: ['x'] },
        { type: 'insertAfter', statement: statement(p, 0), code: ['y'] },
      ],
      'x',
    ],
  ];
  it.each(cases)('%s: the first one wins, and the refusal names it', (_, source, intentsOf, after) => {
    const { changes, refusals, sources } = conflictOf(source, intentsOf);
    expect(sources).toEqual([after]);
    expect(changes.map(({ transform }) => transform)).toEqual(['t0']);
    expect(refusals.map(({ transform, refusal }) => [transform, refusal.code])).toEqual([['t1', 'conflict']]);
    expect(refusals[0]?.refusal.why).toContain(changes[0]?.id);
  });

  const peaceful: [string, string, (program: Program) => [Intent, Intent], string][] = [
    [
      'two keywords',
      'f(a)',
      (p) => [setKeyword(p, 'f(a)', 'k', '1'), setKeyword(p, 'f(a)', 'l', '2')],
      'f(a, k=1, l=2)',
    ],
    [
      'the same keyword with the same value',
      'f(a)',
      (p) => [setKeyword(p, 'f(a)', 'k', '1'), setKeyword(p, 'f(a)', 'k', '1')],
      'f(a, k=1)',
    ],
    [
      'a line below what is dropped next',
      'a\nb',
      (p) => [
        { type: 'insertAfter', statement: statement(p, 0), code: ['x'] },
        { type: 'drop', statement: statement(p, 1) },
      ],
      'a\nx',
    ],
    [
      'a dropped line in between',
      'a\nb\nc',
      (p) => [
        { type: 'drop', statement: statement(p, 1) },
        { type: 'show', statement: statement(p, 2) },
      ],
      'a\ndisplay(c)',
    ],
  ];
  it.each(peaceful)('%s go together', (_, source, intentsOf, after) => {
    const { refusals, sources } = conflictOf(source, intentsOf);
    expect(refusals).toEqual([]);
    expect(sources).toEqual([after]);
  });
});

describe('what is left out', () => {
  const program = programOf('f(a)\ng(b)');
  const base = changeOf({
    at: statement(program, 0),
    summary: 'base',
    intents: [setKeyword(program, 'f(a)', 'k', '1')],
  });
  const above = changeOf({
    at: statement(program, 1),
    summary: 'above',
    intents: [setKeyword(program, 'g(b)', 'k', '1')],
    dependsOn: [base],
  });
  const other = changeOf({
    at: statement(program, 0),
    summary: 'other',
    intents: [setKeyword(program, 'f(a)', 'k', '2')],
  });
  // In an order in which what is needed comes later.
  const transforms = [transformOf('one', () => [above, base]), transformOf('two', () => [other])];
  const idOf = (change: Change) =>
    run(program, transforms).changes.find((planned) => planned.change === change)?.id ?? '';

  it('takes along what depends on it, and makes room', () => {
    const result = run(program, transforms, { leaveOut: [idOf(base)] });
    expect(result.changes.map(({ change }) => change.summary)).toEqual(['other']);
    expect(sourcesOf(result.text)).toEqual(['f(a, k=2)\ng(b)']);
  });

  it('takes what depends on a loser to the same rival', () => {
    const result = run(program, [...transforms].reverse());
    expect(result.changes.map(({ change }) => change.summary)).toEqual(['other']);
    expect(result.refusals.map(({ refusal }) => refusal.code)).toEqual(['conflict', 'conflict']);
  });

  it('is withheld where it needs a wider tier, with what depends on it', () => {
    const lossy = { ...base, effect: 'rounding' as const };
    const needs = { ...above, dependsOn: [lossy] };
    const result = run(program, [transformOf('one', () => [lossy, needs])]);
    expect(result.changes).toEqual([]);
    expect(result.withheld.map(({ tier, change }) => [tier, change.summary])).toEqual([
      ['lossy', 'base'],
      ['safe', 'above'],
    ]);
    expect(result.text).toBe(program.notebook.text);
    expect(run(program, [transformOf('one', () => [lossy])], { tier: 'lossy' }).changes).toHaveLength(1);
  });

  it('is what --strict does not want', () => {
    const changes = [
      { ...base, effect: 'types' as const },
      { ...above, dependsOn: [], assumes: ['data' as const] },
    ];
    const transform = transformOf('one', () => changes);
    expect(run(program, [transform]).changes).toHaveLength(2);
    expect(run(program, [transform], { strict: true }).changes).toHaveLength(0);
  });

  it('is a transform that is ignored, not selected, or opt-in', () => {
    const optIn = { ...transformOf('two', () => [above]), optIn: true };
    const both = [transformOf('one', () => [base]), optIn];
    const ids = (options: Parameters<typeof run>[2]) =>
      run(program, both, options).changes.map(({ change }) => change.summary);
    expect(ids({})).toEqual(['base']);
    expect(ids({ ignore: ['one'] })).toEqual([]);
    expect(ids({ select: ['one', 'two'] })).toEqual(['base', 'above']);
  });
});

describe('a change that breaks the notebook', () => {
  it('is left out and reported, and the rest goes on', () => {
    const program = programOf('f(a)\ng(b)');
    const at = statement(program, 0);
    const changes = [
      changeOf({ at, summary: 'fine', intents: [setKeyword(program, 'f(a)', 'k', '1')] }),
      changeOf({ at, summary: 'bad', intents: [setKeyword(program, 'g(b)', 'k', '1 +')] }),
    ];
    const result = run(program, [transformOf('t', () => changes)]);
    expect(result.changes.map(({ change }) => change.summary)).toEqual(['fine']);
    expect(result.broken.map(({ change }) => change.change.summary)).toEqual(['bad']);
    expect(sourcesOf(result.text)).toEqual(['f(a, k=1)\ng(b)']);
  });

  it('is so for entries where there is no dict display', () => {
    const program = programOf('f(dtype=types)');
    const target = call(program, 'f(dtype=types)');
    const entries = [{ key: "'a'", value: '1', order: 0 }];
    const change = changeOf({
      at: target,
      intents: [{ type: 'mergeEntries', call: target, name: 'dtype', entries }],
    });
    const result = run(program, [transformOf('t', () => [change])]);
    expect(result.broken.map(({ problem }) => problem)).toEqual([
      'the call has a dtype= that is no dict display',
    ]);
  });
});

describe('markers', () => {
  const change = (program: Program) =>
    changeOf({
      at: call(program, 'f(a)'),
      summary: 'add k',
      intents: [setKeyword(program, 'f(a)', 'k', '1')],
    });
  it.each([
    ['f(a)  # nbslim: ignore[t]', true],
    ['# nbslim: ignore\nf(a)', true],
    ['# nbslim: ignore[other]\nf(a)', false],
    ['f(a)\n# nbslim: ignore-cell', true],
  ])('%j: ignored %s', (source, isIgnored) => {
    const program = programOf(source);
    const result = run(program, [transformOf('t', () => [change(program)])]);
    expect(result.refusals.map(({ refusal }) => refusal.code)).toEqual(isIgnored ? ['ignored'] : []);
    expect(result.changes).toHaveLength(isIgnored ? 0 : 1);
  });

  it('in any cell stand for the file', () => {
    const program = programOf('f(a)', '# nbslim: ignore-file');
    expect(run(program, [transformOf('t', () => [change(program)])]).changes).toEqual([]);
  });
});

describe('ids', () => {
  const idsOf = (...cells: string[]) => {
    const program = programOf(...cells);
    const changes = ['x', 'y'].map((name) =>
      changeOf({ at: call(program, 'f(a)'), intents: [setKeyword(program, 'f(a)', name, '1')] }),
    );
    return run(program, [transformOf('t', () => changes)]).changes.map(({ id }) => id);
  };
  it('tell changes apart, and stay when other cells change', () => {
    const ids = idsOf('f(a)', 'g(b)');
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^t-[0-9a-f]{6}$/);
    expect(idsOf('f(a)', 'something(else_)\n1', '2')).toEqual(ids);
    expect(idsOf('f( a )'.replaceAll(' ', ''), 'x')).toEqual(ids);
  });
});
