import type { Program } from '../../analysis/program.js';
import { holdsData } from '../../pandas/kinds.js';
import type { Expression, FunctionDef, Name, Node, Statement } from '../../python/ast.js';
import { contains, findAll } from '../../python/walk.js';

/** What a function's own name was bound to last, and how many statements may have changed it since. */
export interface LocalValue {
  readonly value: Expression;
  readonly changes: number;
}

/**
 * The values of functions' own names, where the statements of a function's body say them one after another: in what `collapse`
 * makes, an object is no larger than it was at the top level.
 */
export class LocalValues {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Null where the name is none of a function, or has its value in another way than by assignments to it alone. */
  of(name: Name): LocalValue | null {
    const variable = this.#program.notebookNames.variableOf(name);
    if (variable?.owner?.kind !== 'FunctionDef') return null;
    const { body } = variable.owner;
    const assigned = variable.bindings.map((binding) => assignmentIn(body, binding));
    if (assigned.includes(null)) return null;
    const used = body.findIndex((statement) => contains(statement, name));
    const last = assigned.findLast((one) => one !== null && body.indexOf(one.statement) < used);
    if (last == null) return null;
    const since = body.slice(body.indexOf(last.statement) + 1, used);
    const changing = since.filter((statement) => mayChange(statement, name.id));
    if (changing.length === 0) return { value: last.value, changes: 0 };
    // Each statement adds a column at most; what a list or a loop does to it is not followed.
    const isFollowed =
      holdsData(this.#program.kindOf(last.value)) && changing.every((statement) => !('body' in statement));
    return isFollowed ? { value: last.value, changes: changing.length } : null;
  }
}

function assignmentIn(
  body: FunctionDef['body'],
  binding: Node,
): { readonly statement: Statement; readonly value: Expression } | null {
  for (const statement of body)
    if (statement.kind === 'Assign' && statement.targets.length === 1 && statement.targets[0] === binding)
      return { statement, value: statement.value };
  return null;
}

/** Whether it stores into what the name holds, or calls one of its methods for that alone. */
function mayChange(statement: Statement, name: string): boolean {
  const isOf = (node: Expression): boolean => {
    if (node.kind === 'Name') return node.id === name;
    if (node.kind === 'Tuple' || node.kind === 'List') return node.elements.some(isOf);
    return (node.kind === 'Attribute' || node.kind === 'Subscript') && isOf(node.value);
  };
  for (const { targets } of findAll(statement, 'Assign')) if (targets.some(isOf)) return true;
  for (const { target } of findAll(statement, 'AugAssign')) if (isOf(target)) return true;
  for (const { value } of findAll(statement, 'ExpressionStatement'))
    if (value.kind === 'Call' && value.func.kind === 'Attribute' && isOf(value.func.value)) return true;
  return false;
}
