import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Node } from '../../src/python/ast.js';
import { walk } from '../../src/python/walk.js';
import type { Change, Intent } from '../../src/refactor/contract.js';
import { isStatement } from '../../src/refactor/render/cell-syntax.js';
import { availableCombinations, pythonOf } from '../environments.js';
import { changeOf, programOf, run, sourcesOf, transformOf } from './notebooks.js';

const RUNS = 300;

const CELLS = [
  'import os  # first\nfrom re import match\n\n# data\nx = f(a, b=(1), c=[1, 2])  # x\ny = x; z = g(y)\n',
  'if x:\n    a = h(1,\n          2)\n    b = """\n  text\n"""\nelif y: c = 1; d = 2\nelse:\n    # nothing\n    pass\n',
  'for i in k(x):\n\tprint(i)\n\n\tw = [j\n\t  for j in i]\n%time\n(x\n .m())\n',
];
const program = programOf(...CELLS);

/** Every intent that one might have of a node, with code that parses anywhere. */
function intentsOf(node: Node): Intent[] {
  if (isStatement(node)) {
    const all: Intent[] = [
      { type: 'drop', statement: node },
      { type: 'insertAfter', statement: node, code: ['new()\nnew(2)'] },
      { type: 'replaceStatements', statements: [node], code: ['other()'] },
    ];
    if (node.kind === 'ExpressionStatement') all.push({ type: 'show', statement: node });
    return all;
  }
  if (node.kind === 'Call') {
    const entries = [{ key: "'k'", value: '1', order: 1 }];
    return [
      { type: 'setKeyword', call: node, name: 'new', code: ['[1, 2]'] },
      { type: 'mergeEntries', call: node, name: 'dtype', entries },
      { type: 'replaceExpression', node, code: ['wrap(', { node }, ')'] },
    ];
  }
  if (node.kind === 'List') return [{ type: 'replaceExpression', node, code: ['()'] }];
  return [];
}

const possible: Change[] = [];
for (const { node } of program.statements)
  walk(node, (inner) => {
    for (const intent of intentsOf(inner)) possible.push(changeOf({ at: node, intents: [intent] }));
  });
possible.push(
  changeOf({
    at: program.statements[0]?.node ?? possible[0]?.at ?? fail(),
    intents: [
      {
        type: 'extract',
        cells: [1, 2, 3],
        outside: program.statements.slice(0, 2).map(({ node }) => node),
        name: 'extracted',
        parameters: ['a'],
        results: ['x'],
        docstring: null,
      },
    ],
  }),
);

function fail(): never {
  throw new Error('no statements');
}

/** What each intent leaves in the text, once. */
const TRACES: Readonly<Record<string, string>> = {
  insertAfter: 'new()',
  replaceStatements: 'other()',
  show: 'display(',
  setKeyword: 'new=[1, 2]',
  mergeEntries: "dtype={'k': 1}",
  extract: 'def extracted(a):',
};

const results = new Set<string>();

it('whatever is accepted together is all there, and what is not is refused', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(possible, { maxLength: 12 }), (changes) => {
      const result = run(program, [transformOf('t', () => changes)]);
      expect(result.broken.map(({ problem, change }) => [problem, change.change.intents])).toEqual([]);
      expect(result.changes.length + result.refusals.length).toBe(changes.length);
      const sources = sourcesOf(result.text);
      const text = sources.join('\n');
      const intents = result.changes.flatMap(({ change }) => change.intents);
      for (const [type, trace] of Object.entries(TRACES)) {
        const count = intents.filter((intent) => intent.type === type).length;
        expect([type, text.split(trace).length - 1]).toEqual([type, count]);
      }
      for (const source of sources) results.add(source);
      // A plan of what was accepted is the same plan.
      const accepted = changes.filter((change) => result.changes.some((one) => one.change === change));
      expect(run(program, [transformOf('t', () => accepted)]).text).toBe(result.text);
      expect(sources.length).toBe(result.cellMap.length);
    }),
    { numRuns: RUNS },
  );
});

/** tree-sitter takes some indentation that CPython refuses. */
const COMPILE = `
import json, sys
for source in json.load(sys.stdin):
    try:
        compile(source, 'cell', 'exec')
    except SyntaxError as error:
        print(f'{error}\\n{source}\\n')
`;

it('and compiles', () => {
  const [combination] = availableCombinations();
  if (combination === undefined) throw new Error('no Python');
  const input = JSON.stringify([...results].map((source) => source.replaceAll('%time', 'pass#')));
  expect(results.size).toBeGreaterThan(100);
  expect(execFileSync(pythonOf(combination), ['-c', COMPILE], { input, encoding: 'utf8' })).toBe('');
});
