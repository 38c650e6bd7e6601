import { formatBytes } from '../text/bytes.js';
import type { Colours } from '../text/colour.js';
import type { MeasuredRun } from '../verify/verification.js';

/** Characters of the longest bar. */
const WIDTH = 40;

/**
 * What a notebook needed, cell by cell, as bars on one scale: the full part is what was held after the cell, the light part
 * what it needed beyond that while it ran. Ends with a newline.
 *
 * @param scale bytes of the longest bar
 */
export function formatMemoryChart(title: string, run: MeasuredRun, scale: number, colours: Colours): string {
  const rows = run.cells.map(({ cell, peak, held }) => {
    const full = Math.round((WIDTH * held) / scale);
    const light = Math.max(0, Math.round((WIDTH * peak) / scale) - full);
    const bar = `${colours.cyan('█'.repeat(full))}${colours.dim('░'.repeat(light))}${' '.repeat(Math.max(0, WIDTH - full - light))}`;
    return `  ${`cell ${cell}`.padEnd(9)} ${bar} ${formatBytes(held)}, peak ${formatBytes(peak)}\n`;
  });
  return `${title}\n${rows.join('')}`;
}

/** Bytes of the longest bar for charts that stand together. */
export function chartScale(runs: readonly (MeasuredRun | null)[]): number {
  return Math.max(1, ...runs.flatMap((run) => run?.cells.map(({ peak }) => peak) ?? []));
}
