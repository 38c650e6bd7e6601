import { describe, expect, test } from 'vitest';
import { formatCells } from '../../src/diff/cells.js';
import { colours } from '../../src/text/colour.js';
import { code, group, MERGED } from './groups.js';

const PLAIN = colours({ colour: false });
const COLOUR = colours({ colour: true });

describe('formatCells', () => {
  test('is empty where nothing changed', () => {
    expect(formatCells({ path: 'a.ipynb', groups: [group([code(2, 'x')], [code(1, 'x')])] }, PLAIN)).toBe('');
  });

  test('merged cells, their reasons and savings, without colour', () => {
    expect(formatCells(MERGED, PLAIN)).toBe(
      [
        'notes/btc.ipynb:cell 2–4 → cell 2',
        "- df = pd.read_csv('btc.csv')  # all of it",
        '- ── cell 3 ──',
        '- min_df = df.min()',
        '- ── cell 4 ──',
        '- max_df = df.max()',
        '+ def get_min_max():',
        "+     df = pd.read_csv('btc.csv')  # all of it",
        '+     min_df = df.min()',
        '+     max_df = df.max()',
        '+     return min_df, max_df',
        '+ ',
        '+ ',
        '+ min_df, max_df = get_min_max()',
        '  collapse: collapse cells 1 to 3. df is not needed afterwards (saves 207.9 MiB) [collapse-1]',
        "  dtype: read 'Timestamp' as uint32. Timestamp holds in uint32 [dtype-1]",
        '',
      ].join('\n'),
    );
  });

  test('lines that stay are left out but for three', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line${i + 1}`);
    const changed = lines.map((line, i) => (i === 1 || i === 18 ? `${line}!` : line));
    const groups = [group([code(7, lines.join('\n'))], [code(5, changed.join('\n'))])];
    expect(formatCells({ path: 'a.ipynb', groups }, PLAIN)).toBe(
      [
        'a.ipynb:cell 7 → cell 5',
        '  line1',
        '- line2',
        '+ line2!',
        '  line3',
        '  line4',
        '  line5',
        '  ⋮',
        '  line16',
        '  line17',
        '  line18',
        '- line19',
        '+ line19!',
        '  line20',
        '',
      ].join('\n'),
    );
  });

  test('in colour, the words that differ stand out', () => {
    const groups = [group([code(1, "pd.read_csv('a.csv')")], [code(1, "pd.read_csv('a.csv', dtype=types)")])];
    expect(formatCells({ path: 'a.ipynb', groups }, COLOUR)).toBe(
      [
        '\x1b[1ma.ipynb:cell 1\x1b[22m',
        "\x1b[31m- pd.read_csv('a.csv')\x1b[39m",
        "\x1b[32m+ pd.read_csv('a.csv'\x1b[7m, dtype=types\x1b[27m)\x1b[39m",
        '',
      ].join('\n'),
    );
  });

  test('in colour, a line of which little is left is coloured as a whole', () => {
    const groups = [group([code(1, 'alpha = beta')], [code(1, 'gamma(delta)')])];
    expect(formatCells({ path: 'a.ipynb', groups }, COLOUR)).not.toContain('\x1b[7m');
  });

  test('nothing in a notebook is obeyed by the terminal', () => {
    const groups = [
      group(
        [code(1, "print('\x1b[2J')")],
        [code(1, "print('\x1b[2J!')")],
        [{ id: 'x', transform: 'dtype', summary: 'read it', reason: "column '\x1b[31m'", saving: -1024 }],
      ),
    ];
    expect(formatCells({ path: '\x1b]0;title\x07.ipynb', groups }, PLAIN)).toBe(
      [
        '\\x1b]0;title\\x07.ipynb:cell 1',
        "- print('\\x1b[2J')",
        "+ print('\\x1b[2J!')",
        "  dtype: read it. column '\\x1b[31m' (costs 1.0 KiB) [x]",
        '',
      ].join('\n'),
    );
  });

  test('sources with CRLF look like others', () => {
    const groups = [group([code(1, 'a\r\nb')], [code(1, 'a\r\nc')])];
    expect(formatCells({ path: 'a.ipynb', groups }, PLAIN)).toBe('a.ipynb:cell 1\n  a\n- b\n+ c\n');
  });

  test('cells that do not follow each other, removed cells and new ones have their names', () => {
    const text = formatCells(
      {
        path: 'a.ipynb',
        groups: [
          group([code(1, 'a'), code(3, 'b'), code(4, 'c')], [code(1, 'a')]),
          group([code(5, 'd')], []),
          group([], [code(2, 'e')]),
        ],
      },
      PLAIN,
    );
    expect(text.match(/^a\.ipynb.*$/gm)).toEqual([
      'a.ipynb:cell 1, 3–4 → cell 1',
      'a.ipynb:cell 5 → removed',
      'a.ipynb: new cell 2',
    ]);
  });
});
