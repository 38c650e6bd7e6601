import { wasRunInOrder } from '../../analysis/cell-barriers.js';
import type { CellEdit, OutputsChange } from '../../notebook/cell-edit.js';
import { applyEdits } from '../../notebook/edit-notebook.js';
import type { Cell } from '../../notebook/notebook.js';
import type { Extract, Options } from '../contract.js';
import type { CellGroup, PlannedChange } from '../refactoring.js';
import type { NotebookSyntax } from './cell-syntax.js';
import { ImpossibleIntent } from './impossible-intent.js';
import { NotebookRenderer, type RenderedCell } from './notebook-renderer.js';
import { findStaleCells } from './outputs.js';

export interface Rendered {
  readonly text: string;
  readonly cells: readonly RenderedCell[];
  readonly cellMap: readonly CellGroup[];
}

/**
 * The notebook with the changes in it. They must go together, which is the planner's business.
 *
 * @throws ImpossibleIntent where a change asks for what can't be written
 */
export function renderNotebook(
  syntax: NotebookSyntax,
  changes: readonly PlannedChange[],
  outputs: Options['outputs'],
): Rendered {
  const { notebook } = syntax.program;
  if (changes.length === 0)
    return { text: notebook.text, cells: [], cellMap: mapCells(notebook.cells, [], []) };
  const renderer = new NotebookRenderer(syntax, changes);
  const cells = renderer.renderCells();
  const changed = new Set(cells.flatMap(({ before }) => before));
  const stale = findStaleCells(
    syntax.program,
    changes.map(({ change }) => change),
    changed,
    outputs,
  );
  // That the cells were run in another order a second run has to know, too: the count of one of them may be what tells.
  const clearing: OutputsChange =
    outputs === 'clear' || wasRunInOrder(syntax.program) ? { kind: 'clear' } : { kind: 'collect', from: [] };
  const edits = listEdits(notebook.cells, cells, renderer.extracts, stale, clearing);
  return {
    text: applyEdits(notebook, edits),
    cells,
    cellMap: mapCells(notebook.cells, cells, renderer.extracts),
  };
}

function listEdits(
  cells: readonly Cell[],
  rendered: readonly RenderedCell[],
  extracts: readonly Extract[],
  stale: ReadonlySet<number>,
  clearing: OutputsChange,
): CellEdit[] {
  const edits: CellEdit[] = [];
  const merged = new Set<number>();
  for (const { before, source } of rendered) {
    const [first] = before;
    const cell = cells[(first ?? 0) - 1];
    if (first === undefined || cell === undefined) continue;
    const extract = extracts.find((candidate) => candidate.cells[0] === first);
    if (extract === undefined) {
      const cleared = clearIfStale(cell, stale, clearing);
      edits.push({ kind: 'edit', cell, change: { source, ...(cleared && { outputs: cleared }) } });
      merged.add(first);
      continue;
    }
    const run = runOf(extract, cells);
    const code = run.filter(({ index }) => before.includes(index));
    for (const { index } of run) merged.add(index);
    const isStale = code.some(({ index }) => stale.has(index));
    const outputs: OutputsChange = isStale ? clearing : { kind: 'collect', from: code };
    const hasOutputs = code.some((one) => one.outputs.length > 0);
    const others = run.filter(({ index }) => !before.includes(index));
    edits.push({
      kind: 'replace',
      first: run[0] ?? cell,
      last: run.at(-1) ?? cell,
      by: [
        ...others.map((old) => ({ kind: 'old' as const, cell: old })),
        { kind: 'old', cell, change: { source, ...(hasOutputs && { outputs }) } },
      ],
    });
  }
  for (const cell of cells) {
    const cleared = merged.has(cell.index) ? null : clearIfStale(cell, stale, clearing);
    if (cleared !== null) edits.push({ kind: 'edit', cell, change: { outputs: cleared } });
  }
  return edits;
}

function clearIfStale(cell: Cell, stale: ReadonlySet<number>, clearing: OutputsChange): OutputsChange | null {
  return stale.has(cell.index) && cell.outputs.length > 0 ? clearing : null;
}

/** The extract's cells and those between them, which must not hold code. */
function runOf(extract: Extract, cells: readonly Cell[]): readonly Cell[] {
  const run = cells.slice((extract.cells[0] ?? 1) - 1, extract.cells.at(-1));
  for (const cell of run) {
    if (cell.type === 'code' && !extract.cells.includes(cell.index) && cell.source.trim() !== '')
      throw new ImpossibleIntent(`cell ${cell.index} stands between cells that are merged, and is left out`);
  }
  return run;
}

function mapCells(
  cells: readonly Cell[],
  rendered: readonly RenderedCell[],
  extracts: readonly Extract[],
): CellGroup[] {
  const groups: CellGroup[] = [];
  const byFirst = new Map(rendered.map((cell) => [cell.before[0], cell]));
  const extractByFirst = new Map(extracts.map((extract) => [extract.cells[0], extract]));
  let after = 0;
  let index = 1;
  const push = (before: readonly number[], changes: readonly string[]) => {
    after++;
    groups.push({ before, after: [after], changes });
  };
  while (index <= cells.length) {
    const here = index;
    const extract = extractByFirst.get(here);
    const cell = byFirst.get(here);
    if (extract === undefined) {
      push([here], cell?.changes ?? []);
      index++;
      continue;
    }
    const last = extract.cells.at(-1) ?? here;
    for (let old = here; old <= last; old++) if (!extract.cells.includes(old)) push([old], []);
    push(extract.cells, cell?.changes ?? []);
    index = last + 1;
  }
  return groups;
}
