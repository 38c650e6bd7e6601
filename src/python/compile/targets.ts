import type { Expression, Node } from '../ast.js';
import type { Check } from './frame.js';

/** What may stand left of `=`, after `for`, `as` and `del`; where a star may stand. */

const NAMED: Partial<Record<Node['kind'], string>> = {
  Call: 'function call',
  Constant: 'literal',
  StringLiteral: 'literal',
  JoinedString: 'f-string expression',
  Lambda: 'lambda',
  Await: 'await expression',
  Yield: 'yield expression',
  Compare: 'comparison',
  Conditional: 'conditional expression',
  Dict: 'dict literal',
  SetDisplay: 'set display',
  NamedExpression: 'named expression',
  Comprehension: 'comprehension',
  DictComprehension: 'dict comprehension',
};

export function checkTarget(
  check: Check,
  target: Expression,
  verb: 'assign to' | 'delete' = 'assign to',
): void {
  const pending: Expression[] = [target];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    switch (next.kind) {
      case 'Name':
        if (next.id === '__debug__') check.report(next, `cannot ${verb} __debug__`);
        break;
      case 'Attribute':
        if (next.attr.id === '__debug__') check.report(next, `cannot ${verb} __debug__`);
        break;
      case 'Subscript':
        break;
      case 'Tuple':
      case 'List': {
        const stars = next.elements.filter((element) => element.kind === 'Starred');
        if (stars.length > 1) check.report(next, 'multiple starred expressions in assignment');
        for (const element of next.elements) {
          if (element.kind === 'Starred' && verb === 'delete') check.report(element, 'cannot delete starred');
          pending.push(element.kind === 'Starred' ? element.value : element);
        }
        break;
      }
      case 'Starred':
        check.report(next, verb === 'delete' ? 'cannot delete starred' : STAR_TARGET);
        break;
      default:
        check.report(next, `cannot ${verb} ${NAMED[next.kind] ?? 'expression'}`);
    }
  }
}

const STAR_TARGET = 'starred assignment target must be in a list or tuple';

/** `+=` and annotations take one name, attribute or item. */
export function checkSingleTarget(check: Check, target: Expression, message: string): void {
  if (target.kind === 'Name' || target.kind === 'Attribute' || target.kind === 'Subscript')
    checkTarget(check, target);
  else check.report(target, message);
}

/** Stars stand in displays, arguments, bases and subscripts; slices in subscripts. `nodes` are the parent's children. */
export function checkStars(check: Check, parent: Node, nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (node.kind === 'Starred' && !takesStar(parent, node)) {
      check.report(node, "can't use starred expression here");
    } else if (node.kind === 'Slice' && parent.kind !== 'Subscript' && parent.kind !== 'Tuple') {
      check.report(node, 'invalid syntax');
    }
  }
}

function takesStar(parent: Node, node: Node): boolean {
  switch (parent.kind) {
    case 'Tuple':
    case 'List':
    case 'SetDisplay':
    case 'Call':
    case 'ClassDef':
      return true;
    case 'Parameter':
      return parent.type === 'var-positional' && parent.annotation === node;
    default:
      return false;
  }
}
