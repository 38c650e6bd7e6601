import { readNotebook } from '../notebook/read-notebook.js';
import type { Refactoring } from '../refactor/refactoring.js';
import type { Declared } from './declared.js';

/** A float32 has a relative error of 6e-8 in each value; what is computed from it may have some more. */
const ROUNDING = 1e-6;

/** What tells how much memory a process or an object takes: to change that is what every change is for. */
const METER =
  /\bpsutil\b|\bmemory_info\b|\bgetsizeof\b|\bmemory_usage\b|\btracemalloc\b|\bgetrusage\b|%memit\b|\bmemory_profiler\b/;

/** What the changes of a refactoring say that they change. */
export function declaredBy({ changes, program }: Refactoring): Declared {
  const effects = new Set(changes.map(({ change }) => change.effect));
  const rounds = effects.has('rounding') || effects.has('different');
  return {
    types: rounds || effects.has('types'),
    meters: changes.length > 0 && program.cells.some(({ cell }) => METER.test(cell.source)),
    rounding: rounds ? ROUNDING : null,
    freed: changes.flatMap(({ change }) => change.frees ?? []),
    silenced: [...new Set(changes.flatMap(({ change }) => change.silences ?? []))],
    stale: changes.flatMap(({ change }) => change.leavesStale ?? []),
    lazy: changes.flatMap(({ change }) => change.loadsLater ?? []),
    maps: changes.flatMap(({ change }) => change.maps ?? []),
  };
}

/** Whether a notebook has the code that the refactoring wrote; its outputs may be others. */
export function hasCodeOf({ text }: Refactoring, rewritten: string): boolean {
  if (text === rewritten) return true;
  const code = (notebook: string) =>
    readNotebook(notebook, 'notebook')
      .cells.filter(({ type }) => type === 'code')
      .map(({ source }) => source);
  return JSON.stringify(code(text)) === JSON.stringify(code(rewritten));
}
