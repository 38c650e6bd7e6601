import type { Expression } from '../python/ast.js';
import { calledName } from '../python/called-name.js';
import { findAll } from '../python/walk.js';

/** `loss` of `history['loss']`. */
export function keyOf({ index }: Extract<Expression, { kind: 'Subscript' }>): string | null {
  return index.kind === 'StringLiteral' ? index.value : null;
}

/** Whether the value is a list, a dict or the like that is made here, and everything in it, too: nobody else has a part of it. */
export function makesContainer(value: Expression): boolean {
  if (value.kind === 'Call')
    return /^(list|dict|defaultdict|deque|OrderedDict|zeros|ones|empty|full)$/.test(calledName(value));
  if (value.kind === 'Dict') return value.entries.every((entry) => isOwn(entry.value));
  if (value.kind === 'List' || value.kind === 'Tuple') return value.elements.every(isOwn);
  return value.kind === 'Comprehension' || value.kind === 'DictComprehension';
}

/** Whether a part of a display is reached through it alone. */
const isOwn = (value: Expression): boolean => makesContainer(value) || findAll(value, 'Name').length === 0;
