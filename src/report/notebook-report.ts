import type { Read } from '../analysis/reads.js';
import type { Assumption, Effect, Tier } from '../refactor/contract.js';
import { isMadeBy } from '../refactor/memory/timeline.js';
import type {
  Place,
  PlacedRefusal,
  PlannedChange,
  Refactoring,
  Saving,
  Timeline,
} from '../refactor/refactoring.js';

/** What is told of one notebook: plain data, so that the trees and texts of a batch need not be kept until its end. */
export interface NotebookReport {
  /** As the user gave it. */
  readonly path: string;
  readonly changed: boolean;
  /** Where the result went; null for a dry run, or where nothing was to be written. */
  readonly written: string | null;
  readonly changes: readonly ReportedChange[];
  /** What a wider tier would do besides. */
  readonly withheld: readonly ReportedChange[];
  readonly refusals: readonly ReportedRefusal[];
  /** Changes that the compile check threw out: bugs of nbslim. */
  readonly broken: readonly (ReportedChange & { readonly problem: string })[];
  /** Bytes by the memory model; null where no data are known. */
  readonly memory: { readonly before: Memory; readonly after: Memory } | null;
  /** The data that could not be told, and why. */
  readonly unknownData: readonly UnknownData[];
}

export interface ReportedChange {
  readonly id: string;
  readonly transform: string;
  readonly place: Place;
  readonly subject: string | null;
  readonly summary: string;
  readonly reason: string;
  readonly effect: Effect;
  readonly assumes: readonly Assumption[];
  readonly tier: Tier;
  readonly saving: Saving | null;
  /** In a few words, why `saving` is null. */
  readonly unknown: string | null;
}

export interface ReportedRefusal {
  readonly transform: string;
  readonly code: string;
  readonly place: Place;
  readonly subject: string | null;
  readonly why: string;
}

/** Bytes: the most at any time, and what is held at the notebook's end. */
export interface Memory {
  readonly peak: number;
  readonly held: number;
}

export interface UnknownData {
  /** As the notebook names it; null where that cannot be told. */
  readonly path: string | null;
  readonly code: string;
  readonly why: string;
}

export function reportNotebook(
  path: string,
  refactoring: Refactoring,
  written: string | null,
): NotebookReport {
  const report = (planned: PlannedChange) => reportChange(planned, refactoring);
  return {
    path,
    changed: refactoring.text !== refactoring.program.notebook.text,
    written,
    changes: refactoring.changes.map(report),
    withheld: refactoring.withheld.map(report),
    refusals: refactoring.refusals.map(reportRefusal),
    broken: refactoring.broken.map(({ change, problem }) => ({ ...report(change), problem })),
    memory: refactoring.timelines && {
      before: summarise(refactoring.timelines.before),
      after: summarise(refactoring.timelines.after),
    },
    unknownData: [...refactoring.evidence].flatMap(([read, evidence]) =>
      evidence.type === 'unknown' ? [{ path: read.path, code: evidence.code, why: evidence.why }] : [],
    ),
  };
}

function reportChange(planned: PlannedChange, refactoring: Refactoring): ReportedChange {
  const { id, transform, place, tier, saving, change } = planned;
  return {
    id,
    transform,
    place,
    subject: change.subject ?? null,
    summary: change.summary,
    reason: change.reason,
    effect: change.effect,
    assumes: change.assumes,
    tier,
    saving,
    unknown: saving === null ? whyUnknown(planned, refactoring) : null,
  };
}

function reportRefusal({ transform, refusal, place }: PlacedRefusal): ReportedRefusal {
  return { transform, code: refusal.code, place, subject: refusal.subject ?? null, why: refusal.why };
}

/** What stands in the way of the first read that the change is about and nothing is known of, in a few words. */
function whyUnknown({ change }: PlannedChange, { program, evidence }: Refactoring): string | null {
  const reads = (change.adjustments ?? []).flatMap((adjustment): (Read | undefined)[] => {
    if ('read' in adjustment) return [adjustment.read];
    if (adjustment.type === 'dies-after')
      return adjustment.names.flatMap((name) =>
        program
          .heldBy(name)
          .filter(({ from }) => (adjustment.since ?? 0) <= from && from <= adjustment.statement)
          .flatMap(({ objects }) => objects.map(({ data }) => data?.read)),
      );
    return program.objects
      .filter((one) =>
        adjustment.type === 'no-copy'
          ? isMadeBy(one, adjustment.calls)
          : one.statement === adjustment.statement,
      )
      .map(({ data }) => data?.read);
  });
  for (const read of reads) {
    const known = read && evidence.get(read);
    if (known?.type === 'unknown') return describeUnknown(known.code);
  }
  return null;
}

/** `header-too-long` → `header too long`. */
export function describeUnknown(code: string): string {
  return code === 'no-file' ? 'file not found' : code.replaceAll('-', ' ');
}

function summarise(timeline: Timeline): Memory {
  return {
    peak: timeline.reduce((most, step) => Math.max(most, step.peak), 0),
    held: timeline.at(-1)?.held ?? 0,
  };
}
