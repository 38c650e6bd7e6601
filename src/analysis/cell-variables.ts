import type { Scope } from './scope.js';
import { joinValues, sameValue, type Value } from './value.js';
import { type Watch, Watched } from './watch.js';

type Names<T> = Map<Scope, Map<string, T>>;
type Variable = Watched<Value | undefined>;

/**
 * What functions share with the functions in them. A function that is called finds what it was given when it was defined,
 * and it may be called at any time: so a name that is shared may be all that it has ever been.
 */
export class CellVariables {
  /** As long as it stays the same, each name is what it was. */
  version = 0;
  private readonly values: Names<Variable> = new Map();
  /** Those that functions inside have bound, by `nonlocal`. */
  private readonly boundInside: Names<Variable> = new Map();
  private readonly objects: Names<Value> = new Map();
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  /** The cell itself, which every function keeps that uses the name. */
  objectOf(owner: Scope, name: string, make: () => Value): Value {
    return entryOf(this.objects, owner, name, make);
  }

  /** The function itself binds the name. */
  bindOwn(owner: Scope, name: string, value: Value): void {
    this.add(this.values, owner, name, value);
  }

  /** A function inside of `owner` binds its name. */
  bindFree(owner: Scope, name: string, value: Value): void {
    this.add(this.values, owner, name, value);
    this.add(this.boundInside, owner, name, value);
  }

  /** What the name may be for the function itself, which has given it `value`. */
  readOwn(owner: Scope, name: string, value: Value | null): Value | null {
    const inside = this.readIn(this.boundInside, owner, name);
    if (inside === undefined) return value;
    return value === null ? inside : joinValues([value, inside]);
  }

  /** What the name may be for a function inside. */
  readFree(owner: Scope, name: string): Value | undefined {
    return this.readIn(this.values, owner, name);
  }

  private readIn(names: Names<Variable>, owner: Scope, name: string): Value | undefined {
    return this.variableOf(names, owner, name).read();
  }

  private add(names: Names<Variable>, owner: Scope, name: string, value: Value): void {
    const variable = this.variableOf(names, owner, name);
    const known = variable.current;
    const joined = known === undefined ? value : joinValues([known, value]);
    if (known !== undefined && sameValue(known, joined)) return;
    variable.change(joined);
    this.version++;
  }

  private variableOf(names: Names<Variable>, owner: Scope, name: string): Variable {
    return entryOf(names, owner, name, () => new Watched<Value | undefined>(this.watch, 'name', undefined));
  }
}

function entryOf<T>(all: Names<T>, owner: Scope, name: string, make: () => T): T {
  const names = all.get(owner) ?? new Map<string, T>();
  all.set(owner, names);
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = make();
  names.set(name, made);
  return made;
}
