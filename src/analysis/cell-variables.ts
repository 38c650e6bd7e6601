import type { Scope } from './scope.js';
import { joinValues, type Value } from './value.js';

/**
 * What functions share with the functions in them. A function that is called finds what it was given when it was defined,
 * and it may be called at any time: so a name that is shared may be all that it has ever been.
 */
export class CellVariables {
  private readonly values = new Map<Scope, Map<string, Value>>();
  /** Those that functions inside have bound, by `nonlocal`. */
  private readonly boundInside = new Map<Scope, Map<string, Value>>();

  private readonly objects = new Map<Scope, Map<string, Value>>();

  /** The cell itself, which every function keeps that uses the name. */
  objectOf(owner: Scope, name: string, make: () => Value): Value {
    const known = this.objects.get(owner)?.get(name);
    if (known !== undefined) return known;
    const value = make();
    add(this.objects, owner, name, value);
    return value;
  }

  /** The function itself binds the name. */
  bindOwn(owner: Scope, name: string, value: Value): void {
    add(this.values, owner, name, value);
  }

  /** A function inside of `owner` binds its name. */
  bindFree(owner: Scope, name: string, value: Value): void {
    add(this.values, owner, name, value);
    add(this.boundInside, owner, name, value);
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
}

function add(values: Map<Scope, Map<string, Value>>, owner: Scope, name: string, value: Value): void {
  const names = values.get(owner) ?? new Map<string, Value>();
  values.set(owner, names);
  const known = names.get(name);
  names.set(name, known === undefined ? value : joinValues([known, value]));
}
