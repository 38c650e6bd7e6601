import type { Parameter } from '../python/ast.js';
import { joinValues, NONE, sameValue, UNKNOWN, union, type Value } from './value.js';
import { type Watch, Watched } from './watch.js';

/** What is handed on by no name and lies in no object that whoever gets it has. */
export class OutOfSight {
  /** What any `raise` has raised. */
  private readonly raised: Watched<Value>;
  /** What a method was taken of that was not called there, by the object of what was taken. */
  private readonly methods: Watched<ReadonlyMap<number, Value>>;
  /** Names that functions read which a library has got: whatever nobody knows may call them. */
  private readonly libraries: Watched<ReadonlySet<string>>;
  private readonly defaults = new Map<Parameter, Watched<Value>>();
  /** As long as it stays the same, the defaults of parameters are what they were. */
  defaultsVersion = 0;
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
    this.raised = new Watched(watch, 'other', NONE);
    this.methods = new Watched<ReadonlyMap<number, Value>>(watch, 'other', new Map());
    this.libraries = new Watched<ReadonlySet<string>>(watch, 'other', new Set());
  }

  /** @param asFew makes one object of many */
  raise(value: Value, asFew: (value: Value) => Value): void {
    const all = asFew(joinValues([this.raised.current, value]));
    if (!sameValue(all, this.raised.current)) this.raised.change(all);
  }

  /** What whoever catches an error may get. */
  caught(): Value {
    return this.raised.read();
  }

  /** A method is taken of something, and not called there. */
  takeMethod(owner: Value, taken: Value): void {
    const before = this.methods.current;
    const methods = new Map(before);
    for (const id of taken.objects) {
      if (owner.objects.has(id)) continue;
      const known = before.get(id);
      methods.set(id, known === undefined ? owner : joinValues([known, owner]));
    }
    const isNew = [...methods].some(([id, all]) => !sameValue(all, before.get(id) ?? null));
    if (isNew) this.methods.change(methods);
  }

  /** What methods were taken of, by the object of what was taken. */
  takenMethods(): ReadonlyMap<number, Value> {
    return this.methods.read();
  }

  /** A library gets a function that reads these names. */
  giveToLibrary(names: ReadonlySet<string>): void {
    const all = union(this.libraries.current, names);
    if (all !== this.libraries.current) this.libraries.change(all);
  }

  /** The names that something reads which may call what libraries have got. */
  readByLibraries(): ReadonlySet<string> {
    return this.libraries.read();
  }

  /** A function is defined. One definition in a loop makes many functions. */
  setDefault(parameter: Parameter, value: Value): void {
    const known = this.defaultFor(parameter);
    const all = known.current === UNKNOWN ? value : joinValues([known.current, value]);
    if (sameValue(known.current, all)) return;
    known.change(all);
    this.defaultsVersion++;
  }

  /** What a parameter is where the call says nothing of it. */
  defaultOf(parameter: Parameter): Value {
    return this.defaultFor(parameter).read();
  }

  private defaultFor(parameter: Parameter): Watched<Value> {
    const known = this.defaults.get(parameter) ?? new Watched(this.watch, 'name', UNKNOWN);
    this.defaults.set(parameter, known);
    return known;
  }
}
