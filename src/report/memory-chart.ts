import { formatBytes } from '../text/bytes.js';
import type { Colours } from '../text/colour.js';

/** A cell, from 1 over all cells, with the bytes after it and at most while it ran. */
export interface ChartedCell {
  readonly cell: number;
  readonly peak: number;
  readonly held: number;
}

/** Characters of the longest bar. */
const WIDTH = 40;

/**
 * What a notebook needed, cell by cell, as bars on one scale: the full part is what was held after the cell, the light part
 * what it needed beyond that while it ran. Cells that follow each other and need the same have one bar. Ends with a newline.
 *
 * @param scale bytes of the longest bar
 */
export function formatMemoryChart(
  title: string,
  cells: readonly ChartedCell[],
  scale: number,
  colours: Colours,
): string {
  const bars = groupEqual(cells).map(({ first, last, peak, held }) => {
    const full = Math.round((WIDTH * held) / scale);
    const light = Math.max(0, Math.round((WIDTH * peak) / scale) - full);
    const bar = `${colours.cyan('█'.repeat(full))}${colours.dim('░'.repeat(light))}${' '.repeat(Math.max(0, WIDTH - full - light))}`;
    return { title: first === last ? `cell ${first}` : `cells ${first}-${last}`, bar, held, peak };
  });
  const width = Math.max(8, ...bars.map((bar) => bar.title.length));
  const rows = bars.map(
    ({ title: cell, bar, held, peak }) =>
      `  ${cell.padEnd(width)}  ${bar} ${formatBytes(held)}, peak ${formatBytes(peak)}\n`,
  );
  return `${title}\n${rows.join('')}`;
}

function groupEqual(cells: readonly ChartedCell[]) {
  const groups: { first: number; last: number; peak: number; held: number }[] = [];
  for (const { cell, peak, held } of cells) {
    const group = groups.at(-1);
    if (group !== undefined && group.peak === peak && group.held === held) group.last = cell;
    else groups.push({ first: cell, last: cell, peak, held });
  }
  return groups;
}

/** Bytes of the longest bar for charts that stand together. */
export function chartScale(runs: readonly (readonly ChartedCell[])[]): number {
  return Math.max(1, ...runs.flat().map(({ peak }) => peak));
}
