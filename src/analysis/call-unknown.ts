import type { Call } from '../python/ast.js';
import { giveResults, runCallbacks } from './callbacks.js';
import type { Machine } from './machine.js';
import { namesInText } from './names-in-strings.js';
import { objectsOf, UNKNOWN, type Value } from './value.js';

/** A function nobody knows: it may change whatever it gets, keep it, call it, and give back anything. */
export function callUnknown(m: Machine, call: Call, values: readonly Value[]): Value {
  m.recorder.effects.add('unknown');
  for (const name of m.outOfSight.readByLibraries()) m.read(name);
  for (const value of values) m.use(value, { type: 'unknown', why: `\`${nameOf(call)}\` gets it` }, call);
  // Each may come to lie in each: by way of what is given back, for that takes no edge for each pair.
  const shares = objectsOf(values);
  const made = m.makeOf('unknown', call, values, { shares });
  for (const value of values) m.hold(value, made);
  const result = { ...made, closures: m.closuresOf(...values) };
  m.hold(made, { ...UNKNOWN, closures: result.closures });
  // What is asked now is asked of all that the values have become: nothing is new when it is asked again.
  m.mutateAll(values);
  const closures = runCallbacks(m, values, [...values, result]);
  for (const closure of closures) m.escape(closure);
  for (const text of textsOf(m, call, values)) for (const name of namesInText(text)) m.read(name);
  return giveResults(m, result, closures);
}

/** The texts among a call's arguments, with what is written between the interpolations of f-strings. */
function textsOf(m: Machine, call: Call, values: readonly Value[]): readonly string[] {
  const nodes = [...call.args, ...call.keywords.map(({ value }) => value)];
  const joined = nodes.filter(({ kind }) => kind === 'JoinedString');
  return [
    ...values.flatMap(({ text }) => text ?? []),
    ...joined.map((node) => m.textOf(node).replace(/^[a-z]*('{3}|"{3}|['"])/i, '')),
  ];
}

const nameOf = (call: Call): string =>
  call.func.kind === 'Name'
    ? call.func.id
    : call.func.kind === 'Attribute'
      ? call.func.attr.id
      : 'a function';
