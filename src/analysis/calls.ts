import type { Node } from '../python/ast.js';
import { CalledBack } from './called-back.js';
import { Context, isGivenAgain, type Remembered } from './context.js';
import type { Paths } from './paths.js';
import { type Closure, UNKNOWN, type Value } from './value.js';
import type { Watch } from './watch.js';

/** The calls that lead to where the program is, in the top-level statement that runs, and what is known of those that were before. */
export class Calls {
  context = new Context();
  callbacks = new CalledBack();
  /** How many loops there are around, in the functions around, too. */
  loops = 0;
  private readonly watch: Watch;
  private readonly paths: Paths;
  /** How often a name of the notebook has been bound or unbound. */
  private readonly boundCount: () => number;

  constructor(watch: Watch, paths: Paths, boundCount: () => number) {
    this.watch = watch;
    this.paths = paths;
    this.boundCount = boundCount;
  }

  /** A top-level statement begins. */
  start(): void {
    this.context = new Context();
    this.callbacks = new CalledBack();
  }

  /**
   * Runs a function by way of another call, unless it has been run there with the same and would find nothing new.
   *
   * @param sent what it may be sent, where that is told
   */
  runOnce(
    call: Node,
    closure: Closure,
    parameters: ReadonlyMap<string, Value>,
    sent: ReadonlySet<number> | null,
    run: (parameters: ReadonlyMap<string, Value>) => Value,
  ): Value {
    const { paths, watch, callbacks } = this;
    const context = this.contextOf(call, closure);
    if (callbacks.isOn) parameters = context.widen(parameters);
    if (!this.mayRepeat || paths.isDead) return this.runIn(context, () => run(parameters));
    const known = this.recall(context, parameters, sent);
    if (known !== null) {
      if (known.isDead) paths.die();
      return known.result;
    }
    const bound = this.boundCount();
    let result = UNKNOWN;
    const one = watch.run(() => {
      result = this.runIn(context, () => run(parameters));
    });
    context.remembered = null;
    // Who calls it again may find other names.
    if (this.boundCount() > bound || watch.hasChanged(one)) return result;
    watch.keep(one);
    context.remembered = { run: one, parameters, sent, result, isDead: paths.isDead };
    return result;
  }

  /** Whether a callback has been run with the same, and would find nothing new. */
  hasCalledBack(
    closure: Closure,
    parameters: ReadonlyMap<string, Value>,
    sent: ReadonlySet<number> | null,
  ): boolean {
    return this.recall(this.contextOf(closure, closure), parameters, sent) !== null;
  }

  /** Of callbacks there would be more ways from call to call than anybody can follow: what they call is told by its place alone. */
  private contextOf(call: Node, closure: Closure): Context {
    return (this.callbacks.isOn ? this.callbacks.context : this.context).of(call, closure);
  }

  private recall(
    { remembered }: Context,
    parameters: ReadonlyMap<string, Value>,
    sent: ReadonlySet<number> | null,
  ): Remembered | null {
    if (remembered === null || !isGivenAgain(remembered, parameters, sent)) return null;
    if (this.watch.isStale(remembered.run)) return null;
    this.watch.use(remembered.run);
    return remembered;
  }

  /** Runs something by way of other calls. */
  runIn<T>(context: Context, run: () => T): T {
    const outer = this.context;
    this.context = context;
    const result = run();
    this.context = outer;
    return result;
  }

  /** Whether what is run may be run again in the same top-level statement. */
  get mayRepeat(): boolean {
    return this.loops > 0 || this.callbacks.isOn;
  }
}
