import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatHtmlReport } from '../../src/report/html/page.js';
import { browser, dumpDom, HOW_TO_INSTALL, screenshot, serve } from './browser.js';
import { checked, hostileNotebooks, measuredRun, verification } from './html-notebooks.js';

const WIDTHS = [360, 700, 1280] as const;

const page = formatHtmlReport(
  [
    checked(),
    checked({
      path: 'many-cells.ipynb',
      groups: Array.from({ length: 120 }, (_, at) => ({ before: [2 * at + 1], after: [2 * at + 1] })),
      verification: verification({ original: measuredRun(120), rewritten: measuredRun(120, 50) }),
    }),
    ...hostileNotebooks(),
  ],
  '1.0',
);

/** Without the policy that would keep scripts from running: the escaping alone has to hold. */
const unguarded = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');

/**
 * Looks at a page in frames of several widths, in which no script may run, and writes what it sees. In a browser, where
 * the names of its objects are known.
 */
const LOOK = `
const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
const luminance = ([r, g, b]) => {
  const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};
const background = (element) => {
  for (let at = element; at !== null; at = at.parentElement) {
    const colour = channels(at.ownerDocument.defaultView.getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const contrast = (element) => {
  const of = luminance(channels(element.ownerDocument.defaultView.getComputedStyle(element).color));
  const on = luminance(background(element));
  return (Math.max(of, on) + 0.05) / (Math.min(of, on) + 0.05);
};
const TEXTS = 'h1, h2, h3, h4, p, dt, dd, th, td, li, a, code, pre, caption, figcaption, footer, summary, .mark, .diff div';
function look(frame) {
  const { contentDocument: page, clientWidth } = frame;
  const weakest = [...page.querySelectorAll(TEXTS)].sort((a, b) => contrast(a) - contrast(b))[0];
  return {
    width: clientWidth,
    fits: page.documentElement.scrollWidth <= clientWidth,
    plots: [...page.querySelectorAll('svg')].map((svg) => {
      const { width, height } = svg.getBoundingClientRect();
      const text = svg.querySelector('text');
      const size = (parseFloat(page.defaultView.getComputedStyle(text).fontSize) * width) / svg.viewBox.baseVal.width;
      const labels = [...svg.querySelectorAll('[aria-label="x-axis tick label"] text')].map((one) => one.getBoundingClientRect());
      return {
        inside: width > 200 && height > 100 && width <= clientWidth,
        bars: svg.querySelectorAll('rect').length,
        textSize: size,
        overlaps: labels.some((label, at) => at > 0 && label.left < labels[at - 1].right),
      };
    }),
    rows: page.querySelectorAll('.cells tbody tr').length,
    lowestContrast: contrast(weakest),
    weakest: weakest.outerHTML.slice(0, 200),
  };
}
onload = () => {
  const seen = [...document.querySelectorAll('iframe')].map(look);
  document.body.innerHTML = '<pre id="seen"></pre>';
  document.getElementById('seen').textContent = encodeURIComponent(JSON.stringify(seen));
};
`;

const frames = WIDTHS.map(
  (width) =>
    `<iframe src="/report" sandbox="allow-same-origin" style="border: 0; width: ${width}px; height: 800px"></iframe>`,
);

interface Seen {
  readonly width: number;
  readonly fits: boolean;
  readonly plots: readonly {
    readonly inside: boolean;
    readonly bars: number;
    readonly textSize: number;
    readonly overlaps: boolean;
  }[];
  readonly rows: number;
  readonly lowestContrast: number;
  readonly weakest: string;
}

it('has a Chromium where that is asked for', () => {
  if (process.env['CI']) expect(browser, HOW_TO_INSTALL).toBeDefined();
});

describe.skipIf(browser === undefined)('the page in Chromium (left out where there is none)', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve({
      '/report': page,
      '/unguarded': unguarded,
      '/control': '<html><script>document.documentElement.dataset.pwned=1</script></html>',
      '/look': `<!doctype html><body>${frames.join('')}<script>${LOOK}</script></body>`,
    });
  });
  afterAll(() => server.close());

  it.each(['light', 'dark'] as const)(
    'is readable without scripts, narrow and wide, in a %s room',
    async (scheme) => {
      const dom = await dumpDom(server.url('/look'), scheme, '<pre id="seen">');
      const [, json = ''] = /<pre id="seen">([^<]*)<\/pre>/.exec(dom) ?? [];
      const seen = JSON.parse(decodeURIComponent(json)) as Seen[];
      expect(seen.map(({ width }) => width)).toEqual(WIDTHS);
      for (const { fits, plots, rows, lowestContrast, weakest } of seen) {
        expect(fits).toBe(true);
        // Two rectangles a cell: of the first notebook, of the long one, of the hostile one.
        expect(plots.map(({ bars }) => bars)).toEqual([6, 4, 240, 240, 6, 4]);
        expect(plots.every(({ inside }) => inside)).toBe(true);
        expect(plots.every(({ overlaps }) => !overlaps)).toBe(true);
        // CSS pixels.
        expect(Math.min(...plots.map(({ textSize }) => textSize))).toBeGreaterThan(9);
        expect(rows).toBe(3 + 120 + 3);
        // WCAG 2.2, AA.
        expect(lowestContrast, weakest).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each([
    ['light', [0x2a, 0x6f, 0xc4]],
    ['dark', [0x5a, 0x9f, 0xf0]],
  ] as const)('paints its bars in a %s room', async (scheme, [red, green, blue]) => {
    const { data, width, height } = PNG.sync.read(await screenshot(server.url('/report'), scheme, 1000, 900));
    let painted = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) painted++;
    expect([width, height]).toEqual([1000, 900]);
    expect(painted).toBeGreaterThan(5000);
  });

  it('runs nothing that comes from a notebook, and asks for nothing', async () => {
    // What the test looks for is there where a script does run.
    expect(await dumpDom(server.url('/control'), 'light', '</body>')).toContain('data-pwned');
    server.asked.length = 0;
    for (const path of ['/unguarded', '/report'])
      expect(await dumpDom(server.url(path), 'light', '</footer>')).not.toMatch(/<html[^>]* data-pwned/);
    expect(new Set(server.asked.filter((path) => path !== '/favicon.ico'))).toEqual(
      new Set(['/unguarded', '/report']),
    );
  });
});
