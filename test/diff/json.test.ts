import { describe, expect, test } from 'vitest';
import { formatJson, jsonDiff } from '../../src/diff/json.js';
import { code, group, MERGED } from './groups.js';

describe('jsonDiff', () => {
  test('holds the changed groups, whole and line by line', () => {
    const diff = jsonDiff({
      path: 'a.ipynb',
      groups: [
        group([code(1, 'same')], [code(1, 'same')]),
        group([code(2, 'a\nb'), code(3, 'c')], [code(2, 'a\nc')]),
      ],
    });
    expect(diff).toEqual({
      notebook: 'a.ipynb',
      groups: [
        {
          before: [code(2, 'a\nb'), code(3, 'c')],
          after: [code(2, 'a\nc')],
          changes: [],
          lines: [
            { kind: 'context', before: { cell: 2, line: 1 }, after: { cell: 2, line: 1 }, text: 'a' },
            { kind: 'removed', before: { cell: 2, line: 2 }, after: null, text: 'b' },
            { kind: 'removed', before: { cell: 3, line: null }, after: null, text: null },
            { kind: 'context', before: { cell: 3, line: 1 }, after: { cell: 2, line: 2 }, text: 'c' },
          ],
        },
      ],
    });
  });

  test('several notebooks are one array, with the changes as they are in the plan', () => {
    const parsed = JSON.parse(formatJson([MERGED, { path: 'b.ipynb', groups: [] }]));
    expect(parsed.map((diff: { notebook: string }) => diff.notebook)).toEqual(['notes/btc.ipynb', 'b.ipynb']);
    expect(parsed[0].groups[0].changes).toEqual(MERGED.groups[1]?.changes);
  });
});
