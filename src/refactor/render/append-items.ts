import type { RenderState, Splice } from './cell-renderer.js';
import type { Lines } from './lines.js';

/** What stands between the brackets of a call's arguments or of a dict display. */
export interface ItemList {
  /** Offset behind the opening bracket. */
  readonly open: number;
  /** Offset of the closing bracket. */
  readonly close: number;
  /** The last item's span, as it is in the tree (its own parentheses may be missing). */
  readonly last: { readonly start: number; readonly end: number } | null;
}

/** Where on its line an item will stand. */
export interface ItemPosition {
  readonly column: number;
  /** Columns that follow on the line. */
  readonly after: number;
  readonly indent: string;
}

export type RenderItem = (position: ItemPosition, state: RenderState) => string;

/** Puts items behind the last one, in the author's way: on the same line, or each on a line of its own. */
export function appendItems(lines: Lines, list: ItemList, items: readonly RenderItem[]): Splice[] {
  const { source } = lines;
  if (items.length === 0) return [];
  if (list.last === null) {
    return [point(list.open, (state) => renderInline(lines, list.open, '', items, state))];
  }
  const { itemEnd, commaEnd } = findTail(lines, list, list.last.end);
  const lineStart = lines.start(list.last.start);
  if (lineStart < list.open || !lines.isFirstOnLine(list.last.start)) {
    return [point(itemEnd, (state) => renderInline(lines, itemEnd, ', ', items, state))];
  }
  const lineIndent = lines.indent(list.last.start);
  const renderLines = (state: RenderState) => {
    const indent = state.indent + lineIndent;
    const texts = items.map((render) => render({ column: indent.length, after: 1, indent }, state));
    return texts.map((text) => `\n${indent}${text}`).join(',');
  };
  const tail = commaEnd ?? itemEnd;
  const lineEnd = lines.end(tail);
  const endsLine = lineEnd < list.close && /^[ \t]*(#.*)?$/.test(source.slice(tail, lineEnd));
  if (!endsLine) {
    return commaEnd === null
      ? [point(itemEnd, (state) => `,${renderLines(state)}`)]
      : [point(commaEnd, (state) => `${renderLines(state)},`)];
  }
  return commaEnd === null
    ? [point(itemEnd, () => ','), point(lineEnd, renderLines)]
    : [point(lineEnd, (state) => `${renderLines(state)},`)];
}

function renderInline(
  lines: Lines,
  offset: number,
  separator: string,
  items: readonly RenderItem[],
  state: RenderState,
): string {
  const indent = state.indent + lines.indent(offset);
  const after = lines.end(offset) - offset;
  let column = state.indent.length + offset - lines.start(offset);
  const parts: string[] = [];
  for (const render of items) {
    const lead = parts.length === 0 ? separator : ', ';
    const text = render({ column: column + lead.length, after, indent }, state);
    parts.push(lead + text);
    const newline = text.lastIndexOf('\n');
    column = newline < 0 ? column + lead.length + text.length : text.length - newline - 1;
  }
  return parts.join('');
}

/** Where the last item ends with the parentheses around it, and where the comma behind it ends, if there is one. */
function findTail(
  lines: Lines,
  list: ItemList,
  lastEnd: number,
): { readonly itemEnd: number; readonly commaEnd: number | null } {
  let itemEnd = lastEnd;
  for (let at = lines.skipSpace(lastEnd); at < list.close; at = lines.skipSpace(at + 1)) {
    if (lines.source[at] === ',') return { itemEnd, commaEnd: at + 1 };
    itemEnd = at + 1;
  }
  return { itemEnd, commaEnd: null };
}

/** An insertion. */
export function point(offset: number, render: (state: RenderState) => string): Splice {
  return { start: offset, end: offset, level: 'expression', render };
}
