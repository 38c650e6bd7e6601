import type { NotebookReport } from './notebook-report.js';

/** What became of all notebooks of a run. */
export interface Total {
  readonly notebooks: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly changes: number;
  readonly refusals: number;
  /** Bytes by the memory model, added up over the notebooks of which the data are known. */
  readonly saved: { readonly peak: number; readonly held: number };
}

/** @param failed how many notebooks could not be processed */
export function total(reports: readonly NotebookReport[], failed: number): Total {
  const changed = reports.filter((report) => report.changed).length;
  const sum = (number: (report: NotebookReport) => number) =>
    reports.reduce((so, report) => so + number(report), 0);
  return {
    notebooks: reports.length + failed,
    changed,
    unchanged: reports.length - changed,
    failed,
    changes: sum((report) => report.changes.length),
    refusals: sum((report) => report.refusals.length),
    saved: {
      peak: sum(({ memory }) => (memory === null ? 0 : memory.before.peak - memory.after.peak)),
      held: sum(({ memory }) => (memory === null ? 0 : memory.before.held - memory.after.held)),
    },
  };
}
