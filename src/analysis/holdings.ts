import { holdsData } from '../pandas/kinds.js';
import type { Machine } from './machine.js';
import type { AbstractObject } from './object-graph.js';
import type { ObjectData, ProgramObject } from './program.js';
import type { Value } from './value.js';

interface Holding {
  /** Its place among all. */
  readonly serial: number;
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
  private readonly currentByObject = new Map<number, Set<Holding>>();

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
    const from = this.machine.statement;
    const holding = { serial: this.all.length, name, from, to: null, objects: value.objects };
    this.all.push(holding);
    this.current.set(name, holding);
    for (const id of value.objects) {
      const holders = this.currentByObject.get(id);
      if (holders === undefined) this.currentByObject.set(id, new Set([holding]));
      else holders.add(holding);
    }
  }

  private close(name: string, statement: number): void {
    const holding = this.current.get(name);
    if (holding === undefined) return;
    holding.to = statement;
    this.current.delete(name);
    for (const id of holding.objects) this.currentByObject.get(id)?.delete(holding);
  }

  /** IPython's `Out` holds what a cell shows for the rest of the session. */
  holdShown(value: Value, statement: number): void {
    if (value.objects.size === 0) return;
    const serial = this.all.length;
    this.all.push({ serial, name: 'Out', from: statement, to: null, objects: value.objects });
  }

  /** The names that reach one of these objects, or an object that changes with it; in the order in which they were bound. */
  namesOf(mutated: ReadonlySet<number>): ReadonlySet<string> {
    if (mutated.size === 0) return new Set();
    const { graph } = this.machine;
    const found = new Set<Holding>();
    for (const id of graph.holders(graph.overlap(mutated)))
      for (const holding of this.currentByObject.get(id) ?? []) found.add(holding);
    return new Set([...found].sort((a, b) => a.serial - b.serial).map(({ name }) => name));
  }

  sharersOf(name: string, statement: number): ReadonlySet<string> {
    const at = this.all.filter((h) => h.from <= statement && (h.to === null || h.to > statement));
    const own = at.filter((h) => h.name === name).flatMap((h) => [...h.objects]);
    const { graph } = this.machine;
    const affected = graph.holders(graph.overlap(graph.reach(own)));
    const sharers = new Set<string>();
    for (const other of at)
      if (other.name !== name && intersects(affected, other.objects)) sharers.add(other.name);
    return sharers;
  }

  objects(): readonly ProgramObject[] {
    const held = new Map<number, Holding[]>();
    for (const holding of this.all)
      for (const id of this.machine.graph.reach(holding.objects)) {
        const known = held.get(id) ?? [];
        held.set(id, known);
        known.push(holding);
      }
    return this.machine.graph.objects
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
