import type { Scope } from './scope.js';
import { joinValues, sameValue, type Value } from './value.js';

/**
 * What functions share with the functions in them. A function that is called finds what it was given when it was defined,
 * and it may be called at any time: so a name that is shared may be all that it has ever been.
 */
export class CellVariables {
  /** As long as it stays the same, each name is what it was. */
  version = 0;
  private readonly values = new Map<Scope, Map<string, Value>>();
  /** Those that functions inside have bound, by `nonlocal`. */
  private readonly boundInside = new Map<Scope, Map<string, Value>>();

  private readonly objects = new Map<Scope, Map<string, Value>>();

  /** The cell itself, which every function keeps that uses the name. */
  objectOf(owner: Scope, name: string, make: () => Value): Value {
    const known = this.objects.get(owner)?.get(name);
    if (known !== undefined) return known;
    const value = make();
    this.add(this.objects, owner, name, value);
    return value;
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
    const inside = this.boundInside.get(owner)?.get(name);
    if (inside === undefined) return value;
    return value === null ? inside : joinValues([value, inside]);
  }

  /** What the name may be for a function inside. */
  readFree(owner: Scope, name: string): Value | undefined {
    return this.values.get(owner)?.get(name);
  }

  private add(values: Map<Scope, Map<string, Value>>, owner: Scope, name: string, value: Value): void {
    const names = values.get(owner) ?? new Map<string, Value>();
    values.set(owner, names);
    const known = names.get(name);
    const joined = known === undefined ? value : joinValues([known, value]);
    if (known !== undefined && sameValue(known, joined)) return;
    names.set(name, joined);
    this.version++;
  }
}
