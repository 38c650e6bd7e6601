import type { Node } from './ast.js';
import { CHILDREN } from './children.js';

/** The nodes directly below, in the order in which they stand in the source; `elif` and comprehensions stand as they are written. */
export function childrenOf(node: Node): readonly Node[] {
  // The table has for each kind a function of that kind's nodes; TypeScript can't follow that through the union.
  return (CHILDREN[node.kind] as (node: Node) => readonly Node[])(node);
}

/** What a visitor returns to leave out the nodes below. */
export const SKIP = Symbol('skip');

/** Visits a node and all below, each before those below it, in source order. Without recursion: trees are thousands deep. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  const pending: Node[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (visit(next) === SKIP) continue;
    const children = childrenOf(next);
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (child !== undefined) pending.push(child);
    }
  }
}

/** All nodes of the kind at and below a node, in source order. */
export function findAll<Kind extends Node['kind']>(node: Node, kind: Kind): Extract<Node, { kind: Kind }>[] {
  const found: Extract<Node, { kind: Kind }>[] = [];
  walk(node, (next) => {
    if (next.kind === kind) found.push(next as Extract<Node, { kind: Kind }>);
  });
  return found;
}

/** Whether one node stands in the other, or is it. */
export const contains = (outer: Node, inner: Node): boolean =>
  outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;

/** All names that stand in the node, whatever they are there for. */
export function namesIn(node: Node): Set<string> {
  const names = new Set<string>();
  walk(node, (inner) => {
    if (inner.kind === 'Name') names.add(inner.id);
  });
  return names;
}

/** The node above each node below these. */
export function parentsOf(...roots: readonly Node[]): ReadonlyMap<Node, Node> {
  const parents = new Map<Node, Node>();
  for (const root of roots) {
    walk(root, (node) => {
      for (const child of childrenOf(node)) parents.set(child, node);
    });
  }
  return parents;
}
