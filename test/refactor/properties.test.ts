import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Node } from '../../src/python/ast.js';
import { walk } from '../../src/python/walk.js';
import type { Change, Intent } from '../../src/refactor/contract.js';
import { isStatement } from '../../src/refactor/render/cell-syntax.js';
import { changeOf, programOf, run, sourcesOf, transformOf } from './notebooks.js';

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

it('whatever is accepted together compiles, and what is not is refused', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(possible, { maxLength: 12 }), (changes) => {
      const result = run(program, [transformOf('t', () => changes)]);
      expect(result.broken.map(({ problem, change }) => [problem, change.change.intents])).toEqual([]);
      expect(result.changes.length + result.refusals.length).toBe(changes.length);
      // A plan of what was accepted is the same plan.
      const accepted = changes.filter((change) => result.changes.some((one) => one.change === change));
      const again = run(program, [transformOf('t', () => accepted)]);
      expect(again.text).toBe(result.text);
      expect(sourcesOf(result.text).length).toBe(result.cellMap.length);
    }),
    { numRuns: 300 },
  );
});
