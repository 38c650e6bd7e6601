import { describe, expect, it } from 'vitest';
import type { Change, Extract } from '../../src/refactor/contract.js';
import { type CellText, changeOf, programOf, run, sourcesOf, statement, transformOf } from './notebooks.js';

/** Merges the code cells, with the statements of these indexes outside. */
function extract(cells: readonly CellText[], outside: readonly number[] = [], parts: Partial<Extract> = {}) {
  const program = programOf(...cells);
  const code = program.cells.filter(({ cell }) => cell.type === 'code').map(({ index }) => index);
  const intent: Extract = {
    type: 'extract',
    cells: code,
    outside: outside.map((index) => statement(program, index)),
    name: 'load',
    parameters: [],
    results: [],
    docstring: null,
    ...parts,
  };
  const change = changeOf({ at: statement(program, 0), intents: [intent] });
  return { program, change, intent };
}

function merged(...args: Parameters<typeof extract>): string[] {
  const { program, change } = extract(...args);
  const result = run(program, [transformOf('collapse', () => [change])]);
  expect(result.broken).toEqual([]);
  return sourcesOf(result.text);
}

describe('extract', () => {
  it('makes a function of the cells, with imports and magics above it and markdown above all', () => {
    const cells: CellText[] = [
      '# Load the data\nimport pandas as pd\nimport numpy as np  # numbers\n\n%matplotlib inline\n\ndf = pd.read_csv(path)\n',
      { type: 'markdown', source: 'Now clean it' },
      '# The rows that count\ndf = df[df.a > 1]\n\nfor c in df:\n    print(c)\n# the end',
    ];
    expect(
      merged(cells, [0, 1, 2], { parameters: ['path'], results: ['df', 'c'], docstring: 'Load "it".' }),
    ).toEqual([
      'Now clean it',
      [
        '# Load the data',
        'import pandas as pd',
        'import numpy as np  # numbers',
        '',
        '%matplotlib inline',
        '',
        '',
        'def load(path):',
        '    """Load \\"it\\"."""',
        '    df = pd.read_csv(path)',
        '',
        '    # The rows that count',
        '    df = df[df.a > 1]',
        '',
        '    for c in df:',
        '        print(c)',
        '    # the end',
        '    return df, c',
        '',
        '',
        'df, c = load(path)',
      ].join('\n'),
    ]);
  });

  it('leaves alone what is inside a string, and blank lines', () => {
    const source =
      'x = """a\n  b\n\n"""\ny = (\'a\'\n     \'b\')\nz = f"""{\n  x}\n c"""\nw = \'a\\\n b\'\n  \nf(a,\n\n  b)';
    expect(merged([source, 'g()'])).toEqual([
      [
        'def load():',
        '    x = """a\n  b\n\n"""',
        "    y = ('a'",
        "         'b')",
        '    z = f"""{\n  x}\n c"""',
        "    w = 'a\\\n b'",
        '  ',
        '    f(a,',
        '',
        '      b)',
        '',
        '    g()',
        '',
        '',
        'load()',
      ].join('\n'),
    ]);
  });

  it('takes the indent of the notebook', () => {
    expect(merged(['if x:\n  a()', 'b()'])).toEqual(['def load():\n  if x:\n    a()\n\n  b()\n\n\nload()']);
  });

  it('takes an import out of a line and out of the middle of a cell', () => {
    expect(
      merged(['a = 1\n\n# needed\nimport os\n\nb = 2', 'import re; import io; c = 3'], [1, 3, 4]),
    ).toEqual([
      '# needed\nimport os\nimport re\nimport io\n\n\ndef load():\n    a = 1\n\n    b = 2\n\n    c = 3\n\n\nload()',
    ]);
  });

  it('writes pass where nothing is left', () => {
    expect(merged(['import os', '# later'], [0])).toEqual([
      'import os\n\n\ndef load():\n    # later\n    pass\n\n\nload()',
    ]);
  });

  it('carries the edits of others along', () => {
    const { program, intent } = extract(['a = 1\nif a:\n    b(x)', 'b(y)'], [], {});
    const branch = statement(program, 1);
    if (branch.kind !== 'If') throw new Error('no if');
    const [inner] = branch.body;
    if (inner?.kind !== 'ExpressionStatement' || inner.value.kind !== 'Call') throw new Error('no call');
    const entries = Array.from({ length: 12 }, (_, at) => ({
      key: `'column ${at}'`,
      value: "'int8'",
      order: at,
    }));
    const changes: Change[] = [
      changeOf({ at: intent.outside[0] ?? branch, intents: [intent] }),
      changeOf({ at: branch, intents: [{ type: 'insertAfter', statement: inner, code: ['del x\ndel z'] }] }),
      changeOf({ at: branch, intents: [{ type: 'mergeEntries', call: inner.value, name: 'd', entries }] }),
      changeOf({ at: branch, intents: [{ type: 'show', statement: statement(program, 2) }] }),
      changeOf({ at: branch, intents: [{ type: 'drop', statement: statement(program, 0) }] }),
    ];
    const result = run(program, [transformOf('t', () => changes)]);
    expect(result.refusals).toEqual([]);
    expect(sourcesOf(result.text)).toEqual([
      [
        'def load():',
        '    if a:',
        '        b(x, d={',
        ...entries.map(({ key, value }) => `            ${key}: ${value},`),
        '        })',
        '        del x',
        '        del z',
        '',
        '    display(b(y))',
        '',
        '',
        'load()',
      ].join('\n'),
    ]);
  });

  it('keeps the outputs in order, a result becoming a display, and maps the cells', () => {
    const result = (text: string) => ({
      output_type: 'execute_result',
      execution_count: 1,
      metadata: {},
      data: { 'text/plain': [text] },
    });
    const { program, change } = extract([
      { source: 'a', outputs: [result('1')] },
      { type: 'markdown', source: 'between' },
      { source: 'b', outputs: [result('2')] },
    ]);
    const { text, cellMap, changes } = run(program, [transformOf('collapse', () => [change])]);
    const { cells } = JSON.parse(text) as { cells: { id: string; outputs?: { output_type: string }[] }[] };
    expect(cells.map(({ id }) => id)).toEqual(['cell2', 'cell1']);
    expect(cells[1]?.outputs?.map((output) => output.output_type)).toEqual(['display_data', 'display_data']);
    expect(cellMap).toEqual([
      { before: [2], after: [1], changes: [] },
      { before: [1, 3], after: [2], changes: [changes[0]?.id] },
    ]);
  });

  it('is a bug of the transform where code between the cells is left out', () => {
    const { program, intent } = extract(['a', 'b', 'c']);
    const change = changeOf({ at: statement(program, 0), intents: [{ ...intent, cells: [1, 3] }] });
    const result = run(program, [transformOf('collapse', () => [change])]);
    expect(result.broken.map(({ problem }) => problem)).toEqual([
      'cell 2 stands between cells that are merged, and is left out',
    ]);
    expect(result.text).toBe(program.notebook.text);
  });
});
