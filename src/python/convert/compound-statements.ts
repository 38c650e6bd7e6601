import type { SourceOffset } from '../../text/offset.js';
import type { ExceptHandler, Expression, If, Statement, WithItem } from '../ast.js';
import type { Block, Conversion, ConvertStatement } from './conversion.js';

/** Statements with a body. They end where their last block ends. */

/** `elif` chains are flat in tree-sitter and nest in ours: built from the last one up, by a loop. */
function convertIf(c: Conversion, node: number): Statement {
  const [test, block, ...clauses] = c.named(node);
  if (test === undefined || block === undefined) c.refuse(node, 'invalid syntax');
  const parts = [{ at: node, test: c.expression(test), block: c.block(block) }];
  let end = parts[0]?.block.end ?? c.end(node);
  let orelse: readonly Statement[] = [];
  for (const clause of clauses) {
    if (c.type(clause) === 'else_clause') {
      ({ body: orelse, end } = c.block(c.child(clause, 0)));
    } else {
      const part = { at: clause, test: c.expression(c.child(clause, 0)), block: c.block(c.child(clause, 1)) };
      parts.push(part);
      end = part.block.end;
    }
  }
  let chain: If | null = null;
  for (const {
    at,
    test: condition,
    block: { body },
  } of parts.reverse()) {
    chain = { kind: 'If', start: c.start(at), end, source: c.source, test: condition, body, orelse };
    orelse = [chain];
  }
  return chain ?? c.refuse(node, 'invalid syntax');
}

function convertWhile(c: Conversion, node: number): Statement {
  const [test, block, alternative] = c.named(node);
  if (test === undefined || block === undefined) c.refuse(node, 'invalid syntax');
  const condition = c.expression(test);
  const { body, end } = c.block(block);
  const { body: orelse, end: last } = convertElse(c, alternative, end);
  return { kind: 'While', start: c.start(node), end: last, source: c.source, test: condition, body, orelse };
}

function convertFor(c: Conversion, node: number): Statement {
  const [target, iter, block, alternative] = c.named(node);
  if (target === undefined || iter === undefined || block === undefined) c.refuse(node, 'invalid syntax');
  const head = { target: c.expression(target), iter: c.expression(iter) };
  const { body, end } = c.block(block);
  const { body: orelse, end: last } = convertElse(c, alternative, end);
  return {
    kind: 'For',
    start: c.start(node),
    end: last,
    source: c.source,
    isAsync: c.hasToken(node, '"async"'),
    ...head,
    body,
    orelse,
  };
}

/** `end`: where the statement ends without an `else`. */
function convertElse(c: Conversion, clause: number | undefined, end: SourceOffset): Block {
  return clause === undefined ? { body: [], end } : c.block(c.child(clause, 0));
}

function convertTry(c: Conversion, node: number): Statement {
  const [block, ...clauses] = c.named(node);
  if (block === undefined) c.refuse(node, 'invalid syntax');
  let { body, end } = c.block(block);
  const handlers: ExceptHandler[] = [];
  const stars: boolean[] = [];
  let orelse: readonly Statement[] = [];
  let finalbody: readonly Statement[] = [];
  for (const clause of clauses) {
    if (c.type(clause) === 'else_clause') ({ body: orelse, end } = c.block(c.child(clause, 0)));
    else if (c.type(clause) === 'finally_clause') ({ body: finalbody, end } = c.block(c.child(clause, 0)));
    else {
      const handler = convertHandler(c, clause);
      handlers.push(handler);
      end = handler.end;
      stars.push(c.hasToken(clause, '"*"'));
    }
  }
  refuseBadTry(c, node, { handlers, stars, orelse, finalbody });
  const isStar = stars.includes(true);
  return {
    kind: 'Try',
    start: c.start(node),
    end,
    source: c.source,
    isStar,
    body,
    handlers,
    orelse,
    finalbody,
  };
}

interface TryParts {
  readonly handlers: readonly ExceptHandler[];
  readonly stars: readonly boolean[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}

function refuseBadTry(c: Conversion, node: number, { handlers, stars, orelse, finalbody }: TryParts): void {
  if (handlers.length === 0 && (finalbody.length === 0 || orelse.length > 0)) {
    c.refuse(node, "expected 'except' or 'finally' block");
  }
  if (!stars.includes(true)) return;
  if (stars.includes(false)) c.refuse(node, "cannot have both 'except' and 'except*' on the same 'try'");
  if (handlers.some((handler) => handler.type === null))
    c.refuse(node, 'expected one or more exception types');
}

function convertHandler(c: Conversion, node: number): ExceptHandler {
  const parts = c.named(node);
  const block = parts.pop();
  if (block === undefined) c.refuse(node, 'invalid syntax');
  let [caught, alias] = parts;
  if (alias !== undefined && !c.hasToken(node, '"as"')) {
    c.refuse(
      node,
      "'except A, e' is Python 2: write 'except A as e', or '(A, e)' for both types",
      'python-2',
    );
  }
  if (caught !== undefined && c.type(caught) === 'as_pattern') {
    const pattern = caught;
    caught = c.child(pattern, 0);
    alias = c.child(c.child(pattern, 1), 0);
  }
  if (alias !== undefined && c.type(alias) !== 'identifier') {
    c.refuse(alias, "cannot use this as the target of 'except ... as'");
  }
  const type = caught === undefined ? null : c.expression(caught);
  const { body, end } = c.block(block);
  return {
    kind: 'ExceptHandler',
    start: c.start(node),
    end,
    source: c.source,
    type,
    name: alias === undefined ? null : c.identifier(alias),
    body,
  };
}

/** `with a as b, c:` and `with (a as b, c):`; as in CPython since 3.9 `with (a, b):` has two items and no tuple. */
function convertWith(c: Conversion, node: number): Statement {
  const [clause, block] = c.named(node);
  if (clause === undefined || block === undefined) c.refuse(node, 'invalid syntax');
  const items = c.named(clause).map((item) => c.child(item, 0));
  const isTuple = items.some((item) => c.type(item) === 'list_splat'); // `with (a, *b):`
  const converted: WithItem[] = isTuple
    ? [
        {
          kind: 'WithItem',
          ...c.span(clause),
          source: c.source,
          context: tupleOf(c, clause, items),
          target: null,
        },
      ]
    : items.map((item) => convertWithItem(c, item, items.length === 1));
  const { body, end } = c.block(block);
  return {
    kind: 'With',
    start: c.start(node),
    end,
    source: c.source,
    isAsync: c.hasToken(node, '"async"'),
    items: converted,
    body,
  };
}

function tupleOf(c: Conversion, clause: number, items: readonly number[]): Expression {
  return { kind: 'Tuple', ...c.span(clause), source: c.source, elements: c.expressions(items) };
}

function convertWithItem(c: Conversion, node: number, isOnly: boolean): WithItem {
  if (isOnly && c.type(node) === 'parenthesized_expression') {
    const inner = c.child(node, 0); // `with (a as b):`
    if (c.type(inner) === 'as_pattern') return convertWithItem(c, inner, false);
  }
  const base = { kind: 'WithItem', ...c.span(node), source: c.source } as const;
  if (c.type(node) !== 'as_pattern') return { ...base, context: c.expression(node), target: null };
  const context = c.expression(c.child(node, 0));
  const target: Expression = c.expression(c.child(c.child(node, 1), 0));
  return { ...base, context, target };
}

export const compoundStatementConverters: readonly (readonly [string, ConvertStatement])[] = [
  ['if_statement', convertIf],
  ['while_statement', convertWhile],
  ['for_statement', convertFor],
  ['try_statement', convertTry],
  ['with_statement', convertWith],
];
