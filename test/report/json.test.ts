import { expect, it } from 'vitest';
import { formatCells } from '../../src/diff/cells.js';
import { formatJsonReport } from '../../src/report/json.js';
import { notebookDiff } from '../../src/report/notebook-diff.js';
import { reportNotebook } from '../../src/report/notebook-report.js';
import { colours } from '../../src/text/colour.js';
import { refactoring, refusal, withoutData } from './refactoring.js';

it('tells a run in one object', () => {
  const text = formatJsonReport([
    reportNotebook('n.ipynb', refactoring({ refusals: [refusal('alias', 3)] }), 'out.ipynb'),
    reportNotebook('m.ipynb', withoutData(), null),
    { path: 'bad.ipynb', error: 'bad.ipynb: not a notebook' },
  ]);
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    notebooks: [
      {
        path: 'n.ipynb',
        changed: true,
        written: 'out.ipynb',
        changes: [
          {
            id: 'dtype-1',
            transform: 'dtype',
            place: { cell: 1, line: 1, column: 6 },
            subject: null,
            summary: 'summary of dtype-1',
            reason: 'Reason of dtype-1.',
            effect: 'types',
            assumes: ['code'],
            tier: 'safe',
            saving: { peak: 2097152, held: 1048576, meanwhile: 0 },
          },
          { id: 'inplace-2' },
        ],
        refusals: [{ transform: 'inplace', code: 'alias', place: { cell: 3 }, why: 'Why alias in 3.' }],
        memory: { before: { peak: 8388608, held: 4194304 }, after: { peak: 6291456, held: 3145728 } },
        unknownData: [],
      },
      {
        changes: [{ saving: null, unknown: 'file not found' }],
        memory: null,
        unknownData: [{ path: 'a.csv', code: 'no-file', why: 'There is no a.csv.' }],
      },
      { path: 'bad.ipynb', error: 'bad.ipynb: not a notebook' },
    ],
    total: { notebooks: 3, changed: 2, unchanged: 0, failed: 1, changes: 3, refusals: 1 },
  });
});

it('pairs the cells of a diff by the cell map', () => {
  const { groups } = notebookDiff('n.ipynb', refactoring());
  expect(
    groups.map(({ before, after }) => [before.map(({ index }) => index), after.map(({ index }) => index)]),
  ).toEqual([
    [[1, 2], [1]],
    [[3], [2]],
  ]);
  const shown = formatCells({ path: 'n.ipynb', groups }, colours({ colour: false }));
  expect(shown).toContain('n.ipynb:cell 1–2 → cell 1\n');
  expect(shown).toContain('dtype: summary of dtype-1. Reason of dtype-1. (saves 2.0 MiB) [dtype-1]');
});
