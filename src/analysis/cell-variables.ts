import type { Scope } from './scope.js';
import { joinValues, sameValue, type Value } from './value.js';
import type { Watch } from './watch.js';

/** What a name may be, and when it was last read. */
interface Variable {
  value: Value | undefined;
  readAt: number;
}

/**
 * What functions share with the functions in them. A function that is called finds what it was given when it was defined,
 * and it may be called at any time: so a name that is shared may be all that it has ever been.
 */
export class CellVariables {
  /** As long as it stays the same, each name is what it was. */
  version = 0;
  private readonly values = new Map<Scope, Map<string, Variable>>();
  /** Those that functions inside have bound, by `nonlocal`. */
  private readonly boundInside = new Map<Scope, Map<string, Variable>>();
  private readonly objects = new Map<Scope, Map<string, Variable>>();
  private readonly watch: Watch;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  /** The cell itself, which every function keeps that uses the name. */
  objectOf(owner: Scope, name: string, make: () => Value): Value {
    const variable = variableOf(this.objects, owner, name);
    variable.value ??= make();
    return variable.value;
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

  private readIn(values: Map<Scope, Map<string, Variable>>, owner: Scope, name: string): Value | undefined {
    const variable = variableOf(values, owner, name);
    variable.readAt = this.watch.now;
    return variable.value;
  }

  private add(values: Map<Scope, Map<string, Variable>>, owner: Scope, name: string, value: Value): void {
    const variable = variableOf(values, owner, name);
    const joined = variable.value === undefined ? value : joinValues([variable.value, value]);
    if (variable.value !== undefined && sameValue(variable.value, joined)) return;
    variable.value = joined;
    this.version++;
    this.watch.change(variable.readAt);
  }
}

function variableOf(variables: Map<Scope, Map<string, Variable>>, owner: Scope, name: string): Variable {
  const names = variables.get(owner) ?? new Map<string, Variable>();
  variables.set(owner, names);
  const variable = names.get(name) ?? { value: undefined, readAt: 0 };
  names.set(name, variable);
  return variable;
}
