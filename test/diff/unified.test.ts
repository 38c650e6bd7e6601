import { describe, expect, test } from 'vitest';
import { formatUnified } from '../../src/diff/unified.js';
import { code, group, MERGED, markdown } from './groups.js';

describe('formatUnified', () => {
  test('cells that did not change do not show, also where their number did', () => {
    const groups = [group([code(4, 'x')], [code(2, 'x')])];
    expect(formatUnified({ path: 'a.ipynb', groups })).toBe('');
  });

  test('a change that left no trace in the text does not show', () => {
    const change = { id: 'a', transform: 'dtype', summary: 's', reason: 'r', saving: 0 };
    expect(
      formatUnified({ path: 'a.ipynb', groups: [group([code(1, 'x')], [code(1, 'x')], [change])] }),
    ).toBe('');
  });

  test('an edited cell', () => {
    const groups = [group([code(3, 'a\nb\nc')], [code(3, 'a\nB\nc')])];
    expect(formatUnified({ path: 'my notes.ipynb', groups })).toBe(
      [
        '--- my notes.ipynb:cell 3',
        '+++ my notes.ipynb:cell 3',
        '@@ -1,3 +1,3 @@',
        ' a',
        '-b',
        '+B',
        ' c',
        '',
      ].join('\n'),
    );
  });

  test('merged cells, with the borders that are gone', () => {
    expect(formatUnified(MERGED)).toBe(
      [
        '--- notes/btc.ipynb:cell 2-4',
        '+++ notes/btc.ipynb:cell 2',
        '@@ -1,5 +1,8 @@',
        "-df = pd.read_csv('btc.csv')  # all of it",
        '-# %%',
        '-min_df = df.min()',
        '-# %%',
        '-max_df = df.max()',
        '+def get_min_max():',
        "+    df = pd.read_csv('btc.csv')  # all of it",
        '+    min_df = df.min()',
        '+    max_df = df.max()',
        '+    return min_df, max_df',
        '+',
        '+',
        '+min_df, max_df = get_min_max()',
        '',
      ].join('\n'),
    );
  });

  test('markdown that moves above the code it stood between', () => {
    const groups = [
      group(
        [code(1, 'a = 1'), markdown(2, 'Look:'), code(3, 'b = 2')],
        [markdown(1, 'Look:'), code(2, 'a = 1\nb = 2')],
      ),
    ];
    expect(formatUnified({ path: 'a.ipynb', groups })).toBe(
      [
        '--- a.ipynb:cell 1-3',
        '+++ a.ipynb:cell 1-2',
        '@@ -1,6 +1,5 @@',
        '-# %%',
        '-a = 1',
        ' # %% [markdown]',
        ' Look:',
        ' # %%',
        '+a = 1',
        ' b = 2',
        '',
      ].join('\n'),
    );
  });

  test('removed and new cells', () => {
    const groups = [group([code(1, 'a')], []), group([], [code(1, 'b')])];
    expect(formatUnified({ path: 'a.ipynb', groups })).toBe(
      [
        '--- a.ipynb:cell 1',
        '+++ /dev/null',
        '@@ -1 +0,0 @@',
        '-a',
        '--- /dev/null',
        '+++ a.ipynb:cell 1',
        '@@ -0,0 +1 @@',
        '+b',
        '',
      ].join('\n'),
    );
  });

  test('a newline at the end of a cell is a line', () => {
    const groups = [group([code(1, 'a\n')], [code(1, 'a')])];
    expect(formatUnified({ path: 'a.ipynb', groups })).toBe(
      ['--- a.ipynb:cell 1', '+++ a.ipynb:cell 1', '@@ -1,2 +1 @@', ' a', '-', ''].join('\n'),
    );
  });

  test('far apart changes are hunks of their own', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line${i + 1}`);
    const changed = lines.map((line, i) => (i === 1 || i === 18 ? `${line}!` : line));
    const text = formatUnified({
      path: 'a.ipynb',
      groups: [group([code(1, lines.join('\n'))], [code(1, changed.join('\n'))])],
    });
    expect(text.match(/^@@.*$/gm)).toEqual(['@@ -1,5 +1,5 @@', '@@ -16,5 +16,5 @@']);
  });
});
