import { sourceOffset } from '../../text/offset.js';
import type { Assign, Expression, Statement } from '../ast.js';
import { isChain, rebuildChain } from './chains.js';
import type { Conversion, ConvertStatement } from './conversion.js';
import { joinElements } from './displays.js';
import { convertTypeParams } from './types.js';

/** Statements of one line. */

function convertExpressionStatement(c: Conversion, node: number): Statement {
  const first = node + 1;
  const type = c.type(first);
  if (type === 'assignment') return convertAssignment(c, node, first);
  if (type === 'augmented_assignment') return convertAugmented(c, node, first);
  const elements = c.named(node);
  const endsWithComma = c.type(c.children(node).at(-1) ?? first) === '","';
  const value = joinElements(c, elements, endsWithComma);
  return { kind: 'ExpressionStatement', start: c.start(node), end: c.end(node), source: c.source, value };
}

/** `a = b = value`: tree-sitter nests to the right; and `a: int = value`. */
function convertAssignment(c: Conversion, statement: number, first: number): Statement {
  const base = { start: c.start(statement), end: c.end(statement), source: c.source };
  const targets: Expression[] = [];
  let node = first;
  for (;;) {
    const [left, ...rest] = c.named(node);
    if (left === undefined) c.refuse(node, 'invalid syntax');
    const target = c.expression(left);
    const [second, third] = rest;
    if (second === undefined) c.refuse(node, 'invalid syntax');
    if (c.type(second) === 'type') {
      if (targets.length > 0) c.refuse(node, 'invalid syntax');
      if (third !== undefined) refuseNestedAssignment(c, third);
      const value = third === undefined ? null : c.expression(third);
      return { kind: 'AnnAssign', ...base, target, annotation: c.expression(second), value };
    }
    targets.push(target);
    if (c.type(second) !== 'assignment') {
      refuseNestedAssignment(c, second);
      return { kind: 'Assign', ...base, targets, value: c.expression(second) } satisfies Assign;
    }
    node = second;
  }
}

function convertAugmented(c: Conversion, statement: number, node: number): Statement {
  const [left, right] = c.named(node);
  if (left === undefined || right === undefined) c.refuse(node, 'invalid syntax');
  refuseNestedAssignment(c, right);
  const token = c.type(c.next(left));
  return {
    kind: 'AugAssign',
    start: c.start(statement),
    end: c.end(statement),
    source: c.source,
    target: c.expression(left),
    op: token.slice(1, -2) as '+', // `"+="`: the grammar has no other operators than ours
    value: c.expression(right),
  };
}

function refuseNestedAssignment(c: Conversion, node: number): void {
  const type = c.type(node);
  if (type === 'assignment' || type === 'augmented_assignment') c.refuse(node, 'invalid syntax');
}

function convertReturn(c: Conversion, node: number): Statement {
  const [value] = c.named(node);
  return {
    kind: 'Return',
    ...c.span(node),
    source: c.source,
    value: value === undefined ? null : c.expression(value),
  };
}

/** `del a, b` has two targets, `del (a, b)` one. */
function convertDelete(c: Conversion, node: number): Statement {
  const target = c.child(node, 0);
  const targets = c.type(target) === 'expression_list' ? c.named(target) : [target];
  return { kind: 'Delete', ...c.span(node), source: c.source, targets: c.expressions(targets) };
}

function convertRaise(c: Conversion, node: number): Statement {
  let exception: Expression | null = null;
  let cause: Expression | null = null;
  let isCause = false;
  for (const child of c.children(node)) {
    const type = c.type(child);
    if (type === '"from"') isCause = true;
    else if (type === 'expression_list') c.refuse(node, "'raise E, message' is Python 2", 'python-2');
    else if (type === '"raise"') continue;
    else if (isCause) cause = c.expression(child);
    else exception = c.expression(child);
  }
  if (isCause && exception === null) c.refuse(node, 'invalid syntax');
  return { kind: 'Raise', ...c.span(node), source: c.source, exception, cause };
}

function convertAssert(c: Conversion, node: number): Statement {
  const [test, message, more] = c.named(node);
  if (test === undefined || more !== undefined) c.refuse(node, 'invalid syntax');
  return {
    kind: 'Assert',
    ...c.span(node),
    source: c.source,
    test: c.expression(test),
    message: message === undefined ? null : c.expression(message),
  };
}

function namesStatement(kind: 'Global' | 'Nonlocal'): ConvertStatement {
  return (c, node) => ({
    kind,
    ...c.span(node),
    source: c.source,
    names: c.named(node).map((name) => c.identifier(name)),
  });
}

function bareStatement(kind: 'Pass' | 'Break' | 'Continue'): ConvertStatement {
  return (c, node) => ({ kind, ...c.span(node), source: c.source });
}

/** `type X[T] = ...` (PEP 695). */
function convertTypeAlias(c: Conversion, node: number): Statement {
  const [left, right] = c.named(node);
  if (left === undefined || right === undefined) c.refuse(node, 'invalid syntax');
  const alias = c.child(left, 0);
  if (isChain(c, alias)) return convertTypeCall(c, node, alias, right);
  const isGeneric = c.type(alias) === 'generic_type';
  const name = isGeneric ? c.child(alias, 0) : alias;
  if (c.type(name) !== 'identifier') c.refuse(left, 'invalid syntax');
  return {
    kind: 'TypeAlias',
    ...c.span(node),
    source: c.source,
    name: c.identifier(name),
    typeParams: convertTypeParams(c, isGeneric ? c.child(alias, 1) : null),
    value: c.expression(right),
  };
}

/** `type(x).y = z` assigns to an attribute; tree-sitter takes it for the alias of a type `(x).y`. */
function convertTypeCall(c: Conversion, node: number, left: number, right: number): Statement {
  const start = c.start(node);
  const target = rebuildChain(c, left, start, (list) => {
    const argumentSpan = c.span(list);
    const type = c.type(list);
    if (type !== 'parenthesized_expression' && type !== 'tuple') c.refuse(list, 'invalid syntax');
    const args = c.expressions(c.named(list));
    const end = sourceOffset(start + 'type'.length);
    const func: Expression = { kind: 'Name', start, end, source: c.source, id: 'type' };
    return {
      kind: 'Call',
      start,
      end: argumentSpan.end,
      source: c.source,
      func,
      args,
      keywords: [],
      argumentSpan,
    };
  });
  return {
    kind: 'Assign',
    start,
    end: c.end(node),
    source: c.source,
    targets: [target],
    value: c.expression(right),
  };
}

function refusePython2(message: string): ConvertStatement {
  return (c, node) => c.refuse(node, message, 'python-2');
}

export const simpleStatementConverters: readonly (readonly [string, ConvertStatement])[] = [
  ['expression_statement', convertExpressionStatement],
  ['return_statement', convertReturn],
  ['delete_statement', convertDelete],
  ['raise_statement', convertRaise],
  ['assert_statement', convertAssert],
  ['global_statement', namesStatement('Global')],
  ['nonlocal_statement', namesStatement('Nonlocal')],
  ['pass_statement', bareStatement('Pass')],
  ['break_statement', bareStatement('Break')],
  ['continue_statement', bareStatement('Continue')],
  ['type_alias_statement', convertTypeAlias],
  ['print_statement', refusePython2("'print' without parentheses is Python 2")],
  ['exec_statement', refusePython2("'exec' without parentheses is Python 2")],
];
