import { Context } from './context.js';
import type { Callable } from './value.js';
import type { Run, Watch } from './watch.js';

interface Settled {
  readonly run: Run;
  readonly given: ReadonlyMap<Callable, ReadonlySet<number>>;
}

const NOTHING: ReadonlySet<number> = new Set();

/**
 * The functions that somebody may call at any time while one top-level statement runs. With what one has been called before
 * counts for the next call, too: what comes of either comes of the statement.
 */
export class CalledBack {
  /** Where they run, whoever it is that calls them. */
  readonly context = new Context();
  private readonly given = new Map<Callable, ReadonlySet<number>>();
  /** What each has made somebody call. */
  private readonly calls = new Map<Callable, Set<Callable>>();
  /** Those that are run until nothing new comes of it, with what they are called with; null: none is. */
  private called: Map<Callable, ReadonlySet<number>> | null = null;
  private running: Callable | null = null;
  private pending: Callable[] = [];
  /** By the first of those that somebody called: the last run after which nothing new came, and what each was called with. */
  private readonly settled = new Map<Callable, Settled>();
  private readonly watch: Watch;
  /** How often a name of the notebook has been bound or unbound. */
  private readonly boundCount: () => number;

  constructor(watch: Watch, boundCount: () => number) {
    this.watch = watch;
    this.boundCount = boundCount;
  }

  /** Whether they are being run. */
  get isOn(): boolean {
    return this.called !== null;
  }

  /**
   * Somebody may call the function.
   *
   * @param widen what it may be called with, besides what it was called with before
   */
  call(method: Callable, widen: (before: ReadonlySet<number>) => ReadonlySet<number>): void {
    this.given.set(method, widen(this.given.get(method) ?? NOTHING));
    if (this.running !== null) {
      const calls = this.calls.get(this.running) ?? new Set();
      this.calls.set(this.running, calls);
      calls.add(method);
    }
    if (this.called === null) this.pending.push(method);
    else this.add(method);
  }

  private add(method: Callable): void {
    const given = this.given.get(method);
    if (given !== undefined && this.called?.get(method) !== given) this.called?.set(method, given);
  }

  /**
   * Runs those that somebody may call now, unless they have been run with the same and would find nothing new; what comes to be
   * called meanwhile comes among them.
   *
   * @param run gives a run after which nothing new came; null where there is none
   */
  run(run: (called: ReadonlyMap<Callable, ReadonlySet<number>>) => Run | null): void {
    const pending = this.pending.splice(0);
    const [first] = pending;
    if (first === undefined || this.isSettled(first, pending)) return;
    const called = new Map<Callable, ReadonlySet<number>>();
    this.called = called;
    for (const method of pending) this.add(method);
    const bound = this.boundCount();
    const last = run(called);
    this.called = null;
    // Who calls them again may find other names.
    if (last === null || this.boundCount() > bound) return;
    this.watch.keep(last);
    this.settled.set(first, { run: last, given: called });
  }

  private isSettled(first: Callable, pending: readonly Callable[]): boolean {
    const { watch } = this;
    const known = this.settled.get(first);
    if (known === undefined || watch.isStale(known.run)) return false;
    if (pending.some((method) => known.given.get(method) !== this.given.get(method))) return false;
    watch.use(known.run);
    return true;
  }

  /** Runs one of them: what it made somebody call before, that may call it now. */
  runOne(method: Callable, run: () => void): void {
    const outer = this.running;
    this.running = method;
    run();
    this.running = outer;
    for (const other of this.calls.get(method) ?? []) this.add(other);
  }
}
