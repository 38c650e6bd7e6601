import type { NamedExpression, Node } from '../ast.js';
import { parenthesizedSpan } from '../parentheses.js';
import type { Check, Place } from './frame.js';
import { outsideComprehensions } from './frame.js';

/** Where `:=` may stand without parentheses of its own. */
export function checkWalrusParentheses(check: Check, parent: Node, node: NamedExpression): void {
  if (takesWalrus(parent, node)) return;
  const { start } = parenthesizedSpan(node, check.text, parent);
  if (start === node.start) check.report(node, 'invalid syntax');
}

function takesWalrus(parent: Node, node: Node): boolean {
  switch (parent.kind) {
    case 'If':
    case 'While':
    case 'Match':
    case 'MatchCase':
    case 'List':
    case 'SetDisplay':
    case 'Call':
    case 'Subscript':
    case 'Comprehension':
    case 'JoinedString':
    case 'FunctionDef':
    case 'ClassDef':
    case 'Tuple':
      return true;
    case 'ComprehensionFor':
      return parent.iter !== node;
    default:
      return false;
  }
}

/** What a walrus may bind from inside a comprehension (PEP 572). */
export function checkWalrusPlace(check: Check, node: NamedExpression, { frame, inIterable }: Place): void {
  const { id } = node.target;
  if (id === '__debug__') check.report(node.target, 'cannot assign to __debug__');
  if (inIterable) {
    check.report(node, 'assignment expression cannot be used in a comprehension iterable expression');
  }
  let around = frame;
  while ((around.kind === 'comprehension' || around.kind === 'generator') && around.parent !== null) {
    if (around.iterationNames.has(id)) {
      check.report(node, `assignment expression cannot rebind comprehension iteration variable '${id}'`);
    }
    around = around.parent;
  }
  if (around !== frame && outsideComprehensions(frame).kind === 'class') {
    check.report(node, 'assignment expression within a comprehension cannot be used in a class body');
  }
}
