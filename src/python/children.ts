import type { Node } from './ast.js';

type ChildrenTable = {
  readonly [Kind in Node['kind']]: (node: Extract<Node, { kind: Kind }>) => readonly Node[];
};

const NONE: readonly Node[] = [];
const none = (): readonly Node[] => NONE;

/** The nodes that are there, in the order given. */
function present(...nodes: readonly (Node | null)[]): Node[] {
  return nodes.filter((node) => node !== null);
}

/** In source order. Positional arguments and keywords may stand mixed: `f(a=1, *b)`. */
function inOrder(nodes: Node[]): Node[] {
  return nodes.sort((a, b) => a.start - b.start);
}

/** For each kind the nodes directly below. Adding a kind to the tree without saying so here does not compile. */
export const CHILDREN: ChildrenTable = {
  Module: (node) => node.body,
  FunctionDef: (node) => [
    ...node.decorators,
    node.name,
    ...node.typeParams,
    node.params,
    ...present(node.returns),
    ...node.body,
  ],
  ClassDef: (node) => [
    ...node.decorators,
    node.name,
    ...node.typeParams,
    ...inOrder([...node.bases, ...node.keywords]),
    ...node.body,
  ],
  Return: (node) => present(node.value),
  Delete: (node) => node.targets,
  Assign: (node) => [...node.targets, node.value],
  AugAssign: (node) => [node.target, node.value],
  AnnAssign: (node) => present(node.target, node.annotation, node.value),
  TypeAlias: (node) => [node.name, ...node.typeParams, node.value],
  For: (node) => [node.target, node.iter, ...node.body, ...node.orelse],
  While: (node) => [node.test, ...node.body, ...node.orelse],
  If: (node) => [node.test, ...node.body, ...node.orelse],
  With: (node) => [...node.items, ...node.body],
  WithItem: (node) => present(node.context, node.target),
  Match: (node) => [node.subject, ...node.cases],
  MatchCase: (node) => [node.pattern, ...present(node.guard), ...node.body],
  Pattern: (node) => inOrder([...node.reads, ...node.binds]),
  Raise: (node) => present(node.exception, node.cause),
  Try: (node) => [...node.body, ...node.handlers, ...node.orelse, ...node.finalbody],
  ExceptHandler: (node) => [...present(node.type, node.name), ...node.body],
  Assert: (node) => present(node.test, node.message),
  Import: (node) => node.names,
  ImportFrom: (node) => node.names,
  ImportAlias: (node) => present(node.asName),
  Global: (node) => node.names,
  Nonlocal: (node) => node.names,
  ExpressionStatement: (node) => [node.value],
  Pass: none,
  Break: none,
  Continue: none,
  Name: none,
  Constant: none,
  StringLiteral: none,
  Identifier: none,
  JoinedString: (node) => node.expressions,
  BinaryOperation: (node) => [node.left, node.right],
  UnaryOperation: (node) => [node.operand],
  BooleanOperation: (node) => [node.left, node.right],
  Compare: (node) => [node.left, ...node.comparators],
  Call: (node) =>
    node.keywords.length === 0
      ? [node.func, ...node.args]
      : [node.func, ...inOrder([...node.args, ...node.keywords])],
  Keyword: (node) => present(node.name, node.value),
  Attribute: (node) => [node.value, node.attr],
  Subscript: (node) => [node.value, node.index],
  Slice: (node) => present(node.lower, node.upper, node.step),
  List: (node) => node.elements,
  Tuple: (node) => node.elements,
  SetDisplay: (node) => node.elements,
  Dict: (node) => node.entries,
  DictEntry: (node) => present(node.key, node.value),
  Comprehension: (node) => [node.element, ...node.clauses],
  DictComprehension: (node) => [...present(node.key), node.value, ...node.clauses],
  ComprehensionFor: (node) => [node.target, node.iter, ...node.ifs],
  Lambda: (node) => [node.params, node.body],
  Conditional: (node) => [node.body, node.test, node.orelse],
  NamedExpression: (node) => [node.target, node.value],
  Starred: (node) => [node.value],
  Await: (node) => [node.value],
  Yield: (node) => present(node.value),
  Parameters: (node) => node.items,
  Parameter: (node) => present(node.name, node.annotation, node.default),
  TypeParam: (node) => present(node.name, node.bound, node.default),
};
