import type { CellChange, CellGroup, DiffCell, NotebookDiff } from '../../src/diff/cell-pair.js';

export function code(index: number, source: string): DiffCell {
  return { index, type: 'code', source };
}

export function markdown(index: number, source: string): DiffCell {
  return { index, type: 'markdown', source };
}

export function group(before: DiffCell[], after: DiffCell[], changes: CellChange[] = []): CellGroup {
  return { before, after, changes };
}

/** Five cells: one untouched, three merged into one, and a last one that only moved up. */
export const MERGED: NotebookDiff = {
  path: 'notes/btc.ipynb',
  groups: [
    group([code(1, 'import pandas as pd')], [code(1, 'import pandas as pd')]),
    group(
      [
        code(2, "df = pd.read_csv('btc.csv')  # all of it"),
        code(3, 'min_df = df.min()'),
        code(4, 'max_df = df.max()'),
      ],
      [
        code(
          2,
          [
            'def get_min_max():',
            "    df = pd.read_csv('btc.csv')  # all of it",
            '    min_df = df.min()',
            '    max_df = df.max()',
            '    return min_df, max_df',
            '',
            '',
            'min_df, max_df = get_min_max()',
          ].join('\n'),
        ),
      ],
      [
        {
          id: 'collapse-1',
          transform: 'collapse',
          summary: 'collapse cells 1 to 3',
          reason: 'df is not needed afterwards',
          saving: 217_974_848,
        },
        {
          id: 'dtype-1',
          transform: 'dtype',
          summary: "read 'Timestamp' as uint32",
          reason: 'Timestamp holds in uint32',
          saving: null,
        },
      ],
    ),
    group([code(5, 'print(min_df)')], [code(3, 'print(min_df)')]),
  ],
};
