import type { Candidates } from './candidates.js';
import { Claims } from './claims.js';
import type { Change, Options } from './contract.js';
import { IntroducedNames } from './introduced-names.js';
import { comparePlaces } from './place.js';
import type { PlacedRefusal, PlannedChange } from './refactoring.js';
import type { NotebookSyntax } from './render/cell-syntax.js';
import { isWanted } from './tier.js';

/** The changes that go together. */
export interface Plan {
  /** In the order of the transforms, which is the order of precedence. */
  readonly changes: readonly PlannedChange[];
  /** What a wider tier would do besides. */
  readonly withheld: readonly PlannedChange[];
  readonly refusals: readonly PlacedRefusal[];
}

/**
 * Chooses from the candidates, in their order. Leaving a change out means planning again, with its id in `leaveOut`:
 * what it kept out may now come in, and what rests on it goes.
 */
export function makePlan(
  syntax: NotebookSyntax,
  candidates: Candidates,
  options: Options,
  leaveOut: ReadonlySet<string>,
): Plan {
  const claims = new Claims(syntax);
  const names = new IntroducedNames(syntax);
  const accepted = new Map<Change, PlannedChange>();
  const withheld = new Map<Change, PlannedChange>();
  const losers = new Map<Change, PlannedChange>();
  const refusals: PlacedRefusal[] = [];
  const lose = (loser: PlannedChange, winner: PlannedChange) => {
    losers.set(loser.change, winner);
    refusals.push(conflict(loser, winner));
  };
  for (const candidate of inOrderOfNeed(candidates.changes)) {
    const { change } = candidate;
    if (leaveOut.has(candidate.id)) continue;
    const needs = change.dependsOn ?? [];
    if (!isWanted(change, options) || needs.some((needed) => withheld.has(needed))) {
      withheld.set(change, candidate);
      continue;
    }
    const lost = needs.map((needed) => losers.get(needed)).find((winner) => winner !== undefined);
    if (lost !== undefined) {
      lose(candidate, lost);
      continue;
    }
    if (needs.some((needed) => !accepted.has(needed))) continue;
    const rival = claims.findRival(change) ?? names.findRival(change);
    const winner = rival === null ? undefined : accepted.get(rival);
    if (winner !== undefined) {
      lose(candidate, winner);
      continue;
    }
    claims.accept(change);
    names.accept(change);
    accepted.set(change, candidate);
  }
  return {
    changes: [...accepted.values()],
    withheld: [...withheld.values()],
    refusals: [...candidates.refusals, ...refusals],
  };
}

/** In their order, but what another one needs comes before it. */
function inOrderOfNeed(changes: readonly PlannedChange[]): PlannedChange[] {
  const byChange = new Map(changes.map((planned) => [planned.change, planned]));
  const ordered = new Set<PlannedChange>();
  const visit = (planned: PlannedChange): void => {
    if (ordered.has(planned)) return;
    for (const needed of planned.change.dependsOn ?? []) {
      const one = byChange.get(needed);
      if (one !== undefined) visit(one);
    }
    ordered.add(planned);
  };
  for (const planned of changes) visit(planned);
  return [...ordered];
}

function conflict(loser: PlannedChange, winner: PlannedChange): PlacedRefusal {
  const { change, transform, place } = loser;
  return {
    transform,
    place,
    refusal: {
      type: 'refusal',
      code: 'conflict',
      why: `This can't stand with ${winner.id} (${winner.change.summary}), which comes first: ${change.summary}.`,
      at: change.at,
      ...(change.subject !== undefined && { subject: change.subject }),
    },
  };
}

/** In notebook order; those at one place in the order of the plan. */
export function inNotebookOrder<T extends { readonly place: PlannedChange['place'] }>(
  items: readonly T[],
): T[] {
  return [...items].sort((a, b) => comparePlaces(a.place, b.place));
}
