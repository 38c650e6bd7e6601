import type { Code } from '../contract.js';
import type { CellSyntax } from './cell-syntax.js';

/** What is handed down while a text is put together. */
export interface RenderState {
  /** The splices whose own text is being put together: a reference to the node they replace means the original. */
  readonly active: ReadonlySet<Splice>;
  /** What each line of the cell is indented by besides its own indent. */
  readonly indent: string;
}

/**
 * One edit of a cell's source: `render()` stands for what is between `start` and `end`. Splices nest: an inner one comes
 * to life where the outer one's text refers to its place.
 */
export interface Splice {
  readonly start: number;
  readonly end: number;
  /** What it belongs to: a reference to an expression leaves out the edits of the statement that is just as long. */
  readonly level: 'statement' | 'expression';
  render(state: RenderState): string;
}

/** Renders one cell: all its splices, and the ranges of it that code refers to. */
export class CellRenderer {
  readonly syntax: CellSyntax;
  readonly #splices: Splice[] = [];
  #sorted = true;

  constructor(syntax: CellSyntax) {
    this.syntax = syntax;
  }

  add(...splices: readonly Splice[]): void {
    this.#splices.push(...splices);
    this.#sorted = false;
  }

  /** The same cell with more splices. */
  with(splices: readonly Splice[]): CellRenderer {
    const copy = new CellRenderer(this.syntax);
    copy.add(...this.#splices, ...splices);
    return copy;
  }

  renderAll(): string {
    return this.renderRange(0, this.syntax.source.length, PLAIN_STATE);
  }

  /**
   * The text of a range with all edits in it. Offsets must not lie inside an edit.
   *
   * @param indentFirst whether the range's first line is indented too, where the range starts with a line
   */
  renderRange(
    start: number,
    end: number,
    state: RenderState,
    level: Splice['level'] = 'statement',
    indentFirst = false,
  ): string {
    const parts: string[] = [];
    let at = start;
    const isFirst = () => at > start || indentFirst;
    for (const splice of this.#outermost(start, end, state, level)) {
      parts.push(this.#copy(at, splice.start, state.indent, isFirst()));
      const text = splice.render(state);
      at = splice.start;
      // What takes whole lines away leaves nothing to indent.
      const leavesText = text !== '' || this.syntax.lines.start(splice.end) !== splice.end;
      if (leavesText && splice.end > splice.start && isFirst()) parts.push(this.#indentAt(at, state.indent));
      parts.push(text);
      at = splice.end;
    }
    parts.push(this.#copy(at, end, state.indent, isFirst()));
    return parts.join('');
  }

  /** Splices in the range that no other one in the range covers, in the order in which they stand. */
  #outermost(start: number, end: number, state: RenderState, level: Splice['level']): Splice[] {
    if (!this.#sorted) {
      // Stable: equals stay in the order in which they were added.
      this.#splices.sort((a, b) => a.start - b.start || compareLengths(a, b) || compareLevels(a, b));
      this.#sorted = true;
    }
    const found: Splice[] = [];
    let covered = start;
    for (const splice of this.#splices) {
      if (splice.start < covered || splice.end > end || state.active.has(splice)) continue;
      if (level === 'expression' && splice.level === 'statement') continue;
      found.push(splice);
      covered = splice.end;
    }
    return found;
  }

  /** The source from `start` to `end`, each line that starts in it indented. */
  #copy(start: number, end: number, indent: string, indentFirst: boolean): string {
    const { source } = this.syntax;
    if (indent === '' || start >= end) return source.slice(start, end);
    const parts: string[] = indentFirst ? [this.#indentAt(start, indent)] : [];
    let at = start;
    for (;;) {
      const next = source.indexOf('\n', at) + 1;
      if (next === 0 || next > end) break;
      parts.push(source.slice(at, next));
      // What starts at `end` is the business of what follows.
      if (next < end) parts.push(this.#indentAt(next, indent));
      at = next;
    }
    parts.push(source.slice(at, end));
    return parts.join('');
  }

  #indentAt(offset: number, indent: string): string {
    const { lines } = this.syntax;
    if (lines.start(offset) !== offset || lines.isBlank(offset)) return '';
    return this.syntax.startsInString(offset) ? '' : indent;
  }
}

export const PLAIN_STATE: RenderState = { active: new Set(), indent: '' };

export function activate(state: RenderState, splice: Splice): RenderState {
  return { ...state, active: new Set([...state.active, splice]) };
}

/** Insertions stand before what starts at their place; of two ranges the longer one is the outer one. */
function compareLengths(a: Splice, b: Splice): number {
  const [lengthA, lengthB] = [a.end - a.start, b.end - b.start];
  if (lengthA === 0 || lengthB === 0) return Math.sign(lengthA) - Math.sign(lengthB);
  return lengthB - lengthA;
}

function compareLevels(a: Splice, b: Splice): number {
  return Number(a.level === 'expression') - Number(b.level === 'expression');
}

/** Renders code; given to whoever makes splices. */
export type RenderCode = (code: Code, indent: string, state: RenderState) => string;
