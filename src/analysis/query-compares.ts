import type { CompareOperator, Expression } from '../python/ast.js';
import { namesIn } from '../python/walk.js';
import type { Arguments } from './arguments.js';
import type { Machine } from './machine.js';

/** `column op other`, where `other` asks for no column. */
export interface QueryCompare {
  readonly column: string;
  readonly op: CompareOperator;
  readonly other: Expression;
}

/** What `df.query('a > 3')` compares; null where it does more than that, or is told more than its text. */
export function comparesInQuery(m: Machine, args: Arguments): readonly QueryCompare[] | null {
  const text = args.positional[0]?.text ?? args.keywords.get('expr')?.text ?? null;
  const isPlain =
    !args.open && args.positional.length < 2 && [...args.keywords.keys()].every((k) => k === 'expr');
  const source = text === null || !isPlain ? null : asExpression(text);
  const [statement, ...others] = source === null ? [] : (m.parse(source)?.body ?? []);
  if (statement?.kind !== 'ExpressionStatement' || others.length > 0) return null;
  return comparesOf(statement.value);
}

/** What `@` becomes before the name of a variable, so that the text of a query is an expression of Python. */
const AT = 'nbslim_variable_';

/** The text of a query as an expression of Python; null where it has names in backticks, which Python has not. */
function asExpression(query: string): string | null {
  return query.includes('`') ? null : `(${query.replace(/@(?=[\p{L}_])/gu, AT)})`;
}

/**
 * The comparisons that a query is made of, on whichever engine it is worked out: each gives for each row what
 * `df[column] op other` gives. Null where it does anything else with a column.
 * [fact: dtype/query-compares]
 */
function comparesOf(query: Expression): readonly QueryCompare[] | null {
  switch (query.kind) {
    case 'BooleanOperation':
      return both(query.left, query.right);
    case 'BinaryOperation':
      return query.op === '&' || query.op === '|' ? both(query.left, query.right) : null;
    case 'UnaryOperation':
      return query.op === 'not' || query.op === '~' ? comparesOf(query.operand) : null;
    case 'Compare':
      return comparesIn([query.left, ...query.comparators], query.ops);
    default:
      return null;
  }
}

function both(left: Expression, right: Expression): readonly QueryCompare[] | null {
  const [a, b] = [comparesOf(left), comparesOf(right)];
  return a === null || b === null ? null : [...a, ...b];
}

const MIRRORED: Partial<Record<CompareOperator, CompareOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

function comparesIn(
  sides: readonly Expression[],
  ops: readonly CompareOperator[],
): readonly QueryCompare[] | null {
  const found: QueryCompare[] = [];
  for (const [i, op] of ops.entries()) {
    const [left, right] = [sides[i], sides[i + 1]];
    const mirrored = MIRRORED[op];
    if (left === undefined || right === undefined || mirrored === undefined) return null;
    if (!isPlain(left) || !isPlain(right)) return null;
    if (isColumn(left)) found.push({ column: left.id, op, other: right });
    if (isColumn(right)) found.push({ column: right.id, op: mirrored, other: left });
  }
  return found;
}

const isColumn = (side: Expression): side is Extract<Expression, { kind: 'Name' }> =>
  side.kind === 'Name' && !side.id.startsWith(AT);

/** A column, or what asks for none. */
const isPlain = (side: Expression): boolean =>
  isColumn(side) || [...namesIn(side)].every((name) => name.startsWith(AT));
