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

interface Vertex {
  readonly object: AbstractObject;
  /** Objects that live as long as it does: what lies in it, what it is a view of. */
  keeps: Set<number> | null;
  /** The other way round of `keeps`. */
  keptBy: number[] | null;
  /** The closures that can be reached from it. */
  closures: ReadonlySet<Closure>;
  /** The objects that change with it, itself among them: one array for all of them. Null: it alone. */
  group: number[] | null;
}

const NONE: readonly number[] = [];

/** What has been made, what keeps what alive, and what changes together. Edges are added and never taken away. */
export class ObjectGraph {
  private readonly vertices: Vertex[] = [];

  get size(): number {
    return this.vertices.length;
  }

  get objects(): readonly AbstractObject[] {
    return this.vertices.map(({ object }) => object);
  }

  /** Adds an object, whose id is the graph's size, that keeps `keeps` alive and changes together with `shares`. */
  add(
    object: AbstractObject,
    keeps: readonly ReadonlySet<number>[],
    shares: readonly ReadonlySet<number>[],
    closures: ReadonlySet<Closure>,
  ): void {
    // Most objects keep nothing: what is not needed is not made.
    const vertex: Vertex = { object, keeps: null, keptBy: null, closures, group: null };
    this.vertices.push(vertex);
    for (const ids of keeps) for (const inner of ids) this.keep(vertex, inner);
    for (const ids of shares) for (const other of ids) this.join(vertex, other);
  }

  /** After this, whatever reaches `holder` reaches `held`. */
  hold(holder: Value, held: Value): void {
    for (const id of holder.objects) {
      const vertex = this.vertices[id];
      if (vertex === undefined) continue;
      for (const inner of held.objects) if (inner !== id) this.keep(vertex, inner);
      this.giveClosures(vertex, held.closures);
    }
  }

  /** All objects that can be reached from these. */
  reach(ids: Iterable<number>): Set<number> {
    const seen = new Set(ids);
    for (const id of seen) for (const next of this.vertices[id]?.keeps ?? NONE) seen.add(next);
    return seen;
  }

  /** All objects that change when one of these changes. */
  overlap(ids: Iterable<number>): Set<number> {
    const seen = new Set<number>();
    for (const id of ids) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const other of this.vertices[id]?.group ?? NONE) seen.add(other);
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

  private keep(vertex: Vertex, inner: number): void {
    const other = this.vertices[inner];
    if (other === undefined) return;
    if (vertex.keeps === null) vertex.keeps = new Set([inner]);
    else if (vertex.keeps.has(inner)) return;
    else vertex.keeps.add(inner);
    other.keptBy ??= [];
    other.keptBy.push(vertex.object.id);
    this.giveClosures(vertex, other.closures);
  }

  /** Hands closures on to all that reach the object. Each passes each edge once, so that asking for them costs nothing. */
  private giveClosures(to: Vertex, closures: ReadonlySet<Closure>): void {
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

  private join(vertex: Vertex, inner: number): void {
    const other = this.vertices[inner];
    if (other === undefined || other === vertex) return;
    const own = vertex.group ?? [vertex.object.id];
    const theirs = other.group ?? [inner];
    if (own === theirs) return;
    const [small, large] = own.length < theirs.length ? [own, theirs] : [theirs, own];
    vertex.group = large;
    other.group = large;
    for (const id of small) {
      large.push(id);
      const member = this.vertices[id];
      if (member !== undefined) member.group = large;
    }
  }
}
