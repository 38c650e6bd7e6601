import type { Call, Node } from '../python/ast.js';
import { childrenOf } from '../python/walk.js';

/** Methods that keep what they are given. */
const KEEPERS: ReadonlySet<string> = new Set(
  'append add insert extend appendleft setdefault update put push partial'.split(' '),
);

/** Functions that give back something which calls what they are given later. */
const LAZY: ReadonlySet<string> = new Set([
  'map',
  'filter',
  'starmap',
  'takewhile',
  'dropwhile',
  'groupby',
  'iter',
]);

/**
 * The lambdas and generators of a statement that may be alive after it, and then read what their names hold by then
 * [facts: collapse/closure-of-a-rebound-name generator/rebound-name]: those that no call takes, and those that a call
 * takes which keeps them.
 *
 * @param all whether each call may keep them: one is there that nobody knows
 */
export function findKeptClosures(statement: Node, all: boolean): readonly Node[] {
  const kept: Node[] = [];
  const pending: { node: Node; consumed: boolean }[] = [{ node: statement, consumed: false }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { node, consumed } = item;
    const isClosure = node.kind === 'Lambda' || (node.kind === 'Comprehension' && node.type === 'generator');
    if (isClosure && !consumed) kept.push(node);
    const inside = node.kind === 'Call' && !all ? consumes(node, consumed) : consumed;
    for (const child of childrenOf(node)) pending.push({ node: child, consumed: inside });
  }
  return kept;
}

function consumes({ func }: Call, isConsumed: boolean): boolean {
  if (func.kind === 'Attribute' && KEEPERS.has(func.attr.id)) return false;
  if (func.kind === 'Name' && KEEPERS.has(func.id)) return false;
  if (func.kind === 'Name' && LAZY.has(func.id)) return isConsumed;
  return true;
}
