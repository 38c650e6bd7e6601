import type { ValueKind } from '../pandas/kinds.js';
import type { Node } from '../python/ast.js';
import { type Closure, union, type Value, type ValueData } from './value.js';

/** An object by the place that makes it, and which objects it holds. */
export interface AbstractObject {
  readonly id: number;
  readonly kind: ValueKind;
  readonly node: Node;
  readonly statement: number;
  readonly data: ValueData | null;
}

interface Vertex<Root> {
  readonly object: AbstractObject;
  /** Objects that live as long as it does: what lies in it, what it is a view of. */
  keeps: Set<number> | null;
  /** The other way round of `keeps`. */
  keptBy: number[] | null;
  /** The closures that can be reached from it. */
  closures: ReadonlySet<Closure>;
  /** What refers to it now. */
  roots: Set<Root> | null;
  /** Null: it alone. */
  group: Group<Root> | null;
}

/** Objects that change together. */
interface Group<Root> {
  readonly members: number[];
  /** What refers to any of them now. */
  readonly roots: Set<Root>;
  /** Objects that keep one of them; those that have become members since are dropped when they are come across. */
  readonly keptBy: Set<number>;
  /** The other way round. */
  readonly keeps: Set<number>;
}

const NONE: readonly number[] = [];

/** So many pairs of an object that holds and one that is held are told apart. */
const MOST_PAIRS = 1024;
const NOTHING: ReadonlySet<number> = new Set();

/**
 * What has been made, what keeps what alive, what changes together, and by which roots (names) it can be reached. What
 * can be reached is never less than before. A thousand objects that change together are one group, so that nothing here looks at all of
 * them for each statement.
 */
export class ObjectGraph<Root> {
  private readonly vertices: Vertex<Root>[] = [];

  get size(): number {
    return this.vertices.length;
  }

  get objects(): readonly AbstractObject[] {
    return this.vertices.map(({ object }) => object);
  }

  /** The place that makes the object. */
  nodeOf(id: number): Node | null {
    return this.vertices[id]?.object.node ?? null;
  }

  /** What data the object holds or is as large as. */
  dataOf(id: number): ValueData | null {
    return this.vertices[id]?.object.data ?? null;
  }

  kindOf(id: number): ValueKind {
    return this.vertices[id]?.object.kind ?? 'unknown';
  }

  /** Adds an object, whose id is the graph's size, that keeps `keeps` alive and changes together with `shares`. */
  add(
    object: AbstractObject,
    keeps: readonly ReadonlySet<number>[],
    shares: readonly ReadonlySet<number>[],
    closures: ReadonlySet<Closure>,
  ): void {
    // Most objects keep nothing: what is not needed is not made.
    const vertex: Vertex<Root> = { object, keeps: null, keptBy: null, closures, roots: null, group: null };
    this.vertices.push(vertex);
    for (const ids of shares) for (const other of ids) this.join(vertex, other);
    for (const ids of keeps) for (const inner of ids) this.keep(vertex, inner);
  }

  /** After this, whatever reaches `holder` reaches `held`. */
  hold(holder: Value, held: Value): void {
    if (holder.objects.size * held.objects.size > MOST_PAIRS) {
      this.joinAll(holder, held);
      return;
    }
    for (const id of holder.objects) {
      const vertex = this.vertices[id];
      if (vertex === undefined) continue;
      for (const inner of held.objects) if (inner !== id) this.keep(vertex, inner);
      this.giveClosures(vertex, held.closures);
    }
  }

  /** Many may hold many: that they change together says as much of who reaches whom, and takes no edge for each pair. */
  private joinAll(holder: Value, held: Value): void {
    const [first, ...others] = [...holder.objects, ...held.objects];
    const vertex = first === undefined ? undefined : this.vertices[first];
    if (vertex === undefined) return;
    for (const other of others) this.join(vertex, other);
    for (const id of holder.objects) {
      const one = this.vertices[id];
      if (one !== undefined) this.giveClosures(one, held.closures);
    }
  }

  addRoot(root: Root, ids: ReadonlySet<number>): void {
    for (const id of ids) {
      const vertex = this.vertices[id];
      if (vertex === undefined) continue;
      vertex.roots ??= new Set();
      vertex.roots.add(root);
      vertex.group?.roots.add(root);
    }
  }

  removeRoot(root: Root, ids: ReadonlySet<number>): void {
    for (const id of ids) {
      this.vertices[id]?.roots?.delete(root);
      this.vertices[id]?.group?.roots.delete(root);
    }
  }

  /** All roots from which one of these objects can be reached, or one that changes with it. */
  rootsOf(ids: ReadonlySet<number>): Set<Root> {
    const found = new Set<Root>();
    const groups = new Set<Group<Root>>();
    const pending: number[] = [];
    const seen = new Set<number>();
    for (const id of ids) {
      const group = this.vertices[id]?.group;
      if (group === null || group === undefined) pending.push(id);
      else if (!groups.has(group)) {
        groups.add(group);
        for (const root of group.roots) found.add(root);
        this.outside(group, group.keptBy, pending);
      }
    }
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const vertex = this.vertices[id];
      if (vertex === undefined || seen.has(id) || (vertex.group !== null && groups.has(vertex.group)))
        continue;
      seen.add(id);
      for (const root of vertex.roots ?? []) found.add(root);
      for (const holder of vertex.keptBy ?? NONE) if (!seen.has(holder)) pending.push(holder);
    }
    return found;
  }

  /** Adds to `found` which of the objects are no members of the group; those that are, are dropped. */
  private outside(group: Group<Root>, ids: Set<number>, found: number[]): void {
    for (const id of ids)
      if (this.vertices[id]?.group === group) ids.delete(id);
      else found.push(id);
  }

  /** What these objects hold by themselves: what lies in a list, not what lies in that. */
  heldBy(ids: ReadonlySet<number>): ReadonlySet<number> {
    let held: ReadonlySet<number> | null = null;
    for (const id of ids) {
      const { keeps = null } = this.vertices[id] ?? {};
      if (keeps !== null) held = held === null ? keeps : union(held, keeps);
    }
    return held ?? NOTHING;
  }

  /** After this these hold one object alone, which holds all that they have held. */
  gather(ids: ReadonlySet<number>, into: number): void {
    for (const id of ids) {
      const vertex = this.vertices[id];
      if (vertex === undefined || id === into) continue;
      vertex.keeps = null;
      this.keep(vertex, into);
    }
  }

  /** All objects that can be reached from these. */
  reach(ids: Iterable<number>): Set<number> {
    const seen = new Set(ids);
    for (const id of seen) for (const next of this.vertices[id]?.keeps ?? NONE) seen.add(next);
    return seen;
  }

  /** One object of each that can be reached from these and does not change with them anyway. */
  contents(ids: Iterable<number>): number[] {
    const found: number[] = [];
    const seen = new Set<number | Group<Root>>();
    const pending = [...ids];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const vertex = this.vertices[id];
      const group = vertex?.group ?? null;
      if (vertex === undefined || seen.has(group ?? id)) continue;
      seen.add(group ?? id);
      found.push(id);
      if (group !== null) this.outside(group, group.keeps, pending);
      else for (const inner of vertex.keeps ?? NONE) pending.push(inner);
    }
    return found;
  }

  /** All objects that change when one of these changes. */
  overlap(ids: Iterable<number>): Set<number> {
    const seen = new Set<number>();
    for (const id of ids) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const other of this.vertices[id]?.group?.members ?? NONE) seen.add(other);
    }
    return seen;
  }

  /** All objects that reach one of these. */
  holders(ids: Iterable<number>): Set<number> {
    const seen = new Set(ids);
    for (const id of seen) for (const next of this.vertices[id]?.keptBy ?? NONE) seen.add(next);
    return seen;
  }

  /** The closures that can be reached from a value. */
  closuresOf(value: Value): ReadonlySet<Closure> {
    let closures = value.closures;
    for (const id of value.objects) closures = union(closures, this.vertices[id]?.closures ?? closures);
    return closures;
  }

  private keep(vertex: Vertex<Root>, inner: number): void {
    const other = this.vertices[inner];
    if (other === undefined) return;
    if (vertex.keeps === null) vertex.keeps = new Set([inner]);
    else if (vertex.keeps.has(inner)) return;
    else vertex.keeps.add(inner);
    other.keptBy ??= [];
    other.keptBy.push(vertex.object.id);
    if (other.group === null || other.group !== vertex.group) {
      other.group?.keptBy.add(vertex.object.id);
      vertex.group?.keeps.add(inner);
    }
    this.giveClosures(vertex, other.closures);
  }

  /** Hands closures on to all that reach the object. Each passes each edge once, so that asking for them costs nothing. */
  private giveClosures(to: Vertex<Root>, closures: ReadonlySet<Closure>): void {
    if (closures.size === 0) return;
    const pending = [to];
    for (let vertex = pending.pop(); vertex !== undefined; vertex = pending.pop()) {
      const all = union(vertex.closures, closures);
      if (all === vertex.closures) continue;
      vertex.closures = all;
      for (const holder of vertex.keptBy ?? NONE) {
        const next = this.vertices[holder];
        if (next !== undefined) pending.push(next);
      }
    }
  }

  private join(vertex: Vertex<Root>, inner: number): void {
    const other = this.vertices[inner];
    if (other === undefined || other === vertex) return;
    const own = vertex.group ?? groupOf(vertex);
    const theirs = other.group ?? groupOf(other);
    vertex.group = own;
    other.group = theirs;
    if (own === theirs) return;
    const [small, large] = own.members.length < theirs.members.length ? [own, theirs] : [theirs, own];
    for (const id of small.members) {
      large.members.push(id);
      const member = this.vertices[id];
      if (member !== undefined) member.group = large;
    }
    for (const root of small.roots) large.roots.add(root);
    for (const holder of small.keptBy) large.keptBy.add(holder);
    for (const inner of small.keeps) large.keeps.add(inner);
  }
}

function groupOf<Root>({ object, roots, keptBy, keeps }: Vertex<Root>): Group<Root> {
  return {
    members: [object.id],
    roots: new Set(roots),
    keptBy: new Set(keptBy),
    keeps: new Set(keeps),
  };
}
