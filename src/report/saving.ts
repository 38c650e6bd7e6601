import type { Saving } from '../refactor/refactoring.js';
import { formatBytes } from '../text/bytes.js';

/**
 * The one figure for a change, in bytes: what it takes off the peak; where that stays, what is held less at the end; where
 * that stays too, what is needed less meanwhile.
 */
export function savedBytes({ peak, held, meanwhile }: Saving): number {
  return peak !== 0 ? peak : held !== 0 ? held : meanwhile;
}

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
