import { describe, expect, it } from 'vitest';
import { analyzeNotebook } from '../../src/analysis/analyze.js';
import type { Program, StatementFacts } from '../../src/analysis/program.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { loadParser } from '../../src/python/parse.js';
import { notebookOf } from '../notebook-of.js';

const parser = await loadParser();

function analyze(...cells: readonly string[]): Program {
  return analyzeNotebook(readNotebook(notebookOf(...cells), 'test.ipynb'), parser);
}

function statement(program: Program, index: number): StatementFacts {
  const found = program.statements.at(index);
  if (found === undefined) throw new Error(`no statement ${index}`);
  return found;
}

const sorted = (names: ReadonlySet<string>): readonly string[] => [...names].sort();

describe('reads, writes and liveness', () => {
  it('reads what a function reads when it is called, not when it is defined', () => {
    const program = analyze('def f():\n    return limit', 'limit = 3', 'f()');
    expect(sorted(statement(program, 0).needs)).toEqual([]);
    expect(sorted(statement(program, 1).liveAfter)).toContain('limit');
    expect(sorted(statement(program, 2).reads)).toEqual(['f', 'limit']);
    expect(sorted(statement(program, 2).inFunctions)).toEqual(['limit']);
  });

  it('binds on some paths only what an if without else binds', () => {
    const program = analyze('x = 1\nif x:\n    y = 2\nelse:\n    y = 3\nif y:\n    z = 1');
    expect(sorted(statement(program, 1).writes)).toEqual(['y']);
    expect(sorted(statement(program, 2).writes)).toEqual([]);
    expect(sorted(statement(program, 2).maybeWrites)).toEqual(['z']);
  });

  it('keeps the names of a comprehension to itself, but for a walrus', () => {
    const program = analyze('xs = [1]\nys = [(last := x) for x in xs]');
    const { writes, maybeWrites, reads } = statement(program, 1);
    expect(sorted(reads)).toEqual(['xs']);
    expect([...writes, ...maybeWrites].sort()).toEqual(['last', 'ys']);
  });

  it('reads the names in a query, a magic and a shell line', () => {
    const program = analyze(
      'import pandas as pd\ndf = pd.read_csv("a.csv")\nu = 1\ndf.query("a > @u")',
      'w = 2',
      '!echo $w',
      '%timeit u + w',
    );
    expect(sorted(statement(program, 3).reads)).toEqual(['df', 'u']);
    expect(sorted(statement(program, 4).liveAfter)).toContain('w');
  });

  it('takes every name for alive in front of a cell that nobody can read', () => {
    const program = analyze('a = 1', 'print a', 'b = 2');
    expect(program.cells[1]?.opaque).not.toBeNull();
    expect(sorted(statement(program, 0).liveAfter)).toContain('a');
  });
});

describe('what changes what', () => {
  it('sees a change through an alias and through a list', () => {
    const program = analyze('a = []\nb = a\nc = [b]\nb.append(1)');
    expect(sorted(statement(program, 3).mutates)).toEqual(['a', 'b', 'c']);
  });

  it('lets an unknown call change all that it gets, and a known one nothing', () => {
    const program = analyze(
      'import pandas as pd\nfrom m import g\ndf = pd.read_csv("a.csv")\ne = df.copy()\ng(df)\ndf.head()\nlen(e)',
    );
    expect(sorted(statement(program, 4).mutates)).toEqual(['df']);
    expect(sorted(statement(program, 5).mutates)).toEqual([]);
    expect(sorted(statement(program, 6).mutates)).toEqual([]);
  });

  it('sees a frame change by the names of its index', () => {
    const program = analyze(
      "import pandas as pd\ndf = pd.read_csv('a.csv')",
      "df.index.name = 'n'",
      "df.columns.names = ['c']",
    );
    expect(sorted(statement(program, 2).mutates)).toContain('df');
    expect(sorted(statement(program, 3).mutates)).toContain('df');
  });

  it('follows a function of the notebook into its body', () => {
    const program = analyze(
      'def add(to):\n    to.append(1)\n\ndef look(at):\n    return len(at)',
      'a = []\nlook(a)\nadd(a)',
    );
    expect(sorted(statement(program, 3).mutates)).toEqual([]);
    expect(sorted(statement(program, 4).mutates)).toEqual(['a']);
  });

  it('changes what lies in a list by any of its parts, for whoever else has it', () => {
    const program = analyze(
      'rows = [[1], [2]]',
      'chosen = [row for row in rows]',
      'for row in chosen:\n    row.append(0)',
      'chosen[0].append(1)',
    );
    expect(sorted(statement(program, 2).mutates)).toContain('rows');
    expect(sorted(statement(program, 3).mutates)).toContain('rows');
  });

  it('knows that a column shares its frame, and that a filter does not', () => {
    const program = analyze(
      'import pandas as pd\ndf = pd.read_csv("a.csv")\nc = df["c"]\nf = df[df["c"] > 1]',
    );
    expect(sorted(program.sharersOf('df', 3))).toEqual(['c']);
  });

  // Up to 32 objects are told apart.
  it.each([3, 40])(
    'changes by a callback any of the %i objects that lie in what it is called with',
    (count) => {
      const names = [...Array(count).keys()].map((i) => `f${i}`);
      const program = analyze(
        'import pandas as pd',
        ...names.map((name) => `${name} = pd.read_csv("${name}.csv")`),
        `frames = [${names.join(', ')}]`,
        'def order(frame):\n    frame.insert(0, "seen", 1)\n    return len(frame)',
        'other = []',
        'last = sorted(frames, key=order)',
        'other.append(1)',
      );
      expect(sorted(statement(program, -2).mutates)).toEqual(expect.arrayContaining(names));
      expect(sorted(statement(program, -2).mutates)).not.toContain('other');
      expect(sorted(statement(program, -1).mutates)).toEqual(['other']);
    },
  );

  it('takes functions for anything where too many of their statements would have to be interpreted', () => {
    const program = analyze(
      'import pandas as pd\nfrom elsewhere import run',
      'a = pd.read_csv("a.csv")\nb = pd.read_csv("b.csv")\nother = pd.read_csv("c.csv")',
      `def long(x):\n${'    y = x\n'.repeat(2000)}    return y`,
      'def order(frame):\n    b.insert(0, "seen", 1)\n    return frame.insert(0, "seen", 1)',
      'run(long)',
      'sorted([a], key=order)',
    );
    expect(sorted(statement(program, -1).mutates)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(sorted(statement(program, -1).mutates)).not.toContain('other');
  });
});

/** The last statement of each was seen to change `b`, under another name: run by CPython. */
describe('what lies in something else and is changed there', () => {
  const HEAD = 'import pandas as pd\na = pd.read_csv("a.csv")\nb = pd.read_csv("b.csv")\nframes = [a, b]';
  it.each([
    ['an attribute', 'class Box: pass\nbox = Box()\nbox.frame = b\nbox.frame["z"] = 1'],
    ['a name for an attribute', 'class Box: pass\nbox = Box()\nbox.frame = b\nc = box.frame\nc["z"] = 1'],
    ['a namespace', 'import types\nbox = types.SimpleNamespace()\nbox.v = b\nbox.v["z"] = 1'],
    ['setattr', 'import types\nbox = types.SimpleNamespace()\nsetattr(box, "v", b)\nbox.v["z"] = 1'],
    ['get', 'd = {"b": b}\nd.get("b")["z"] = 1'],
    ['pop', 'd = {"b": b}\nd.pop("b")["z"] = 1'],
    ['setdefault', 'd = {}\nd.setdefault("b", b)["z"] = 1'],
    ['values', 'd = {"b": b}\nlist(d.values())[0]["z"] = 1'],
    ['a dict in a dict', 'd = {"b": b}\ne = {**d}\ne["b"]["z"] = 1'],
    ['a union of dicts', 'd = {"b": b}\n(d | {})["b"]["z"] = 1'],
    ['a copied list', 'import copy\ncopy.copy(frames)[1]["z"] = 1'],
    ['chain', 'import itertools\nlist(itertools.chain([a], [b]))[1]["z"] = 1'],
    ['islice', 'import itertools\nlist(itertools.islice(frames, 2))[1]["z"] = 1'],
    ['a deque', 'import collections\nq = collections.deque(frames)\nq[1]["z"] = 1'],
    ['next of a generator', 'def each(x):\n    yield x\ng = each(b)\nnext(g)["z"] = 1'],
    ['operator.setitem', 'import operator\nl = [None]\noperator.setitem(l, 0, b)\nl[0]["z"] = 1'],
    [
      'a property',
      'class Box:\n    def put(self, x): self.x = x; return 1\n    @property\n    def p(self): self.x["z"] = 1\nbox = Box()\nsorted([b], key=box.put)\nbox.p',
    ],
    [
      'a decorator that keeps what is called',
      'log = []\ndef kept(g):\n    def inner(*args):\n        log.append(args)\n        return g(*args)\n    return inner\n@kept\ndef f(x): return 1\nsorted([b], key=f)\nlog[0][0]["z"] = 1',
    ],
    [
      'a callback that changes what it was called with before',
      'last = None\ndef f(x):\n    global last\n    if last is not None: last["z"] = 1\n    last = x\n    return 1\nsorted([b, a], key=f)',
    ],
  ])('%s', (_, source) => {
    const program = analyze(HEAD, source);
    expect(sorted(statement(program, -1).mutates)).toContain('b');
  });

  it.each([
    ['a row', 'a.apply(lambda row: row.__setitem__("z", 1), axis=1)'],
    ['a row by position', 'def f(row):\n    row.iloc[0] = 1\na.apply(f, axis=1)'],
    ['a column', 'def f(column):\n    column[0] = 1\na.apply(f)'],
    ['a column in a method', 'def f(c):\n    c[0] = 1\ndef g(x):\n    return a.apply(f)\nsorted([1], key=g)'],
    ['what where tests', 'def f(d):\n    d["z"] = 1\n    return d > 1\na.where(f)'],
    ['what loc tests', 'def f(d):\n    d["z"] = 1\n    return d["z"] > 1\na.loc[f]'],
  ])('a function gets it: %s', (_, source) => {
    expect(sorted(statement(analyze(HEAD, source), -1).mutates)).toContain('a');
  });

  it.each([
    ['a value of a row', 'import ext\na.apply(lambda row: ext.f(row["x"]), axis=1)'],
    ['a group', 'def f(group):\n    group["z"] = 1\na.groupby("x").apply(f)'],
    ['a window', 'def f(window):\n    window[0] = 1\n    return 1\na.rolling(2).apply(f)'],
  ])('a function gets a copy: %s', (_, source) => {
    expect(sorted(statement(analyze(HEAD, source), -1).mutates)).not.toContain('a');
  });

  it('runs a decorator of the notebook, which may keep the function', () => {
    const program = analyze(
      'known = []\ndef register(f):\n    known.append(f)\n    return f',
      '@register\ndef g(): pass',
    );
    expect(sorted(statement(program, -1).mutates)).toEqual(['known']);
  });
});

describe('values', () => {
  it('knows frames, series and whether a value is None', () => {
    const program = analyze(
      'import pandas as pd\ndf = pd.read_csv("a.csv")\ns = df["a"]\nn = df.info()\nd = {}\nm = d.get("x")',
    );
    expect(Object.fromEntries(program.names)).toMatchObject({
      df: 'DataFrame',
      s: 'Series',
      n: 'None',
      d: 'dict',
    });
    const shown = (code: string) => {
      const { cells, noneness } = analyze('import pandas as pd\ndf = pd.read_csv("a.csv")\nd = {}', code);
      const expression = cells[1]?.shown;
      return expression === null || expression === undefined ? 'nothing' : noneness(expression);
    };
    expect(shown('df.head()')).toBe('never');
    expect(shown('df.info()')).toBe('always');
    expect(shown('d.get("x")')).toBe('maybe');
    expect(shown('df.head();')).toBe('nothing');
    expect(shown('df.dropna(inplace=True)')).toBe('always');
  });

  it('knows what a split of rows gives', () => {
    const program = analyze(
      'import pandas as pd\nfrom sklearn.model_selection import train_test_split\ndf = pd.read_csv("a.csv")\nx = df.drop(columns="a")\nframes = [df, x]',
      'x1, x2, y1, y2, v1, v2 = train_test_split(x, df["a"], df.values, test_size=0.2)',
      'some, others = train_test_split(frames)',
      'x1["b"] = 0',
      'some[0]["b"] = 0',
    );
    expect(['x1', 'x2', 'y1', 'y2', 'v1', 'v2', 'some'].map((name) => program.names.get(name))).toEqual([
      'DataFrame',
      'DataFrame',
      'Series',
      'Series',
      'ndarray',
      'ndarray',
      'list',
    ]);
    // Rows are copied, and what lies in a list is not.
    expect(sorted(statement(program, -2).mutates)).toEqual(['x1']);
    expect(sorted(statement(program, -1).mutates)).toEqual(['df', 'frames', 'some', 'others', 'x'].sort());
  });

  it('knows which methods of strings and dates give frames', () => {
    const program = analyze(
      `import pandas as pd
s = pd.read_csv('a.csv')['a']
words = s.str.split(' ')
parts = s.str.split(' ', expand=True)
flags = s.str.get_dummies()
week = s.dt.isocalendar()
first = s.str.extract('(a)', expand=False)
any_ = s.str.split(' ', expand=parts)`,
    );
    expect(
      ['words', 'parts', 'flags', 'week', 'first', 'any_'].map((name) => program.names.get(name)),
    ).toEqual(['Series', 'DataFrame', 'DataFrame', 'DataFrame', 'unknown', 'unknown']);
  });

  it('follows a path through names and sums', () => {
    const program = analyze(
      'import os\nimport pandas as pd\nbase = "data/" + "raw"\ndf = pd.read_csv(os.path.join(base, "a.csv"))',
    );
    expect(program.reads.map((read) => read.path)).toEqual(['data/raw/a.csv']);
  });

  it('tells what is asked of a column', () => {
    const program = analyze(
      'import pandas as pd\ndf = pd.read_csv("a.csv")\nx = df["a"].max()\ndf[df.b == "u"].head()\nf(df["c"])',
    );
    const [read] = program.reads;
    if (read === undefined) throw new Error('no read');
    const asked = program.usesOf(read).map(({ columns, operation }) => [columns, operation.type]);
    expect(asked).toContainEqual([['a'], 'method']);
    expect(asked).toContainEqual([['b'], 'compare']);
    expect(asked).toContainEqual([['c'], 'unknown']);
  });

  it('knows what asks the network, and what stays here', () => {
    const program = analyze(
      'import pandas as pd, requests\nfrom sklearn.datasets import fetch_openml, load_iris\nroot = "https://example.org/"',
      'answer = requests.get(url)',
      'df = pd.read_csv(root + "a.csv")',
      'mnist = fetch_openml("mnist_784")',
      'iris = load_iris()\ndf2 = pd.read_csv("http/a.csv")',
    );
    const asking = program.cells.map(({ statements }) => statements.some((s) => s.effects.has('network')));
    expect(asking).toEqual([false, true, true, true, false]);
  });

  it('gives up on names that exec or a star import may bind', () => {
    expect(analyze('exec(code)').opaque).not.toBeNull();
    expect(analyze('from m import *').opaque).not.toBeNull();
    expect(analyze('from math import sqrt').opaque).toBeNull();
  });
});

describe('a list of columns that something changes', () => {
  const grown: Readonly<Record<string, string>> = {
    'by a method': "cols.append('b')",
    'by another name': "other = cols\nother.append('b')",
    'by its item': "cols[0] = 'b'",
    'in a function': "def grow():\n    cols.append('b')\ngrow()",
    'as an argument': "def grow(names):\n    names.append('b')\ngrow(cols)",
    'as a default': "def grow(name, names=cols):\n    names.append(name)\ngrow('b')",
    'in a closure':
      "def make():\n    def grow():\n        cols.append('b')\n    return grow\ngrow = make()\ngrow()",
    'in a method': "class A:\n    def go(self):\n        cols.append('b')\na = A()\na.go()",
    'in a constructor': "class A:\n    def __init__(self):\n        cols.append('b')\nA()",
    'in a property': "class A:\n    @property\n    def p(self):\n        cols.append('b')\na = A()\na.p",
    'by a method that is handed on': "list(map(cols.append, ['b']))",
    'by a method that has a name': "add = cols.append\nadd('b')",
    'in a dict': "d = {'k': cols}\nd['k'].append('b')",
    'in a comprehension': "[cols.append(name) for name in ['b']]",
    'in a generator': "list(cols.append(name) for name in ['b'])",
    'on some path': "if len(cols) < 2:\n    cols.append('b')",
    'by somebody nobody knows': 'grow(cols)',
  };

  it.each(Object.entries(grown))('%s may ask for any column', (_, change) => {
    const program = analyze(
      "import pandas as pd\ndf = pd.read_csv('a.csv')\ncols = ['a']",
      change,
      'df[cols] * 1000',
    );
    const [read] = program.reads;
    if (read === undefined) throw new Error('no read');
    const last = program.usesOf(read).filter((use) => use.statement === program.statements.length - 1);
    expect(last.some(({ columns }) => columns === 'all')).toBe(true);
  });

  it('asks for the others alone where nothing does', () => {
    const program = analyze(
      "import pandas as pd\ndf = pd.read_csv('a.csv')\ncols = ['a']\nprint(cols, len(cols))",
      'df[cols] * 1000',
    );
    const [read] = program.reads;
    if (read === undefined) throw new Error('no read');
    expect(program.usesOf(read).filter(({ columns }) => columns === 'all' || columns.includes('b'))).toEqual(
      program.usesOf(read).filter(({ operation }) => operation.type === 'final'),
    );
  });

  it('may ask for any column in the round after the one that changes it', () => {
    const program = analyze(
      "import pandas as pd\ndf = pd.read_csv('a.csv')\ncols = ['a']",
      "for name in ['b']:\n    df[cols] * 1000\n    cols.append(name)",
    );
    const [read] = program.reads;
    if (read === undefined) throw new Error('no read');
    expect(
      program.usesOf(read).some(({ columns, operation }) => columns === 'all' && operation.type !== 'final'),
    ).toBe(true);
  });
});

describe('what reaches any name', () => {
  it('may stand in a method, which nobody calls in so many words', () => {
    const shows =
      'class Show:\n    def __init__(self, text): self.text = text\n    def __repr__(self): return repr(eval(self.text))';
    expect(analyze(shows, 'x = 1', 'Show("x")').opaque).toContain('`eval()` in the class `Show`');
    expect(analyze('class A:\n    def f(self, df): return df.eval("a + b")').opaque).toBeNull();
    expect(
      analyze('def eval(x):\n    return x\nclass A:\n    def f(self): return eval(1)').opaque,
    ).toBeNull();
  });
});

describe('what is long or deep', () => {
  it('asks each list once, however many ways lead to it', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `p${i + 1} = [p${i}, p${i}]`);
    const program = analyze(
      'import pandas as pd\ndf = pd.read_csv("a.csv")\np0 = [df]',
      [...lines, 'p60'].join('\n'),
    );
    const [read] = program.reads;
    if (read === undefined) throw new Error('no read');
    expect(program.usesOf(read).some(({ operation }) => operation.type === 'shown')).toBe(true);
  });

  it.each([
    ['a sum', `x = ${Array(20_000).fill('1').join(' + ')}`],
    ['a chain of calls', `x = y${'.f()'.repeat(3000)}`],
    ['an elif chain', `if a:\n    pass\n${Array(3000).fill('elif a:\n    pass').join('\n')}`],
    ['brackets', `x = ${'['.repeat(300)}${']'.repeat(300)}`],
  ])('%s does not overflow the stack', (_name, source) => {
    expect(analyze(source).cells).toHaveLength(1);
  });
});
