import type { ValueKind } from '../pandas/kinds.js';
import { holdsData, isImmutable } from '../pandas/kinds.js';
import type {
  Call,
  ClassDef,
  Expression,
  FunctionDef,
  Lambda,
  Module,
  Node,
  Parameter,
  Statement,
} from '../python/ast.js';
import { contains } from '../python/walk.js';
import { Bindings } from './bindings.js';
import type { Budget } from './budget.js';
import { Calls } from './calls.js';
import { CellVariables } from './cell-variables.js';
import type { Operation } from './column-use.js';
import { DataUses } from './data-uses.js';
import type { GlobalNames, OwnNames } from './global-names.js';
import { LookedAt } from './looked-at.js';
import { ObjectGraph } from './object-graph.js';
import { OutOfSight } from './out-of-sight.js';
import { Paths } from './paths.js';
import { Places } from './places.js';
import type { Noneness } from './program.js';
import type { Reach } from './reaches-names.js';
import type { ReadInTheMaking } from './reads.js';
import { newRecorder, type Recorder } from './recorder.js';
import type { Scope } from './scope.js';
import { owningScope } from './scopes.js';
import {
  type Closure,
  joinValues,
  objectsOf,
  sameData,
  UNKNOWN,
  union,
  type Value,
  type ValueData,
} from './value.js';
import { Watch } from './watch.js';

/** What a name refers to, from which statement to which. */
export interface Holding {
  /** Its place among all. */
  readonly serial: number;
  readonly name: string;
  readonly from: number;
  /** The statement that ends it; null: the notebook's end. */
  to: number | null;
  readonly objects: ReadonlySet<number>;
}

/** A function's or comprehension's own names while its body is interpreted. */
export interface Frame {
  readonly kind: 'function' | 'comprehension' | 'class' | 'type-params';
  readonly names: OwnNames;
  readonly values: Bindings;
  readonly returns: Value[];
  /** What a generator may be sent. */
  readonly sent: ReadonlySet<number>;
}

/** A loop's variable that is bound in every cell may be any of what it ever was. */
const MAX_OBJECTS = 32;

const NO_OBJECTS: ReadonlySet<number> = new Set();
const NO_CLOSURES: ReadonlySet<Closure> = new Set();

/** What is known of an object that is made. */
interface MakeOptions {
  readonly none?: Noneness;
  readonly keeps?: ReadonlySet<number>;
  readonly shares?: ReadonlySet<number>;
  /** Objects of which it may hold parts as its own: they change together, and it keeps no more than its own size. */
  readonly overlaps?: ReadonlySet<number>;
  readonly data?: ValueData | null;
  /** What the object is as large as, where its values are not the data's any more. */
  readonly size?: ValueData | null;
  readonly closures?: ReadonlySet<Closure>;
  readonly elements?: readonly Value[];
  readonly qualified?: string | null;
}

/** A value but for its objects. */
function bareValue(kind: ValueKind, options: MakeOptions): Value {
  return {
    ...UNKNOWN,
    kind,
    none: options.none ?? (kind === 'unknown' ? 'maybe' : kind === 'None' ? 'always' : 'never'),
    closures: options.closures ?? NO_CLOSURES,
    data: options.data ?? null,
    elements: options.elements ?? null,
    qualified: options.qualified ?? null,
  };
}

/** The state of an abstract run of the notebook: what each name may be, and what has been made. */
export class Machine {
  readonly watch: Watch = new Watch(() => this.names);
  readonly graph = new ObjectGraph<Holding>(this.watch);
  readonly reads = new Map<Node, ReadInTheMaking>();
  /** Those that a function, a class or a comprehension runs. */
  readonly readsInFunctions = new Set<ReadInTheMaking>();
  /** Functions that were taken for anything somewhere. */
  readonly unfollowed = new Set<Closure>();
  readonly uses = new DataUses(this.watch);
  readonly values = new Map<Expression, { kind: ValueKind; none: Noneness }>();
  /** The value of the top-level statement's own expression, for whoever shows it. */
  private lastValue: Value = UNKNOWN;
  readonly frames: Frame[] = [];
  readonly calling = new Set<Closure>();
  /** Names that something may read at any later time: the globals of a callback that was handed to somebody. */
  readonly escaped = new Set<string>();
  readonly outOfSight = new OutOfSight(this.watch);
  private readonly results = new Map<Closure, Value>();
  private readonly views = new Map<Call, Value>();
  private lostValue: Value | null = null;
  private readonly looked = new LookedAt(this.watch);
  /** Objects that something may have changed. */
  private readonly changed = new Set<number>();
  /** Why no name can be known anywhere. */
  opaque: string | null = null;
  /** Set where that is because code may reach any of them, and not only bind some. */
  reach: Reach | null = null;
  statement = 0;
  private node: Statement | null = null;
  readonly places = new Places();
  /** How often a name of the notebook has been bound or unbound. */
  private boundCount = 0;
  private readonly budget: Budget;
  recorder: Recorder = newRecorder();
  private readonly names = new Bindings(this.watch, true);
  private readonly cells = new CellVariables(this.watch);
  readonly paths = new Paths(() => [this.names, ...this.frames.map(({ values }) => values)], this.watch);
  readonly calls = new Calls(this.watch, this.paths, () => this.boundCount);
  readonly globalNames: GlobalNames;
  /** Runs a called function's body; handed in, for statements know calls and calls know statements. */
  readonly runBlock: (machine: Machine, body: readonly Statement[]) => void;
  /** Evaluates an expression; handed in for the same reason. */
  readonly evaluate: (machine: Machine, expression: Expression) => Value;

  /** The author's own text of a node. */
  readonly textOf: (node: Node) => string;
  /** What a text of Python says; null where it is none. */
  readonly parse: (text: string) => Module | null;

  constructor(
    globalNames: GlobalNames,
    runBlock: Machine['runBlock'],
    evaluate: Machine['evaluate'],
    textOf: Machine['textOf'],
    parse: Machine['parse'],
    budget: Budget,
  ) {
    this.textOf = textOf;
    this.parse = parse;
    this.globalNames = globalNames;
    this.runBlock = runBlock;
    this.evaluate = evaluate;
    this.budget = budget;
  }

  startStatement(index: number, node: Statement): void {
    this.statement = index;
    this.node = node;
    this.recorder = newRecorder();
    this.names.forget();
    this.paths.start();
    this.calls.start();
    this.watch.forget();
  }

  /** Whether the statement has bound the global on every path. */
  isDefinite(name: string): boolean {
    return this.names.isDefinite(name);
  }

  /** One level deeper into the tree; false where that is too deep for the stack, and the statement is taken for opaque. */
  enter(node: Node): boolean {
    const isEntered = this.places.enter(node);
    if (!isEntered) this.recorder.opaque ??= 'it is nested too deeply';
    return isEntered;
  }

  leave(): void {
    this.places.leave();
  }

  /** Code may reach any name. */
  reachAny(reach: Reach): void {
    this.reach ??= reach;
    this.opaque ??= reach.why;
  }

  /** A statement is interpreted. */
  spend(): void {
    if (this.calling.size > 0) this.budget.spend(this.calls.callbacks.isOn);
  }

  /** Whether no function is followed any more from here: too much has been run, or nothing comes of it. */
  get isSpent(): boolean {
    return this.reach !== null || this.budget.isSpent(this.calls.callbacks.isOn);
  }

  /** Looks at functions for some purpose, but for those that can give nothing new; adds to them those that it looks at. */
  lookAt(purpose: object, look: (closures: Set<Closure>) => void): void {
    this.looked.look(purpose, this.recorder, this.readVersion, look);
  }

  /** As long as it stays the same, what functions read is what it was. */
  private get readVersion(): number {
    return this.names.version + this.cells.version + this.outOfSight.defaultsVersion;
  }

  // ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What a global may be where the program is; null where nothing has bound it. */
  peek(name: string): Value | null {
    return this.names.get(name);
  }

  /** What a global may be, as few objects. */
  settle(name: string): Value | null {
    return this.settleIn(this.names, name);
  }

  private settleIn(names: Bindings, name: string): Value | null {
    const value = names.get(name);
    if (value === null || this.node === null) return value;
    const settled = this.asFew(value, this.node);
    if (settled !== value) names.set(name, settled, names.isDefinite(name));
    return settled;
  }

  /** Where a value may be more than a few objects, they count as one from here on, which changes when any does. */
  asFew(value: Value, node: Node): Value {
    if (value.objects.size <= MAX_OBJECTS) return value;
    const { kind, objects, closures } = value;
    return { ...value, objects: this.make(kind, node, { shares: objects, closures }).objects };
  }

  private frameOf(name: string): Frame | undefined {
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const frame = this.frames[i];
      if (frame?.names.locals.has(name) && (frame.kind !== 'class' || i === this.frames.length - 1))
        return frame;
    }
    return undefined;
  }

  /** The scope of the function around that binds the name for those in sight. */
  private ownerOf(name: string): Scope | undefined {
    const frame = this.frames.findLast(({ names }) => names.free.has(name));
    return frame === undefined ? undefined : owningScope(frame.names.scope, name);
  }

  /** The value of a name where the program runs; null where nothing has bound it. */
  read(name: string): Value | null {
    const frame = this.frameOf(name);
    if (frame !== undefined) return this.readLocal(frame, name);
    const owner = this.ownerOf(name);
    if (owner !== undefined) return this.cells.readFree(owner, name) ?? UNKNOWN;
    return this.readGlobal(name);
  }

  private readLocal({ kind, names, values }: Frame, name: string): Value | null {
    const value = this.settleIn(values, name);
    if (names.cells.has(name)) return this.cells.readOwn(names.scope, name, value) ?? UNKNOWN;
    if (kind !== 'class' || values.isDefinite(name)) return value ?? UNKNOWN;
    // The body of a class finds the global where it has not bound the name itself.
    const global = this.readGlobal(name);
    return value === null || global === null ? (value ?? global) : joinValues([value, global]);
  }

  private readGlobal(name: string): Value | null {
    this.noteRead(name);
    const value = this.peek(name);
    if (value !== null) this.readClosures(value.closures);
    return value;
  }

  private noteRead(name: string): void {
    this.recorder.reads.add(name);
    if (!this.names.isDefinite(name)) this.recorder.needs.add(name);
  }

  /** Whoever uses a function may read what the function reads. */
  readClosures(closures: ReadonlySet<Closure>): void {
    if (closures.size === 0) return;
    const seen = this.looked.of(this, this.recorder, this.readVersion);
    for (const closure of closures) {
      if (seen.has(closure)) continue;
      this.lookAt(this, (seen) => this.noteClosures(closures, seen));
      return;
    }
  }

  private noteClosures(closures: Iterable<Closure>, seen: Set<Closure>): void {
    for (const closure of closures) {
      if (seen.has(closure)) continue;
      seen.add(closure);
      const { reads } = this.globalNames.of(closure);
      const isElsewhere = !this.isInStatement(closure);
      for (const name of reads) {
        this.noteRead(name);
        if (isElsewhere) this.recorder.inFunctions.add(name);
        const value = this.peek(name);
        if (value !== null && value.closures.size > 0) this.noteClosures(value.closures, seen);
      }
    }
  }

  /** Somebody may call the function at any later time. */
  escape(closure: Closure): void {
    for (const name of this.globalNames.of(closure).reads) this.escaped.add(name);
  }

  /** A library has the function: whatever nobody knows may call it. */
  giveToLibrary(closure: Closure): void {
    this.escape(closure);
    this.outOfSight.giveToLibrary(this.globalNames.of(closure).reads);
  }

  /** Whether the node stands in the top-level statement that runs. */
  isInStatement(node: Node): boolean {
    return this.node !== null && contains(this.node, node);
  }

  bind(name: string, value: Value): void {
    const frame = this.frameOf(name);
    if (frame !== undefined) {
      this.bindLocal(frame, name, value);
      return;
    }
    const owner = this.ownerOf(name);
    if (owner === undefined) {
      this.bindGlobal(name, value);
      return;
    }
    this.cells.bindFree(owner, name, value);
    this.hold(this.cellOf(owner, name), value);
  }

  private bindLocal({ kind, names, values }: Frame, name: string, value: Value): void {
    values.set(name, value, kind === 'class');
    if (!names.cells.has(name)) return;
    this.cells.bindOwn(names.scope, name, value);
    this.hold(this.cellOf(names.scope, name), value);
  }

  /** What functions share with those in them, as an object: it holds all that the name has ever been. */
  private cellOf(owner: Scope, name: string): Value {
    const { node } = owner;
    return this.cells.objectOf(owner, name, () => (node === null ? UNKNOWN : this.makeNew('unknown', node)));
  }

  /** Enters a function, class or comprehension that finds these values in its names. */
  openFrame(
    kind: Frame['kind'],
    names: OwnNames,
    values: ReadonlyMap<string, Value>,
    sent: ReadonlySet<number> = NO_OBJECTS,
  ): Frame {
    const frame = { kind, names, values: new Bindings(this.watch, false), returns: [], sent };
    for (const [name, value] of values) this.bindLocal(frame, name, value);
    this.frames.push(frame);
    return frame;
  }

  bindGlobal(name: string, value: Value): void {
    this.boundCount++;
    this.recorder.bound.add(name);
    if (this.calling.size > 0) this.recorder.inFunctions.add(name);
    this.names.set(name, value, true);
  }

  unbind(name: string): void {
    const frame = this.frameOf(name);
    if (frame !== undefined) {
      frame.values.set(name, null, false);
      return;
    }
    if (this.ownerOf(name) !== undefined) return;
    this.boundCount++;
    this.noteRead(name);
    this.recorder.deletes.add(name);
    this.recorder.bound.add(name);
    this.names.set(name, null, false);
  }

  /** The names that are bound at the top level, with what they may be. */
  globals(): Iterable<readonly [string, Value]> {
    return this.names.entries();
  }

  // ── Objects ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * A new object of a kind that can be changed; immutable kinds have none. What the rounds of a loop make at one and the same place,
   * by way of the same calls, is one object.
   */
  make(kind: ValueKind, node: Node, options: MakeOptions = {}): Value {
    if (isImmutable(kind)) return bareValue(kind, options);
    const { places } = this;
    const place = places.innermost;
    if (place === null || !this.calls.mayRepeat) return this.makeNew(kind, node, options);
    const nth = places.count++;
    const before = this.calls.context.madeAt(place, nth);
    const [id = -1] = before?.objects ?? [];
    if (!this.isMadeLike(id, kind, node, options))
      return this.calls.context.note(place, nth, this.makeNew(kind, node, options));
    const { keeps = NO_OBJECTS, shares = NO_OBJECTS, overlaps = NO_OBJECTS } = options;
    const value = bareValue(kind, options);
    this.graph.extend(id, [keeps, shares], [shares, overlaps], value.closures);
    return this.calls.context.note(place, nth, { ...value, objects: new Set([id]) });
  }

  private isMadeLike(id: number, kind: ValueKind, node: Node, { data, size }: MakeOptions): boolean {
    const { graph } = this;
    return (
      graph.nodeOf(id) === node &&
      graph.kindOf(id) === kind &&
      sameData(graph.dataOf(id), data ?? size ?? null)
    );
  }

  private makeNew(kind: ValueKind, node: Node, options: MakeOptions = {}): Value {
    const { keeps = NO_OBJECTS, shares = NO_OBJECTS, overlaps = NO_OBJECTS } = options;
    const value = bareValue(kind, options);
    const id = this.graph.size;
    const object = { id, kind, node, statement: this.statement, data: options.data ?? options.size ?? null };
    this.graph.add(object, [keeps, shares], [shares, overlaps], value.closures);
    return { ...value, objects: new Set([id]) };
  }

  /** A part of a value of which nobody knows which one: something of its own, or any of the objects that lie in it. */
  makePart(kind: ValueKind, whole: Value, node: Node): Value {
    const part = this.make(kind, node, { shares: whole.objects, closures: this.closuresOf(whole) });
    // What is put into the part lies in the whole.
    this.hold(whole, part);
    const held = this.graph.heldBy(whole.objects);
    this.loseData(whole.objects, held, node);
    if (held.size <= MAX_OBJECTS) return { ...part, objects: union(part.objects, held) };
    // What lies in a long list counts as one object from here on.
    const { objects } = this.make(kind, node, { shares: held, closures: part.closures });
    for (const id of objects) this.graph.gather(whole.objects, id);
    return { ...part, objects: union(part.objects, objects) };
  }

  /**
   * A value that shares what these are: of a kind nobody knows it may be anything that lies in them, a list or dict may hold
   * that. Of data only the objects themselves count: what lies in a frame are its labels, and what is made of a list of
   * columns is a copy of them.
   */
  makeOf(kind: ValueKind, node: Node, values: readonly Value[], options: MakeOptions = {}): Value {
    if (holdsData(kind)) return this.make(kind, node, options);
    const result = this.make(kind, node, options);
    const outer = objectsOf(values.filter(({ kind }) => !holdsData(kind)));
    const inner = this.graph.heldBy(outer);
    this.loseData(outer, inner, node);
    if (kind === 'unknown') return this.asFew({ ...result, objects: union(result.objects, inner) }, node);
    this.hold(result, { ...UNKNOWN, objects: inner });
    return result;
  }

  /** The frames that lie in these by themselves. */
  framesIn(objects: ReadonlySet<number>): ReadonlySet<number> {
    const held = [...this.graph.heldBy(objects)];
    return new Set(held.filter((id) => this.graph.kindOf(id) === 'DataFrame'));
  }

  /** The objects and those that lie in them; where that is more than a few they count as one from here on. */
  withHeld(objects: ReadonlySet<number>, node: Node): ReadonlySet<number> {
    const all = union(objects, this.graph.heldBy(objects));
    this.loseData(objects, all, node);
    if (all.size <= MAX_OBJECTS) return all;
    const whole = this.make('unknown', node, { shares: all }).objects;
    for (const id of whole) this.graph.gather(objects, id);
    return whole;
  }

  /** After this, whatever reaches `holder` reaches `held`. */
  hold(holder: Value, held: Value): void {
    this.graph.hold(holder, held);
  }

  mutate(value: Value): void {
    for (const id of value.objects) this.change(id);
  }

  private change(id: number): void {
    const { mutated } = this.recorder;
    if (mutated.has(id) && this.changed.has(id)) return;
    mutated.add(id);
    this.changed.add(id);
    this.graph.noteChanged(id);
  }

  /** After this `holder` may hold the value, or what lies in it: `extend`, `update`, `+=`. */
  holdAll(holder: Value, held: Value): void {
    this.hold(holder, held);
    // What lies in a frame are its labels, and these are copied.
    const inner = holdsData(held.kind) ? NO_OBJECTS : this.graph.heldBy(held.objects);
    if (inner.size > 0) this.hold(holder, { ...held, objects: inner });
  }

  /** The object of a function, lambda or class where it is defined: from there on it keeps what it shares with those around it. */
  makeFunction(
    closure: FunctionDef | ClassDef | Lambda,
    closures: ReadonlySet<Closure> = NO_CLOSURES,
  ): Value {
    const value = this.make('function', closure, { closures: new Set([closure, ...closures]) });
    const { scope, free } = this.globalNames.namesOf(closure);
    for (const name of free) {
      const owner = owningScope(scope, name);
      if (owner !== undefined) this.hold(value, this.cellOf(owner, name));
    }
    return value;
  }

  /** What the names may be that a function finds in the functions around it. */
  freeOf(closure: Closure): readonly Value[] {
    const { scope, free } = this.globalNames.namesOf(closure);
    return [...free].flatMap((name) => {
      const owner = owningScope(scope, name);
      return owner === undefined ? [] : (this.cells.readFree(owner, name) ?? []);
    });
  }

  /** Evaluates the defaults of parameters, which the function keeps from its definition on. */
  holdDefaults(holder: Value, parameters: readonly Parameter[]): void {
    for (const parameter of parameters) {
      if (parameter.default === null) continue;
      const value = this.evaluate(this, parameter.default);
      this.hold(holder, value);
      this.outOfSight.setDefault(parameter, value);
    }
  }

  /** After this, `all` may be any of the values, or anything that can be reached from them; all of that may have changed. */
  loseSight(all: Value, values: readonly Value[]): void {
    for (const value of values) {
      this.hold(value, all);
      if (this.node !== null) this.lose(value, this.node);
    }
    const reached = new Set(this.graph.contents(objectsOf([all, ...values])));
    for (const id of all.objects) this.graph.share(id, reached);
    this.mutateAll([all]);
  }

  /** The rows or columns that a call hands to a function: one object, however often the call is interpreted. */
  viewOf(call: Call): Value {
    const view = this.views.get(call) ?? this.makeNew('Series', call);
    this.views.set(call, view);
    return view;
  }

  // ── What functions give ─────────────────────────────────────────────────────────────────────────────────────────

  /**
   * All that a function gives to those of whom nobody knows when they call it, as one object that changes together with it:
   * so that a result can be handed on before the function has been run.
   */
  resultOf(closure: Closure): Value {
    const known = this.results.get(closure);
    if (known !== undefined) return known;
    const value = this.makeNew('unknown', closure);
    this.results.set(closure, value);
    return value;
  }

  /** All that functions get and give that are not followed any more, where too much has been run. */
  get lost(): Value {
    if (this.lostValue === null)
      this.lostValue = this.node === null ? UNKNOWN : this.makeNew('unknown', this.node);
    return this.lostValue;
  }

  /** One of those calls has given this. */
  giveBack(closure: Closure, value: Value): void {
    this.lose(value, closure);
    const result = this.resultOf(closure);
    for (const id of result.objects) this.graph.share(id, value.objects);
    this.hold(result, value);
  }

  /** The values in a tuple or list display; null where they are not known, or something may have changed the list. */
  elementsOf(value: Value): readonly Value[] | null {
    if (value.elements === null || value.kind === 'tuple') return value.elements;
    // Most lists that have changed were changed themselves: only for the others all that changes with them is looked at.
    for (const id of value.objects) if (this.changed.has(id)) return null;
    for (const id of this.graph.overlap(value.objects)) if (this.changed.has(id)) return null;
    this.graph.noteUnchanged(value.objects);
    return value.elements;
  }

  /** The value changes, or anything that can be reached from it. */
  mutateAll(values: readonly Value[]): void {
    for (const id of this.graph.contents(objectsOf(values))) this.change(id);
  }

  /** The closures that can be reached from any of the values. */
  closuresOf(...values: readonly Value[]): ReadonlySet<Closure> {
    return values.reduce((all, value) => union(all, this.graph.closuresOf(value)), NO_CLOSURES);
  }

  // ── What is asked of the data ───────────────────────────────────────────────────────────────────────────────────

  use(value: Value, operation: Operation, node: Expression, columns?: readonly string[]): void {
    this.uses.use(value, operation, node, this.statement, columns);
  }

  /** What lies in `outer`, which is `inner` and numbers, goes on as something of which nobody knows where it was read. */
  private loseData(outer: ReadonlySet<number>, inner: ReadonlySet<number>, node: Node): void {
    const data = [...inner].flatMap((id) => this.graph.dataOf(id) ?? []);
    // What a use is asked of is told by its text alone.
    this.uses.lose(outer, data, node as Expression, this.statement);
  }

  /** The value goes on as something of which nobody knows where it was read. */
  lose(value: Value, node: Node): void {
    if (value.data !== null) this.uses.lose(NO_OBJECTS, [value.data], node as Expression, this.statement);
    this.loseData(value.objects, value.objects, node);
  }

  /** The value that was noted last is shown below its cell. */
  useShown(shown: Expression): Value {
    this.use(this.lastValue, { type: 'shown' }, shown);
    return this.lastValue;
  }

  note(node: Expression, value: Value): Value {
    this.lastValue = value;
    const known = this.values.get(node);
    if (known === undefined) this.values.set(node, { kind: value.kind, none: value.none });
    else if (known.kind !== value.kind || known.none !== value.none) {
      known.kind = known.kind === value.kind ? known.kind : 'unknown';
      known.none = known.none === value.none ? known.none : 'maybe';
    }
    return value;
  }
}
