import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/python/ast.js';
import { parenthesizedSpan } from '../../src/python/parentheses.js';
import { loadParser } from '../../src/python/parse.js';
import { childrenOf, findAll, parentsOf, SKIP, walk } from '../../src/python/walk.js';
import { EXPRESSIONS, LAYOUTS, NEWER, PYTHON_3_11, PYTHON_3_12, STATEMENTS } from './cases.js';

const parser = await loadParser();
const ALL = [...EXPRESSIONS, ...STATEMENTS, ...LAYOUTS, ...NEWER, ...PYTHON_3_11, ...PYTHON_3_12];

/** Every node in the fields of a node: what `childrenOf` must tell. */
function nodesInFields(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'kind' in value);
}

describe('childrenOf', () => {
  it('tells every node in the fields, in source order, within the parent', () => {
    for (const source of ALL) {
      walk(parser.parse(source, 3).module, (node) => {
        const children = childrenOf(node);
        expect(new Set(children), `${node.kind} in ${source}`).toEqual(new Set(nodesInFields(node)));
        let last = node.start;
        for (const child of children) {
          expect(child.start, `${child.kind} in ${node.kind} in ${source}`).toBeGreaterThanOrEqual(last);
          expect(child.end, `${child.kind} in ${node.kind} in ${source}`).toBeLessThanOrEqual(node.end);
          expect(child.source).toBe(3);
          last = child.start;
        }
      });
    }
  });
});

describe('walk', () => {
  it('visits parents first, and leaves out what is skipped', () => {
    const { module } = parser.parse('f(a, b)\nc.d\n', 0);
    const seen: string[] = [];
    walk(module, (node) => {
      seen.push(node.kind);
      return node.kind === 'Call' ? SKIP : undefined;
    });
    expect(seen).toEqual([
      'Module',
      'ExpressionStatement',
      'Call',
      'ExpressionStatement',
      'Attribute',
      'Name',
      'Identifier',
    ]);
  });

  it('finds all of a kind, and the parent of each', () => {
    const { module } = parser.parse('f(a)(b)\n', 0);
    const calls = findAll(module, 'Call');
    expect(calls.map(({ start, end }) => [start, end])).toEqual([
      [0, 7],
      [0, 4],
    ]);
    const [outer, inner] = calls;
    expect(inner && parentsOf(module).get(inner)).toBe(outer);
  });
});

describe('parenthesizedSpan', () => {
  it.each([
    ['x = ((a))\n', '((a))'],
    ['x = ( # c)\n a\n)\n', '( # c)\n a\n)'],
    ['(a).b\n', '(a)'],
    ["('#', (a))\n", '(a)'],
    ['x = (a) + b\n', '(a)'],
    ['(a\n # )\n)[0]\n', '(a\n # )\n)'],
    ['a + b\n', 'a'],
  ])('of a in %j', (source, expected) => {
    const { module } = parser.parse(source, 0);
    const name = findAll(module, 'Name').find(({ id }) => id === 'a');
    const parent = name && parentsOf(module).get(name);
    if (name === undefined || parent === undefined) throw new Error('no a');
    const { start, end } = parenthesizedSpan(name, source, parent);
    expect(source.slice(start, end)).toBe(expected);
  });

  it('leaves a call its own parentheses', () => {
    const source = 'f((a))\n';
    const [call] = findAll(parser.parse(source, 0).module, 'Call');
    const [a] = call?.args ?? [];
    if (call === undefined || a === undefined) throw new Error('no call');
    const inside = {
      start: call.argumentSpan.start + 1,
      end: call.argumentSpan.end - 1,
    } as typeof call.argumentSpan;
    const { start, end } = parenthesizedSpan(a, source, inside);
    expect([start, end]).toEqual([2, 5]);
  });
});
