import { formatBytes } from '../text/bytes.js';
import { type Colours, printable } from '../text/colour.js';
import { type CellChange, type CellGroup, cellNumbers, isChanged, type NotebookDiff } from './cell-pair.js';
import { type GroupLine, type GroupLines, groupLines } from './group-lines.js';
import { type DiffLine, hunkLines, hunks } from './hunks.js';
import { differingWords, type Piece } from './words.js';

/**
 * The diff for a terminal: each group of cells with its place, its lines, and below them why they changed and what
 * that saves. In colour, the words that differ inside a line stand out. Empty where nothing changed, else ends with a
 * newline.
 */
export function formatCells(diff: NotebookDiff, colours: Colours): string {
  return diff.groups
    .filter(isChanged)
    .map((group) => formatGroup(diff.path, group, colours))
    .join('\n');
}

function formatGroup(path: string, group: CellGroup, colours: Colours): string {
  const lines = [colours.bold(printable(groupTitle(path, group)))];
  const sides = groupLines(group);
  const marks = colours.enabled ? markWords(sides) : new Map<GroupLine, Piece[]>();
  hunks(sides.blocks, sides.before.length).forEach((hunk, i) => {
    if (i > 0) lines.push(colours.dim('  ⋮'));
    for (const line of hunkLines(hunk)) lines.push(formatLine(line, sides, marks, colours));
  });
  lines.push(...group.changes.map((change) => formatChange(change, colours)));
  return `${lines.join('\n')}\n`;
}

/** `demo.ipynb:cell 3–6 → cell 3`; `demo.ipynb:cell 3` where the number stays. */
function groupTitle(path: string, group: CellGroup): string {
  const before = cellNumbers(group.before, '–');
  const after = cellNumbers(group.after, '–');
  if (before === '') return `${path}: new cell ${after}`;
  if (after === '') return `${path}:cell ${before} → removed`;
  return before === after ? `${path}:cell ${before}` : `${path}:cell ${before} → cell ${after}`;
}

function formatLine(
  line: DiffLine,
  sides: GroupLines,
  marks: ReadonlyMap<GroupLine, readonly Piece[]>,
  colours: Colours,
): string {
  const of = line.kind === 'added' ? sides.after[line.after] : sides.before[line.before];
  if (of === undefined) throw new RangeError('a diff line outside its cells');
  if (line.kind === 'context') return of.kind === 'code' ? `  ${shown(of.text)}`.trimEnd() : border(of);
  const colour = line.kind === 'added' ? colours.green : colours.red;
  const sign = line.kind === 'added' ? '+' : '-';
  if (of.kind === 'border') return colour(`${sign}${border(of).slice(1)}`);
  const pieces = marks.get(of);
  if (pieces === undefined) return colour(`${sign} ${shown(of.text)}`);
  const text = pieces.map(({ text, changed }) => (changed ? colours.reverse(shown(text)) : shown(text)));
  return colour(`${sign} ${text.join('')}`);
}

function border(line: GroupLine & { kind: 'border' }): string {
  const type = line.cell.type === 'code' ? '' : ` (${line.cell.type})`;
  return `  ── cell ${line.cell.index}${type} ──`;
}

/** Only the end of a line tells a CRLF source from another, and it is the same on all of them. */
function shown(text: string): string {
  return printable(text.endsWith('\r') ? text.slice(0, -1) : text);
}

/** The pieces of the lines whose words are worth telling apart. */
function markWords(sides: GroupLines): Map<GroupLine, Piece[]> {
  const marks = new Map<GroupLine, Piece[]>();
  for (const block of sides.blocks) {
    const removed = sides.before.slice(block.beforeStart, block.beforeEnd).filter(isCode);
    const added = sides.after.slice(block.afterStart, block.afterEnd).filter(isCode);
    if (removed.length === 0 || added.length === 0) continue;
    const words = differingWords(removed.map(textOf), added.map(textOf));
    if (words === null) continue;
    removed.forEach((line, i) => {
      marks.set(line, words.removed[i] ?? []);
    });
    added.forEach((line, i) => {
      marks.set(line, words.added[i] ?? []);
    });
  }
  return marks;
}

const isCode = (line: GroupLine): line is GroupLine & { kind: 'code' } => line.kind === 'code';
const textOf = (line: GroupLine & { kind: 'code' }): string => line.text;

/** Below the lines: `  dtype: whole numbers from 0 to 255 (saves 22.7 MiB) [id]`. */
function formatChange(change: CellChange, colours: Colours): string {
  const saving = change.saving === null ? '' : ` (${savingText(change.saving)})`;
  return `  ${colours.cyan(change.transform)}: ${printable(`${change.summary}. ${change.reason}`)}${colours.bold(saving)} ${colours.dim(`[${change.id}]`)}`;
}

function savingText(saving: number): string {
  if (saving === 0) return 'saves nothing by itself';
  return saving > 0 ? `saves ${formatBytes(saving)}` : `costs ${formatBytes(-saving)}`;
}
