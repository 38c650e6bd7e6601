import type { Call } from '../python/ast.js';
import type { Machine } from './machine.js';
import type { Value } from './value.js';

/** A call's arguments, evaluated. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** `*args` or `**kwargs` stand among them. */
  readonly open: boolean;
  readonly all: readonly Value[];
}

/** Evaluates what a call is given. */
export function evaluateArguments(m: Machine, call: Call): Arguments {
  const positional = call.args.map((argument) => m.evaluate(m, argument));
  const keywords = new Map<string, Value>();
  const rest: Value[] = [];
  for (const keyword of call.keywords) {
    const value = m.evaluate(m, keyword.value);
    if (keyword.name === null) rest.push(value);
    else keywords.set(keyword.name.id, value);
  }
  const open = rest.length > 0 || call.args.some((argument) => argument.kind === 'Starred');
  return { positional, keywords, open, all: [...positional, ...keywords.values(), ...rest] };
}
