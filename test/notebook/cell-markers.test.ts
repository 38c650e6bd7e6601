import { describe, expect, it } from 'vitest';
import { type CellMarkers, isIgnored, readCellMarkers } from '../../src/notebook/cell-markers.js';
import type { JsonObject } from '../../src/notebook/json-value.js';
import { maskSource } from '../../src/notebook/mask-source.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { sourceOffset } from '../../src/text/offset.js';

function markersOf(source: string, metadata: JsonObject = {}): CellMarkers {
  const cell = { cell_type: 'code', metadata, source, outputs: [], execution_count: null };
  const [read] = readNotebook(JSON.stringify({ cells: [cell], nbformat: 4, nbformat_minor: 4 }), 'n').cells;
  if (read === undefined) throw new Error('no cell');
  return readCellMarkers(read, maskSource(source));
}

const spanIn = (source: string, part: string) => ({
  start: sourceOffset(source.indexOf(part)),
  end: sourceOffset(source.indexOf(part) + part.length),
});

describe('what is no marker', () => {
  it.each([
    'x = "# nbslim: ignore-cell"',
    "'''\n# nbslim: ignore-file\n#| echo: false\n#@param\n'''",
    '!echo a # nbslim: ignore-cell',
    '%%bash\n# nbslim: ignore-file\n#| x',
    '# nbslim: ignore-cells',
    '# nbslim: ignored',
    '# @parameter',
    '# | a table |',
  ])('%j', (source) => {
    expect(markersOf(source)).toEqual({
      pinned: null,
      raisesException: false,
      otherLanguage: null,
      parameters: [],
      directives: [],
      skipped: false,
      skipsFile: false,
      ignores: [],
    });
  });

  it('the language Python, other tags', () => {
    expect(markersOf('x', { vscode: { languageId: 'python' }, tags: ['hide-input'] }).pinned).toBe(null);
  });
});

it.each<[string, string, JsonObject]>([
  ['it has the tag "parameters"', 'x', { tags: ['a', 'parameters'] }],
  ['it has the tag "injected-parameters"', 'x', { tags: ['injected-parameters'] }],
  ['it has the tag "raises-exception"', 'x', { tags: ['raises-exception'] }],
  ['it belongs to nbgrader', 'x', { nbgrader: { grade: true } }],
  ['its language is sql', 'x', { vscode: { languageId: 'sql' } }],
  ['it is a form of Colab', 'x = 5  #@param {type: "integer"}', {}],
  ['it is a form of Colab', '# @title Settings', {}],
  ['it has #| directives', '#| echo: false\nx', {}],
])('%s', (pinned, source, metadata) => {
  expect(markersOf(source, metadata).pinned).toBe(pinned);
});

it('skipping a cell and a file', () => {
  expect(markersOf('x', { tags: ['nbslim-skip'] }).skipped).toBe(true);
  expect(markersOf('x  # nbslim: ignore-cell').skipped).toBe(true);
  expect(markersOf('#nbslim:ignore-file').skipsFile).toBe(true);
  expect(markersOf('x', { tags: ['raises-exception'] }).raisesException).toBe(true);
});

describe('ignored lines', () => {
  const source =
    'a = 1  # nbslim: ignore[dtype, usecols]\r\nb = 2\r\n\r\n# nbslim: ignore\r\nc = (1,\n 2)\nd';
  const markers = markersOf(source);
  it.each<[part: string, transform: string, expected: boolean]>([
    ['a = 1', 'dtype', true],
    ['a = 1', 'usecols', true],
    ['a = 1', 'inplace', false],
    ['b = 2', 'dtype', false],
    ['c = (1,\n 2)', 'inplace', true],
    [' 2)', 'inplace', false],
  ])('%j, %s: %j', (part, transform, expected) => {
    expect(isIgnored(markers, transform, spanIn(source, part))).toBe(expected);
  });

  it('holds nothing back in a line that is its own', () => {
    expect(markers.ignores.map(({ transforms }) => transforms)).toEqual([['dtype', 'usecols'], null]);
  });
});
