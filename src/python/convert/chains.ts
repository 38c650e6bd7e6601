import type {
  BinaryOperator,
  Call,
  Compare,
  CompareOperator,
  Conditional,
  Expression,
  Subscript,
} from '../ast.js';
import { convertArguments } from './arguments.js';
import type { Conversion, ConvertExpression } from './conversion.js';
import { joinElements } from './displays.js';

/**
 * Expressions that grow to the left: `a.b().c[d] + e and f`. Real notebooks have such chains 2,000 levels deep, so the way
 * down the left side is a loop, and the way up builds each link around the one below.
 */
type BuildLink = (conversion: Conversion, node: number, left: Expression) => Expression;

/** Token to operator, to share the strings. */
const BINARY = new Map<string, BinaryOperator>(
  (['+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '&', '|', '^'] as const).map((op) => [
    `"${op}"`,
    op,
  ]),
);

const COMPARE = new Map<string, CompareOperator>(
  (['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not'] as const).map((op) => [`"${op}"`, op]),
);

const LINKS: ReadonlyMap<string, BuildLink> = new Map<string, BuildLink>([
  ['attribute', buildAttribute],
  ['call', buildCall],
  ['subscript', buildSubscript],
  ['binary_operator', buildBinary],
  ['boolean_operator', buildBoolean],
  ['comparison_operator', buildCompare],
  ['conditional_expression', buildConditional],
]);

/**
 * Converts a chain. Two things tree-sitter binds too tightly at its far left are moved out around the whole chain, to where
 * CPython has them: the star of `[*a + b]` and the name of `(x := a if b else c)`.
 */
function convertChain(c: Conversion, node: number): Expression {
  const path: number[] = [];
  let bottom = node;
  while (LINKS.has(c.type(bottom))) {
    path.push(bottom);
    bottom += 1; // the left operand is the first child of each
  }
  const bottomType = c.type(bottom);
  const isStarred = bottomType === 'list_splat';
  const isNamed = bottomType === 'named_expression';
  let chain = c.expression(isStarred ? c.child(bottom, 0) : isNamed ? c.child(bottom, 1) : bottom);
  const { end } = c.span(node);
  const inner = isStarred || isNamed ? chain.start : null;
  for (let link = path.pop(); link !== undefined; link = path.pop()) {
    chain = LINKS.get(c.type(link))?.(c, link, chain) ?? chain;
    // The link's own start is the star's or the name's: its real left operand starts later.
    if (inner !== null) chain = { ...chain, start: inner };
  }
  const base = { start: c.start(node), end, source: c.source };
  if (isStarred) return { kind: 'Starred', ...base, value: chain };
  if (!isNamed) return chain;
  const name = c.child(bottom, 0);
  return {
    kind: 'NamedExpression',
    ...base,
    target: { kind: 'Name', ...c.span(name), source: c.source, id: c.nameOf(name) },
    value: chain,
  };
}

function buildAttribute(c: Conversion, node: number, value: Expression): Expression {
  const attr = c.next(node) - 1; // the last child, a leaf
  return {
    kind: 'Attribute',
    start: c.start(node),
    end: c.end(node),
    source: c.source,
    value,
    attr: c.identifier(attr),
  };
}

function buildCall(c: Conversion, node: number, func: Expression): Call {
  const list = c.next(node + 1);
  const base = { start: c.start(node), end: c.end(node), source: c.source };
  const argumentSpan = c.span(list);
  if (c.type(list) === 'generator_expression') {
    return { kind: 'Call', ...base, func, args: [c.expression(list)], keywords: [], argumentSpan };
  }
  const { args, keywords } = convertArguments(c, list);
  return { kind: 'Call', ...base, func, args, keywords, argumentSpan };
}

function buildSubscript(c: Conversion, node: number, value: Expression): Subscript {
  const end = c.next(node);
  const elements: number[] = [];
  let endsWithComma = false;
  for (let child = c.next(node + 1); child < end; child = c.next(child)) {
    const type = c.type(child);
    if (type === '","') endsWithComma = true;
    else if (!c.isToken(child)) {
      elements.push(child);
      endsWithComma = false;
    }
  }
  return {
    kind: 'Subscript',
    start: c.start(node),
    end: c.end(node),
    source: c.source,
    value,
    index: joinElements(c, c.expressions(elements), endsWithComma),
  };
}

function buildBinary(c: Conversion, node: number, left: Expression): Expression {
  const token = c.next(node + 1);
  const op = BINARY.get(c.type(token));
  if (op === undefined) c.refuse(node, 'invalid syntax');
  const right = c.expression(token + 1);
  return {
    kind: 'BinaryOperation',
    start: c.start(node),
    end: c.end(node),
    source: c.source,
    left,
    op,
    right,
  };
}

function buildBoolean(c: Conversion, node: number, left: Expression): Expression {
  const token = c.next(node + 1);
  const op = c.type(token) === '"and"' ? 'and' : 'or';
  const right = c.expression(token + 1);
  return {
    kind: 'BooleanOperation',
    start: c.start(node),
    end: c.end(node),
    source: c.source,
    op,
    left,
    right,
  };
}

function buildCompare(c: Conversion, node: number, left: Expression): Compare {
  const ops: CompareOperator[] = [];
  const comparators: Expression[] = [];
  const end = c.next(node);
  for (let child = c.next(node + 1); child < end; child = c.next(child)) {
    const type = c.type(child);
    const op = COMPARE.get(type);
    if (op !== undefined) ops.push(op);
    else if (type === '"<>"') c.refuse(node, "'<>' is Python 2: write '!='", 'python-2');
    else comparators.push(c.expression(child));
  }
  return {
    kind: 'Compare',
    start: c.start(node),
    end: c.end(node),
    source: c.source,
    left,
    ops,
    comparators,
  };
}

function buildConditional(c: Conversion, node: number, body: Expression): Conditional {
  const [, test, orelse] = c.named(node);
  if (test === undefined || orelse === undefined) c.refuse(node, "expected 'else' after 'if' expression");
  return {
    kind: 'Conditional',
    start: c.start(node),
    end: c.end(node),
    source: c.source,
    test: c.expression(test),
    body,
    orelse: c.expression(orelse),
  };
}

export const chainConverters: readonly (readonly [string, ConvertExpression])[] = [...LINKS.keys()].map(
  (type) => [type, convertChain] as const,
);
