import type { Node } from '../python/ast.js';
import { type Closure, joinValues, sameValue, type Value } from './value.js';
import type { Run } from './watch.js';

/** A function's run that need not be done again as long as what it has read is the same. */
export interface Remembered {
  readonly run: Run;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly sent: ReadonlySet<number> | null;
  readonly result: Value;
  /** It never comes to its end. */
  readonly isDead: boolean;
}

/** A function that is run by way of certain calls, each in the function that the one before has called. */
export class Context {
  remembered: Remembered | null = null;
  private parameters: ReadonlyMap<string, Value> = new Map();
  private readonly inner = new Map<Node, Map<Closure, Context>>();
  private readonly made = new Map<Node, Value[]>();

  /** The context of a function that is called in this one. */
  of(call: Node, closure: Closure): Context {
    const byClosure = this.inner.get(call) ?? new Map<Closure, Context>();
    this.inner.set(call, byClosure);
    const context = byClosure.get(closure) ?? new Context();
    byClosure.set(closure, context);
    return context;
  }

  /** What the function may be called with here: with this, or with what it was called with before. */
  widen(parameters: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    const all = new Map<string, Value>();
    for (const [name, value] of parameters) {
      const before = this.parameters.get(name);
      all.set(name, before === undefined ? value : joinValues([before, value]));
    }
    this.parameters = all;
    return all;
  }

  /**
   * What was made at a place before: however often a loop runs there, it counts as one object.
   *
   * @param place the innermost expression or statement around it
   * @param nth which of those that are made there, from 0
   */
  madeAt(place: Node, nth: number): Value | undefined {
    return this.made.get(place)?.[nth];
  }

  /** Notes what has been made; gives what was noted before where nothing tells the two apart. */
  note(place: Node, nth: number, value: Value): Value {
    const all = this.made.get(place) ?? [];
    this.made.set(place, all);
    const before = all[nth];
    if (before !== undefined && sameValue(before, value)) return before;
    all[nth] = value;
    return value;
  }
}

/** Whether a function is given the same again. */
export function isGivenAgain(
  remembered: Remembered,
  parameters: ReadonlyMap<string, Value>,
  sent: ReadonlySet<number> | null,
): boolean {
  const { parameters: before, sent: sentBefore } = remembered;
  if (before.size !== parameters.size || sent?.size !== sentBefore?.size) return false;
  for (const id of sent ?? []) if (sentBefore?.has(id) !== true) return false;
  for (const [name, value] of parameters) if (!sameValue(before.get(name) ?? null, value)) return false;
  return true;
}
