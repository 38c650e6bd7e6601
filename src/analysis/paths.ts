import { type Bindings, cover, type Seen, type Way } from './bindings.js';
import { untilNothingNew } from './until-nothing-new.js';
import type { Value } from './value.js';
import type { Watch } from './watch.js';

/** Where a path has come to. */
export interface End {
  /** For each set of names that is in sight: the notebook's, then those of functions, classes, comprehensions. */
  readonly ways: readonly Way[];
  /** Nothing goes on from here: the path has left what it was in by `raise`, `return`, `break` or `continue`. */
  readonly isDead: boolean;
}

/** What a path may leave: a loop, its round, a function; a `finally` lies on the way out. */
interface Target {
  readonly type: 'break' | 'continue' | 'return' | 'finally';
  readonly depths: readonly number[];
  /** The paths that have left for it. */
  readonly ends: End[];
  /** Of a `finally`: where they go on to behind it. */
  readonly beyond: End[];
}

/** When to end with the rounds of a loop. */
export interface Rounds {
  /** Where there are more, it takes too many to find out which value is handed on to which name. */
  readonly most: number;
  /** What any of the values may be, where it takes too many rounds to find out which. */
  lose(values: readonly Value[]): Value;
}

/** The paths that the program may take, and what its names may be on each. */
export class Paths {
  private readonly dead: boolean[] = [false];
  private readonly targets: Target[] = [];
  /** The names that are in sight where the program is. */
  private readonly stores: () => readonly Bindings[];
  private readonly watch: Watch;

  constructor(stores: () => readonly Bindings[], watch: Watch) {
    this.stores = stores;
    this.watch = watch;
  }

  /** A statement of the notebook begins: a cell that has failed is no reason not to run the next. */
  start(): void {
    this.dead[0] = false;
  }

  /** Nothing goes on from here. */
  die(): void {
    this.dead[this.dead.length - 1] = true;
  }

  /** Runs each of the ways that the program may take from here, and goes on with what may be after any of them. */
  branch(ways: readonly (() => void)[]): void {
    this.join(ways.map((way) => this.run(way)));
  }

  /** Runs a way; where the program is stays as it is until the end is joined. */
  run(way: () => void): End {
    const stores = this.stores();
    for (const store of stores) store.startWay();
    this.dead.push(this.isDead);
    way();
    const isDead = this.dead.pop() === true;
    return { isDead, ways: stores.map((store) => store.endWay()) };
  }

  /** Goes on with what may be at any of these ends, of those from which something goes on. */
  join(ends: readonly End[]): void {
    const alive = ends.filter(({ isDead }) => !isDead);
    if (alive.length === 0) this.die();
    const joined = alive.length === 0 ? ends : alive;
    for (const [i, store] of this.stores().entries()) store.join(joined.flatMap(({ ways }) => ways[i] ?? []));
  }

  /** Runs a way that may fail anywhere, and says what names were seen to be on it. */
  attempt(way: () => void): { readonly end: End; readonly seen: readonly Seen[] } {
    const stores = this.stores();
    for (const store of stores) store.startAttempt();
    const end = this.run(way);
    return { end, seen: stores.map((store) => store.endAttempt()) };
  }

  /** The end of what failed somewhere, and of what follows on that. */
  failed(seen: readonly Seen[], next: () => void): End {
    return this.run(() => {
      for (const [i, store] of this.stores().entries()) store.assume(seen[i] ?? new Map());
      next();
    });
  }

  /** The end of what goes on from another end. */
  from(end: End, next: () => void): End {
    return this.run(() => {
      this.join([end]);
      next();
    });
  }

  /** Runs `last` behind `guarded`, however that is left. */
  protect(guarded: () => void, last: () => void): void {
    const target = this.open('finally');
    const { end, seen } = this.attempt(guarded);
    this.targets.pop();
    let after = end;
    // What `last` finds is all that may be; what it leaves of that depends on where `guarded` has come to.
    this.run(() => {
      this.join([end, this.failed(seen, () => {}), ...target.ends]);
      after = this.run(last);
    });
    this.join([end]);
    this.join([after]);
    for (const { ways } of target.beyond)
      for (const [i, way] of ways.entries()) cover(way, after.ways[i] ?? way);
  }

  /**
   * Runs the rounds of a loop, and then its `else`.
   *
   * @param round from the binding of the loop's variable, or behind its test, to where the next round begins
   * @param isEndless whether nothing but `break` ends it
   * @param rounds when to end with the rounds
   */
  loop(round: () => void, orelse: () => void, isEndless: boolean, rounds: Rounds): void {
    const depths = this.depths();
    const left = this.open('break');
    const end = this.run(() => this.repeat(round, depths, rounds));
    this.targets.pop();
    const normal = this.run(() => {
      if (isEndless) {
        this.join([end]);
        this.die();
      } else this.join([end, this.run(() => {})]);
      orelse();
    });
    this.join([normal, ...left.ends]);
  }

  /** Runs rounds until nothing new comes of them: what one leaves behind is seen by the next. */
  private repeat(round: () => void, depths: readonly number[], rounds: Rounds): void {
    const isWhole = untilNothingNew((times) => this.round(round, times > 0), rounds.most);
    if (!isWhole) this.loseBound(depths, rounds.lose);
  }

  /** Every name that has been bound since may be what any of them may be. */
  private loseBound(depths: readonly number[], lose: Rounds['lose']): void {
    const { ways } = this.since(depths);
    const all = lose(ways.flatMap(({ values }) => [...(values?.values() ?? [])].filter((v) => v !== null)));
    for (const [i, store] of this.stores().entries())
      for (const name of ways[i]?.values?.keys() ?? []) store.set(name, all, store.isDefinite(name));
  }

  /**
   * Runs a round of a loop, and goes on with what the next finds.
   *
   * @param isLast whether the one before may have been the last
   * @returns false where the next would find nothing else than this has found
   */
  private round(round: () => void, isLast: boolean): boolean {
    return this.isNewAgain(() => {
      const target = this.open('continue');
      const end = this.run(round);
      this.targets.pop();
      const skipped = isLast ? [this.run(() => {})] : [];
      this.join([end, ...target.ends, ...skipped]);
    });
  }

  /** Runs something; false where it would find nothing else if it were run once more. */
  isNewAgain(run: () => void): boolean {
    const one = this.watch.run(run);
    return this.watch.hasChanged(one) || this.stores().some((store) => store.isStale(one.start));
  }

  /** Runs a function's body; false where its end is never reached. */
  call(body: () => void): boolean {
    const target = this.open('return');
    const end = this.run(body);
    this.targets.pop();
    this.join([end, ...target.ends]);
    return !end.isDead;
  }

  /** The path goes on behind the loop, with its next round, behind the function. */
  leave(type: 'break' | 'continue' | 'return'): void {
    const { targets, isDead } = this;
    this.die();
    if (isDead) return;
    const at = targets.findLastIndex((target) => target.type === type || target.type === 'return');
    const target = targets[at];
    if (target?.type !== type || target.depths.length !== this.stores().length) return;
    const end = this.since(target.depths);
    target.ends.push(end);
    for (const passed of targets.slice(at + 1)) {
      if (passed.type !== 'finally') continue;
      passed.ends.push(this.since(passed.depths));
      passed.beyond.push(end);
    }
  }

  private open(type: Target['type']): Target {
    const target = { type, depths: this.depths(), ends: [], beyond: [] };
    this.targets.push(target);
    return target;
  }

  private depths(): readonly number[] {
    return this.stores().map((store) => store.depth);
  }

  private since(depths: readonly number[]): End {
    return { isDead: false, ways: this.stores().map((store, i) => store.since(depths[i] ?? 0)) };
  }

  /** Whether nothing goes on from where the program is. */
  get isDead(): boolean {
    return this.dead.at(-1) === true;
  }
}
