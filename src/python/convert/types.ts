import type { BinaryOperation, Expression, TypeParam } from '../ast.js';
import type { Conversion, ConvertExpression } from './conversion.js';
import { joinIndex } from './displays.js';

/** Annotations: tree-sitter has its own nodes for what CPython parses as plain expressions. */

function convertType(c: Conversion, node: number): Expression {
  return c.expression(c.child(node, 0));
}

/** `List[int, str]`. */
function convertGeneric(c: Conversion, node: number): Expression {
  const [name, parameters] = c.named(node);
  if (name === undefined || parameters === undefined) c.refuse(node, 'invalid syntax');
  const children = c.children(parameters);
  const endsWithComma = c.type(children.at(-2) ?? 0) === '","';
  return {
    kind: 'Subscript',
    ...c.span(node),
    source: c.source,
    value: c.expression(name),
    index: joinIndex(c, c.named(parameters), endsWithComma),
  };
}

/** `A[x] | B | C`: tree-sitter has a union of `A[x]` with what follows, CPython nests to the left. */
function convertUnion(c: Conversion, node: number): Expression {
  const { source } = c;
  const [leftNode, rightNode] = c.named(node);
  if (leftNode === undefined || rightNode === undefined) c.refuse(node, 'invalid syntax');
  const start = c.start(node);
  let union = c.expression(leftNode);
  const links: BinaryOperation[] = [];
  let first = c.expression(rightNode);
  while (first.kind === 'BinaryOperation' && first.op === '|' && first.start === c.start(rightNode)) {
    links.push(first);
    first = first.left;
  }
  const end = links.at(-1)?.left.end ?? c.end(node);
  union = { kind: 'BinaryOperation', start, end, source, left: union, op: '|', right: first };
  for (const link of links.reverse()) union = { ...link, start, left: union };
  return union;
}

/** `A[1:2]` as an annotation: the slice is a "constrained type". */
function convertConstrained(c: Conversion, node: number): Expression {
  return {
    kind: 'Slice',
    ...c.span(node),
    source: c.source,
    lower: c.expression(c.child(node, 0)),
    upper: c.expression(c.child(node, 1)),
    step: null,
  };
}

function convertMember(c: Conversion, node: number): Expression {
  return {
    kind: 'Attribute',
    ...c.span(node),
    source: c.source,
    value: c.expression(c.child(node, 0)),
    attr: c.identifier(c.child(node, 1)),
  };
}

/** `*args: *Ts`. */
function convertSplat(c: Conversion, node: number): Expression {
  if (c.hasToken(node, '"**"')) c.refuse(node, 'invalid syntax');
  return { kind: 'Starred', ...c.span(node), source: c.source, value: c.expression(c.child(node, 0)) };
}

/** `[T: int, *Ts, **P]` (PEP 695); null where there is none. */
export function convertTypeParams(c: Conversion, node: number | null): TypeParam[] {
  if (node === null) return [];
  return c.named(node).map((type) => {
    const inner = c.child(type, 0);
    const base = { kind: 'TypeParam', ...c.span(inner), source: c.source, default: null } as const;
    switch (c.type(inner)) {
      case 'identifier':
        return { ...base, name: c.identifier(inner), bound: null };
      case 'splat_type':
        return { ...base, name: c.identifier(c.child(inner, 0)), bound: null };
      case 'constrained_type': {
        const name = c.child(c.child(inner, 0), 0);
        if (c.type(name) !== 'identifier') c.refuse(inner, 'invalid syntax');
        return { ...base, name: c.identifier(name), bound: c.expression(c.child(inner, 1)) };
      }
      default:
        return c.refuse(inner, 'invalid syntax');
    }
  });
}

export const typeConverters: readonly (readonly [string, ConvertExpression])[] = [
  ['type', convertType],
  ['generic_type', convertGeneric],
  ['union_type', convertUnion],
  ['constrained_type', convertConstrained],
  ['member_type', convertMember],
  ['splat_type', convertSplat],
];
