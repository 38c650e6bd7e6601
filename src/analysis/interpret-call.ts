import type { Call } from '../python/ast.js';
import { type Arguments, evaluateArguments } from './arguments.js';
import { callClosure } from './call-function.js';
import { callMethod } from './call-method.js';
import { callQualified } from './call-qualified.js';
import { callUnknown } from './call-unknown.js';
import type { Machine } from './machine.js';
import type { Value } from './value.js';

/** The value of a call where the program runs; what the call does goes into the machine. */
export function evaluateCall(m: Machine, call: Call): Value {
  const { func } = call;
  if (func.kind === 'Attribute') {
    const owner = m.evaluate(m, func.value);
    const args = evaluateArguments(m, call);
    if (owner.qualified !== null && owner.objects.size === 0)
      return callQualified(m, call, `${owner.qualified}.${func.attr.id}`, args);
    return callMethod(m, call, owner, func.attr.id, args);
  }
  const callee = m.evaluate(m, func);
  const args = evaluateArguments(m, call);
  if (callee.closures.size > 0 && callee.kind === 'function')
    return callNotebookFunction(m, call, callee, args);
  if (callee.qualified !== null) return callQualified(m, call, callee.qualified, args);
  return callUnknown(m, call, [callee, ...args.all]);
}

function callNotebookFunction(m: Machine, call: Call, callee: Value, args: Arguments): Value {
  const [closure] = callee.closures;
  if (callee.closures.size === 1 && closure !== undefined) {
    const result = callClosure(m, call, closure, args);
    if (result !== null) return result;
  }
  return callUnknown(m, call, [callee, ...args.all]);
}
