import { Context } from './context.js';
import type { Callable } from './value.js';

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

  /** Runs those that somebody may call now; what comes to be called meanwhile comes among them. */
  run(run: (called: ReadonlyMap<Callable, ReadonlySet<number>>) => void): void {
    this.called = new Map();
    for (const method of this.pending.splice(0)) this.add(method);
    run(this.called);
    this.called = null;
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
