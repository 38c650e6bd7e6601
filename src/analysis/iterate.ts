import { holdsData, type ValueKind } from '../pandas/kinds.js';
import type { Expression } from '../python/ast.js';
import { giveResults, runCallbacks } from './callbacks.js';
import type { Machine } from './machine.js';
import { joinValues, plain, type Value } from './value.js';

/** Kinds that give what lies in them, and run nothing for it. */
const AT_HAND: ReadonlySet<ValueKind> = new Set([
  'list',
  'dict',
  'set',
  'tuple',
  'str',
  'range',
  'Axes',
  'Index',
]);

/** Whether who asks it for its values changes it. */
export const isUsedUp = ({ kind }: Value): boolean => kind === 'iterator' || kind === 'file';

/** `frames[:] = made`, `frames += made`: the list comes to hold what lies in the value, or what it gives. */
export function holdElements(m: Machine, holder: Value, value: Value, node: Expression): void {
  m.holdAll(holder, value.kind === 'iterator' ? elementOf(m, value, node) : value);
}

/** What iterating over a value gives. */
export function elementOf(m: Machine, value: Value, node: Expression): Value {
  const elements = m.elementsOf(value);
  if (elements !== null && elements.length > 0) return joinValues(elements);
  m.use(value, { type: 'unknown', why: 'it is iterated over' }, node);
  if (value.kind === 'str') return plain('str');
  if (value.kind === 'range') return plain('number');
  const kind = value.kind === 'Axes' ? 'Axes' : 'unknown';
  const part = m.makePart(kind, value, node);
  if (AT_HAND.has(value.kind) || holdsData(value.kind)) return part;
  // It may be a generator, or run one.
  const ran = runCallbacks(m, [value]);
  if (ran.size > 0 || isUsedUp(value)) m.mutate(value);
  return giveResults(m, part, ran);
}
