import type { Expression } from '../python/ast.js';
import { calledName } from '../python/called-name.js';
import { findAll } from '../python/walk.js';
import type { Program, StatementFacts } from './program.js';

/**
 * The name of the frame that `name` was cut out of by one of the statements (`name = frame[mask]`, `name = frame.query(...)`),
 * where something is put into `name` later: up to pandas 2.3.3 that prints a SettingWithCopyWarning while the frame lives.
 * [fact: inplace/marked]
 */
export function warnsOfParent(
  program: Program,
  name: string,
  statements: readonly StatementFacts[],
): string | null {
  const made = statements.findLast(({ writes, maybeWrites }) => writes.has(name) || maybeWrites.has(name));
  if (made?.node.kind !== 'Assign') return null;
  const { value } = made.node;
  const parent = isCut(value) ? parentOf(value) : null;
  if (parent === null || parent === name) return null;
  const end = statements.at(-1)?.index ?? 0;
  const isPutInto = program
    .mentionsOf(name)
    .some((statement) => statement.index > end && putsInto(statement, name));
  return isPutInto ? parent : null;
}

/** Whether the value is marked as a part: by a filter, a slice, `head`; a list of columns makes a frame without a mark. */
function isCut(value: Expression): boolean {
  if (value.kind === 'Subscript') return value.index.kind !== 'List';
  return value.kind === 'Call' && CUTS.has(calledName(value));
}

const CUTS: ReadonlySet<string> = new Set(['dropna', 'head', 'tail', 'query', 'xs', 'truncate', 'get_group']);

/** What methods are called on, or parts taken of. */
function parentOf(value: Expression): string | null {
  if (value.kind === 'Name') return value.id;
  if (value.kind === 'Call') return value.func.kind === 'Attribute' ? parentOf(value.func) : null;
  return value.kind === 'Subscript' || value.kind === 'Attribute' ? parentOf(value.value) : null;
}

function putsInto({ node }: StatementFacts, name: string): boolean {
  const isPart = (target: Expression): boolean => target.kind !== 'Name' && parentOf(target) === name;
  return (
    findAll(node, 'Assign').some(({ targets }) => targets.some(isPart)) ||
    findAll(node, 'AugAssign').some(({ target }) => isPart(target)) ||
    findAll(node, 'Call').some(
      ({ func, keywords }) =>
        parentOf(func) === name && keywords.some((keyword) => keyword.name?.id === 'inplace'),
    )
  );
}
