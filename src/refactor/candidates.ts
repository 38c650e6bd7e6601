import { ChangeIds } from './change-id.js';
import type { Change, Evidence, Options, Refusal, Transform } from './contract.js';
import type { SavingModel } from './memory/saving.js';
import { Places } from './place.js';
import type { PlacedRefusal, PlannedChange } from './refactoring.js';
import type { NotebookSyntax } from './render/cell-syntax.js';
import { isSuppressed } from './suppressions.js';
import { tierOf } from './tier.js';

/** All that the transforms have found, in the order of the list; what goes together is the plan's question. */
export interface Candidates {
  readonly changes: readonly PlannedChange[];
  readonly refusals: readonly PlacedRefusal[];
}

/** The transforms that the options choose, in the order of the list. */
export function chooseTransforms(transforms: readonly Transform[], options: Options): Transform[] {
  const { select, ignore } = options;
  return transforms.filter((transform) => {
    const { id, optIn } = transform;
    if (ignore.includes(id)) return false;
    return select === null ? optIn !== true || transform.isAskedFor?.(options) === true : select.includes(id);
  });
}

/** Asks the transforms, and drops what saves nothing or what the author has forbidden. */
export function findCandidates(
  syntax: NotebookSyntax,
  evidence: Evidence,
  transforms: readonly Transform[],
  options: Options,
  savings: SavingModel,
): Candidates {
  const { program } = syntax;
  const ids = new ChangeIds(program);
  const places = new Places(program);
  const changes: PlannedChange[] = [];
  const refusals: PlacedRefusal[] = [];
  const suppressed = new Set<Change>();
  const refuse = (transform: string, refusal: Refusal) =>
    refusals.push({ transform, refusal, place: places.placeOf(refusal.at) });
  const chosen = chooseTransforms(transforms, options);
  for (const { id: transform, find } of chosen.map(bindFind)) {
    for (const finding of find(program, evidence, options)) {
      if (finding.type === 'refusal') {
        refuse(transform, finding);
        continue;
      }
      const id = ids.idOf(transform, finding);
      if (
        finding.dependsOn?.some((change) => suppressed.has(change)) ||
        isSuppressed(syntax, transform, finding)
      ) {
        suppressed.add(finding);
        refuse(transform, ignored(finding));
        continue;
      }
      changes.push({
        id,
        transform,
        change: finding,
        place: places.placeOf(finding.at),
        tier: tierOf(finding.effect, finding.assumes),
        saving: savings.savingOf(finding.adjustments),
      });
    }
  }
  const askedFor = chosen.filter(
    (transform) =>
      options.select?.includes(transform.id) === true || transform.isAskedFor?.(options) === true,
  );
  return { changes: dropWorthless(changes, new Set(askedFor.map(({ id }) => id))), refusals };
}

function bindFind(transform: Transform): Pick<Transform, 'id' | 'find'> {
  return { id: transform.id, find: transform.find.bind(transform) };
}

function ignored(change: Change): Refusal {
  return {
    type: 'refusal',
    code: 'ignored',
    why: `A marker in the notebook asks nbslim to leave this alone: ${change.summary}.`,
    at: change.at,
    ...(change.subject !== undefined && { subject: change.subject }),
  };
}

/** Without what is known to save nothing, unless its transform was asked for or something that is kept needs it. */
function dropWorthless(changes: readonly PlannedChange[], askedFor: ReadonlySet<string>): PlannedChange[] {
  const kept = new Set<Change>();
  const keep = (change: Change): void => {
    if (kept.has(change)) return;
    kept.add(change);
    for (const needed of change.dependsOn ?? []) keep(needed);
  };
  for (const { change, saving, transform } of changes) {
    if (
      saving === null ||
      saving.peak > 0 ||
      saving.held > 0 ||
      saving.meanwhile > 0 ||
      askedFor.has(transform)
    )
      keep(change);
  }
  return changes.filter(({ change }) => kept.has(change));
}
