import { type CellGroup, cellNumbers, isChanged, type NotebookDiff } from './cell-pair.js';
import { type GroupLine, groupLines } from './group-lines.js';
import { hunkHeader, hunkLines, hunks } from './hunks.js';

/**
 * A unified diff of the cells' own text, without JSON around it, for people and for pipes; `git apply` takes
 * `patch.ts`'s. Cells that follow each other in a group are parted by a line `# %%`, as in jupytext's percent format.
 * Empty where nothing changed, else ends with a newline.
 */
export function formatUnified(diff: NotebookDiff): string {
  return diff.groups
    .filter(isChanged)
    .map((group) => formatGroup(diff.path, group))
    .join('');
}

function formatGroup(path: string, group: CellGroup): string {
  const { before, after, blocks } = groupLines(group);
  if (blocks.length === 0) return '';
  const lines = [`--- ${title(path, group.before)}`, `+++ ${title(path, group.after)}`];
  for (const hunk of hunks(blocks, before.length)) {
    lines.push(hunkHeader(hunk));
    for (const line of hunkLines(hunk)) {
      if (line.kind === 'added') lines.push(`+${text(after[line.after])}`);
      else lines.push(`${line.kind === 'removed' ? '-' : ' '}${text(before[line.before])}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function title(path: string, cells: CellGroup['before']): string {
  return cells.length === 0 ? '/dev/null' : `${path}:cell ${cellNumbers(cells, '-')}`;
}

function text(line: GroupLine | undefined): string {
  if (line?.kind === 'code') return line.text;
  return line === undefined || line.cell.type === 'code' ? '# %%' : `# %% [${line.cell.type}]`;
}
