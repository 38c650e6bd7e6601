import type { Expression, StringLiteral } from '../python/ast.js';

/**
 * How a value becomes text: with a format of its own, which is a number's (`{x:.3f}`); by its own `__format__` (`{x}`); or
 * as `str` or `repr` show it (`{x!r}`, `{x=}`).
 */
export type Formatting = 'as-number' | 'by-itself' | 'as-shown';

/** @param rest what follows the expression in an f-string */
export function howFormatted(rest: string): Formatting {
  const [, debug, conversion, format] = /^[\s)]*(=\s*)?(![ras]\s*)?(:[^}]*)?/.exec(rest) ?? [];
  const hasFormat = format !== undefined && format.length > 1;
  if (conversion !== undefined || (debug !== undefined && !hasFormat)) return 'as-shown';
  return hasFormat ? 'as-number' : 'by-itself';
}

/** How the fields of `'{:.3f} {}'.format(...)` do, the least of them. */
export function howFieldsFormat({ value }: StringLiteral): Formatting {
  const fields = value?.match(/\{[^{}]*\}/g) ?? ['{!r}'];
  if (fields.some((field) => field.includes('!'))) return 'as-shown';
  return fields.every((field) => /^\{\w*:[^{}]+\}$/.test(field)) ? 'as-number' : 'by-itself';
}

/** Whether a template of `%` shows a value as it is: `%s`, `%r`. `%f` and `%d` make a number of it. */
export function percentShows({ value }: StringLiteral): boolean {
  return /%(\(\w+\))?[-+ #0-9.*]*[sra]/.test(value ?? '%s');
}

/** `'a'` of `'a' % b % c`. */
export function leftmost(expression: Expression): Expression {
  let at = expression;
  while (at.kind === 'BinaryOperation') at = at.left;
  return at;
}
