import { createHash } from 'node:crypto';
import type { Program } from '../analysis/program.js';
import type { Change } from './contract.js';

const LENGTH = 6;

/**
 * Gives changes their ids, such as `dtype-3f2a91`: the same from run to run, and when other cells change. An id rests on
 * the transform, the cell (its id; its source where it has none), the statement's text, the subject and, among changes
 * that agree in all of these, on their order.
 */
export class ChangeIds {
  readonly #program: Program;
  readonly #seen = new Map<string, number>();
  readonly #taken = new Set<string>();

  constructor(program: Program) {
    this.#program = program;
  }

  idOf(transform: string, change: Change): string {
    const { cell } = this.#program.cellOf(change.at);
    const statement =
      change.at.kind === 'Module' ? '' : this.#program.textOf(this.#program.statementOf(change.at).node);
    const key = JSON.stringify([
      transform,
      cell.id ?? normalise(cell.source),
      normalise(statement),
      change.subject ?? '',
    ]);
    const ordinal = this.#seen.get(key) ?? 0;
    this.#seen.set(key, ordinal + 1);
    for (let attempt = 0; ; attempt++) {
      const hash = createHash('sha256').update(`${key}#${ordinal}#${attempt}`).digest('hex');
      const id = `${transform}-${hash.slice(0, LENGTH)}`;
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
  }
}

/** What a formatter or another editor changes does not matter: white space. */
function normalise(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
