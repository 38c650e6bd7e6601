import { describe, expect, it } from 'vitest';
import { html, prose } from '../../src/report/html/markup.js';
import { formatHtmlReport } from '../../src/report/html/page.js';
import { checked, HOSTILE, hostileNotebooks, measuredRun, verification } from './html-notebooks.js';

/** What of the page is no tag, as it is written. */
const textOf = (page: string): string =>
  page.replace(/<style[^>]*>.*?<\/style>/gs, '').replace(/<[^>]*>/g, '');

describe('markup', () => {
  it('escapes whatever is no markup', () => {
    expect(html`<a title="${'"\'<>&'}">${['<b>', html`<i>${'&'}</i>`, 5]}</a>`.text).toBe(
      '<a title="&quot;&#39;&lt;&gt;&amp;">&lt;b&gt;<i>&amp;</i>5</a>',
    );
  });

  it('spells out what turns text around', () => {
    expect(html`${'a\u202eb\u0000c\td\n'}`.text).toBe('a\\u202eb\\u0000c\td\n');
  });

  it('shows code that stands between backticks', () => {
    expect(html`${prose('so that `a<b` dies')}`.text).toBe('so that <code>a&lt;b</code> dies');
  });
});

describe('the page', () => {
  it('needs nothing else: no script, no address, no file', () => {
    const page = formatHtmlReport([checked(), { path: 'b.ipynb', error: 'no notebook' }], '1.0');
    expect(page).not.toMatch(/<script|<link|<iframe|<img|url\(|@import|\bsrc=|\bon[a-z]+=/i);
    expect(page.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    expect([...page.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(['#notebook-1', '#notebook-2']);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page.endsWith('</html>\n')).toBe(true);
  });

  it('tells the verdict, the figures, the reasons and what they save', () => {
    const text = textOf(formatHtmlReport([checked()], '1.0'));
    for (const part of [
      '✓ same',
      '760.0 MiB → 80.0 MiB',
      'compared: 3 of 4 outputs',
      'dtype-1',
      'saves 2.0 MiB',
      'frees 4.0 KiB by the end',
    ])
      expect(text).toContain(part);
  });

  it('has a row for each cell that ran, old and new side by side', () => {
    const page = formatHtmlReport([checked()], '1.0');
    const body = page.slice(page.indexOf('<tbody>'), page.indexOf('</tbody>'));
    const rows = body
      .split('</tr>')
      .slice(0, -1)
      .map((row) =>
        row
          .replace(/<[^>]*>/g, ' ')
          .trim()
          .replace(/ {2,}/g, ' | '),
      );
    expect(rows).toEqual([
      '1 | 60.0 MiB | 60.0 MiB | 0.00 s | 1 | 60.0 MiB | 60.0 MiB | 0.00 s',
      '3 | 260.0 MiB | 260.0 MiB | 0.25 s',
      '5 | 460.0 MiB | 760.0 MiB | 0.50 s | 3 | 80.0 MiB | 80.0 MiB | 0.25 s',
    ]);
  });

  it('draws a bar for each cell, on one scale', () => {
    const page = formatHtmlReport([checked()], '1.0');
    const plots = [...page.matchAll(/<svg.*?<\/svg>/gs)].map(([svg]) => svg);
    const heights = (svg: string) => {
      const [, peaks = '', held = ''] =
        /aria-label="rect">(.*?)<\/g><g[^>]*aria-label="rect">(.*?)<\/g>/s.exec(svg) ?? [];
      return [peaks, held].map((bars) =>
        [...bars.matchAll(/ height="([\d.]+)"/g)].map(([, height]) => Number(height)),
      );
    };
    expect(plots).toHaveLength(2);
    const [original, rewritten] = plots.map(heights);
    const scale = (original?.[1]?.[0] ?? 0) / 60;
    const close = (values: number[] | undefined, wanted: number[]) =>
      expect((values ?? []).map((value) => Math.round(value / scale))).toEqual(wanted);
    close(original?.[0], [0, 0, 300]);
    close(original?.[1], [60, 260, 460]);
    close(rewritten?.[0], [0, 0]);
    close(rewritten?.[1], [60, 80]);
    expect(page).toContain('<title>cell 5: 460.0 MiB held, 760.0 MiB peak</title>');
  });

  it('tells what differs, what was refused, what could not be run', () => {
    const difference = {
      kind: 'shown' as const,
      where: 'shown 3',
      cells: { original: 4, rewritten: 2 },
      original: '1\n2',
      rewritten: '1\n3',
    };
    const page = formatHtmlReport(
      [
        checked({ verification: verification({ verdict: 'different', differences: [difference] }) }),
        checked({
          verification: verification({
            verdict: 'could-not-run',
            why: 'No kernel.',
            original: null,
            rewritten: null,
          }),
        }),
        checked({ verification: verification({ rewritten: null }) }),
        checked({ verification: null, diff: [], report: null }),
      ],
      '1.0',
    );
    expect(page).toContain('<td>4 → 2</td><td><pre>1\n2</pre></td><td><pre>1\n3</pre></td>');
    expect(textOf(page)).toContain('could not run - No kernel.');
    expect(textOf(page)).toContain('nothing to change, not run');
    // Three originals are drawn and two rewritten ones.
    expect(page.match(/<svg/g)).toHaveLength(3);
  });

  it('says where the memory was sampled', () => {
    const run = measuredRun(2);
    const sampled = { ...run, memory: { ...run.memory, method: 'sampled' as const, heldAfterTrim: null } };
    const text = textOf(
      formatHtmlReport([checked({ verification: verification({ original: sampled }) })], '1.0'),
    );
    expect(text).toContain('a short peak may have been missed');
    expect(text).toContain('unknown');
  });

  it('escapes everything that comes from a notebook', () => {
    const page = formatHtmlReport(hostileNotebooks(), '1.0');
    expect(page).not.toMatch(/<script|<img|<b>&lt;/i);
    // It was there to be escaped, about as often as there are places for it.
    expect(page.split('&lt;script&gt;').length - 1).toBeGreaterThan(30);
    expect(page).toContain('&amp;lt;b&amp;gt;');
    expect(HOSTILE).toContain('<script>');
  });
});
