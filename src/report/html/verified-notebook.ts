import type { NotebookDiff } from '../../diff/cell-pair.js';
import { type JsonGroup, jsonDiff } from '../../diff/json.js';
import { pairCells } from '../../diff/pair-cells.js';
import { readNotebook } from '../../notebook/read-notebook.js';
import type { Refactoring } from '../../refactor/refactoring.js';
import type { Verification } from '../../verify/verification.js';
import { notebookDiff } from '../notebook-diff.js';
import { type NotebookReport, reportNotebook } from '../notebook-report.js';

/** What the page tells of one notebook. */
export type VerifiedNotebook = CheckedNotebook | FailedNotebook;

export interface CheckedNotebook {
  readonly path: string;
  /** What nbslim changed and refused; null where the rewritten notebook is not its work. */
  readonly report: NotebookReport | null;
  /** Old and new cells that belong together, of the whole notebook. */
  readonly groups: readonly CellMatch[];
  /** The groups that differ, line by line. */
  readonly diff: readonly JsonGroup[];
  /** Null where nothing was changed, so that nothing was run. */
  readonly verification: Verification | null;
}

export interface FailedNotebook {
  readonly path: string;
  readonly error: string;
}

/** Numbers of cells, from 1 over all cells of each notebook. */
export interface CellMatch {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A notebook that nbslim rewrote, or left as it was: plain data, so that the trees of a batch need not be kept. */
export function refactoredNotebook(
  path: string,
  refactoring: Refactoring,
  verification: Verification | null,
): CheckedNotebook {
  const report = reportNotebook(path, refactoring, null);
  return { report, verification, ...described(notebookDiff(path, refactoring)) };
}

/** A notebook that somebody else rewrote. */
export function rewrittenNotebook(
  path: string,
  original: string,
  rewritten: string,
  verification: Verification,
): CheckedNotebook {
  const [before = [], after = []] = [original, rewritten].map((text) => readNotebook(text, path).cells);
  return { report: null, verification, ...described({ path, groups: pairCells(before, after) }) };
}

function described(diff: NotebookDiff): Pick<CheckedNotebook, 'path' | 'groups' | 'diff'> {
  const indexes = (cells: readonly { readonly index: number }[]) => cells.map(({ index }) => index);
  return {
    path: diff.path,
    groups: diff.groups.map(({ before, after }) => ({ before: indexes(before), after: indexes(after) })),
    diff: jsonDiff(diff).groups,
  };
}
