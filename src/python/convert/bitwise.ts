import type { SourceOffset, SourceSpan } from '../../text/offset.js';
import type { Expression } from '../ast.js';
import type { Conversion } from './conversion.js';

export function isBinary(c: Conversion, node: number, token: string): boolean {
  return c.type(node) === 'binary_operator' && c.type(c.next(node + 1)) === token;
}

/**
 * `a & b ^ c` is `(a & b) ^ c` in CPython and `a & (b ^ c)` in tree-sitter (tree-sitter-python 0.25.0). `first` is the first
 * operand, and `start` where the operation starts, both without a star.
 */
export function convertBitwise(c: Conversion, node: number, first: number, start: SourceOffset): Expression {
  const operands: number[] = [];
  const tokens: string[] = [];
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (c.isToken(next)) tokens.push(c.type(next));
    else if (isBinary(c, next, '"&"') || isBinary(c, next, '"^"'))
      pending.push(...c.children(next).reverse());
    else operands.push(operands.length === 0 ? first : next);
  }
  const groups: Operand[][] = [[]];
  for (const [at, operand] of operands.entries()) {
    if (tokens[at - 1] === '"^"') groups.push([]);
    const span = at === 0 ? { start, end: c.end(operand) } : c.span(operand);
    groups.at(-1)?.push({ expression: c.expression(operand), ...span });
  }
  const parts = groups.map((group) => ({
    expression: joinLeft(c, '&', group),
    start: group[0]?.start ?? start,
    end: group.at(-1)?.end ?? c.end(node),
  }));
  return joinLeft(c, '^', parts);
}

/** An operand with the span of its parentheses. */
interface Operand extends SourceSpan {
  readonly expression: Expression;
}

function joinLeft(c: Conversion, op: '&' | '^', operands: readonly Operand[]): Expression {
  const [first, ...rest] = operands;
  if (first === undefined) throw new Error('an operation without operands');
  let left = first.expression;
  for (const { expression: right, end } of rest) {
    left = { kind: 'BinaryOperation', start: first.start, end, source: c.source, left, op, right };
  }
  return left;
}
