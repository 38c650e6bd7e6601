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
];

const sorted = (names: Iterable<string>): string => [...names].sort().join(' ');
const BUILTIN = new Set(['print', 'Exception', 'ValueError', 'OSError', 'list', 'map']);

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
