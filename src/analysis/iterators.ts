import type { Name, Node } from '../python/ast.js';
import { contains, findAll } from '../python/walk.js';
import type { Consumption } from './consumption.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';

/**
 * Why something must stay a list that takes values of an iterator: others that go on with the iterator would find it further,
 * or less far, than the list has brought it. Null where nobody goes on.
 *
 * @param made the list
 * @param parts what is evaluated for it
 */
export function iteratorObstacle(
  program: Program,
  tree: NotebookTree,
  made: Node,
  parts: readonly Node[],
  consumption: Consumption,
): { readonly code: string; readonly why: string } | null {
  const mayEnd = mayEndEarly(tree.parentOf(made), consumption);
  for (const name of parts.flatMap((node) => findAll(node, 'Name'))) {
    if (!isIterator(program, tree, name)) continue;
    const isRead = (root: Node) => findAll(root, 'Name').some(({ id }) => id === name.id);
    const isLeft = mayEnd && program.notebookNames.readsOf(name.id).some((read) => !contains(made, read));
    if (isLeft || consumption.meanwhile.some((node) => !contains(made, node) && isRead(node)))
      return {
        code: 'iterator-goes-on',
        why: `\`${name.id}\` is an iterator, and what else takes values of it would get others.`,
      };
  }
  return null;
}

/** Whether perhaps not all values are taken. */
function mayEndEarly(parent: Node | null, { how, taker }: Consumption): boolean {
  // The shortest ends all.
  const isZipped = parent?.kind === 'Call' && parent.func.kind === 'Name' && parent.func.id === 'zip';
  if (how === 'part' || isZipped) return true;
  if (taker.kind === 'For') return findAll(taker, 'Break').length > 0 || findAll(taker, 'Return').length > 0;
  return taker.kind === 'Comprehension' && taker.type === 'generator';
}

function isIterator(program: Program, tree: NotebookTree, name: Name): boolean {
  const kind = program.kindOf(name);
  if (kind === 'iterator' || kind === 'file') return true;
  if (kind !== 'unknown') return false;
  const { notebookNames } = program;
  return (tree.textOf(tree.functionAround(name)).bindings.get(name.id) ?? []).some(({ value }) => {
    if (value?.kind === 'Comprehension') return value.type === 'generator';
    if (value?.kind !== 'Call') return false;
    const { func } = value;
    if (func.kind === 'Name' && !notebookNames.isBound(func.id)) return GIVES_ITERATORS.has(func.id);
    return /^(csv\.(reader|DictReader)|itertools\..*)$/.test(notebookNames.qualifiedName(func) ?? '');
  });
}

const GIVES_ITERATORS: ReadonlySet<string> = new Set(
  'iter zip map filter enumerate reversed open'.split(' '),
);
