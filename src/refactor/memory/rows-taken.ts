import type { Expression, Node } from '../../python/ast.js';
import { literalValue } from '../../python/literals.js';

/** How many rows `df.head()`, `df.sample(3)`, `df[:3]` or `df.iloc[:3]` takes at most; null where the code does not say. */
export function rowsTaken(node: Node): number | null {
  if (node.kind === 'Subscript') {
    const { value, index } = node;
    // Of labels it is another number.
    if (value.kind === 'Attribute' && value.attr.id !== 'iloc') return null;
    return index.kind === 'Slice' && index.lower === null ? countOf(index.upper) : null;
  }
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.keywords.length > 0) return null;
  const unsaid = ROWS_TAKEN.get(node.func.attr.id);
  if (unsaid === undefined) return null;
  return node.args.length === 0 ? unsaid : countOf(node.args[0] ?? null);
}

/** Methods that are told how many rows to take, and how many they take where they are not. */
const ROWS_TAKEN: ReadonlyMap<string, number | null> = new Map([
  ['head', 5],
  ['tail', 5],
  ['sample', 1],
  ['nlargest', null],
  ['nsmallest', null],
]);

function countOf(expression: Expression | null): number | null {
  const value = expression === null ? undefined : literalValue(expression);
  const count = value?.type === 'int' ? Number(value.value) : -1;
  return count >= 0 ? count : null;
}
