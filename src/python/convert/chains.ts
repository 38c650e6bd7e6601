import type { SourceOffset } from '../../text/offset.js';
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
import { convertBitwise, isBinary } from './bitwise.js';
import type { Conversion, ConvertExpression } from './conversion.js';
import { joinIndex } from './displays.js';

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

export function isChain(c: Conversion, node: number): boolean {
  return LINKS.has(c.type(node));
}

/**
 * Converts a chain. Three things tree-sitter binds otherwise than CPython are put right: the star of `[*a + b]` and the name
 * of `(x := a if b else c)`, which it binds to `a` alone, go around the whole chain; `&` and `^` have their precedence swapped.
 */
function convertChain(c: Conversion, node: number): Expression {
  const path: number[] = [];
  const bottom = descend(c, node, path);
  let first = bottom;
  while (isChain(c, first)) first += 1; // within a run that `descend` stopped at
  const isStarred = c.type(first) === 'list_splat';
  const isNamed = c.type(first) === 'named_expression';
  const inner = isStarred ? c.child(first, 0) : isNamed ? c.child(first, 1) : first;
  const start = inner === first ? c.start(node) : c.start(inner);
  const left = first === bottom ? c.expression(inner) : convertBitwise(c, bottom, inner, start);
  const value = climb(c, path, left, inner === first ? null : start);
  if (inner === first) return value;
  const base = { start: c.start(node), end: c.end(node), source: c.source };
  if (isStarred) return { kind: 'Starred', ...base, value };
  const name = c.child(first, 0);
  const target = { kind: 'Name', ...c.span(name), source: c.source, id: c.nameOf(name) } as const;
  return { kind: 'NamedExpression', ...base, target, value };
}

/** Converts a chain whose far left is converted by `convertBottom`, and starts at `start`. */
export function rebuildChain(
  c: Conversion,
  node: number,
  start: SourceOffset,
  convertBottom: (bottom: number) => Expression,
): Expression {
  const path: number[] = [];
  return climb(c, path, convertBottom(descend(c, node, path)), start);
}

/**
 * Goes down the left side, noting the links. Ends at what is no link, or at a run of `&` that has an unparenthesised `^`
 * among its operands.
 */
function descend(c: Conversion, node: number, path: number[]): number {
  let bottom = node;
  let runOfAnd: number | null = null;
  while (isChain(c, bottom)) {
    if (isBinary(c, bottom, '"&"')) {
      runOfAnd ??= path.length;
      const right = c.next(c.next(bottom + 1));
      if (isBinary(c, bottom + 1, '"^"') || isBinary(c, right, '"^"')) {
        path.push(bottom);
        return path.splice(runOfAnd)[0] ?? bottom;
      }
    } else {
      runOfAnd = null;
    }
    path.push(bottom);
    bottom += 1; // the left operand is the first child of each link
  }
  return bottom;
}

/** Builds the links, the last noted first. `start`: where each starts instead of at its node. */
function climb(
  c: Conversion,
  path: readonly number[],
  bottom: Expression,
  start: SourceOffset | null,
): Expression {
  let chain = bottom;
  for (let at = path.length - 1; at >= 0; at -= 1) {
    const link = path[at] ?? 0;
    chain = LINKS.get(c.type(link))?.(c, link, chain) ?? chain;
    if (start !== null) chain = { ...chain, start };
  }
  return chain;
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
    index: joinIndex(c, elements, endsWithComma),
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
