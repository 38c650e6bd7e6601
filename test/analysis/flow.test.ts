import { describe, expect, it } from 'vitest';
import { analyzeCells } from './analyze-cells.js';

interface FlowCase {
  readonly why: string;
  /** The cells; what is said below is said of the last statement. */
  readonly cells: readonly string[];
  readonly mutates?: string;
  /** What it may read before it has bound it, builtins left out. */
  readonly needs?: string;
  readonly writes?: string;
  readonly maybeWrites?: string;
}

const LISTS = 'a = []\nb = []\nc = []';

const CASES: readonly FlowCase[] = [
  {
    why: 'a loop is left by `break` with what its round has bound until then',
    cells: [LISTS, 'while True:\n    a = b\n    if test: break\n    a = c', 'a.append(1)'],
    mutates: 'a b',
  },
  {
    why: '`continue` goes on with what its round has bound until then',
    cells: [
      LISTS,
      'd = []\nfor x in xs:\n    d.append(1)\n    d = b\n    if x: continue\n    d = c',
      'd.append(1)',
    ],
    mutates: 'b c d',
  },
  {
    why: 'a function is left by `return` with what it has bound until then',
    cells: [LISTS, 'def f(x):\n    global a\n    a = b\n    if x: return\n    a = c\nf(1)', 'a.append(1)'],
    mutates: 'a b c',
  },
  {
    why: 'a handler finds whatever the body may have bound anywhere',
    cells: [LISTS, 'try:\n    a = b\n    f()\n    a = c\n    f()\nexcept Exception:\n    a.append(1)'],
    mutates: 'a b c',
  },
  {
    why: '`finally` runs where the body has failed, too',
    cells: ['y = 0', 'try:\n    y = f()\nfinally:\n    print(y)'],
    needs: 'f y',
    writes: 'y',
  },
  {
    why: '`finally` runs on the way out of a loop',
    cells: [
      LISTS,
      'while True:\n    try:\n        a = b\n        break\n    finally:\n        a = c',
      'a.append(1)',
    ],
    mutates: 'a c',
  },
  {
    why: 'an object is handed on from round to round',
    cells: [LISTS, 'd = e = None\nfor x in xs:\n    e = d\n    d = c\n    c = b\n    b = a', 'e.append(1)'],
    mutates: 'a b c d e',
  },
  {
    why: 'a path that raises does not go on',
    cells: ['if test:\n    x = 1\nelse:\n    raise ValueError'],
    writes: 'x',
    maybeWrites: '',
  },
  {
    why: 'a handler that raises does not go on',
    cells: ['try:\n    x = 1\nexcept ValueError:\n    raise'],
    writes: 'x',
    maybeWrites: '',
  },
  {
    why: 'an endless loop ends by `break` alone',
    cells: ['while True:\n    x = 1\n    if f(): break'],
    writes: 'x',
    maybeWrites: '',
  },
  {
    why: 'a loop without `break` always comes to its `else`',
    cells: ['for i in xs:\n    y = i\nelse:\n    x = 1'],
    writes: 'x',
    maybeWrites: 'i y',
  },
  {
    why: 'a loop with `break` may not come to its `else`',
    cells: ['for i in xs:\n    if i: break\nelse:\n    x = 1'],
    writes: '',
    maybeWrites: 'i x',
  },
  {
    why: 'one case of `match` runs where the last one takes everything',
    cells: ['match v:\n    case [a]:\n        x = 1\n    case _:\n        x = 2'],
    writes: 'x',
    maybeWrites: 'a',
  },
  {
    why: 'a deleted name is not bound on every path',
    cells: ['x = 1\nif test:\n    del x'],
    writes: '',
  },
  {
    why: 'the message of an assertion is evaluated where the program ends',
    cells: ['assert test, (x := 1)'],
    writes: '',
    maybeWrites: 'x',
    needs: 'test',
  },
  {
    why: 'the body of a class finds the global that it has not bound',
    cells: ['n = 1', 'class K:\n    n = n'],
    needs: 'n',
  },
  {
    why: 'a class that has bound the name does not ask for the global',
    cells: ['n = 1', 'class K:\n    n = 2\n    m = n'],
    needs: '',
  },
  {
    why: 'a function changes what the function around was given',
    cells: [LISTS, 'def f(x):\n    def g():\n        x.append(1)\n    g()', 'f(a)'],
    mutates: 'a',
  },
  {
    why: '`nonlocal` binds the name of the function around, not a global',
    cells: [
      LISTS,
      'def f(x, y):\n    z = x\n    def g():\n        nonlocal z\n        z = y\n    g()\n    z.append(1)',
      'f(a, b)',
    ],
    mutates: 'a b',
    maybeWrites: '',
  },
  {
    why: 'a walrus in a comprehension may bind nothing',
    cells: [LISTS, 'def f(x, y):\n    z = x\n    [z := one for one in y]\n    z.append(1)', 'f(a, b)'],
    mutates: 'a b',
  },
  {
    why: 'a default is what it was when the function was defined',
    cells: [LISTS, 'def f(x=a):\n    x.append(1)', 'f()'],
    mutates: 'a f',
  },
  {
    why: 'a callback may change what it is called with',
    cells: ['rows = [[1], [2]]', 'def f(x):\n    x.append(1)', 'list(map(f, rows))'],
    mutates: 'f rows',
  },
  {
    why: 'an unknown function may change what lies in what it gets',
    cells: [LISTS, 'from m import f\nd = [a]', 'f(d)'],
    mutates: 'a d',
  },
  {
    why: 'of `except*` several handlers may run',
    cells: [LISTS, 'd = c\ntry:\n    f()\nexcept* ValueError:\n    d = a\nexcept* OSError:\n    d.append(1)'],
    mutates: 'a c d',
  },
  {
    why: 'what a round leaves for the next is found, however many rounds it takes',
    cells: [
      `${LISTS}\nd = []\ne = []`,
      'for i in range(9):\n    a = b\n    b = c\n    c = d\n    d = e',
      'a.append(1)',
    ],
    mutates: 'a b c d e',
  },
  {
    why: 'a function finds in the next round what has been put into a list since it was called',
    cells: [
      `${LISTS}\nheld = [b]\ndef last():\n    return held[-1]`,
      'for i in range(3):\n    for j in range(2):\n        a = last()\n    held.append(c)',
      'a.append(1)',
    ],
    mutates: 'a b c held',
  },
  {
    why: 'a function finds in the next round what a name has been bound to since it was called',
    cells: [
      `${LISTS}\nnow = b\ndef get():\n    return now`,
      'for i in range(3):\n    for j in range(2):\n        a = get()\n    now = c',
      'a.append(1)',
    ],
    mutates: 'a b c now',
  },
  {
    why: 'a function finds in the next round what another has left in the function around both',
    cells: [
      `${LISTS}\ndef make():\n    held = b\n    def put(x):\n        nonlocal held\n        held = x\n    def get():\n        return held\n    return put, get\nput, get = make()`,
      'for i in range(3):\n    a = get()\n    put(c)',
      'a.append(1)',
    ],
    mutates: 'a b c get put',
  },
  {
    why: 'a callback finds in the next round what it is called with then',
    cells: [
      `${LISTS}\nnow = a\nheld = []\ndef put(x):\n    held.append(x)`,
      'for i in range(3):\n    n = list(map(put, [now]))\n    now = b',
      'held[0].append(1)',
    ],
    mutates: 'a b held n now put',
  },
  {
    why: 'a handler finds in the next round what has been raised since',
    cells: [
      LISTS,
      'for i in range(3):\n    try:\n        raise ValueError(b if i else c)\n    except ValueError as error:\n        a = error.args[0]',
      'a.append(1)',
    ],
    mutates: 'a b c',
  },
  {
    why: 'a method that is taken at the end of a round is called in the next',
    cells: [
      `${LISTS}\nput = c.append`,
      'for i in range(3):\n    n = list(map(put, [b]))\n    put = a.append',
      'a[0].append(1)',
    ],
    mutates: 'a b c n put',
  },
  {
    why: 'a default is what it was in any round',
    cells: [
      LISTS,
      'now = b\nfor i in range(3):\n    if i:\n        a = get()\n    def get(x=now):\n        return x\n    now = c',
      'a.append(1)',
    ],
    mutates: 'a b c get now',
  },
  {
    why: 'what a round has made, and changed after something older was asked that holds it, is found there by the next',
    cells: [
      'a = []\nb = []\nbox = {}',
      'for i in range(2):\n    o = []\n    box[i] = o\n    lib.deep(box)\n    o.append(b)',
    ],
    mutates: 'b box o',
  },
  {
    why: 'what a callback puts into a list that its caller has made is found by the caller',
    cells: [
      'b = []',
      'def g(y):\n    o = []\n    lib.call(lambda: o.append(b))\n    o[0].append(1)',
      'n = sorted([1], key=g)',
    ],
    mutates: 'b',
  },
  {
    why: 'what a callback raises is caught by its caller',
    cells: [
      'b = []\nE = KeyError(b)\ndef h(z):\n    raise E',
      'def g(y):\n    try: [1].sort(key=h)\n    except KeyError as k: k.args[0].append(1)',
      'n = sorted([1], key=g)',
    ],
    mutates: 'E b',
  },
  {
    why: 'what is run behind a return is run again where the program does come',
    cells: [
      'a = []\nb = []\nclass K:\n    def __len__(self):\n        while True:\n            if len(b) >= 0:\n                u = a\n                break\n            u = b\n        u.append(1)\n        return 1',
      'k = K()\ndef h():\n    return 1\n    len(k)',
      'n = h() + len(k)',
    ],
    mutates: 'a b',
  },
  {
    why: 'a row that a function changes for a callback is one of the frame',
    cells: [
      "import pandas as pd\ndf = pd.read_csv('a.csv')\ndef f(row):\n    row['a'] = 0",
      'df.apply(f, axis=1)',
      'n = sorted([1], key=lambda x: df.apply(f, axis=1))',
    ],
    mutates: 'df n',
  },
  {
    why: 'a function that is called before its default is another changes that, too',
    cells: [
      'a = []\nb = []\ny = a\nf = None',
      'for i in range(3):\n    if i: f()\n    f = lambda x=y: x.append(1)\n    y = b',
    ],
    mutates: 'a b f y',
  },
  {
    why: 'what two calls of a function make is not the same',
    cells: ['def make():\n    return []', 'a, b = make(), make()', 'a.append(1)'],
    mutates: 'a',
  },
  {
    why: 'what the rounds of a loop make is taken for one object, and it is not what was made before the loop',
    cells: [
      'def make():\n    return []',
      'a = make()\nb = []\nfor i in range(3):\n    b.append(make())',
      'b[0].append(1)',
    ],
    mutates: 'b',
  },
];

const sorted = (names: Iterable<string>): string => [...names].sort().join(' ');
const BUILTIN = new Set(['print', 'Exception', 'ValueError', 'OSError', 'list', 'map']);

describe('a function that reaches any name', () => {
  it('makes the notebook opaque, whether it is followed or not', async () => {
    const again = 'def f(n):\n    return f(n - 1) if n else globals()';
    const { opaque } = await analyzeCells(`${LISTS}\n${again}`, 'n = sorted([1], key=f)');
    expect(opaque).toContain('globals()');
    const spent = `def long():\n${'    x = 1\n'.repeat(3000)}`;
    for (const [body, name] of [
      ["globals()['a'].append(1)", 'globals()'],
      ["sys._getframe(1).f_globals['a'].append(1)", 'sys._getframe()'],
      ["currentframe().f_back.f_globals['a'].append(1)", 'inspect.currentframe()'],
    ] as const) {
      const unfollowed = await analyzeCells(
        `import sys\nfrom inspect import currentframe\n${LISTS}\n${spent}\nlong()\ndef f():\n    ${body}`,
        'f()',
      );
      expect(unfollowed.opaque).toContain(name);
    }
  });

  it('gives its own names alone, where that is what it gives', async () => {
    const spent = `def long():\n${'    x = 1\n'.repeat(3000)}`;
    const { opaque } = await analyzeCells(`${spent}\nlong()\ndef f(x):\n    return locals()`, 'f(1)');
    expect(opaque).toBeNull();
  });
});

describe('the flow of control', () => {
  it.each(CASES.map((one) => [one.why, one] as const))('%s', async (_why, one) => {
    const statement = (await analyzeCells(...one.cells)).statements.at(-1);
    if (statement === undefined) throw new Error('no statement');
    const { cells, why, ...wanted } = one;
    const said: Record<string, string> = {
      mutates: sorted(statement.mutates),
      needs: sorted([...statement.needs].filter((name) => !BUILTIN.has(name))),
      writes: sorted(statement.writes),
      maybeWrites: sorted(statement.maybeWrites),
    };
    expect(said).toMatchObject(wanted);
  });
});
