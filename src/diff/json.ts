import { type CellChange, type CellGroup, type DiffCell, isChanged, type NotebookDiff } from './cell-pair.js';
import { type GroupLine, groupLines } from './group-lines.js';
import { type DiffLine, hunkLines } from './hunks.js';

/** A notebook's diff for other programs: its changed groups, each with both sides whole and line by line. */
export interface JsonDiff {
  readonly notebook: string;
  readonly groups: readonly JsonGroup[];
}

export interface JsonGroup {
  readonly before: readonly DiffCell[];
  readonly after: readonly DiffCell[];
  readonly changes: readonly CellChange[];
  readonly lines: readonly JsonLine[];
}

/** Every line of the group. `before` and `after` say where it stands; cells and lines are counted from 1. */
export interface JsonLine {
  readonly kind: 'context' | 'removed' | 'added';
  readonly before: Place | null;
  readonly after: Place | null;
  /** Null where a cell begins behind another: the border between them, which has no text of its own. */
  readonly text: string | null;
}

export interface Place {
  readonly cell: number;
  /** Null for a border. */
  readonly line: number | null;
}

export function jsonDiff(diff: NotebookDiff): JsonDiff {
  return { notebook: diff.path, groups: diff.groups.filter(isChanged).map(jsonGroup) };
}

/** The diffs of several notebooks as one JSON array, ending with a newline. */
export function formatJson(diffs: readonly NotebookDiff[]): string {
  return `${JSON.stringify(diffs.map(jsonDiff), null, 2)}\n`;
}

function jsonGroup(group: CellGroup): JsonGroup {
  const { before, after, blocks } = groupLines(group);
  const whole = {
    blocks,
    beforeStart: 0,
    beforeEnd: before.length,
    afterStart: 0,
    afterEnd: after.length,
  };
  return {
    before: group.before,
    after: group.after,
    changes: group.changes,
    lines: Array.from(hunkLines(whole), (line) => jsonLine(line, before, after)),
  };
}

function jsonLine(line: DiffLine, before: readonly GroupLine[], after: readonly GroupLine[]): JsonLine {
  const old = line.kind === 'added' ? undefined : before[line.before];
  const now = line.kind === 'removed' ? undefined : after[line.after];
  const either = now ?? old;
  return {
    kind: line.kind,
    before: place(old),
    after: place(now),
    text: either?.kind === 'code' ? either.text : null,
  };
}

function place(line: GroupLine | undefined): Place | null {
  if (line === undefined) return null;
  return { cell: line.cell.index, line: line.kind === 'code' ? line.line + 1 : null };
}
