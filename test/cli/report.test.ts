import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { availableCombinations, pythonOf } from '../environments.js';
import { notebookText, runCli, temporaryDirectory, writeExample } from './run-cli.js';

const [newest = 'E6'] = [...availableCombinations()].reverse();
const python = ['--python', pythonOf(newest)];

/** A page's text, of each section. */
function sectionsOf(page: string): string[] {
  return [...page.matchAll(/<section.*?<\/section>/gs)].map(([section]) => section.replace(/<[^>]*>/g, ''));
}

describe('--report', () => {
  it('of verify tells of what nbslim would do', async () => {
    const cwd = await temporaryDirectory();
    await writeExample(cwd);
    const { code, stdout } = await runCli(['verify', 'btc.ipynb', '--report', 'out.html', ...python], {
      cwd,
    });
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'btc.ipynb: same']);
    const page = await readFile(join(cwd, 'out.html'), 'utf8');
    const [section = ''] = sectionsOf(page);
    for (const part of [
      'btc.ipynb',
      '✓ same',
      'collapse',
      'frees 703.1 KiB by the end',
      'freed, as planned: df',
    ])
      expect(section).toContain(part);
    expect(page.match(/<svg/g)).toHaveLength(2);
  });

  it('of verify tells of two notebooks whoever rewrote the one, and what comes from them is escaped', async () => {
    const cwd = await temporaryDirectory();
    await writeFile(join(cwd, 'a.ipynb'), notebookText('x = 1', "print('<b>1</b>')"));
    await writeFile(join(cwd, 'b.ipynb'), notebookText('x = 1', "print('<b>2</b>')"));
    const { code } = await runCli(['verify', 'a.ipynb', 'b.ipynb', '--report', 'out.html', ...python], {
      cwd,
    });
    expect(code).toBe(1);
    const page = await readFile(join(cwd, 'out.html'), 'utf8');
    expect(page).not.toContain('<b>1');
    expect(page).toContain('<pre>&lt;b&gt;1&lt;/b&gt;');
    expect(page).toContain('- print(&#39;&lt;b&gt;1&lt;/b&gt;&#39;)');
    expect(sectionsOf(page)[0]).toContain('✗ different');
  });

  it('of refactor tells of every notebook, and of those that were left alone why', async () => {
    const cwd = await temporaryDirectory();
    await writeExample(cwd, 'a.ipynb');
    const changing = notebookText(
      'import pandas as pd',
      "df = pd.read_csv('btc.csv')",
      'low = df.min()',
      'high = df.max()',
      'print(low, high)',
      'import os\nos._exit(3)',
    );
    await writeFile(join(cwd, 'b.ipynb'), changing);
    await writeFile(join(cwd, 'c.ipynb'), notebookText('print(1)'));
    await writeFile(join(cwd, 'd.ipynb'), '{');
    const { code } = await runCli(
      ['refactor', '.', '--write', '--verify', '--report', 'out.html', ...python],
      { cwd },
    );
    expect(code).toBe(2);
    const sections = sectionsOf(await readFile(join(cwd, 'out.html'), 'utf8'));
    expect(sections.map((section) => section.trim().split('\n').slice(0, 2))).toEqual([
      ['a.ipynb', '✓ same'],
      ['b.ipynb', expect.stringMatching(/^\? could not run - .*the kernel died with exit status 3/)],
      ['c.ipynb', '– nothing to change, not run'],
      ['d.ipynb', expect.stringContaining('✗ could not be processed - ')],
    ]);
    expect(await readFile(join(cwd, 'b.ipynb'), 'utf8')).toBe(changing);
  });
});
