import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/analysis/scope.js';
import {
  allScopes,
  buildScopes,
  globalBindings,
  owningScope,
  scopesByNode,
} from '../../src/analysis/scopes.js';
import { loadParser } from '../../src/python/parse.js';
import { askPython, findPython, versionOf } from '../python-syntax/cpython.js';
import { scopeDifferences } from './scopes-difference.js';

const parser = await loadParser();
// From 3.12 on `symtable` merges comprehensions into the scope around.
const python = findPython('python3.11', 'python3.10', 'python3.9', 'python3.8', 'python3');
const hasComprehensions = python !== null && versionOf(python) < 12;
const generic = findPython('python3.13', 'python3.12');

function scopesOf(...cells: readonly string[]): Scope {
  return buildScopes(
    cells.map((cell, source) => {
      const { module, errors } = parser.parse(cell, source);
      expect(errors, cell).toEqual([]);
      return module;
    }),
  );
}

const SAMPLE = [
  'import a.b, c.d as e\nfrom f import g, h as i\nfrom j import *\n',
  'def f(a, b=c, *d, e: g = h, **i) -> j:\n    k = a\n    return lambda x, y=k: x + y + b + z\n',
  'def f():\n    x = 1\n    def g():\n        nonlocal x\n        x += 1\n        def h():\n            return x\n',
  'def f():\n    global x\n    x = 1\n    def g():\n        return x\n',
  'def f():\n    x = 1\n    def g():\n        global x\n        def h():\n            return x\n',
  'x = 1\nclass A(B, metaclass=C):\n    x = 2\n    y = x\n    def f(self):\n        return x, __class__, super().f()\n',
  'def f():\n    x = 1\n    class A:\n        x = x\n        def g(self):\n            return x\n        z = [x for _ in x]\n',
  'class _A:\n    __x = 1\n    def __f(self, __p):\n        global __g\n        import __m, __m.n\n        self.__y = __z + __w__\n        def __h(): pass\n',
  'class __:\n    __x = 1\n',
  'class A:\n    class __B:\n        __x = 1\n',
  'x = [a for a in b if c for d in a]\n',
  'def f(b):\n    return {a: c for a in b for c in d}, {(lambda: a)() for a in b}, (a for a in b)\n',
  'y = [x := f(z) for z in w]\nprint(x)\n',
  'def f():\n    [[x := y for y in z] for z in w]\n    return x\n',
  'def f():\n    global x\n    [x := y for y in z]\n',
  'def f():\n    return lambda: [x := y for y in z]\n',
  'if (x := 1): pass\n',
  'try: a\nexcept B as e: print(e)\n',
  'with a as b, c as (d, [*e]), f as g.h, i as j[k]: pass\n',
  'for a, (b, *c) in d: pass\nfor e.f in g: pass\n',
  'x: int\ny: str = z\n(w): int = 1\nu.v: int = 2\nt[s]: int\n',
  'def f():\n    x: int\n    (y): int\n    return y\n',
  'from __future__ import annotations\nx: A\ndef f(a: B) -> C:\n    y: D = 1\n',
  'del a, b.c, d[e]\n',
  'a += b\nc.d += e\n',
  '@a\n@b(c)\ndef f(): pass\n@d\nclass A: pass\n',
  'def f(x=[a for a in b], y=lambda c: c): pass\n',
  "x = f'{a} {b:{c}} {[d for d in e]}'\n",
  'async def f():\n    async for a in b:\n        async with c as d: await e\n    return [g async for g in h]\n',
  'def f():\n    yield x\n    del y\n    import z\n    return super\n',
  'µ = 1\nprint(μ)\n',
];

const GENERIC = [
  'def f[T: int](a: T, b: S = c) -> T:\n    return T, a\n',
  'class A[T](B[T]):\n    x: T\n    def f[U](self, a: U) -> T: pass\n',
  'type X[T] = list[T]\ntype Y = Z\n',
];

describe('the scopes are CPython’s', () => {
  it.skipIf(!hasComprehensions)('in the sample (needs Python 3.8 to 3.11)', () => {
    const answers = askPython(python ?? '', 'dump_symtable.py', SAMPLE);
    for (const [at, source] of SAMPLE.entries()) {
      if (source.includes('match x') && versionOf(python ?? '') < 10) continue;
      expect(answers[at], source).not.toBeNull();
      expect(scopeDifferences(scopesOf(source), answers[at] ?? null), source).toEqual([]);
    }
  });

  it.skipIf(generic === null)('for type parameters (needs Python 3.12)', () => {
    const answers = askPython(generic ?? '', 'dump_symtable.py', GENERIC);
    for (const [at, source] of GENERIC.entries()) {
      expect(scopeDifferences(scopesOf(source), answers[at] ?? null), source).toEqual([]);
    }
  });
});

describe('a notebook', () => {
  it('is one module over its cells', () => {
    const root = scopesOf('x = 1\n', 'def f():\n    return x + y\n', 'y = x\n');
    expect([...root.names.keys()]).toEqual(['x', 'f', 'y']);
    expect(root.names.get('x')?.bindings.map(({ source }) => source)).toEqual([0]);
    expect(root.names.get('x')?.reads.map(({ source }) => source)).toEqual([2]);
    const [f] = root.children;
    expect(f?.names.get('y')?.resolution).toBe('global-implicit');
    expect(f && owningScope(f, 'y')).toBe(root);
  });

  it('keeps annotations as text from the cell with the future import on', () => {
    const root = scopesOf('x: A\n', 'from __future__ import annotations\n', 'y: B\n');
    expect([...root.names.keys()]).toEqual(['x', 'A', 'annotations', 'y']);
  });

  it('tells where a global is bound', () => {
    const root = scopesOf('x = 1\n', 'def f():\n    global x\n    x = 2\n', '[x := y for y in z]\n');
    expect(globalBindings(root, 'x').map(({ source }) => source)).toEqual([0, 1, 2]);
  });
});

it('a name belongs to the scope of its cell variable', () => {
  const root = scopesOf(
    'def f():\n    x = 1\n    class A:\n        x = 2\n        def g(self):\n            return x\n',
  );
  const scopes = [...allScopes(root)];
  const f = scopes.find(({ node }) => node?.kind === 'FunctionDef' && node.name.id === 'f');
  const g = scopes.find(({ node }) => node?.kind === 'FunctionDef' && node.name.id === 'g');
  expect(g && owningScope(g, 'x')).toBe(f);
  expect(f?.node && scopesByNode(root).get(f.node)).toBe(f);
});

it('a name that is augmented is read as well', () => {
  const entry = scopesOf('x = 1\nx += 1\n').names.get('x');
  expect(entry?.bindings.map(({ start }) => start)).toEqual([0, 6]);
  expect(entry?.reads.map(({ start }) => start)).toEqual([6]);
});
