import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { formatBytes } from '../../text/bytes.js';
import type { ChartedCell } from '../memory-chart.js';
import { Markup } from './markup.js';

/** Pixels, before the page makes it as wide as there is room. */
const WIDTH = 460;
const HEIGHT = 240;

/** Cell numbers along the axis, at most. */
const MOST_TICKS = 8;

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * A memory timeline as SVG: a bar for each cell that ran, solid up to what was held after it and light up to its peak. The
 * page's style has the colours (`--held`, `--peak`), and each bar says its figures where the pointer rests.
 *
 * @param label what the picture shows, for those who do not see it
 * @param top bytes at the top of the axis: the same for pictures that stand together
 * @param start bytes of the process before the first cell, drawn as a line
 */
export function memoryPlot(label: string, cells: readonly ChartedCell[], top: number, start: number): Markup {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, top)) / 10)));
  const unit = 1024 ** power;
  const bars = cells.map(({ cell, held, peak }, at) => ({
    from: at + 0.5,
    to: at + 1.5,
    held: held / unit,
    peak: Math.max(held, peak) / unit,
    title: `cell ${cell}: ${formatBytes(held)} held, ${formatBytes(peak)} peak`,
  }));
  const step = Math.ceil(cells.length / MOST_TICKS);
  const { document } = parseHTML('<html></html>');
  // Between bars, not at their ends: their heights are the figures.
  const gap = cells.length > 80 ? 0 : 0.5;
  const bar = { x1: 'from', x2: 'to', title: 'title', insetLeft: gap, insetRight: gap } as const;
  const picture = Plot.plot({
    document: document as unknown as NonNullable<Plot.PlotOptions['document']>,
    className: 'memory-plot',
    width: WIDTH,
    height: HEIGHT,
    marginLeft: 52,
    marginTop: 24,
    marginBottom: 40,
    ariaLabel: label,
    x: {
      label: 'cell',
      domain: [0.5, Math.max(1.5, cells.length + 0.5)],
      ticks: bars.map((_, at) => at + 1).filter((at) => (at - 1) % step === 0),
      tickFormat: (at: number) => `${cells[at - 1]?.cell ?? ''}`,
    },
    y: { label: UNITS[power] ?? '', domain: [0, top / unit], grid: true, ticks: 5 },
    marks: [
      Plot.rect(bars, { ...bar, y1: 'held', y2: 'peak', fill: 'var(--peak)' }),
      Plot.rect(bars, { ...bar, y1: 0, y2: 'held', fill: 'var(--held)' }),
      Plot.ruleY([start / unit], { stroke: 'var(--start)', strokeDasharray: '4,3' }),
      Plot.ruleY([0]),
    ],
  });
  return new Markup(picture.outerHTML);
}
