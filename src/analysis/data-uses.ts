import type { Expression, Node } from '../python/ast.js';
import type { ColumnUse, Operation } from './column-use.js';
import type { Read } from './reads.js';
import { UNKNOWN, union, type Value, type ValueData } from './value.js';
import { type Watch, Watched } from './watch.js';

const LOST: Operation = { type: 'unknown', why: 'it is taken out of a list or the like' };

/** What is asked of a list is asked of all that lies in it. */
const isHandedOn = ({ type }: Operation): boolean =>
  type === 'shown' || type === 'final' || type === 'selected';

const NOTHING: ReadonlySet<Value> = new Set();

/** What is asked of the data of each read. */
export class DataUses {
  private readonly uses = new Map<Read, ColumnUse[]>();
  private readonly seen = new Set<string>();
  private readonly numbers = new Map<Node, number>();
  /** What has data of the values that lie in a list or tuple display, or in what lies in it, by the display's object. */
  private readonly inside: Watched<Map<number, ReadonlySet<Value>>>;

  constructor(watch: Watch) {
    this.inside = new Watched(watch, 'name', new Map());
  }

  of(read: Read): readonly ColumnUse[] {
    return this.uses.get(read) ?? [];
  }

  /** @param statement the top-level statement that asks it */
  use(
    value: Value,
    operation: Operation,
    node: Expression,
    statement: number,
    columns?: readonly string[],
  ): void {
    if (value.data === null) {
      const isOfTheList = operation.type === 'function' && operation.name === 'len';
      if (!isOfTheList)
        this.useInside(value.objects, isHandedOn(operation) ? operation : LOST, node, statement);
      return;
    }
    for (const part of value.data.parts) {
      const asked = columns ?? part.columns;
      const key = [
        this.numberOf(part.read.call),
        this.numberOf(node),
        operation.type,
        'name' in operation ? operation.name : '',
        operation.type === 'compare' ? `${operation.op}${this.numberOf(operation.other)}` : '',
        value.data.carrier,
        asked === 'all' ? '*' : asked.join('\0'),
      ].join(':');
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      const uses = this.uses.get(part.read) ?? [];
      this.uses.set(part.read, uses);
      uses.push({ columns: asked, carrier: value.data.carrier, operation, node, statement });
    }
  }

  /** These values lie in a list or tuple: whoever takes one out of it without saying which may do anything with all of them. */
  putInside(display: Value, values: readonly Value[]): void {
    const inside = this.inside.current;
    const withData = new Set<Value>();
    for (const value of values)
      if (value.data !== null) withData.add(value);
      else for (const id of value.objects) for (const inner of inside.get(id) ?? []) withData.add(inner);
    if (withData.size === 0) return;
    for (const id of display.objects) {
      const before = inside.get(id) ?? NOTHING;
      const all = union(before, withData);
      if (all === before) continue;
      inside.set(id, all);
      this.inside.change(inside);
    }
  }

  /**
   * The value goes on as something of which nobody knows where it was read.
   *
   * @param outer objects, what lies in which goes on
   * @param inner data of what lies in them
   */
  lose(outer: ReadonlySet<number>, inner: Iterable<ValueData>, node: Expression, statement: number): void {
    this.useInside(outer, LOST, node, statement);
    for (const data of inner) this.use({ ...UNKNOWN, data }, LOST, node, statement);
  }

  /** The same is asked of whatever lies in them, and in what lies in them: of each once, however many ways lead there. */
  private useInside(
    displays: ReadonlySet<number>,
    operation: Operation,
    node: Expression,
    statement: number,
  ): void {
    if (displays.size === 0) return;
    const inside = this.inside.read();
    if (inside.size === 0) return;
    for (const id of displays)
      for (const value of inside.get(id) ?? []) this.use(value, operation, node, statement);
  }

  private numberOf(node: Node): number {
    const known = this.numbers.get(node);
    if (known !== undefined) return known;
    this.numbers.set(node, this.numbers.size);
    return this.numbers.size - 1;
  }
}
