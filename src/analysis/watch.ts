import { sameValue, type Value } from './value.js';

/** What a name was when it was read. */
export interface NameRead {
  readonly value: Value | null;
  /** Whether it was bound on every path. */
  readonly isDefinite: boolean;
}

/** What a watch knows of names. */
interface Names {
  /** What a name is now. */
  nameNow(name: string): NameRead;
  /** A name is read. */
  read(name: string): void;
}

/**
 * A run of something that may be run again: a round of a loop, a function's body. It would find nothing else the next time as
 * long as nothing has changed that it has read.
 */
export interface Run {
  /** When it began. */
  readonly start: number;
  /** Whether it is asked about names alone. */
  readonly isForNames: boolean;
  isStale: boolean;
  /** The notebook's names that it has read. */
  readonly names: Map<string, NameRead>;
  /** Runs that were not done again in it: what they have read counts as read by it. */
  readonly uses: Set<Run>;
  /** How many of the changes have been looked at that came after its end. */
  checked: number;
}

/** Something that is no name and no object, and that runs read and change. */
export class Watched<T> {
  private readonly watch: Watch;
  private readonly type: Changed;
  private value: T;
  private readAt = 0;

  constructor(watch: Watch, type: Changed, value: T) {
    this.watch = watch;
    this.type = type;
    this.value = value;
  }

  read(): T {
    this.readAt = this.watch.now;
    return this.value;
  }

  /** To be called with what is not the same as before. */
  change(value: T): void {
    this.value = value;
    this.watch.change(this.readAt, this.type);
  }

  /** What it is, for who is about to change it. */
  get current(): T {
    return this.value;
  }
}

/**
 * What changes. An object counts, too, that the run has made itself, for what it has made before may be the same. What a name
 * stands for is all that a run for names may find: a variable of a function, a default, data in a display.
 */
type Changed = 'object' | 'name' | 'other';

/** Whether something has been read since the run began. */
const concerns = ({ start, isForNames }: Run, readAt: number, changed: Changed): boolean =>
  start <= readAt && (changed === 'name' || !isForNames);

/** Finds out whether running something once more would give anything new: whether what it had read has changed since. */
export class Watch {
  private readonly running: Run[] = [];
  private time = 0;
  /** What has changed since the first run ended that is kept, and when it had been read. */
  private readonly changes: (readonly [number, Changed])[] = [];
  private firstKept = Number.POSITIVE_INFINITY;
  /** The notebook's names. */
  private readonly names: () => Names;

  constructor(names: () => Names) {
    this.names = names;
  }

  /** The time to note down where something is read. */
  get now(): number {
    return this.time;
  }

  /** Whether anybody wants to know. */
  get isOn(): boolean {
    return this.running.length > 0;
  }

  /** From here on no run is asked about that has ended: another statement begins. */
  forget(): void {
    this.changes.length = 0;
    this.firstKept = Number.POSITIVE_INFINITY;
  }

  /**
   * Runs something, and says what it has read.
   *
   * @param isForNames whether it is asked about names alone
   */
  run(run: () => void, isForNames = false): Run {
    this.time++;
    const one: Run = {
      start: this.time,
      isForNames,
      isStale: false,
      names: new Map(),
      uses: new Set(),
      checked: 0,
    };
    this.running.push(one);
    run();
    this.running.pop();
    one.checked = this.changes.length;
    const outer = this.running.at(-1);
    if (outer !== undefined) {
      for (const [name, read] of one.names) if (!outer.names.has(name)) outer.names.set(name, read);
      for (const used of one.uses) outer.uses.add(used);
    }
    return one;
  }

  /** Runs something of which names alone are asked, after its end, too. */
  runForNames(run: () => void): Run {
    const one = this.run(run, true);
    this.keep(one);
    return one;
  }

  /** Two runs as if they had been one. */
  merge(one: Run, other: Run): Run {
    for (const [name, read] of other.names) if (!one.names.has(name)) one.names.set(name, read);
    for (const used of other.uses) if (used !== one) one.uses.add(used);
    one.isStale ||= other.isStale;
    return one;
  }

  /** From here on what changes is kept, for `isStale` to be asked after the run's end. */
  keep({ start }: Run): void {
    this.firstKept = Math.min(this.firstKept, start);
  }

  /** Something that has been run is not run again: what it has read counts as read once more. */
  use(run: Run): void {
    const outer = this.running.at(-1);
    if (outer === undefined) return;
    outer.uses.add(run);
    for (const name of run.names.keys()) this.names().read(name);
  }

  /** Whether the innermost run that runs has used another. */
  isUsed(run: Run): boolean {
    return this.running.at(-1)?.uses.has(run) !== false;
  }

  /** Whether a run that has ended, and was kept, may find something else now. */
  isStale(run: Run): boolean {
    return this.hasChanged(run) || this.hasOtherNames(run);
  }

  /** Whether anything but names has changed that the run has read. */
  hasChanged(run: Run): boolean {
    for (; !run.isStale && run.checked < this.changes.length; run.checked++) {
      const [readAt, changed] = this.changes[run.checked] ?? [0, 'other'];
      run.isStale = concerns(run, readAt, changed);
    }
    if (run.isStale) return true;
    for (const used of run.uses) if (this.hasChanged(used)) return true;
    return false;
  }

  private hasOtherNames({ names }: Run): boolean {
    for (const [name, read] of names) {
      const now = this.names().nameNow(name);
      if (now.isDefinite !== read.isDefinite || !sameValue(now.value, read.value)) return true;
    }
    return false;
  }

  /** Whether the innermost run has read one of the notebook's names before. */
  hasRead(name: string): boolean {
    return this.running.at(-1)?.names.has(name) === true;
  }

  /** The innermost run reads one of the notebook's names for the first time. */
  noteName(name: string, read: NameRead): void {
    this.running.at(-1)?.names.set(name, read);
  }

  /**
   * Something changes.
   *
   * @param readAt when it was last read
   */
  change(readAt: number, changed: Changed): void {
    for (const run of this.running) if (concerns(run, readAt, changed)) run.isStale = true;
    if (readAt >= this.firstKept) this.changes.push([readAt, changed]);
  }

  /** Whether it matters to anybody that something changes. */
  isWatching(readAt: number, changed: Changed): boolean {
    return (
      readAt >= this.firstKept || this.running.some((run) => !run.isStale && concerns(run, readAt, changed))
    );
  }
}
