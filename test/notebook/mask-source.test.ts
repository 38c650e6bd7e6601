import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Magic } from '../../src/notebook/magics.js';
import { isMasked, type MaskedSource, type MaskOptions, maskSource } from '../../src/notebook/mask-source.js';
import { sourceOffset } from '../../src/text/offset.js';

describe('what is Python and must stay', () => {
  it.each([
    'a = (b\n%c)',
    "s = '''\n%time x\n!ls\n'''",
    'f"""{x}\n?help\n"""',
    'x = 1 # what?',
    'x = y % z',
    'x = a \\\n% b',
    "print('!ls'); x != y",
    'd = {\n  "a": 1,\n  **b}\n',
    'ls = 1\nls',
    'time == 3',
    'history.history["loss"]\nhistory',
    'x = [\n!ls\n]',
    'plt.plot(x);',
    "'don\\'t'\nx",
    "r'\\'\n",
    'lambda x=1: x',
    '',
    '\n\n',
  ])('%j', (source) => {
    expect(maskSource(source)).toEqual({ text: source, magics: [], masked: [] });
  });

  it.each(['ls', 'store["a"]', 'page', 'time + 1', 'history'])(
    '%s where the notebook binds the name',
    (source) => {
      const knownNames = new Set(['ls', 'store', 'page', 'time', 'history']);
      expect(maskSource(source, { knownNames }).text).toBe(source);
    },
  );
});

describe('what is masked', () => {
  it.each<[source: string, text: string]>([
    ['%matplotlib inline\nx', 'pass#~~~~~~~~~~~~~\nx'],
    ['% matplotlib inline', 'pass#~~~~~~~~~~~~~~'],
    ['x\n;', 'x\n0'],
    ['!', '0'],
    ['!l', '0#'],
    ['!ls', '0#~'],
    ['?fs', '0#~'],
    ['!pwd', 'pass'],
    ['!pwd ', 'pass#'],
    ['files = !ls', 'files = 0#~'],
    ['a, b = !ls "x', 'a, b = 0#~~~~'],
    ["d['=']=!ls", "d['=']=0#~"],
    ['x = %who_ls', 'x = 0#~~~~~'],
    ['if a:\n    !rm x\nelse:\n\t%cd ..\ny', 'if a:\n    pass#\nelse:\n\tpass#~\ny'],
    ['!ls \\\n  -l \\\r\n\n x', 'pass#\n#~~~~~\r\n\n x'],
    ['x = !ls \\\n -l\ny', 'x = 0#~~~\n#~~\ny'],
    ['df.head?', 'pass#~~~'],
    ['%time??\nx?', 'pass#~~\n0#'],
    ['f(\na)?', '0#\n#~~'],
    ['!it\'s\nx = "a"', 'pass#\nx = "a"'],
    [',f a b', 'pass#~'],
    ['/f a', 'pass'],
    ['%time x = f()', 'pass; x = f()'],
    ['%timeit -n 10 -r3 f(df)', 'pass;             f(df)'],
    ['%lprun -f g g(x)', 'pass;       g(x)'],
    ['y = %time f(x)', 'y =       f(x)'],
    ['y = %timeit -o f(x)', 'y = 0#~~~~~~~~~~~~~'],
    ['%time', 'pass#'],
    ['%time # x', 'pass#~~~~'],
    ['%time !ls', 'pass#~~~~'],
    ['%time for x in y: f(x)', '     \ffor x in y: f(x)'],
    ['if a:\n    %time with b: c', 'if a:\n     \f    with b: c'],
    ['%%time\nx = 1\n!ls', '#~~~~~\nx = 1\n0#~'],
    ['\n \n%%capture out\n%%time\nx', '\n \n#~~~~~~~~~~~~\n#~~~~~\nx'],
    ['%%timeit -n 3 x = f()\nx', 'pass;         x = f()\nx'],
    ['%%bash\nls $x\n\n  cd', '#~~~~~\n#~~~~\n\n#~~~'],
    ['# a\n%%time\nx', '# a\npass#~\nx'],
    ['%%time?', 'pass#~~'],
    ['%sql\nselect 1', '#~~~\n#~~~~~~~'],
    ['%md # Title\ntext', '#~~~~~~~~~~\n#~~~'],
    ['%sql select 1\nx = 2', 'pass#~~~~~~~~\nx = 2'],
    ['pwd', '0#~'],
    ['\nls data\n', '\npass#~~\n'],
    ['cd ..', 'pass#'],
    ['# a\npip install x', '# a\npass#~~~~~~~~'],
    ["x = 'a\n!ls", "x = 'a\n0#~"],
  ])('%j', (source, text) => {
    expect(maskSource(source).text).toBe(text);
  });

  it('the whole cell after %sql select, in a notebook of Databricks', () => {
    expect(maskSource('%sql select 1\nx', { isDatabricks: true }).text).toBe('#~~~~~~~~~~~~\n#');
  });
});

function only(source: string, options?: MaskOptions): Magic {
  const { magics } = maskSource(source, options);
  const [magic] = magics;
  if (magic === undefined || magics.length > 1) throw new Error(`${magics.length} magics`);
  return magic;
}

describe('what is said of a magic', () => {
  it.each<[source: string, expected: Partial<Magic>]>([
    [
      '%matplotlib inline',
      { kind: 'line', name: 'matplotlib', args: 'inline', effect: 'config', uses: [], defines: [] },
    ],
    ["%config InteractiveShell.ast_node_interactivity = 'all'", { effect: 'opaque' }],
    ["%config InlineBackend.figure_format = 'svg'", { effect: 'config' }],
    ['%run a.py', { effect: 'opaque', why: "%run runs another file, whose names become the notebook's" }],
    ['%foo df', { effect: 'opaque', why: '%foo is not a magic that nbslim knows', uses: ['df'] }],
    [
      'x\n%%time\ny',
      {
        name: '%time',
        effect: 'opaque',
        why: "%%time is not on the cell's first line, where alone a cell magic counts",
      },
    ],
    [
      'files = !ls {path}/$name',
      { kind: 'shell', name: '!', defines: ['files'], uses: ['name', 'path'], effect: 'outside' },
    ],
    ['!!echo {a.b(c) + 1}', { kind: 'shell', name: '!!', uses: ['a', 'c'] }],
    ["d['a'] = !ls", { defines: [] }],
    ['x: list = !ls', { defines: ['x'] }],
    [
      '%timeit -n 3 x = f(df)',
      { discardsNames: true, givesValue: false, uses: ['x', 'f', 'df'], effect: 'display' },
    ],
    [
      '%time f(df)',
      { discardsNames: false, givesValue: true, python: { start: sourceOffset(6), end: sourceOffset(11) } },
    ],
    ['%%time\nx', { kind: 'cell', givesValue: true, span: { start: sourceOffset(0), end: sourceOffset(6) } }],
    [
      '%%capture out --no-stderr\nx',
      { defines: ['out'], python: { start: sourceOffset(25), end: sourceOffset(27) } },
    ],
    [
      '%%bigquery df --project p\nselect a from t',
      { defines: ['df'], python: null, span: { start: sourceOffset(0), end: sourceOffset(41) } },
    ],
    ['%%sql rows <<\nselect * from df', { defines: ['rows'], uses: ['rows', 'select', 'df'] }],
    ['%%R -i df,x -o fit\nlm(df)', { defines: ['fit'], uses: ['df', 'x'] }],
    ['%%bash --out text\nls', { defines: ['text'] }],
    ['%%foo\ndf', { effect: 'opaque', uses: ['df'], why: '%%foo is not a magic that nbslim knows' }],
    ['%%html\n<b>', { effect: 'display', uses: [] }],
    ['df.head??', { kind: 'help', name: '??', args: 'df.head', uses: ['df'], effect: 'display' }],
    ['?df', { kind: 'help', name: '?', args: 'df' }],
    [';', { kind: 'autocall', effect: 'none' }],
    [',f a', { kind: 'autocall', effect: 'opaque', uses: ['f', 'a'] }],
    ['pip install x', { kind: 'automagic', name: 'pip', args: 'install x', effect: 'outside' }],
    ['pip install x\ny', { kind: 'automagic', effect: 'opaque' }],
    ['who', { kind: 'automagic', effect: 'opaque', uses: ['who'] }],
    ['%fs ls', { kind: 'databricks', name: 'fs' }],
    ['%python\nx = 1', { kind: 'line', effect: 'none' }],
  ])('%j', (source, expected) => {
    const magic = only(source);
    if (expected.uses !== undefined) expect([...magic.uses].sort()).toEqual([...expected.uses].sort());
    const { uses: _, ...rest } = expected;
    expect(magic).toMatchObject(rest);
  });

  it('the magic inside another', () => {
    expect(maskSource('%time !ls $x').magics.map(({ kind, name, uses }) => [kind, name, uses])).toEqual([
      ['line', 'time', ['ls', 'x']],
      ['shell', '!', ['x']],
    ]);
  });

  it("whether a span is the author's own", () => {
    const masked = maskSource('a\n!ls\nb');
    expect(isMasked(masked, { start: sourceOffset(0), end: sourceOffset(2) })).toBe(false);
    expect(isMasked(masked, { start: sourceOffset(2), end: sourceOffset(3) })).toBe(true);
    expect(isMasked(masked, { start: sourceOffset(5), end: sourceOffset(7) })).toBe(false);
  });
});

it('masking keeps lengths, line ends and all that it does not name, and can be undone', () => {
  const piece = fc.constantFrom(
    ...[
      '%',
      '%%',
      '!',
      '?',
      '??',
      ';',
      ',',
      '/',
      '=',
      ' ',
      '  ',
      '\t',
      '\n',
      '\r\n',
      '\r',
      '\\',
      '\\\n',
      '(',
      ')',
      '"',
      "'",
    ],
    ...[
      '"""',
      "'''",
      '#',
      'x',
      'time',
      'timeit -n 3',
      'bash',
      'capture',
      'ls',
      'pip install',
      'for a in b:',
      'sql',
      '{x}',
      '$y',
    ],
    ...['é', '😀', '\f', 'if a:\n    '],
  );
  const sources = fc.oneof(
    fc.array(piece).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(sources, (source) => {
      const masked = maskSource(source);
      expect(masked.text.length).toBe(source.length);
      const ends = (text: string) => [...text.matchAll(/[\r\n]/g)].map((match) => [match.index, match[0]]);
      expect(ends(masked.text)).toEqual(ends(source));
      expect(unmask(masked, source)).toBe(source);
      for (const { span, python } of masked.magics) {
        expect(0 <= span.start && span.start < span.end && span.end <= source.length).toBe(true);
        if (python !== null) expect(python.start <= python.end && python.end <= source.length).toBe(true);
      }
      for (const [at, { start, end }] of masked.masked.entries()) {
        expect(start < end && start >= (masked.masked[at - 1]?.end ?? 0)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

function unmask(masked: MaskedSource, source: string): string {
  return masked.masked.reduce(
    (text, { start, end }) => text.slice(0, start) + source.slice(start, end) + text.slice(end),
    masked.text,
  );
}
