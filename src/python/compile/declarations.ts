import type { Global, Nonlocal } from '../ast.js';
import type { Check, Frame } from './frame.js';
import { useOf } from './frame.js';

/** `global` and `nonlocal`: before any use, not of parameters, not both. Called when the walk reaches the statement. */
export function checkDeclaration(check: Check, node: Global | Nonlocal, frame: Frame): void {
  const word = node.kind === 'Global' ? 'global' : 'nonlocal';
  if (word === 'nonlocal' && frame.kind === 'module') {
    check.report(node, 'nonlocal declaration not allowed at module level');
    return;
  }
  for (const name of node.names) {
    const use = useOf(frame, name.id);
    const [mine, other] =
      word === 'global' ? [frame.globals, frame.nonlocals] : [frame.nonlocals, frame.globals];
    if (other.has(name.id)) check.report(name, `name '${name.id}' is nonlocal and global`);
    else if (use.parameter !== undefined) check.report(name, `name '${name.id}' is parameter and ${word}`);
    else if (use.annotated !== undefined) check.report(name, `annotated name '${name.id}' can't be ${word}`);
    else if (use.used !== undefined)
      check.report(name, `name '${name.id}' is used prior to ${word} declaration`);
    else if (use.assigned !== undefined) {
      check.report(name, `name '${name.id}' is assigned to before ${word} declaration`);
    }
    mine.set(name.id, name);
  }
}

/** Every `nonlocal` needs a binding in a function around; asked when the whole module has been seen. */
export function checkNonlocals(check: Check, frames: readonly Frame[]): void {
  for (const frame of frames) {
    for (const [id, node] of frame.nonlocals) {
      if (!isBoundAround(frame, id)) check.report(node, `no binding for nonlocal '${id}' found`);
    }
  }
}

function isBoundAround(frame: Frame, id: string): boolean {
  for (let around = frame.parent; around !== null; around = around.parent) {
    if (around.kind === 'module') return false;
    if (around.kind === 'class') {
      if (id === '__class__') return true;
      continue;
    }
    if (around.globals.has(id)) return false;
    if (around.nonlocals.has(id)) continue;
    const use = around.names.get(id);
    if (use?.assigned !== undefined || use?.parameter !== undefined) return true;
  }
  return false;
}
