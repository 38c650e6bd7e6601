import type { Expression, Node } from '../python/ast.js';
import { literalValue } from '../python/literals.js';
import { findAll } from '../python/walk.js';
import type { NotebookTree } from './notebook-tree.js';

/**
 * Where labels may share memory with data, up to pandas 2.3: `df.index = df['b']`, `df.columns = df.iloc[0]`,
 * `df.set_index('b', drop=False)`. Null where all labels of the notebook are written out or made of labels.
 */
export function labelsOfData(tree: NotebookTree): Node | null {
  for (const module of tree.modules) {
    for (const { targets, value } of findAll(module, 'Assign'))
      for (const target of targets)
        if (
          target.kind === 'Attribute' &&
          (target.attr.id === 'columns' || target.attr.id === 'index') &&
          !areNewLabels(value)
        )
          return target;
    for (const call of findAll(module, 'Call')) {
      if (call.func.kind !== 'Attribute' || call.func.attr.id !== 'set_index') continue;
      const [keys = call.keywords.find(({ name }) => name?.id === 'keys')?.value, ...others] = call.args;
      const isWritten =
        keys?.kind === 'StringLiteral' ||
        (keys?.kind === 'List' && keys.elements.every(({ kind }) => kind === 'StringLiteral'));
      if (!isWritten || others.length > 0 || call.keywords.some(({ name }) => name?.id === 'drop'))
        return call;
    }
  }
  return null;
}

/** `['a', 'b']`, `[c.lower() for c in ...]`, `df.columns.str.strip()`, `range(3)`. */
function areNewLabels(value: Expression): boolean {
  if (value.kind === 'Comprehension') return true;
  if (value.kind === 'List' || value.kind === 'Tuple')
    return value.elements.every((one) => literalValue(one) !== undefined);
  if (value.kind !== 'Call') return false;
  if (value.func.kind === 'Name') return value.func.id === 'range';
  let at: Expression = value;
  while (at.kind === 'Call' || at.kind === 'Attribute') {
    if (at.kind === 'Attribute' && (at.attr.id === 'columns' || at.attr.id === 'index')) return true;
    at = at.kind === 'Call' ? at.func : at.value;
  }
  return false;
}
