import type { Closure } from './value.js';
import type { Run, Watch } from './watch.js';

interface Looked {
  readonly statement: object;
  version: number;
  readonly closures: Set<Closure>;
  /** The names that they read; null: nothing has been looked at. */
  run: Run | null;
}

/** Functions that have been looked at in a statement: as long as the names are the same that they read, these can give nothing new. */
export class LookedAt {
  private readonly known = new Map<object, Looked>();
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  /**
   * The functions that need not be looked at again: none when another statement begins, or when what functions read has become
   * another (a name of the notebook, one of a function around, a default).
   *
   * @param version stays the same as long as none of that has
   */
  of(purpose: object, statement: object, version: number): ReadonlySet<Closure> {
    return this.find(purpose, statement, version).closures;
  }

  /** @param look gets these functions, and adds to them */
  look(purpose: object, statement: object, version: number, look: (closures: Set<Closure>) => void): void {
    const looked = this.find(purpose, statement, version);
    const run = this.watch.runForNames(() => look(looked.closures));
    looked.run = looked.run === null ? run : this.watch.merge(looked.run, run);
  }

  private find(purpose: object, statement: object, version: number): Looked {
    const { watch } = this;
    const known = this.known.get(purpose);
    const isStale = (run: Run) => (known?.version === version ? watch.hasChanged(run) : watch.isStale(run));
    if (known?.statement === statement && (known.run === null || !isStale(known.run))) {
      if (known.run !== null && (known.version !== version || !watch.isUsed(known.run))) watch.use(known.run);
      known.version = version;
      return known;
    }
    const looked = { statement, version, closures: new Set<Closure>(), run: null };
    this.known.set(purpose, looked);
    return looked;
  }
}
