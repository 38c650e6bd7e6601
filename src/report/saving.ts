import { type Saving, savedBytes } from '../refactor/refactoring.js';
import { formatBytes } from '../text/bytes.js';

/** `saves 12.9 MiB`, `frees 12.9 MiB by the end`, `saves nothing by itself`; for null `size not known: file not found`. */
export function formatSaving(saving: Saving | null, unknown: string | null): string {
  if (saving === null) return unknown === null ? 'size not known' : `size not known: ${unknown}`;
  const bytes = savedBytes(saving);
  if (bytes === 0) return 'saves nothing by itself';
  if (bytes < 0) return `costs ${formatBytes(-bytes)}`;
  const figure = `${saving.atLeast === true ? 'at least ' : ''}${formatBytes(bytes)}`;
  if (saving.peak !== 0) return `saves ${figure}`;
  return saving.held !== 0 ? `frees ${figure} by the end` : `saves ${figure} meanwhile`;
}
