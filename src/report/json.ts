import type { JsonGroup } from '../diff/json.js';
import type { Verification } from '../verify/verification.js';
import type { NotebookReport } from './notebook-report.js';
import { total } from './total.js';

/**
 * What is told of a notebook in JSON. `diff` is there where one was asked for: groups of cells, or a diff as text;
 * `verification` where both notebooks were run.
 */
export type JsonNotebook =
  | (NotebookReport & {
      readonly diff?: readonly JsonGroup[] | string;
      readonly verification?: Verification;
    })
  | { readonly path: string; readonly error: string };

/** The report of a run as one JSON object, ending with a newline. Bytes are numbers; places count from 1. */
export function formatJsonReport(notebooks: readonly JsonNotebook[]): string {
  const reports = notebooks.filter((notebook): notebook is NotebookReport => !('error' in notebook));
  const report = {
    version: 1,
    notebooks,
    total: total(reports, notebooks.length - reports.length),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
