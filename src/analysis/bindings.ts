import { joinValues, sameValue, type Value } from './value.js';
import type { NameRead, Watch } from './watch.js';

/** What one way through the program binds; null where it binds nothing, as most do. */
export interface Way {
  /** A name that is unbound on the way has null. */
  values: Map<string, Value | null> | null;
  /** Those of the names that are bound on every path that the way stands for. */
  definite: Set<string> | null;
}

/** A way that is open. */
export interface OpenWay extends Way {
  /** When a name that has its value from this way was last read. */
  reads: Map<string, number> | null;
  /** The latest time at which any of the names was read that have become another on this way since. */
  staleFrom: number;
}

/** Every value that a name had while something ran that may fail anywhere. */
export type Seen = ReadonlyMap<string, readonly (Value | null)[]>;

/** What the names of a notebook, function, class or comprehension may be where the program is; one layer for each way that is open. */
export class Bindings {
  private readonly ways: OpenWay[];
  private readonly attempts: Map<string, (Value | null)[]>[] = [];
  /** As long as it stays the same, each name is what it was, and bound on every path or not as it was. */
  version = 0;

  private readonly watch: Watch;
  /** Whether functions read the names that are called from elsewhere. */
  private readonly areGlobal: boolean;

  constructor(watch: Watch, areGlobal: boolean) {
    this.watch = watch;
    this.areGlobal = areGlobal;
    this.ways = [newWay()];
  }

  /** How many ways are open. */
  get depth(): number {
    return this.ways.length;
  }

  /** What the name may be; null where nothing has bound it. */
  get(name: string): Value | null {
    return this.find(this.read(name), name);
  }

  /** Whether the name has been bound on every path, since `forget` was called. */
  isDefinite(name: string): boolean {
    return this.read(name).definite?.has(name) === true;
  }

  /** A name is read. */
  read(name: string): OpenWay {
    const way = this.wayOf(name);
    if (this.watch.isOn) {
      way.reads ??= new Map();
      way.reads.set(name, this.watch.now);
      if (this.areGlobal && !this.watch.hasRead(name)) this.watch.noteName(name, this.nameIn(way, name));
    }
    return way;
  }

  /** What the name is, for whoever asks whether it has become another. */
  nameNow(name: string): NameRead {
    return this.nameIn(this.wayOf(name), name);
  }

  private nameIn(way: Way, name: string): NameRead {
    return { value: this.find(way, name), isDefinite: way.definite?.has(name) === true };
  }

  /** The innermost way that binds the name; the outermost where none does. */
  private wayOf(name: string): OpenWay {
    for (let i = this.ways.length - 1; i > 0; i--) {
      const way = this.ways[i];
      if (way?.values?.has(name)) return way;
    }
    return this.ways[0] as OpenWay;
  }

  private find(way: Way, name: string): Value | null {
    return way.values?.get(name) ?? null;
  }

  /** From here on no name counts as bound on every path: a new statement begins. */
  forget(): void {
    this.top.definite = null;
    this.version++;
  }

  set(name: string, value: Value | null, isDefinite: boolean): void {
    const before = this.wayOf(name);
    this.put(name, value, isDefinite, before, before.reads?.get(name) ?? 0);
  }

  private put(name: string, value: Value | null, isDefinite: boolean, before: Way, readAt: number): void {
    const way = this.top;
    if (!sameValue(value, this.find(before, name)) || isDefinite !== (before.definite?.has(name) === true)) {
      this.version++;
      way.staleFrom = Math.max(way.staleFrom, readAt);
    }
    way.values ??= new Map();
    way.values.set(name, value);
    if (isDefinite) {
      way.definite ??= new Set();
      way.definite.add(name);
    } else way.definite?.delete(name);
    for (const seen of this.attempts) {
      const values = seen.get(name);
      if (values === undefined) seen.set(name, [value]);
      else values.push(value);
    }
  }

  /** All names that are bound, with what they may be. */
  *entries(): Iterable<readonly [string, Value]> {
    for (const way of this.ways)
      for (const [name, value] of way.values ?? []) if (value !== null) yield [name, value];
  }

  /** From here on what is set is set on one way only, until `endWay`. */
  startWay(): void {
    this.ways.push(newWay());
  }

  endWay(): Way {
    const way = this.ways.pop();
    if (way === undefined) throw new Error('no way is open');
    if (way.values !== null) this.version++;
    return way;
  }

  /** Goes on with what may be after any of the ways. */
  join(ends: readonly Way[]): void {
    if (ends.every((end) => end.values === null)) return;
    for (const name of new Set(ends.flatMap((end) => [...(end.values?.keys() ?? [])]))) {
      const before = this.wayOf(name);
      const readAt = before.reads?.get(name) ?? 0;
      const values: Value[] = [];
      let isDefinite = true;
      for (const end of ends) {
        const way = end.values?.has(name) ? end : this.read(name);
        const value = this.find(way, name);
        if (value !== null) values.push(value);
        isDefinite &&= way.definite?.has(name) === true;
      }
      // That the names are joined here is no reason to do so again.
      this.put(name, values.length === 0 ? null : joinValues(values), isDefinite, before, readAt);
    }
  }

  /** Whether a name of the innermost way has become another that had been read since a time. */
  isStale(since: number): boolean {
    return this.top.staleFrom >= since;
  }

  /** What has been bound since there were `depth` ways: as if they had been one. */
  since(depth: number): Way {
    const way: Way = { values: null, definite: null };
    for (const inner of this.ways.slice(depth)) cover(way, inner);
    return way;
  }

  /** From here on every value that a name is given is kept, until `endAttempt`. */
  startAttempt(): void {
    this.attempts.push(new Map());
  }

  endAttempt(): Seen {
    const seen = this.attempts.pop();
    if (seen === undefined) throw new Error('no attempt is open');
    return seen;
  }

  /** Goes on with what may be after an attempt that has failed anywhere. */
  assume(seen: Seen): void {
    for (const [name, values] of seen) {
      const all = [this.get(name), ...values].filter((value) => value !== null);
      this.set(
        name,
        all.length === 0 ? null : joinValues(all),
        this.isDefinite(name) && !values.includes(null),
      );
    }
  }

  private get top(): OpenWay {
    const way = this.ways.at(-1);
    if (way === undefined) throw new Error('no way is open');
    return way;
  }
}

const newWay = (): OpenWay => ({ values: null, definite: null, reads: null, staleFrom: 0 });

/** Goes on along `way` with what `next` binds. */
export function cover(way: Way, next: Way): void {
  if (next.values === null) return;
  way.values ??= new Map();
  for (const [name, value] of next.values) {
    way.values.set(name, value);
    if (next.definite?.has(name) !== true) way.definite?.delete(name);
    else {
      way.definite ??= new Set();
      way.definite.add(name);
    }
  }
}
