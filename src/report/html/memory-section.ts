import { formatBytes } from '../../text/bytes.js';
import type { MeasuredCell, MeasuredRun, Verification } from '../../verify/verification.js';
import { chartScale } from '../memory-chart.js';
import { html, type Markup } from './markup.js';
import { memoryPlot } from './memory-plot.js';
import type { CellMatch } from './verified-notebook.js';

/** The memory of both notebooks, cell by cell: a picture of each on one scale, and a table of all figures. */
export function memorySection(
  { original, rewritten }: Verification,
  groups: readonly CellMatch[],
): Markup | '' {
  if (original === null) return '';
  const runs = [
    ['Original', original] as const,
    ...(rewritten === null ? [] : [['Rewritten', rewritten] as const]),
  ];
  const top = chartScale(runs.map(([, { cells }]) => cells));
  const sampled = runs.some(([, { memory }]) => memory.method === 'sampled');
  return html`<h3>Memory, cell by cell</h3>
<p class="legend"><span class="key held"></span> held after the cell <span class="key peak"></span> needed beyond that while it ran <span class="key start"></span> before the first cell</p>
${sampled ? html`<p>The memory was sampled: a short peak may have been missed.</p>` : ''}
<div class="plots">${runs.map(
    ([name, run]) =>
      html`<figure><figcaption>${name}</figcaption>${memoryPlot(`Memory of the ${name.toLowerCase()} notebook after each cell`, run.cells, top, run.memory.start)}</figure>\n`,
  )}</div>
<div class="scroll"><table class="cells">
<caption>Held after each cell, at most while it ran, and its time</caption>
<thead>
<tr><th colspan="4" scope="colgroup">Original</th>${rewritten === null ? '' : html`<th colspan="4" scope="colgroup" class="second">Rewritten</th>`}</tr>
<tr>${COLUMNS('')}${rewritten === null ? '' : COLUMNS('second')}</tr>
</thead>
<tbody>${groups.flatMap((group) => groupRows(group, original, rewritten))}</tbody>
</table></div>`;
}

const COLUMNS = (first: string): Markup =>
  html`<th scope="col" class="${first}">cell</th><th scope="col">held</th><th scope="col">peak</th><th scope="col">time</th>`;

/** A row for each cell that ran; old and new cells that belong together stand side by side. */
function groupRows(
  { before, after }: CellMatch,
  original: MeasuredRun,
  rewritten: MeasuredRun | null,
): readonly Markup[] {
  const old = cellsOf(original, before);
  const now = rewritten === null ? [] : cellsOf(rewritten, after);
  return Array.from(
    { length: Math.max(old.length, now.length) },
    (_, at) =>
      html`<tr>${figures(old[at], '')}${rewritten === null ? '' : figures(now[at], 'second')}</tr>\n`,
  );
}

function cellsOf({ cells }: MeasuredRun, numbers: readonly number[]): readonly MeasuredCell[] {
  return cells.filter(({ cell }) => numbers.includes(cell));
}

function figures(measured: MeasuredCell | undefined, first: string): Markup {
  if (measured === undefined) return html`<td class="${first}"></td><td></td><td></td><td></td>`;
  const { cell, held, peak, seconds } = measured;
  return html`<th scope="row" class="${first}">${cell}</th><td>${formatBytes(held)}</td><td>${formatBytes(peak)}</td><td>${seconds.toFixed(2)} s</td>`;
}
