import type { ComprehensionFor, DictEntry, Expression } from '../ast.js';
import type { Conversion, ConvertExpression } from './conversion.js';

/** `a` for one element, a `Tuple` for more, or where a comma follows the last one: `a, b`, `a,`. */
export function joinElements(c: Conversion, nodes: readonly number[], endsWithComma: boolean): Expression {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) throw new Error('a list of expressions is empty');
  if (nodes.length === 1 && !endsWithComma) return c.expression(first);
  const end = endsWithComma ? c.after(',', c.end(last)) : c.end(last);
  return { kind: 'Tuple', start: c.start(first), end, source: c.source, elements: c.expressions(nodes) };
}

/** What stands in the brackets of a subscript: `x[*a]` is a tuple, with and without a comma. */
export function joinIndex(c: Conversion, nodes: readonly number[], endsWithComma: boolean): Expression {
  const index = joinElements(c, nodes, endsWithComma);
  if (index.kind !== 'Starred') return index;
  return { kind: 'Tuple', start: index.start, end: index.end, source: c.source, elements: [index] };
}

/** `(a, b)`, `(a,)`, `()`; in `for (x) in y` tree-sitter has a tuple of one without a comma, which is no tuple. */
function convertTuple(c: Conversion, node: number): Expression {
  const elements = convertElements(c, node);
  const [only] = elements;
  if (elements.length === 1 && only !== undefined && !c.hasToken(node, '","')) {
    if (only.kind === 'Starred') c.refuse(node, 'cannot use starred expression here');
    return only;
  }
  return { kind: 'Tuple', ...c.span(node), source: c.source, elements };
}

/** Without parentheses: `a, b` and `a,`. */
function convertBareTuple(c: Conversion, node: number): Expression {
  return { kind: 'Tuple', ...c.span(node), source: c.source, elements: convertElements(c, node) };
}

function convertList(c: Conversion, node: number): Expression {
  return { kind: 'List', ...c.span(node), source: c.source, elements: convertElements(c, node) };
}

function convertSet(c: Conversion, node: number): Expression {
  return { kind: 'SetDisplay', ...c.span(node), source: c.source, elements: convertElements(c, node) };
}

function convertElements(c: Conversion, node: number): Expression[] {
  const elements: Expression[] = [];
  const end = c.next(node);
  for (let child = node + 1; child < end; child = c.next(child)) {
    if (c.isToken(child)) continue;
    if (c.type(child) === 'yield') c.refuse(child, "'yield' needs parentheses here");
    elements.push(c.expression(child));
  }
  return elements;
}

function convertDict(c: Conversion, node: number): Expression {
  if (c.type(node + 2) === '","') c.refuse(node, 'invalid syntax'); // `{,}`
  const entries = c.named(node).map((child): DictEntry => {
    const base = { kind: 'DictEntry', ...c.span(child), source: c.source } as const;
    const key = c.child(child, 0);
    if (c.type(child) === 'dictionary_splat') return { ...base, key: null, value: c.expression(key) };
    return { ...base, key: c.expression(key), value: c.expression(c.child(child, 1)) };
  });
  return { kind: 'Dict', ...c.span(node), source: c.source, entries };
}

function comprehensionOf(type: 'list' | 'set' | 'generator'): ConvertExpression {
  return (c: Conversion, node) => {
    const [element, ...clauses] = c.named(node);
    if (element === undefined) c.refuse(node, 'invalid syntax');
    return {
      kind: 'Comprehension',
      ...c.span(node),
      source: c.source,
      type,
      element: c.expression(element),
      clauses: convertClauses(c, clauses),
    };
  };
}

function convertDictComprehension(c: Conversion, node: number): Expression {
  const [pair, ...clauses] = c.named(node);
  if (pair === undefined) c.refuse(node, 'invalid syntax');
  return {
    kind: 'DictComprehension',
    ...c.span(node),
    source: c.source,
    key: c.expression(c.child(pair, 0)),
    value: c.expression(c.child(pair, 1)),
    clauses: convertClauses(c, clauses),
  };
}

function convertClauses(c: Conversion, nodes: readonly number[]): ComprehensionFor[] {
  const clauses: { -readonly [Key in keyof ComprehensionFor]: ComprehensionFor[Key] }[] = [];
  for (const node of nodes) {
    const clause = clauses.at(-1);
    if (c.type(node) === 'if_clause') {
      if (clause === undefined) c.refuse(node, 'invalid syntax');
      clause.ifs = [...clause.ifs, c.expression(c.child(node, 0))];
      clause.end = c.end(node);
      continue;
    }
    const [target, iter, more] = c.named(node);
    if (target === undefined || iter === undefined) c.refuse(node, 'invalid syntax');
    if (more !== undefined || c.hasToken(node, '","')) {
      c.refuse(node, "a tuple after 'in' needs parentheses: without them it is Python 2", 'python-2');
    }
    clauses.push({
      kind: 'ComprehensionFor',
      ...c.span(node),
      source: c.source,
      isAsync: c.hasToken(node, '"async"'),
      target: c.expression(target),
      iter: c.expression(iter),
      ifs: [],
    });
  }
  return clauses;
}

export const displayConverters: readonly (readonly [string, ConvertExpression])[] = [
  ['tuple', convertTuple],
  ['tuple_pattern', convertTuple],
  ['expression_list', convertBareTuple],
  ['pattern_list', convertBareTuple],
  ['list', convertList],
  ['list_pattern', convertList],
  ['set', convertSet],
  ['dictionary', convertDict],
  ['list_comprehension', comprehensionOf('list')],
  ['set_comprehension', comprehensionOf('set')],
  ['generator_expression', comprehensionOf('generator')],
  ['dictionary_comprehension', convertDictComprehension],
];
