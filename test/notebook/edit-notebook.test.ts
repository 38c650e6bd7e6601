import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CellEdit,
  clearOutputs,
  insertCell,
  removeCell,
  replaceSource,
} from '../../src/notebook/cell-edit.js';
import { applyEdits } from '../../src/notebook/edit-notebook.js';
import type { Cell, Notebook } from '../../src/notebook/notebook.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { applyChecked } from './check-edits.js';

function cellAt(notebook: Notebook, index: number): Cell {
  const cell = notebook.cells[index - 1];
  if (cell === undefined) throw new Error(`no cell ${index}`);
  return cell;
}

/** As Jupyter writes: one space a level, sorted keys. */
const JUPYTER = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "top",
   "metadata": {},
   "source": [
    "# T\\u00eftle \\/"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "a",
   "metadata": {"x": 1.0, "y": 1e-07},
   "outputs": [
    {
     "data": {
      "text/plain": [
       "1"
      ]
     },
     "execution_count": 1,
     "metadata": {},
     "output_type": "execute_result"
    }
   ],
   "source": [
    "x = 1\\n",
    "x"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 2,
   "id": "b",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "hi\\n"
     ]
    }
   ],
   "source": [
    "print('hi')"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

describe('what must stay', () => {
  it.each([
    ['as Jupyter writes', JUPYTER],
    ['CRLF', JUPYTER.replaceAll('\n', '\r\n')],
    ['tabs', JUPYTER.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length))],
    ['indent 4', JUPYTER.replace(/^ +/gm, (spaces) => spaces.repeat(4))],
    ['indent 0', JUPYTER.replace(/^ +/gm, '')],
    ['one line', JUPYTER.replace(/\n */g, '').replaceAll(',"', ', "')],
    ['minified', JSON.stringify(JSON.parse(JUPYTER))],
    ['no final newline', JUPYTER.trimEnd()],
    ['a byte order mark', `\uFEFF${JUPYTER}`],
    ['no cells', '{"cells": [ ], "nbformat": 4, "nbformat_minor": 2}'],
  ])('no edits and edits that change nothing: %s', (_name, text) => {
    const notebook = readNotebook(text, 'n.ipynb');
    expect(applyEdits(notebook, [])).toBe(text);
    expect(
      applyEdits(
        notebook,
        notebook.cells.map((cell) => replaceSource(cell, cell.source)),
      ),
    ).toBe(text);
  });

  it('everything but the changed line of a source', () => {
    const notebook = readNotebook(JUPYTER, 'n.ipynb');
    expect(applyChecked(notebook, [replaceSource(cellAt(notebook, 2), 'x = 2\nx')])).toBe(
      JUPYTER.replace('"x = 1\\n"', '"x = 2\\n"'),
    );
  });

  it('the escapes of the lines that stay', () => {
    const notebook = readNotebook(JUPYTER, 'n.ipynb');
    expect(applyChecked(notebook, [replaceSource(cellAt(notebook, 1), 'é /\n# Tïtle /')])).toBe(
      JUPYTER.replace('    "# T\\u00eftle \\/"', '    "\\u00e9 /\\n",\n    "# T\\u00eftle \\/"'),
    );
  });
});

describe('what edits write', () => {
  const edit = (text: string, make: (notebook: Notebook) => CellEdit[]) => {
    const notebook = readNotebook(text, 'n.ipynb');
    return applyChecked(notebook, make(notebook));
  };

  it('clears outputs and the execution count', () => {
    const a = JUPYTER.indexOf('"outputs": [\n    {\n     "name"');
    const b = JUPYTER.indexOf('],\n   "source": [\n    "print');
    const expected = `${JUPYTER.slice(0, a)}"outputs": [${JUPYTER.slice(b)}`.replace(
      '"execution_count": 2,',
      '"execution_count": null,',
    );
    expect(edit(JUPYTER, (n) => [clearOutputs(cellAt(n, 3))])).toBe(expected);
  });

  it('merges a run of cells with their outputs, byte by byte', () => {
    const result = edit(JUPYTER, (n) => [
      {
        kind: 'replace',
        first: cellAt(n, 2),
        last: cellAt(n, 3),
        by: [
          {
            kind: 'old',
            cell: cellAt(n, 2),
            change: {
              source: "x = 1\ndisplay(x)\nprint('hi')",
              outputs: { kind: 'collect', from: [cellAt(n, 2), cellAt(n, 3)] },
            },
          },
        ],
      },
    ]);
    expect(result).toBe(`${JUPYTER.slice(0, JUPYTER.indexOf('   "outputs"'))}   "outputs": [
    {
     "data": {
      "text/plain": [
       "1"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    },
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "hi\\n"
     ]
    }
   ],
   "source": [
    "x = 1\\n",
    "display(x)\\n",
    "print('hi')"
   ]
  }
${JUPYTER.slice(JUPYTER.indexOf(' ],\n "metadata"'))}`);
  });

  it('inserts with a new id, which is the same every time', () => {
    const result = edit(JUPYTER, (n) => [
      insertCell(cellAt(n, 2), 'code', 'a\nb'),
      insertCell(null, 'markdown', 'm'),
    ]);
    expect(result).toContain(
      '  },\n  {\n   "cell_type": "code",\n   "execution_count": null,\n   "id": "a-2",\n   "metadata": {},\n   "outputs": [],\n   "source": [\n    "a\\n",\n    "b"\n   ]\n  },\n  {\n   "cell_type": "code",\n   "execution_count": 2,',
    );
    expect(
      result.startsWith(
        '{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "id": "cell-2",\n   "metadata": {},\n   "source": [\n    "m"\n   ]\n  },\n',
      ),
    ).toBe(true);
  });

  it('gives no ids below nbformat 4.5', () => {
    const result = edit('{"cells": [], "nbformat": 4, "nbformat_minor": 4}', () => [
      insertCell(null, 'code', 'x'),
    ]);
    expect(result).toBe(
      '{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["x"]}], "nbformat": 4, "nbformat_minor": 4}',
    );
  });

  it('removes cells, also all of them', () => {
    expect(edit(JUPYTER, (n) => n.cells.map(removeCell))).toBe(
      `{\n "cells": []${JUPYTER.slice(JUPYTER.indexOf(',\n "metadata": {},\n "nbformat"'))}`,
    );
    const last = JUPYTER.indexOf(',\n  {\n   "cell_type": "code",\n   "execution_count": 2');
    expect(edit(JUPYTER, (n) => [removeCell(cellAt(n, 3))])).toBe(
      JUPYTER.slice(0, last) + JUPYTER.slice(JUPYTER.indexOf('\n ],\n "metadata"')),
    );
  });

  it.each([
    ['a string stays a string', '["x"]', '"a\\nb"', 'a\nc', '"a\\nc"'],
    ['a list that was empty', '["x"]', '[]', 'a\nc', '["a\\n","c"]'],
    ['a list of one block', '["x"]', '["a\\nb\\n", "z"]', 'a\nc', '["a\\nc"]'],
    ["Colab's \\u003c", '["\\u003c"]', '["a"]', 'a\n<b>', '["a\\n","\\u003cb>"]'],
    ['no final empty line', '["x"]', '["a"]', 'a\n', '["a\\n"]'],
    ['upper case', '["\\u00E9"]', '["a"]', 'ü', '["\\u00FC"]'],
    ['raw', '["é \\u00e9"]', '["a"]', 'ü', '["ü"]'],
    ['astral', '["\\u00e9"]', '["a"]', '😀', '["\\ud83d\\ude00"]'],
  ])('%s', (_name, other, old, source, expected) => {
    const make = (value: string) =>
      `{"cells":[{"cell_type":"raw","metadata":{},"source":${other}},{"source":${value},"cell_type":"raw","metadata":{}}],"nbformat":4,"nbformat_minor":2}`;
    expect(edit(make(old), (n) => [replaceSource(cellAt(n, 2), source)])).toBe(make(expected));
  });

  it('keeps the line ends of a source that has CRLF only', () => {
    const make = (source: string) =>
      `{"cells":[{"cell_type":"raw","source":${source}}],"nbformat":4,"nbformat_minor":2}`;
    const notebook = readNotebook(make('["a\\r\\n","b"]'), 'n.ipynb');
    expect(applyEdits(notebook, [replaceSource(cellAt(notebook, 1), 'a\nc\r\nd')])).toBe(
      make('["a\\r\\n","c\\r\\n","d"]'),
    );
  });

  it('edits that fight are a bug', () => {
    const notebook = readNotebook(JUPYTER, 'n.ipynb');
    const [a, b] = [cellAt(notebook, 1), cellAt(notebook, 2)];
    expect(() => applyEdits(notebook, [clearOutputs(b), replaceSource(b, '')])).toThrow(
      'two edits want cell 2',
    );
    expect(() =>
      applyEdits(notebook, [{ kind: 'replace', first: a, last: b, by: [] }, removeCell(b)]),
    ).toThrow('two edits');
    expect(() => applyEdits(notebook, [{ kind: 'replace', first: b, last: a, by: [] }])).toThrow(
      'before it starts',
    );
    const other = readNotebook(JUPYTER, 'n.ipynb');
    expect(() => applyEdits(other, [removeCell(a)])).toThrow('not a cell of');
    const moved: CellEdit = { kind: 'replace', first: a, last: a, by: [{ kind: 'old', cell: b }] };
    expect(() => applyEdits(notebook, [moved])).toThrow('not among them');
  });

  it('any sources, in any layout, are what is read again', () => {
    const layouts = [JUPYTER, JSON.stringify(JSON.parse(JUPYTER)), JUPYTER.replaceAll('\n', '\r\n')];
    fc.assert(
      fc.property(
        fc.constantFrom(...layouts),
        fc.string({
          unit: fc.constantFrom('a', '\n', '\r\n', '"', '\\', 'é', '😀', '<', '\t', '\u2028', '\ud800', 'n'),
        }),
        fc.string({ unit: 'binary' }),
        (text, source, added) => {
          const notebook = readNotebook(text, 'n.ipynb');
          const result = applyChecked(notebook, [
            replaceSource(cellAt(notebook, 2), source),
            insertCell(cellAt(notebook, 3), 'markdown', added),
          ]);
          const again = readNotebook(result, 'n.ipynb');
          expect(cellAt(again, 2).source).toBe(source);
          expect(cellAt(again, 4).source).toBe(added);
        },
      ),
    );
  });
});
