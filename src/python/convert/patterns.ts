import { sourceOffset } from '../../text/offset.js';
import type { Expression, Identifier, MatchCase, Pattern, Statement } from '../ast.js';
import type { Block, Conversion, ConvertStatement } from './conversion.js';
import { joinElements } from './displays.js';

function convertMatch(c: Conversion, node: number): Statement {
  const children = c.named(node);
  const block = children.pop();
  if (block === undefined) c.refuse(node, 'invalid syntax');
  const beforeColon = c.children(node).at(-3) ?? node;
  const subject = joinElements(c, children, c.type(beforeColon) === '","');
  const cases = c.named(block).map((child) => convertCase(c, child));
  const end = cases.at(-1)?.end;
  if (end === undefined) c.refuse(node, "expected an indented block after 'match' statement");
  return { kind: 'Match', start: c.start(node), end, source: c.source, subject, cases };
}

function convertCase(c: Conversion, node: number): MatchCase {
  const patterns: number[] = [];
  let guard: Expression | null = null;
  let block: Block | null = null;
  let hasComma = false;
  for (const child of c.children(node)) {
    const type = c.type(child);
    if (type === 'case_pattern') patterns.push(child);
    else if (type === 'if_clause') guard = c.expression(c.child(child, 0));
    else if (type === 'block') block = c.block(child);
    else if (type === '","') hasComma = true;
  }
  if (block === null) c.refuse(node, 'invalid syntax');
  return {
    kind: 'MatchCase',
    start: c.start(node),
    end: block.end,
    source: c.source,
    pattern: convertPattern(c, patterns, hasComma),
    guard,
    body: block.body,
  };
}

interface Collected {
  readonly binds: Identifier[];
  readonly reads: Expression[];
}

/** All that stands between `case` and the guard: several patterns, or one with a comma, are a sequence. */
function convertPattern(c: Conversion, nodes: readonly number[], hasComma: boolean): Pattern {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) throw new Error('a case without a pattern');
  const into: Collected = { binds: [], reads: [] };
  for (const node of nodes) collectPattern(c, node, into);
  return {
    kind: 'Pattern',
    start: c.start(first),
    end: hasComma && nodes.length === 1 ? c.after(',', c.end(last)) : c.end(last),
    source: c.source,
    ...into,
    irrefutable: nodes.length === 1 && !hasComma && isIrrefutable(c, first),
  };
}

function collectPattern(c: Conversion, node: number, into: Collected): void {
  const children = c.named(node);
  switch (c.type(node)) {
    case 'as_pattern': {
      const [inner = node, alias = node] = children;
      collectPattern(c, inner, into);
      capture(c, alias, into);
      return;
    }
    case 'splat_pattern':
      for (const child of children) capture(c, child, into);
      return;
    case 'dotted_name':
      if (children.length === 1) for (const child of children) capture(c, child, into);
      else into.reads.push(dottedValue(c, node));
      return;
    case 'class_pattern': {
      const [name = node, ...parts] = children;
      into.reads.push(dottedValue(c, name));
      for (const part of parts) collectPattern(c, part, into);
      return;
    }
    case 'keyword_pattern':
      for (const child of children.slice(1)) collectPattern(c, child, into);
      return;
    case 'integer':
    case 'float':
      into.reads.push(signed(c, c.expression(node)));
      return;
    case 'complex_pattern':
      for (const child of children) into.reads.push(signed(c, c.expression(child)));
      return;
    case 'string':
    case 'concatenated_string':
    case 'true':
    case 'false':
    case 'none':
      into.reads.push(c.expression(node));
      return;
    default:
      for (const child of children) collectPattern(c, child, into);
  }
}

function capture(c: Conversion, node: number, into: Collected): void {
  if (c.textOf(node) !== '_') into.binds.push(c.identifier(node));
}

/** `a.b.c` read as a value, or the name of a class. */
function dottedValue(c: Conversion, node: number): Expression {
  const [first, ...rest] = c.named(node);
  if (first === undefined) c.refuse(node, 'invalid syntax');
  let value = c.expression(first);
  for (const part of rest) {
    const attr = c.identifier(part);
    value = { kind: 'Attribute', start: value.start, end: attr.end, source: c.source, value, attr };
  }
  return value;
}

/** Numbers in patterns have their `-` as a token without a span: it stands before the number. */
function signed(c: Conversion, operand: Expression): Expression {
  const before = /-\s*$/.exec(c.text.slice(0, operand.start));
  if (before === null) return operand;
  return {
    kind: 'UnaryOperation',
    start: sourceOffset(before.index),
    end: operand.end,
    source: c.source,
    op: '-',
    operand,
  };
}

/** `_`, a bare name, these in parentheses, with `as`, or as the last alternative. */
function isIrrefutable(c: Conversion, node: number): boolean {
  const children = c.named(node);
  switch (c.type(node)) {
    case 'case_pattern':
      return children.length === 0
        ? c.hasToken(node, '"_"')
        : children.every((child) => isIrrefutable(c, child));
    case 'tuple_pattern':
      return children.length === 1 && !c.hasToken(node, '","') && isIrrefutable(c, children[0] ?? node);
    case 'dotted_name':
      return children.length === 1;
    case 'as_pattern':
      return isIrrefutable(c, children[0] ?? node);
    case 'union_pattern':
      return c
        .children(node)
        .some((child) => c.type(child) === '"_"' || (!c.isToken(child) && isIrrefutable(c, child)));
    default:
      return false;
  }
}

export const matchConverters: readonly (readonly [string, ConvertStatement])[] = [
  ['match_statement', convertMatch],
];
