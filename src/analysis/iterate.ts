import type { Expression } from '../python/ast.js';
import type { Machine } from './machine.js';
import { joinValues, plain, type Value } from './value.js';

/** What iterating over a value gives. */
export function elementOf(m: Machine, value: Value, node: Expression): Value {
  const elements = m.elementsOf(value);
  if (elements !== null && elements.length > 0) return joinValues(elements);
  m.use(value, { type: 'unknown', why: 'it is iterated over' }, node);
  if (value.kind === 'str') return plain('str');
  if (value.kind === 'range') return plain('number');
  const kind = value.kind === 'Axes' ? 'Axes' : 'unknown';
  return m.makePart(kind, value, node);
}
