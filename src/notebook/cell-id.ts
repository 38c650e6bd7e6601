import type { Notebook } from './notebook.js';

const LONGEST = 64;

/**
 * Gives out ids for new cells: valid (nbformat 4.5: `[a-zA-Z0-9-_]{1,64}`), unique in the notebook, and the same at
 * every run, for a second run of nbslim must not differ from the first. [facts: ipynb/ids-in-4-5 ipynb/ids-in-4-4]
 */
export class CellIds {
  readonly #taken: Set<string>;

  constructor(notebook: Notebook) {
    this.#taken = new Set(notebook.cells.flatMap((cell) => (cell.id === null ? [] : [cell.id])));
  }

  /** An id that tells its neighbour: `'a1b2c3'` → `'a1b2c3-2'`. */
  next(neighbour: string | null): string {
    const stem = (neighbour ?? 'cell').replace(/[^a-zA-Z0-9_-]/g, '') || 'cell';
    for (let number = 2; ; number++) {
      const suffix = `-${number}`;
      const id = stem.slice(0, LONGEST - suffix.length) + suffix;
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
  }

  /** Takes the id that someone asked for. Throws if it is not valid or not free. */
  take(id: string): string {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(id)) throw new Error(`not a valid cell id: ${JSON.stringify(id)}`);
    if (this.#taken.has(id)) throw new Error(`the cell id ${id} is taken`);
    this.#taken.add(id);
    return id;
  }
}
