import type { Saving } from '../refactor/refactoring.js';
import { formatBytes } from '../text/bytes.js';

/** The one figure for a change, in bytes: what it takes off the peak, or, where that stays, what is held less at the end. */
export function savedBytes(saving: Saving): number {
  return saving.peak !== 0 ? saving.peak : saving.held;
}

/** `saves 12.9 MiB`, `frees 12.9 MiB by the end`, `saves nothing by itself`; for null `size not known: file not found`. */
export function formatSaving(saving: Saving | null, unknown: string | null): string {
  if (saving === null) return unknown === null ? 'size not known' : `size not known: ${unknown}`;
  const bytes = savedBytes(saving);
  if (bytes === 0) return 'saves nothing by itself';
  if (bytes < 0) return `costs ${formatBytes(-bytes)}`;
  return saving.peak !== 0 ? `saves ${formatBytes(bytes)}` : `frees ${formatBytes(bytes)} by the end`;
}
