import type { Place } from '../refactor/refactoring.js';

/** How every message, diff and report names a place: `path:cell N:line:col`, all from 1, N over all cells. */
export function formatPlace(path: string, place: Place): string {
  return `${path}:cell ${place.cell}:${place.line}:${place.column}`;
}
