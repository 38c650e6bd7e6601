import type { ImageKind } from '../pandas/image-functions.js';
import type { Assign, AugAssign, Call, Expression, If, Name, Statement } from '../python/ast.js';
import { findAll, namesIn } from '../python/walk.js';
import { namesBoundIn } from './consumption.js';

/** How one image comes from its file. */
export interface Loader {
  readonly kind: ImageKind;
  /** The call that reads, and what names the file there. */
  readonly read: Call;
  readonly file: Expression;
  /** What is put into the list. */
  readonly value: Expression;
  /** The statements that make the value, in their order; none where it is one expression. */
  readonly steps: readonly Step[];
  /** Whether an error in it is caught where the list is made. */
  readonly isTried: boolean;
}

/** `name = value`, `name[...] = value`, `name += value`, and an `if` of such. */
export type Step = Assign | AugAssign | If;

/** What the statement binds, or changes by `name[...] = value`. */
export function changedBy(statement: Statement): ReadonlySet<string> {
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return new Set([statement.name.id]);
  const bound = namesBoundIn([statement]);
  for (const assigned of [...findAll(statement, 'Assign'), ...findAll(statement, 'AugAssign')])
    for (const target of assigned.kind === 'Assign' ? assigned.targets : [assigned.target]) {
      const owner = target.kind === 'Subscript' ? target.value : null;
      if (owner?.kind === 'Name') bound.add(owner.id);
    }
  return bound;
}

/** The names that a step binds or changes, each where it stands. */
export function targetNamesOf(step: Step): readonly Name[] {
  if (step.kind === 'If')
    return [...step.body, ...step.orelse].flatMap((one) => (isStep(one) ? targetNamesOf(one) : []));
  const target = step.kind === 'Assign' ? step.targets[0] : step.target;
  const owner = target?.kind === 'Subscript' ? target.value : target;
  return owner?.kind === 'Name' ? [owner] : [];
}

export const targetsOf = (step: Step): readonly string[] => targetNamesOf(step).map(({ id }) => id);

/** The names that a step reads. */
export function readBy(step: Step): ReadonlySet<string> {
  if (step.kind === 'If') return namesIn(step);
  const target = step.kind === 'Assign' ? step.targets[0] : step.target;
  return new Set([
    ...namesIn(step.value),
    ...(target?.kind === 'Name' || target === undefined ? [] : namesIn(target)),
  ]);
}

export function isStep(statement: Statement): statement is Step {
  if (statement.kind === 'If') return [...statement.body, ...statement.orelse].every(isStep);
  if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign') return false;
  return (
    (statement.kind === 'AugAssign' || statement.targets.length === 1) && targetsOf(statement).length === 1
  );
}
