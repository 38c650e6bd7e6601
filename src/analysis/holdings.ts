import { holdsData } from '../pandas/kinds.js';
import type { AbstractObject, Machine } from './machine.js';
import type { ObjectData, ProgramObject } from './program.js';
import type { Value } from './value.js';

interface Holding {
  readonly name: string;
  readonly from: number;
  /** The statement that ends it; null: the notebook's end. */
  to: number | null;
  readonly objects: ReadonlySet<number>;
}

/** Which names hold which objects, from which statement to which. */
export class Holdings {
  private readonly all: Holding[] = [];
  private readonly current = new Map<string, Holding>();

  private readonly machine: Machine;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  /** To be called after each top-level statement. */
  update(): void {
    const { machine: m } = this;
    for (const name of m.recorder.bound) {
      const value = m.peek(name);
      this.close(name, m.statement);
      if (value !== null) this.open(name, value);
    }
  }

  private open(name: string, value: Value): void {
    if (value.objects.size === 0) return;
    const holding = { name, from: this.machine.statement, to: null, objects: value.objects };
    this.all.push(holding);
    this.current.set(name, holding);
  }

  private close(name: string, statement: number): void {
    const holding = this.current.get(name);
    if (holding !== undefined) holding.to = statement;
    this.current.delete(name);
  }

  /** IPython's `Out` holds what a cell shows for the rest of the session. */
  holdShown(value: Value, statement: number): void {
    if (value.objects.size > 0)
      this.all.push({ name: 'Out', from: statement, to: null, objects: value.objects });
  }

  /** The names that reach one of these objects, or an object that changes with it. */
  namesOf(mutated: ReadonlySet<number>): ReadonlySet<string> {
    const names = new Set<string>();
    if (mutated.size === 0) return names;
    const { machine: m } = this;
    const affected = m.holders(m.overlap(mutated));
    for (const [name, holding] of this.current) if (intersects(holding.objects, affected)) names.add(name);
    return names;
  }

  sharersOf(name: string, statement: number): ReadonlySet<string> {
    const at = this.all.filter((h) => h.from <= statement && (h.to === null || h.to > statement));
    const own = at.filter((h) => h.name === name).flatMap((h) => [...h.objects]);
    const { machine: m } = this;
    const mine = m.overlap(m.reach(own));
    const sharers = new Set<string>();
    for (const other of at)
      if (other.name !== name && intersects(mine, m.overlap(m.reach(other.objects)))) sharers.add(other.name);
    return sharers;
  }

  objects(): readonly ProgramObject[] {
    const held = new Map<number, Holding[]>();
    for (const holding of this.all)
      for (const id of this.machine.reach(holding.objects)) {
        const known = held.get(id) ?? [];
        held.set(id, known);
        known.push(holding);
      }
    return this.machine.objects
      .filter((object) => holdsData(object.kind) || held.get(object.id)?.length !== undefined)
      .map((object) => ({
        kind: object.kind,
        node: object.node,
        statement: object.statement,
        data: dataOf(object),
        held: (held.get(object.id) ?? []).map(({ name, from, to }) => ({ name, from, to })),
      }));
  }
}

function dataOf(object: AbstractObject): ObjectData | null {
  const [part] = object.data?.parts ?? [];
  return part === undefined ? null : { read: part.read, columns: part.columns, extent: part.extent };
}

function intersects(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const id of small) if (large.has(id)) return true;
  return false;
}
