import { writeAtomically } from '../batch/write-atomically.js';
import type { VerifiedNotebook } from '../report/html/verified-notebook.js';
import { readVersion } from './version.js';

export const REPORT_HELP = 'write the memory, cell by cell, the diffs and the verdict into one HTML file';

/** Writes the page. What draws it is loaded when it is needed, and not before. */
export async function writeReport(file: string, notebooks: readonly VerifiedNotebook[]): Promise<void> {
  const { formatHtmlReport } = await import('../report/html/page.js');
  await writeAtomically(file, formatHtmlReport(notebooks, readVersion()));
}
