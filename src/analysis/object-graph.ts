import type { ValueKind } from '../pandas/kinds.js';
import type { Node } from '../python/ast.js';
import { type Closure, union, type Value, type ValueData } from './value.js';
import type { Watch } from './watch.js';

/** An object by the place that makes it, and which objects it holds. */
export interface AbstractObject {
  readonly id: number;
  readonly kind: ValueKind;
  readonly node: Node;
  readonly statement: number;
  readonly data: ValueData | null;
}

/** What is known of an object alone, or of a group as a whole. */
interface Place {
  /** The closures that can be reached from there. */
  closures: ReadonlySet<Closure>;
  /** When somebody last asked what it holds. */
  readAt: number;
  /** When somebody last asked what changes with it. */
  overlapReadAt: number;
  /** When somebody last asked which closures can be reached. */
  closuresReadAt: number;
  /** When somebody last asked whether it is as it was made. */
  unchangedAt: number;
}

interface Vertex<Root> extends Place {
  readonly object: AbstractObject;
  /** Objects that live as long as it does: what lies in it, what it is a view of. */
  keeps: Set<number> | null;
  /** The other way round of `keeps`. */
  keptBy: number[] | null;
  /** What refers to it now. */
  roots: Set<Root> | null;
  /** Null: it alone. */
  group: Group<Root> | null;
}

/** Objects that change together; what its members have as places of their own no longer counts. */
interface Group<Root> extends Place {
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
const NO_CLOSURES: ReadonlySet<Closure> = new Set();

/**
 * What has been made, what keeps what alive, what changes together, and by which roots (names) it can be reached. What
 * can be reached is never less than before. A thousand objects that change together are one group, so that nothing here looks at all of
 * them for each statement.
 */
export class ObjectGraph<Root> {
  private readonly vertices: Vertex<Root>[] = [];
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
  }

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
    const vertex: Vertex<Root> = {
      object,
      keeps: null,
      keptBy: null,
      closures,
      roots: null,
      group: null,
      readAt: 0,
      overlapReadAt: 0,
      closuresReadAt: 0,
      unchangedAt: 0,
    };
    this.vertices.push(vertex);
    this.extend(object.id, keeps, shares, NO_CLOSURES);
  }

  /** After this an object keeps more alive, and changes together with more. */
  extend(
    id: number,
    keeps: readonly ReadonlySet<number>[],
    shares: readonly ReadonlySet<number>[],
    closures: ReadonlySet<Closure>,
  ): void {
    const vertex = this.vertices[id];
    if (vertex === undefined) return;
    for (const ids of shares) for (const other of ids) this.join(vertex, other);
    for (const ids of keeps) for (const inner of ids) if (inner !== id) this.keep(vertex, inner);
    this.giveClosures(vertex, closures);
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

  /** From here on `one` changes together with the others, and keeps them alive. */
  share(one: number, others: ReadonlySet<number>): void {
    const vertex = this.vertices[one];
    if (vertex === undefined) return;
    for (const other of others) {
      if (other === one) continue;
      this.join(vertex, other);
      this.keep(vertex, other);
    }
  }

  /** Whether all of these change together with `one` already. */
  isTogether(one: number, ids: ReadonlySet<number>): boolean {
    const group = this.vertices[one]?.group ?? null;
    for (const id of ids)
      if (id !== one && (group === null || this.vertices[id]?.group !== group)) return false;
    return true;
  }

  /** Somebody asks what the object holds, or one that changes with it. */
  private read(id: number): Vertex<Root> | undefined {
    const vertex = this.vertices[id];
    if (vertex !== undefined) placeOf(vertex).readAt = this.watch.now;
    return vertex;
  }

  /** Somebody counts on it that none of these has changed. */
  noteUnchanged(ids: ReadonlySet<number>): void {
    for (const id of ids) {
      const vertex = this.vertices[id];
      if (vertex !== undefined) placeOf(vertex).unchangedAt = this.watch.now;
    }
  }

  /** The object changes, for the first time. */
  noteChanged(id: number): void {
    const vertex = this.vertices[id];
    if (vertex !== undefined) this.watch.change(placeOf(vertex).unchangedAt, 'object');
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

  /**
   * What these objects hold by themselves: what lies in a list, not what lies in that. Those that change together may be one
   * and the same: each holds what any of them does, and that it may hold another of them is known already.
   */
  heldBy(ids: ReadonlySet<number>): ReadonlySet<number> {
    let held: ReadonlySet<number> = NOTHING;
    for (const id of ids) {
      const { keeps = null, group = null } = this.read(id) ?? {};
      if (group === null) held = union(held, keeps ?? NOTHING);
      else {
        const outside: number[] = [];
        this.outside(group, group.keeps, outside);
        if (outside.length > 0) held = union(held, new Set(outside));
      }
    }
    return held;
  }

  /** After this these hold one object alone, which holds all that they have held. */
  gather(ids: ReadonlySet<number>, into: number): void {
    for (const id of ids) {
      const vertex = this.vertices[id];
      if (vertex === undefined || id === into) continue;
      const { group } = vertex;
      // Where it changes together with them, the group holds what the one object holds.
      if (group === null || group !== this.vertices[into]?.group) {
        const held = group?.keeps ?? vertex.keeps;
        if (held?.size === 1 && held.has(into)) continue;
        this.watch.change(placeOf(vertex).readAt, 'object');
        group?.keeps.clear();
      }
      vertex.keeps = null;
      this.keep(vertex, into);
    }
  }

  /** All objects that can be reached from these. */
  reach(ids: Iterable<number>): Set<number> {
    const seen = new Set(ids);
    for (const id of seen) {
      const { keeps = null, group = null } = this.vertices[id] ?? {};
      for (const next of keeps ?? NONE) seen.add(next);
      for (const next of group?.keeps ?? NONE) seen.add(next);
    }
    return seen;
  }

  /** One object of each that can be reached from these and does not change with them anyway. */
  contents(ids: Iterable<number>): number[] {
    const found: number[] = [];
    const seen = new Set<number | Group<Root>>();
    const pending = [...ids];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const vertex = this.read(id);
      const group = vertex?.group ?? null;
      if (vertex === undefined || seen.has(group ?? id)) continue;
      seen.add(group ?? id);
      found.push(id);
      if (group !== null) this.outside(group, group.keeps, pending);
      else for (const inner of vertex.keeps ?? NONE) pending.push(inner);
    }
    return found;
  }

  /** Whether the object is one of these, or changes together with one. */
  overlaps(one: number, ids: ReadonlySet<number>): boolean {
    const vertex = this.vertices[one];
    if (vertex === undefined) return false;
    placeOf(vertex).overlapReadAt = this.watch.now;
    const { group } = vertex;
    if (group === null) return ids.has(one);
    for (const id of ids) if (this.vertices[id]?.group === group) return true;
    return false;
  }

  /** Those of the objects that are none of the others, and change together with none of them. */
  apart(ids: ReadonlySet<number>, others: ReadonlySet<number>): ReadonlySet<number> {
    const groups = new Set<Group<Root>>();
    for (const id of others) {
      const group = this.vertices[id]?.group;
      if (group !== null && group !== undefined) groups.add(group);
    }
    const found = new Set<number>();
    for (const id of ids) {
      const group = this.vertices[id]?.group ?? null;
      if (!others.has(id) && (group === null || !groups.has(group))) found.add(id);
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

  /** All objects that reach one of these, or change together with one that does. */
  affected(ids: Iterable<number>): Set<number> {
    const seen = new Set(ids);
    const groups = new Set<Group<Root>>();
    for (const id of seen) {
      const { keptBy = null, group = null } = this.vertices[id] ?? {};
      for (const next of keptBy ?? NONE) seen.add(next);
      if (group === null || groups.has(group)) continue;
      groups.add(group);
      for (const member of group.members) seen.add(member);
    }
    return seen;
  }

  /** The closures that can be reached from a value. */
  closuresOf(value: Value): ReadonlySet<Closure> {
    let closures = value.closures;
    for (const id of value.objects) {
      const vertex = this.vertices[id];
      if (vertex === undefined) continue;
      const place = placeOf(vertex);
      place.closuresReadAt = this.watch.now;
      closures = union(closures, place.closures);
    }
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
      this.watch.change(placeOf(vertex).readAt, 'object');
      other.group?.keptBy.add(vertex.object.id);
      vertex.group?.keeps.add(inner);
    }
    this.giveClosures(vertex, placeOf(other).closures);
  }

  /**
   * Hands closures on to all that reach the object. Each passes each edge once, so that asking for them costs nothing; and
   * most objects come to have one and the same set of them, so that comparing two costs as little.
   */
  private giveClosures(to: Vertex<Root>, closures: ReadonlySet<Closure>): void {
    if (closures.size === 0) return;
    const pending = [{ vertex: to, given: closures }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { vertex, given } = next;
      const place = placeOf(vertex);
      const all = union(given, place.closures);
      if (all === place.closures) continue;
      const isNew = all.size > place.closures.size;
      place.closures = all;
      if (isNew) this.watch.change(place.closuresReadAt, 'object');
      if (isNew) for (const holder of this.holdersOf(vertex)) pending.push({ vertex: holder, given: all });
    }
  }

  /** What holds the object, or, but for those that change with it, what holds any of those. */
  private *holdersOf({ group, keptBy }: Vertex<Root>): Iterable<Vertex<Root>> {
    for (const id of group?.keptBy ?? keptBy ?? NONE) {
      const holder = this.vertices[id];
      if (holder !== undefined && (group === null || holder.group !== group)) yield holder;
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
    this.noteJoin(own, theirs);
    this.noteJoin(theirs, own);
    const closures = union(own.closures, theirs.closures);
    this.giveClosures(vertex, closures);
    this.giveClosures(other, closures);
    const [small, large] = own.members.length < theirs.members.length ? [own, theirs] : [theirs, own];
    for (const id of small.members) {
      large.members.push(id);
      const member = this.vertices[id];
      if (member !== undefined) member.group = large;
    }
    for (const root of small.roots) large.roots.add(root);
    for (const holder of small.keptBy) large.keptBy.add(holder);
    for (const inner of small.keeps) large.keeps.add(inner);
    large.readAt = Math.max(large.readAt, small.readAt);
    large.overlapReadAt = Math.max(large.overlapReadAt, small.overlapReadAt);
    large.closuresReadAt = Math.max(large.closuresReadAt, small.closuresReadAt);
    large.unchangedAt = Math.max(large.unchangedAt, small.unchangedAt);
  }

  /** A group gets new members: who has asked what it holds finds something else now where these hold anything. */
  private noteJoin(group: Group<Root>, other: Group<Root>): void {
    const { watch } = this;
    watch.change(group.overlapReadAt, 'object');
    watch.change(group.unchangedAt, 'object');
    if (watch.isWatching(group.readAt, 'object') && this.holdsMore(other, group))
      watch.change(group.readAt, 'object');
  }

  /** Whether the one group holds anything that the other does not hold, and that is a member of neither. */
  private holdsMore(one: Group<Root>, other: Group<Root>): boolean {
    for (const id of one.keeps) {
      const { group = null } = this.vertices[id] ?? {};
      if (group !== one && group !== other && !other.keeps.has(id)) return true;
    }
    return false;
  }
}

/** Where it is noted what is known of an object. */
const placeOf = <Root>(vertex: Vertex<Root>): Place => vertex.group ?? vertex;

function groupOf<Root>(vertex: Vertex<Root>): Group<Root> {
  const { object, roots, keptBy, keeps } = vertex;
  return {
    members: [object.id],
    closures: vertex.closures,
    readAt: vertex.readAt,
    overlapReadAt: vertex.overlapReadAt,
    closuresReadAt: vertex.closuresReadAt,
    unchangedAt: vertex.unchangedAt,
    roots: new Set(roots),
    keptBy: new Set(keptBy),
    keeps: new Set(keeps),
  };
}
