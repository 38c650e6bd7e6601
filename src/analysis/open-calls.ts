import type { Expression, Node } from '../python/ast.js';
import type { Program } from './program.js';

/** A call of the builtin `open`. */
export function isOpen({ notebookNames }: Program, node: Node): boolean {
  return (
    node.kind === 'Call' &&
    node.func.kind === 'Name' &&
    node.func.id === 'open' &&
    !notebookNames.isBound('open')
  );
}

/** The mode of a call of `open`, where it is for reading: `'r'`, `'rb'`; null where it is not, or can't be told. */
export function modeOf(call: Expression): string | null {
  if (call.kind !== 'Call') return null;
  const { args, keywords } = call;
  const mode = keywords.find(({ name }) => name?.id === 'mode')?.value ?? args[1];
  if (keywords.some(({ name }) => name === null) || args.some(({ kind }) => kind === 'Starred')) return null;
  if (mode === undefined) return 'r';
  const text = mode.kind === 'StringLiteral' ? mode.value : null;
  return text !== null && /^[rbtU]+$/.test(text) ? text : null;
}
