import type { NotebookDiff } from '../diff/cell-pair.js';
import { isChanged } from '../diff/cell-pair.js';
import { formatCells } from '../diff/cells.js';
import { formatJson, type JsonGroup, jsonDiff } from '../diff/json.js';
import { formatPatch } from '../diff/patch.js';
import { formatUnified } from '../diff/unified.js';
import type { Refactoring } from '../refactor/refactoring.js';
import { notebookDiff } from '../report/notebook-diff.js';
import type { Colours } from '../text/colour.js';

export const DIFF_FORMATS = ['cells', 'unified', 'patch', 'json'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** The diff of one notebook: plain data. */
export interface FormattedDiff {
  /** To be printed at once. */
  readonly text: string;
  /** Goes into a JSON report. */
  readonly data: string | readonly JsonGroup[];
  /** Goes into the one JSON array for the whole run, which can be printed at its end only; null in other formats. */
  readonly forArray: NotebookDiff | null;
}

export function formatDiff(
  format: DiffFormat,
  colours: Colours,
  path: string,
  refactoring: Refactoring,
  before: string,
): FormattedDiff {
  if (format === 'patch') {
    const text = formatPatch(path, before, refactoring.text);
    return { text, data: text, forArray: null };
  }
  const diff = notebookDiff(path, refactoring);
  if (format === 'unified') {
    const text = formatUnified(diff);
    return { text, data: text, forArray: null };
  }
  const { groups } = jsonDiff(diff);
  if (format === 'cells') return { text: formatCells(diff, colours), data: groups, forArray: null };
  const changed = diff.groups.filter(isChanged);
  return { text: '', data: groups, forArray: changed.length > 0 ? { path, groups: changed } : null };
}

/** What is to be printed behind the last diff. */
export function endOfDiffs(format: DiffFormat, diffs: readonly FormattedDiff[]): string {
  return format === 'json' ? formatJson(diffs.flatMap(({ forArray }) => forArray ?? [])) : '';
}
