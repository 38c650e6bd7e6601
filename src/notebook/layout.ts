import type { Cell, Notebook } from './notebook.js';
import { scanObject, skipSpace, skipString, skipValue } from './scan-json.js';

/** The white space with which an array or an object is written; `separator` has the comma in it. */
export interface Brackets {
  readonly lead: string;
  readonly separator: string;
  readonly tail: string;
}

/** How a notebook's cells are laid out in its file, taken from the file itself. */
export interface Layout {
  /** Around and between cells. */
  readonly cells: Brackets;
  /** Around and between a cell's members. */
  readonly members: Brackets;
  /** Around and between the items of a list in a cell: of `source` and `outputs`. */
  readonly items: Brackets;
  /** Between a key and its value: `': '` or `':'`. */
  readonly colon: string;
  /** A cell's keys, in the order in which this file has them. */
  readonly keyOrder: readonly string[];
}

/** As Jupyter writes them. */
const SORTED_KEYS = ['attachments', 'cell_type', 'execution_count', 'id', 'metadata', 'outputs', 'source'];

/**
 * The layout of a notebook, as far as possible from `model`: the cell beside which something is to be written.
 *
 * @param top what `detectTopLayout` has found in this notebook; it looks at the whole file, so ask it once
 */
export function detectLayout(notebook: Notebook, top: TopLayout, model: Cell | null): Layout {
  const { text, cells, cellsSpan } = notebook;
  const firstCell = cells[0];
  const secondCell = cells[1];
  const cellLead =
    firstCell === undefined
      ? deepen(top.lead, top.unit)
      : text.slice(cellsSpan.start + 1, firstCell.spans.cell.start);
  const cellSeparator =
    firstCell !== undefined && secondCell !== undefined
      ? text.slice(firstCell.spans.cell.end, secondCell.spans.cell.start)
      : separatorFor(cellLead, top.separator);
  const lastCell = cells.at(-1);
  const cellTail = lastCell === undefined ? top.lead : text.slice(lastCell.spans.cell.end, cellsSpan.end - 1);
  const outer = { lead: cellLead, separator: cellSeparator, tail: cellTail };
  if (model === null) {
    const lead = deepen(cellLead, top.unit);
    const members = { lead, separator: separatorFor(lead, top.separator), tail: cellLead };
    return {
      cells: outer,
      members,
      items: itemsOf(members, top.unit),
      colon: top.colon,
      keyOrder: SORTED_KEYS,
    };
  }
  const found = detectMembers(text, model.spans.cell.start, model.spans.cell.end);
  const members = {
    lead: found.lead,
    separator: found.separator ?? separatorFor(found.lead, top.separator),
    tail: found.tail,
  };
  const unit = found.lead.startsWith(cellLead) ? found.lead.slice(cellLead.length) : top.unit;
  return { cells: outer, members, items: itemsOf(members, unit), colon: found.colon, keyOrder: found.keys };
}

/** The white space around the items of the list at `start`; null if it has none to learn from. */
export function detectBrackets(
  text: string,
  start: number,
  end: number,
  fallback: Brackets,
): Brackets | null {
  const first = skipSpace(text, start + 1);
  if (first >= end - 1) return null;
  const lead = text.slice(start + 1, first);
  const firstEnd = skipValue(text, first);
  const comma = skipSpace(text, firstEnd);
  const separator = text[comma] === ',' ? text.slice(firstEnd, skipSpace(text, comma + 1)) : null;
  let last = end - 2;
  while (' \n\r\t'.includes(text[last] ?? '')) last--;
  return {
    lead,
    separator: separator ?? separatorFor(lead, fallback.separator),
    tail: text.slice(last + 1, end - 1),
  };
}

function itemsOf(members: Brackets, unit: string): Brackets {
  const lead = deepen(members.lead, unit);
  return { lead, separator: separatorFor(lead, members.separator), tail: members.lead };
}

/** One level deeper; what is written without line breaks has no levels. */
function deepen(lead: string, unit: string): string {
  return lead.includes('\n') ? lead + unit : lead;
}

function separatorFor(lead: string, otherSeparator: string): string {
  return lead.includes('\n') ? `,${lead}` : otherSeparator;
}

interface Members {
  readonly lead: string;
  /** Null where there is one member only. */
  readonly separator: string | null;
  readonly tail: string;
  readonly colon: string;
  readonly keys: readonly string[];
}

function detectMembers(text: string, start: number, end: number): Members {
  const keys: string[] = [];
  let lead = '';
  let colon = ': ';
  let separator: string | null = null;
  let valueEnd = start + 1;
  scanObject(text, start, (key, keyStart, valueStart) => {
    if (keys.length === 0) {
      lead = text.slice(start + 1, keyStart);
      colon = text.slice(skipString(text, keyStart), valueStart);
    } else {
      separator ??= text.slice(valueEnd, keyStart);
    }
    if (!keys.includes(key)) keys.push(key);
    valueEnd = skipValue(text, valueStart);
    return valueEnd;
  });
  return { lead, separator, tail: text.slice(valueEnd, end - 1), colon, keys };
}

/** How the file's outermost object is written. */
export interface TopLayout {
  readonly lead: string;
  /** One level of indentation. */
  readonly unit: string;
  readonly separator: string;
  readonly colon: string;
}

export function detectTopLayout(text: string): TopLayout {
  const start = skipSpace(text, text.startsWith('\uFEFF') ? 1 : 0);
  const { lead, separator, colon } = detectMembers(text, start, skipValue(text, start));
  const unit = lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n') + 1) : '';
  return { lead, unit, separator: separator ?? separatorFor(lead, ', '), colon };
}
