import type { Program } from '../analysis/program.js';
import type { Reach } from '../analysis/reaches-names.js';
import { formatBytes } from '../text/bytes.js';
import { ChangeIds } from './change-id.js';
import type { Change, Evidence, Options, Refusal, Transform } from './contract.js';
import type { SavingModel } from './memory/saving.js';
import { Places } from './place.js';
import {
  type PlacedRefusal,
  type PlannedChange,
  type Saving,
  savedBytes,
  savingBeyond,
} from './refactoring.js';
import type { NotebookSyntax } from './render/cell-syntax.js';
import { isSuppressed } from './suppressions.js';
import { isWanted, tierOf } from './tier.js';

/** All that the transforms have found, in the order of the list; what goes together is the plan's question. */
export interface Candidates {
  readonly changes: readonly PlannedChange[];
  readonly refusals: readonly PlacedRefusal[];
}

/** Stands for the transforms in what is refused to all that the notebook was not shown to. */
const ALL = 'all';

/** The transforms that the options choose and that may be asked about the notebook, in the order of the list. */
export function chooseTransforms(
  transforms: readonly Transform[],
  options: Options,
  { reach }: Program,
): Transform[] {
  const { select, ignore } = options;
  return transforms.filter((transform) => {
    const { id, optIn, isTextual } = transform;
    if (ignore.includes(id) || (reach !== null && isTextual !== true)) return false;
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
  if (program.reach !== null) refuse(ALL, unknowable(program.reach));
  const chosen = chooseTransforms(transforms, options, program);
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
  const worthwhile = dropWorthless(changes, new Set(askedFor.map(({ id }) => id)), options, savings);
  const small = findTooSmall(worthwhile, options, savings);
  for (const { transform, refusal } of small.refusals) refuse(transform, refusal);
  return { changes: worthwhile.filter(({ change }) => !small.changes.has(change)), refusals };
}

function bindFind(transform: Transform): Pick<Transform, 'id' | 'find'> {
  return { id: transform.id, find: transform.find.bind(transform) };
}

const unknowable = ({ why, at }: Reach): Refusal => ({
  type: 'refusal',
  code: 'opaque',
  why: `What becomes of the notebook's data can't be told: ${why}.`,
  at,
});

function ignored(change: Change): Refusal {
  return {
    type: 'refusal',
    code: 'ignored',
    why: `A marker in the notebook asks nbslim to leave this alone: ${change.summary}.`,
    at: change.at,
    ...(change.subject !== undefined && { subject: change.subject }),
  };
}

/**
 * Without what is known to save nothing, or to take more at the peak, unless its transform was asked for or something that is
 * kept needs it, or it does save where the others are done: a category costs where small parts of it are kept with its table,
 * and no longer where these die.
 */
function dropWorthless(
  changes: readonly PlannedChange[],
  askedFor: ReadonlySet<string>,
  options: Options,
  savings: SavingModel,
): PlannedChange[] {
  const kept = new Set<Change>();
  const keep = (change: Change): void => {
    if (kept.has(change)) return;
    kept.add(change);
    for (const needed of change.dependsOn ?? []) keep(needed);
  };
  for (const { change, saving, transform } of changes) {
    if (saving === null || savedBytes(saving) > 0 || askedFor.has(transform)) keep(change);
  }
  const others = changes
    .filter(({ change }) => kept.has(change) && isWanted(change, options))
    .flatMap(({ change }) => change.adjustments);
  // Most notebooks have nothing that costs.
  let known: Saving | null | undefined;
  return changes.flatMap((planned) => {
    const { change, saving } = planned;
    if (kept.has(change)) return [planned];
    if (saving === null || saving.meanwhile <= 0 || !isWanted(change, options)) return [];
    known = known === undefined ? savings.savingOf(others) : known;
    const all = savings.savingOf([...others, ...change.adjustments]);
    if (known === null || all === null) return [];
    const besides = savingBeyond(all, known);
    return savedBytes(besides) <= 0 ? [] : [{ ...planned, saving: besides }];
  });
}

/**
 * What is known to save less than the options ask for, and a refusal for each. Entries of one call count together; what a
 * larger change needs stays, and what needs a smaller one goes with it.
 */
function findTooSmall(
  changes: readonly PlannedChange[],
  { minSaving }: Options,
  savings: SavingModel,
): {
  readonly changes: ReadonlySet<Change>;
  readonly refusals: readonly { transform: string; refusal: Refusal }[];
} {
  const groups = new Map<unknown, PlannedChange[]>();
  for (const planned of changes) {
    const { intents } = planned.change;
    const [first] = intents;
    const isEntry = first?.type === 'mergeEntries' && intents.every(({ type }) => type === 'mergeEntries');
    const key = isEntry ? first.call : planned.change;
    groups.set(key, [...(groups.get(key) ?? []), planned]);
  }
  const small = new Map<Change, { readonly group: readonly PlannedChange[]; readonly bytes: number }>();
  for (const group of groups.values()) {
    const sizes = group.map(({ change, saving }) => savings.atMost(change.adjustments, saving));
    if (sizes.includes(null)) continue;
    const bytes = sizes.reduce<number>((all, size) => all + Math.max(0, size ?? 0), 0);
    if (bytes < minSaving) for (const { change } of group) small.set(change, { group, bytes });
  }
  const keep = (change: Change): void => {
    for (const needed of change.dependsOn ?? []) if (small.delete(needed)) keep(needed);
  };
  for (const { change } of changes) if (!small.has(change)) keep(change);
  const told = new Set<unknown>();
  const refusals: { transform: string; refusal: Refusal }[] = [];
  for (const { change, transform } of changes) {
    const found = small.get(change);
    if (found === undefined || told.has(found.group)) continue;
    told.add(found.group);
    refusals.push({ transform, refusal: tooSmall(found.group, found.bytes, minSaving) });
  }
  return { changes: new Set(small.keys()), refusals };
}

function tooSmall(group: readonly PlannedChange[], bytes: number, minSaving: number): Refusal {
  const [first] = group;
  if (first === undefined) throw new Error('a group of nothing');
  const { at, subject, summary } = first.change;
  const what = group.length === 1 ? summary : `${summary}, and ${group.length - 1} more like it`;
  return {
    type: 'refusal',
    code: 'too-small',
    why: `It would save at most ${formatBytes(bytes)}, and less than ${formatBytes(minSaving)} is not worth a change (--min-saving): ${what}.`,
    at,
    ...(subject !== undefined && group.length === 1 && { subject }),
  };
}
