import type { Expression, Slice, Yield } from '../ast.js';
import type { Conversion, ConvertExpression } from './conversion.js';
import { convertParameters } from './parameters.js';

/** Expressions that start with their operator, and slices. */

function convertNot(c: Conversion, node: number): Expression {
  return {
    kind: 'UnaryOperation',
    ...c.span(node),
    source: c.source,
    op: 'not',
    operand: c.expression(c.child(node, 0)),
  };
}

function convertUnary(c: Conversion, node: number): Expression {
  const token = c.type(node + 1);
  const op = token === '"-"' ? '-' : token === '"~"' ? '~' : '+';
  return {
    kind: 'UnaryOperation',
    ...c.span(node),
    source: c.source,
    op,
    operand: c.expression(c.child(node, 0)),
  };
}

/** `await x ** 2` is `(await x) ** 2` in CPython; tree-sitter has it the other way round. */
function convertAwait(c: Conversion, node: number): Expression {
  if (c.type(c.child(node, 0)) === 'unary_operator') c.refuse(node, 'invalid syntax');
  const value = c.expression(c.child(node, 0));
  const start = c.start(node);
  const isPower = c.type(c.child(node, 0)) === 'binary_operator';
  if (!isPower || value.kind !== 'BinaryOperation') {
    return { kind: 'Await', start, end: c.end(node), source: c.source, value };
  }
  const end = c.end(c.child(c.child(node, 0), 0));
  return { ...value, start, left: { kind: 'Await', start, end, source: c.source, value: value.left } };
}

function convertStar(c: Conversion, node: number): Expression {
  return { kind: 'Starred', ...c.span(node), source: c.source, value: c.expression(c.child(node, 0)) };
}

function convertNamedExpression(c: Conversion, node: number): Expression {
  const [name, value] = c.named(node);
  if (name === undefined || value === undefined) c.refuse(node, 'invalid syntax');
  return {
    kind: 'NamedExpression',
    ...c.span(node),
    source: c.source,
    target: { kind: 'Name', ...c.span(name), source: c.source, id: c.nameOf(name) },
    value: c.expression(value),
  };
}

function convertLambda(c: Conversion, node: number): Expression {
  const [first, second] = c.named(node);
  const body = second ?? first;
  if (first === undefined || body === undefined) c.refuse(node, 'invalid syntax');
  return {
    kind: 'Lambda',
    ...c.span(node),
    source: c.source,
    params: convertParameters(c, second === undefined ? null : first, c.start(node)),
    body: c.expression(body),
  };
}

function convertYield(c: Conversion, node: number): Yield {
  const [value] = c.named(node);
  return {
    kind: 'Yield',
    ...c.span(node),
    source: c.source,
    isFrom: c.hasToken(node, '"from"'),
    value: value === undefined ? null : c.expression(value),
  };
}

function convertSlice(c: Conversion, node: number): Slice {
  const parts: (Expression | null)[] = [null, null, null];
  let part = 0;
  for (const child of c.children(node)) {
    if (c.type(child) === '":"') part += 1;
    else parts[part] = c.expression(child);
  }
  const [lower = null, upper = null, step = null] = parts;
  return { kind: 'Slice', ...c.span(node), source: c.source, lower, upper, step };
}

export const prefixConverters: readonly (readonly [string, ConvertExpression])[] = [
  ['not_operator', convertNot],
  ['unary_operator', convertUnary],
  ['await', convertAwait],
  ['list_splat', convertStar],
  ['list_splat_pattern', convertStar],
  ['named_expression', convertNamedExpression],
  ['lambda', convertLambda],
  ['yield', convertYield],
  ['slice', convertSlice],
];
