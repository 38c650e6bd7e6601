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

/** Writes the diffs of a run one after the other. */
export interface DiffWriter {
  /** `text` is to be printed at once, `data` goes into a JSON report. */
  format(path: string, refactoring: Refactoring, before: string): FormattedDiff;
  /** What is to be printed behind the last diff. */
  end(): string;
}

export interface FormattedDiff {
  readonly text: string;
  readonly data: string | readonly JsonGroup[];
}

export function diffWriter(format: DiffFormat, colours: Colours): DiffWriter {
  // One JSON array for the whole run: it can be printed at the end only.
  const forJson: NotebookDiff[] = [];
  return {
    format(path, refactoring, before) {
      if (format === 'patch') {
        const text = formatPatch(path, before, refactoring.text);
        return { text, data: text };
      }
      const diff = notebookDiff(path, refactoring);
      if (format === 'unified') {
        const text = formatUnified(diff);
        return { text, data: text };
      }
      if (format === 'json') {
        const groups = diff.groups.filter(isChanged);
        if (groups.length > 0) forJson.push({ path, groups });
        return { text: '', data: jsonDiff(diff).groups };
      }
      return { text: formatCells(diff, colours), data: jsonDiff(diff).groups };
    },
    end: () => (format === 'json' ? formatJson(forJson) : ''),
  };
}
