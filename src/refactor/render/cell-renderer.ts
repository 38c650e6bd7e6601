import MagicString from 'magic-string';
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
  /** For an insertion, where the statement starts that it belongs to. At the end of several the innermost comes first. */
  readonly anchor?: number;
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
    const text = new MagicString(this.syntax.source.slice(start, end));
    let at = start;
    for (const splice of this.#outermost(start, end, state, level)) {
      this.#indentLines(text, start, at, splice.start, state.indent, at > start || indentFirst);
      const rendered = splice.render(state);
      const [from, to] = [splice.start - start, splice.end - start];
      // What takes whole lines away leaves nothing to indent.
      const leavesText = rendered !== '' || this.syntax.lines.start(splice.end) !== splice.end;
      if (from < to && leavesText && (from > 0 || indentFirst))
        text.appendLeft(from, this.#indentAt(splice.start, state.indent));
      if (from === to) text.appendLeft(from, rendered);
      else if (rendered === '') text.remove(from, to);
      else text.overwrite(from, to, rendered);
      at = splice.end;
    }
    this.#indentLines(text, start, at, end, state.indent, at > start || indentFirst);
    return text.toString();
  }

  /** Splices in the range that no other one in the range covers, in the order in which they stand. */
  #outermost(start: number, end: number, state: RenderState, level: Splice['level']): Splice[] {
    if (!this.#sorted) {
      // Stable: equals stay in the order in which they were added.
      this.#splices.sort(
        (a, b) => a.start - b.start || compareLengths(a, b) || compareLevels(a, b) || compareAnchors(a, b),
      );
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

  /** Indents each line that starts between `from` and `to`; what starts at `to` is the business of what follows. */
  #indentLines(
    text: MagicString,
    start: number,
    from: number,
    to: number,
    indent: string,
    first: boolean,
  ): void {
    if (indent === '' || from >= to) return;
    const { source } = this.syntax;
    if (first) text.appendLeft(from - start, this.#indentAt(from, indent));
    for (let at = source.indexOf('\n', from) + 1; at > 0 && at < to; at = source.indexOf('\n', at) + 1)
      text.appendLeft(at - start, this.#indentAt(at, indent));
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

function compareAnchors(a: Splice, b: Splice): number {
  return (b.anchor ?? 0) - (a.anchor ?? 0);
}

/** Renders code; given to whoever makes splices. */
export type RenderCode = (code: Code, indent: string, state: RenderState) => string;
