import { joinValues, type Value } from './value.js';

/** What the names of a function, class or comprehension may be while its body is interpreted; one layer for each way that is open. */
export class LocalValues {
  /** A layer is null where its way binds nothing, a value where the name is unbound on the way. */
  private readonly layers: (Map<string, Value | null> | null)[];

  constructor(values: Map<string, Value> | null = null) {
    this.layers = [values];
  }

  get(name: string): Value | null {
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const value = this.layers[i]?.get(name);
      if (value !== undefined) return value;
    }
    return null;
  }

  set(name: string, value: Value | null): void {
    const top = this.layers.length - 1;
    const layer = this.layers[top] ?? new Map<string, Value | null>();
    layer.set(name, value);
    this.layers[top] = layer;
  }

  /** All that are bound. */
  values(): Value[] {
    return [...(this.layers[0]?.values() ?? [])].filter((value) => value !== null);
  }

  /** From here on what is set is set on one way only, until `endWay`. */
  startWay(): void {
    this.layers.push(null);
  }

  /** What the way has bound; null for nothing. */
  endWay(): ReadonlyMap<string, Value | null> | null {
    return this.layers.pop() ?? null;
  }

  /** Goes on with what may be after any of the ways. */
  join(ends: readonly (ReadonlyMap<string, Value | null> | null)[]): void {
    if (ends.every((end) => end === null)) return;
    for (const name of new Set(ends.flatMap((end) => [...(end?.keys() ?? [])]))) {
      const values = ends
        .map((end) => end?.get(name))
        .map((value) => (value === undefined ? this.get(name) : value))
        .filter((value) => value !== null);
      this.set(name, values.length === 0 ? null : joinValues(values));
    }
  }
}
