import { describe, expect, it } from 'vitest';
import { compileProblems } from '../../src/python/compile-check.js';
import { loadParser } from '../../src/python/parse.js';
import { askPython, findPython } from './cpython.js';

const parser = await loadParser();
const python = findPython('python3.13', 'python3.12', 'python3');

function problemsOf(source: string): string[] {
  const { module, errors } = parser.parse(source, 0);
  expect(errors, source).toEqual([]);
  return compileProblems(module, source).map((problem) => problem.message);
}

/** Look-alikes of what is refused below. */
const TAKEN = [
  '"""doc"""\nfrom __future__ import division\nfrom __future__ import annotations\nx = 1\n',
  'f(a=1, *b, c=2, **d)\n',
  'f(*a, b)\n',
  'class A(*b, metaclass=c, **d): pass\n',
  'def f(a, b=1, *, c, d=2): pass\n',
  'await f()\n',
  'async with a as b:\n    pass\n',
  'x = [y async for y in z]\n',
  'def f():\n    return (await x async for x in y)\n'.replace('await x async', 'x async'),
  'async def f():\n    yield 1\n    return\n',
  'for x in y:\n    if x: break\n    continue\n',
  'while x:\n    try: break\n    finally: continue\n',
  'for x in y:\n    def f():\n        for a in b: break\n',
  'try:\n    a\nexcept A:\n    b\nexcept:\n    c\n',
  'def f():\n    global x\n    x = 1\n    print(x)\n',
  'global x\nx = 1\n',
  'def f(x):\n    def g():\n        nonlocal x\n        x = 1\n',
  'def f():\n    def g():\n        nonlocal x\n    x = 1\n',
  'class A:\n    def f(self):\n        nonlocal __class__\n',
  'def f(x):\n    def g():\n        global x\n',
  'a, *b = c\n[*a, b] = c\nfor *a, b in c: pass\n',
  'with a as (b, *c): pass\n',
  'del a.b, c[d], (e, f), [g]\n',
  'x = *a, *b\n',
  'x[*a, b:c] = [*d, {*e}, (*f,)]\n',
  '(x := 1)\n',
  'y = (x := 1)\n',
  'f(x := 1, y=(z := 2))\n',
  'if x := 1: pass\n',
  'while x := f(): pass\n',
  '[y := x, y ** 2]\n',
  '[y for x in z if (y := x)]\n',
  '[y for x in z if x and (y := x)]\n',
  'lambda: (x := 1)\n',
  'x = {(a := 1): (b := 2)}\n',
  'def f(a=(b := 1)): pass\n',
  'match x:\n    case a if a: pass\n    case _: pass\n',
  'from a import *\n',
  '__debug__\n',
  'def f():\n    x = yield\n    return (yield x)\n',
  'lambda: (yield)\n',
];

const REFUSED: readonly (readonly [source: string, message: string])[] = [
  ['x = 1\nfrom __future__ import division\n', 'from __future__ imports must occur at the beginning'],
  ['if x:\n    from __future__ import division\n', 'from __future__ imports must occur at the beginning'],
  ['from __future__ import nonsense\n', 'future feature nonsense is not defined'],
  ['f(a=1, a=2)\n', 'keyword argument repeated: a'],
  ['class A(b=1, b=2): pass\n', 'keyword argument repeated: b'],
  ['f(a=1, b)\n', 'positional argument follows keyword argument'],
  ['f(**a, b)\n', 'positional argument follows keyword argument unpacking'],
  ['f(**a, *b)\n', 'iterable argument unpacking follows keyword argument unpacking'],
  ['def f(a, a): pass\n', "duplicate argument 'a'"],
  ['lambda a, *a: 0\n', "duplicate argument 'a'"],
  ['def f(a=1, b): pass\n', 'parameter without a default follows parameter with a default'],
  ['return 1\n', "'return' outside function"],
  ['class A:\n    return\n', "'return' outside function"],
  ['yield 1\n', "'yield' outside function"],
  ['class A:\n    x = yield\n', "'yield' outside function"],
  ['def f():\n    [(yield) for x in y]\n', "'yield' inside comprehension"],
  ['def f():\n    ((yield) for x in y)\n', "'yield' inside generator expression"],
  ['async def f():\n    yield from x\n', "'yield from' inside async function"],
  ['async def f():\n    yield 1\n    return 2\n', "'return' with value in async generator"],
  ['def f():\n    await x\n', "'await' outside async function"],
  ['lambda: await x\n', "'await' outside async function"],
  ['class A:\n    await x\n', "'await' outside function"],
  ['def f():\n    async with a: pass\n', "'async with' outside async function"],
  ['def f():\n    async for a in b: pass\n', "'async for' outside async function"],
  ['def f():\n    [x async for x in y]\n', 'asynchronous comprehension outside'],
  ['break\n', "'break' outside loop"],
  ['for x in y:\n    def f():\n        continue\n', "'continue' not properly in loop"],
  ['for x in y: pass\nelse: break\n', "'break' outside loop"],
  ['try:\n    a\nexcept:\n    b\nexcept A:\n    c\n', "default 'except:' must be last"],
  ['nonlocal x\n', 'nonlocal declaration not allowed at module level'],
  ['def f():\n    nonlocal x\n', "no binding for nonlocal 'x' found"],
  ['x = 1\ndef f():\n    nonlocal x\n', "no binding for nonlocal 'x' found"],
  ['class A:\n    x = 1\n    def f(self):\n        nonlocal x\n', "no binding for nonlocal 'x' found"],
  ['def f(x):\n    global x\n', "name 'x' is parameter and global"],
  ['def f():\n    x = 1\n    global x\n', "name 'x' is assigned to before global declaration"],
  ['def f():\n    print(x)\n    global x\n', "name 'x' is used prior to global declaration"],
  ['print(x)\nglobal x\n', "name 'x' is used prior to global declaration"],
  ['def f():\n    x: int\n    global x\n', "annotated name 'x' can't be global"],
  ['def f():\n    global x\n    x: int\n', "annotated name 'x' can't be global"],
  ['def f():\n    from a import *\n', 'import * only allowed at module level'],
  ['class A:\n    from a import *\n', 'import * only allowed at module level'],
  ['*a, *b = c\n', 'multiple starred expressions in assignment'],
  ['*a = b\n', 'starred assignment target must be in a list or tuple'],
  ['for *a in b: pass\n', 'starred assignment target must be in a list or tuple'],
  ['del f()\n', 'cannot delete function call'],
  ['del 1\n', 'cannot delete literal'],
  ['del *a, b\n', 'cannot delete starred'],
  ['with a as f(): pass\n', 'cannot assign to function call'],
  ['(a, b) += 1\n', 'illegal expression for augmented assignment'],
  ['(a, b): int\n', 'only single target (not tuple) can be annotated'],
  ['__debug__ = 1\n', 'cannot assign to __debug__'],
  ['x = *a\n', "can't use starred expression here"],
  ['*a\n', "can't use starred expression here"],
  ['return_ = [x for x in *a]\n', "can't use starred expression here"],
  ['x := 1\n', 'invalid syntax'],
  ['y = x := 1\n', 'invalid syntax'],
  ['f(a=x := 1)\n', 'invalid syntax'],
  ['lambda: x := 1\n', 'invalid syntax'],
  ['{a: b := 1}\n', 'invalid syntax'],
  ['assert x := 1\n', 'invalid syntax'],
  ['[x := 1 for x in y]\n', "cannot rebind comprehension iteration variable 'x'"],
  ['[x for x in (y := z)]\n', 'cannot be used in a comprehension iterable expression'],
  ['class A:\n    [x := y for y in z]\n', 'within a comprehension cannot be used in a class body'],
  ['match x:\n    case a: pass\n    case _: pass\n', 'makes remaining patterns unreachable'],
];

describe('what CPython’s compiler takes', () => {
  it.each(TAKEN)('%j', (source) => expect(problemsOf(source)).toEqual([]));
});

describe('what it refuses', () => {
  it.each(REFUSED)('%j', (source, message) => expect(problemsOf(source).join('; ')).toContain(message));

  it('refuses a top-level await where IPython’s freedom is not given', () => {
    const { module } = parser.parse('await x\n', 0);
    const [problem] = compileProblems(module, 'await x\n', { topLevelAwait: false });
    expect(problem).toMatchObject({ code: 'compile', message: "'await' outside function", start: 0, end: 7 });
  });
});

it.skipIf(python === null)('CPython says the same of each', () => {
  const sources = [...TAKEN, ...REFUSED.map(([source]) => source)];
  const answers = askPython(python ?? '', 'dump_ast.py', sources) as {
    error?: string;
    compileError?: string;
  }[];
  const refused = sources.filter((_, at) => (answers[at]?.error ?? answers[at]?.compileError) !== undefined);
  expect(refused).toEqual(REFUSED.map(([source]) => source));
});
