import type { Constant, Expression, Name } from '../ast.js';
import type { Conversion, ConvertExpression } from './conversion.js';

function convertName(c: Conversion, node: number): Name {
  return { kind: 'Name', start: c.start(node), end: c.end(node), source: c.source, id: c.nameOf(node) };
}

function constantOf(type: Constant['type']): ConvertExpression {
  return (c, node) => ({ kind: 'Constant', ...c.span(node), source: c.source, type, text: c.textOf(node) });
}

/** Python's numbers; tree-sitter's are laxer. */
const INTEGER = /^(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[1-9](?:_?\d)*|0(?:_?0)*)$/;
const FLOAT = /^(?:\d(?:_?\d)*)?\.?(?:\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?$/;

/** A number: tree-sitter has `1j` among the integers, and takes Python 2's `0777` and `10L`. */
function convertNumber(c: Conversion, node: number): Constant {
  const text = c.textOf(node);
  const base = { kind: 'Constant', start: c.start(node), end: c.end(node), source: c.source } as const;
  if (INTEGER.test(text)) return { ...base, type: 'int', text };
  if (/[lL]$/.test(text)) c.refuse(node, 'a long integer is Python 2', 'python-2');
  if (/^0\d+$/.test(text)) {
    c.refuse(node, "leading zeros in decimal integer literals are Python 2: use '0o' for octal", 'python-2');
  }
  if (!FLOAT.test(text)) c.refuse(node, 'invalid decimal literal');
  return { ...base, type: /[jJ]$/.test(text) ? 'complex' : 'float', text };
}

function convertParentheses(c: Conversion, node: number): Expression {
  const inner = c.child(node, 0);
  const type = c.type(inner);
  if (type === 'list_splat' || type === 'parenthesized_list_splat') {
    c.refuse(inner, 'cannot use starred expression here');
  }
  return c.expression(inner);
}

export const atomConverters: readonly (readonly [string, ConvertExpression])[] = [
  ['identifier', convertName],
  ['integer', convertNumber],
  ['float', convertNumber],
  ['true', constantOf('bool')],
  ['false', constantOf('bool')],
  ['none', constantOf('None')],
  ['ellipsis', constantOf('Ellipsis')],
  ['parenthesized_expression', convertParentheses],
];
