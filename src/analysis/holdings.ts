import { holdsData, type ValueKind } from '../pandas/kinds.js';
import type { Holding, Machine } from './machine.js';
import type { AbstractObject } from './object-graph.js';
import type { HeldObjects, ObjectData, ProgramObject } from './program.js';
import type { Value } from './value.js';

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
      const value = m.settle(name);
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
    this.machine.graph.addRoot(holding, value.objects);
  }

  private close(name: string, statement: number): void {
    const holding = this.current.get(name);
    if (holding === undefined) return;
    holding.to = statement;
    this.current.delete(name);
    this.machine.graph.removeRoot(holding, holding.objects);
  }

  /** IPython's `Out` holds what a cell shows for the rest of the session. [fact: display/out-keeps] */
  holdShown(value: Value, statement: number): void {
    if (value.objects.size === 0) return;
    const serial = this.all.length;
    this.all.push({ serial, name: 'Out', from: statement, to: null, objects: value.objects });
  }

  /** The names that reach one of these objects, or an object that changes with it; in the order in which they were bound. */
  namesOf(mutated: ReadonlySet<number>): ReadonlySet<string> {
    if (mutated.size === 0) return new Set();
    const found = [...this.machine.graph.rootsOf(mutated)];
    return new Set(found.sort((a, b) => a.serial - b.serial).map(({ name }) => name));
  }

  /** Names that may refer to what the name holds, to a part of it or to a view of it. */
  sharersOf(name: string, statement: number): ReadonlySet<string> {
    const { graph } = this.machine;
    return this.othersOf(name, statement, (own) => graph.reach(own));
  }

  /**
   * Names that keep the memory of what the name holds. That is what lies in a list; of data it is the data themselves: their
   * labels, and what a function gives that has seen them, are held besides, and whoever holds those holds no data.
   */
  keepersOf(name: string, statement: number): ReadonlySet<string> {
    const { graph } = this.machine;
    return this.othersOf(name, statement, (own) => {
      const others = own.filter((id) => !holdsData(graph.kindOf(id)));
      return [...own, ...[...graph.reach(others)].filter((id) => graph.kindOf(id) !== 'Index')];
    });
  }

  private othersOf(
    name: string,
    statement: number,
    partsOf: (own: readonly number[]) => Iterable<number>,
  ): ReadonlySet<string> {
    const at = this.all.filter((h) => h.from <= statement && (h.to === null || h.to > statement));
    const own = at.filter((h) => h.name === name).flatMap((h) => [...h.objects]);
    const affected = this.machine.graph.affected(partsOf(own));
    const sharers = new Set<string>();
    for (const other of at)
      if (other.name !== name && intersects(affected, other.objects)) sharers.add(other.name);
    return sharers;
  }

  /** What the notebook made, and for a name what of it the name holds. To be called once, at the end. */
  objects(): { readonly all: readonly ProgramObject[]; heldBy(name: string): readonly HeldObjects[] } {
    const { graph } = this.machine;
    const byObject = new Map<number, Holding[]>();
    const byName = new Map<string, Holding[]>();
    for (const holding of this.all) {
      append(byName, holding.name, holding);
      for (const id of holding.objects) append(byObject, id, holding);
    }
    const reached = graph.reach(byObject.keys());
    const kinds = graph.objects.map(({ kind }) => kind);
    const made = new Map<number, ProgramObject>();
    for (const object of graph.objects) {
      const isHeld = reached.has(object.id);
      if (!isHeld && !holdsData(object.kind)) continue;
      let held: ProgramObject['held'] | null = null;
      made.set(object.id, {
        kind: object.kind,
        node: object.node,
        statement: object.statement,
        data: dataOf(object),
        isHeld,
        /** Found when it is asked for: for most objects nobody asks, and all that reaches them is looked at. */
        get held() {
          held ??= heldBy(
            object.id,
            [...graph.holders([object.id])].flatMap((id) => byObject.get(id) ?? []),
            kinds,
          );
          return held;
        },
      });
    }
    const known = new Map<string, readonly HeldObjects[]>();
    return {
      all: [...made.values()],
      heldBy(name) {
        const found =
          known.get(name) ?? (byName.get(name) ?? []).map((holding) => heldObjects(graph, holding, made));
        known.set(name, found);
        return found;
      },
    };
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** Found when they are asked for: much may be reached, and of most names nobody asks. */
function heldObjects(
  graph: Machine['graph'],
  { from, to, objects }: Holding,
  made: ReadonlyMap<number, ProgramObject>,
): HeldObjects {
  let reached: readonly ProgramObject[] | null = null;
  return {
    from,
    to,
    get objects() {
      reached ??= [...graph.reach(objects)].sort((a, b) => a - b).flatMap((id) => made.get(id) ?? []);
      return reached;
    },
  };
}

/** In the order in which they began; one that holds several of the objects counts once. */
function heldBy(
  id: number,
  holdings: readonly Holding[],
  kinds: readonly ValueKind[],
): ProgramObject['held'] {
  return [...new Set(holdings)]
    .sort((a, b) => a.serial - b.serial)
    .map(({ name, from, to, objects }) => {
      if (objects.has(id)) return { name, from, to };
      const [first = id] = objects;
      const kind = objects.size === 1 ? kinds[first] : undefined;
      return { name, from, to, through: kind ?? 'unknown' };
    });
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
