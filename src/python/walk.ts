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

type OfKind<Kind> = Extract<Node, { kind: Kind }>;

/** Of cells, functions and classes, which are asked for one kind after the other: the nodes of each kind. */
const NODES_BY_KIND = new WeakMap<Node, ReadonlyMap<Node['kind'], readonly Node[]>>();

const NO_NODES: readonly Node[] = [];

/** All nodes of the kind at and below a node, in source order. */
export function findAll<Kind extends Node['kind']>(node: Node, kind: Kind): readonly OfKind<Kind>[] {
  if (node.kind === 'Module' || node.kind === 'FunctionDef' || node.kind === 'ClassDef')
    return (nodesByKind(node).get(kind) ?? NO_NODES) as readonly OfKind<Kind>[];
  const found: OfKind<Kind>[] = [];
  walk(node, (next) => {
    if (next.kind === kind) found.push(next as OfKind<Kind>);
  });
  return found;
}

function nodesByKind(node: Node): ReadonlyMap<Node['kind'], readonly Node[]> {
  const known = NODES_BY_KIND.get(node);
  if (known !== undefined) return known;
  const found = new Map<Node['kind'], Node[]>();
  walk(node, (next) => {
    const others = found.get(next.kind);
    if (others === undefined) found.set(next.kind, [next]);
    else others.push(next);
  });
  NODES_BY_KIND.set(node, found);
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
