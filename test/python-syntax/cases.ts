/** Sources that every supported CPython parses. Each is one line of the table, `⏎` standing for a newline. */
const lines = (text: TemplateStringsArray): string[] =>
  (text.raw[0] ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('⏎', '\n'));

export const EXPRESSIONS = lines`
a + b * c - d ** -e ** f
a & b ^ c | d & e ^ f
a ^ b & c
(a ^ b) & (c ^ d) ^ e
a & b & c ^ d & e
~1 ^ 1 & 1 | 1 & 1 ^ -1
(df.a > 1) & (df.b < 2) ^ df.c
-x ** 2
- x.y[0](z)
not a in b
a not in b is not c
a < b == c >= d != e
a and b or c and not d
(a and b) and c
a and (b and c) and d
a or b or (c or d)
a if b else c if d else e
lambda: a if b else c
lambda x, *y, z=1, **k: (x, y)
lambda *, a=1: a
lambda: (yield)
f(a, *b, c=d, **e)
f(a)(b)[c].d(e=f)
f(x for x in y)
f((x for x in y), 1)
f(a=1, *b, **c)
f(*a or b)
f(*a if b else c, d)
[*a + b, *c.d, *e[f], *g()]
[*a & b ^ c]
x[a, b:c, ::d, ...]
x[a:b]
x[:]
x[a,]
x[a, (b)]
x[(a), (b), ]
x[()]
x[(a, b)]
x[a :b, c]  # comment
(a).b
((a)).b
(a, b)
(a,)
a,
a, b,
(a), (b)
()
[]
{}
{a}
{*a, b}
{**a, 'b': c, **d}
{k: v for k, v in x.items() if v if k}
{x for x in y}
[x for y in z for x in y if x if y]
[x for x, in y]
[x for (x) in y]
[[a for a in b] for c in d]
(x for x in y)
(yield)
x = yield
x = yield a, b
x = yield from a
(a := b)
(a := b if c else d)
[a := 1, b := 2]
f(a := 1)
(x := not y)
(x := lambda: a)
[y := f(x), y ** 2]
'a' "b" '''c'''
'a' f'{b}' "c"
b'a' b"\x00\xff\'"
rb'\d' Rb'\x'
u'a'
'\x41\u00e9\U0001F600\101\n\⏎'
'\q \8 \ '
r'\n\'x'
'\N{BULLET}'
"\ud83d\ude00"
'''a⏎b'''
f'{x}{y!r}{z:>10}{w!s:{width}.{precision}f}'
f'{x=}' f'{x = !r}'
f'{{}} {a,b} {*a, b}'
f'{x:%Y-%m-%d}' rf'\d{a}'
f'{d["a"]}' f"{d['a']!r:^{len(d)}}"
f'{(lambda: 1)()} {(x := 1)} {a != b}'
f'''{⏎a⏎}'''
1_000 0x_ff 
0o17 + 0b1_0 + 0xFf
1. + .5 + 1e5 + 1_0.0_1e-1_0 + 1j + 1.5J + 0_0 + 00
1 .real
1..real
None, True, False, ...
print(*a, sep='', **k)
print -1
print (a), b
print
exec(a)
match(x)[type(y)]
match[x]
match * a, case, type, _
type(x).y
naïve + µ + ﬁ
'😀' + x['é'].y
`.map((line) => line.replace(/^1_000 0x_ff $/, '1_000 + 0x_ff'));

export const STATEMENTS = lines`
a = b = c
a = b, = c
a, b = b, a
a, *b = c
*a, = b
(a, b), [c, *d] = e
[a, b] = c
(a) = b
(a).b = c
a.b, c[d] = e
a += b
a //= b, c
a[b] @= yield_
x: int
x: int = 1
x: List[int, str]
x: Dict[str, List[int]] = {}
x: Tuple[int,]
x: Tuple[(int), (str)]
x: A | None
x: A[b] | B | C[d]
x: 'A'
x: a.b[c].d
(x): int = 1
x.y: int = 1
x[y]: int
x: Callable[[int], str] = f
x: Literal[-1, 'a']
x: A[1:2]
del a
del a, b.c, d[e]
del (a, b)
del (a), [b]
del a,
return_ = 1; pass; a
assert a
assert a, b
raise
raise A
raise A(b) from c
import a
import a.b.c as d, e
import a . b
from a import b as c, d
from a import (b, c,)
from . import a
from ...a.b import c
from .. import *
from a import *
from __future__ import annotations, division
global a, b
if a: pass
if a: b; c;
if a:⏎    b⏎elif c:⏎    d⏎elif e: f⏎else:⏎    g
if a:⏎    b⏎else:⏎    if c:⏎        d
if a:⏎    b # c⏎    # d⏎# e⏎f
if a:⏎⏎    b⏎⏎    c;⏎⏎d
while a:⏎    break⏎else:⏎    continue_
for a in b: c
for a, b in c, d:⏎    e⏎else:⏎    f
for (a) in b: pass
for a, in b: pass
for a.b in c: pass
for a[0] in *b, c: pass
with a: b
with a as b, c as d.e: f
with a as (b, c): d
with a, b as c: d
with (a): b
with (a) as b, (c): d
with (a, b) as c: d
with (a).b: c
with (a, *b): c
with (yield): a
with open(a) as f, \⏎    open(b) as g:⏎    pass
try:⏎    a⏎except:⏎    b
try:⏎    a⏎except A as b:⏎    c⏎except (B, C):⏎    d⏎else:⏎    e⏎finally:⏎    f
try: a⏎finally: b
def f(): pass
def f(a, b=1, /, c=2, *, d, e=3, **f) -> int: pass
def f(a: int, *b: str, c: 'x' = 1, **d: e) -> List[int]: return
def f(*, a): pass
def f(a, /): pass
def f(a,⏎      b,  # c⏎      ):⏎    '''doc'''⏎    return a, *b
async def f():⏎    async for a in b: await c⏎    async with d as e, g: pass⏎    return [x async for x in y if await z]
async def f():⏎    await a ** 2⏎    -await b.c(d)[e]⏎    return await f() ** await g()
def f():⏎    yield⏎    x = yield a⏎    yield from b⏎    yield a, *b,
@a⏎@b.c(d)⏎def f(): pass
@a⏎class A: pass
@(a)⏎# comment⏎def f(): pass
class A: pass
class A(): pass
class A(B, *C, metaclass=D, **E):⏎    x: int = 1⏎    def f(self): return super().f()
def f():⏎    nonlocal_ = 1⏎    def g():⏎        nonlocal nonlocal_⏎        nonlocal_ = 2
type = 5
type(x).y = z
type(x).y[0].z = w
type(a, b).c = d
match = case = _ = 1
match.a = 1
match, case = 1, 2
print = 1
exec = 1
print(a), print(b)
a = \⏎  b
a = (⏎  b +⏎c)⏎d
x = [⏎1,⏎# c⏎2⏎]
if a:⏎	b⏎	if c:⏎		d
if a:⏎  b⏎if c:⏎        d
a;b ;c;
# only a comment
'''doc'''⏎x = 1
x = 1⏎⏎
⏎⏎x = 1
a = b if c else(d)
x = not a
def f(): return not a, b
`;

/** Sources with white space that a table can't show. */
export const LAYOUTS = [
  '',
  '\n',
  'x = 1\r\ny = 2\r\nif x:\r\n    y\r\n',
  'x = 1\ry = 2\r',
  '"""a\r\nb"""\r\n',
  'x = "a\\\r\nb"\r\n',
  'x = 1\n\f\ny = 2\n',
  '\fx = 1\n',
  'x\t=\t1\n',
  'if x:\n\ty\n\tz\n',
  "x = '😀'; y = '𝄞' + z # 😀\nw = x\n",
  'x = {\n  "é": [1,\n 2],\n}\n',
  'x = 1  # a\u00a0comment\n',
  "x = 'a\u00a0b'\n",
  'if a:\n    b\n  # odd comment\n    c\n',
  'def f():\n    a\n# comment\n\n    b\n\nc\n',
  'x = (1 +\n# comment\n  2)\n',
  'a \\\n  .b \\\n  .c()\n',
  'if a: b\nelif c: d\nelse: e\n',
];

/** Python 3.9 and later: decorators are any expression; a parenthesised list of `with` items (its grammar is 3.10's). */
export const NEWER = lines`
with (a, b): c
with (a as b): c
with (a as b, c as d,): e
with (open(a) as f, open(b) as g):⏎    pass
with (a, b as c): d
match x:⏎    case 1: pass
match x, y:⏎    case a, b: pass⏎    case _: pass
match x,:⏎    case [a, *b] | {'k': b, **a} if c: pass
match x:⏎    case A(b, c=d) as e: pass⏎    case a.b.c: pass⏎    case 'a' 'b': pass⏎    case None | True: pass
match x:⏎    case -1: pass⏎    case 1 + 2j: pass⏎    case -1.5 - 2j: pass⏎    case (a): pass
match x:⏎    case (a,): pass⏎    case [a]: pass⏎    case {-1: a, b.c: d}: pass⏎    case a.B(): pass
match x:⏎    case *a, _: pass⏎    case {}: pass⏎    case []: pass
match (x):⏎    case _: pass
match x.y[z](w):⏎    case (1 | 2) as a: pass
@a[0]⏎def f(): pass
@(x := a)⏎def f(): pass
x[a:=1]
{a := 1, 2}
`;

/** Python 3.11. */
export const PYTHON_3_11 = lines`
try:⏎    a⏎except* A as b:⏎    c⏎except* (B, C): d
x[*a]
x[*a, b]
def f(*args: *Ts): pass
`;

/** Python 3.12: PEP 695, PEP 701. */
export const PYTHON_3_12 = lines`
type X = int
type X[T] = list[T]
def f[T](a: T) -> T: return a
def f[T: int, *Ts, **P](): pass
class A[T: (int, str)](B): pass
f'{d['a']}'
f'{'a' 'b'} {f'{f'{x}'}'}'
f'{x:{y:{z}}}'
f"{'\n'.join(a)}"
`;

/** What CPython refuses and tree-sitter's tree shows, or does not show: source, and a part of our message. */
export const REFUSED: readonly (readonly [source: string, message: string])[] = [
  ['x = (1', 'invalid syntax'],
  ['import a b\nc\n', 'invalid syntax'],
  ['a b\n', 'invalid syntax'],
  ['x =\n1\n', 'invalid syntax'],
  ['assert\na\n', 'invalid syntax'],
  ['if a\n: b\n', 'invalid syntax'],
  ['if x:\n', 'expected an indented block'],
  ['if x:\na\n', 'expected an indented block'],
  ['def f():\n  # c\n', 'expected an indented block'],
  ['a\n  b\n', 'unexpected indent'],
  ['if a:\n    b\n  c\n', 'unexpected indent'],
  ['if a:\n    b\n  else:\n    c\n', ''],
  ['if a:\n        b\n\tc\n', 'inconsistent use of tabs'],
  ['@a\n  def f(): pass\n', 'unexpected indent'],
  ['x = 1 \\', ''],
  ['x\u00a0= 1\n', ''],
  ['x = 1\0', ''],
  ['try:\n  a\n', "expected 'except' or 'finally'"],
  ['a = b += c\n', 'invalid syntax'],
  ['x: int = y = z\n', 'invalid syntax'],
  ['f(a as b)\n', 'invalid syntax'],
  ['async = 1\n', 'invalid syntax'],
  ['(*a)\n', 'cannot use starred expression here'],
  ['(*a).b\n', ''],
  ['\ufeffx = 1\n', 'U+FEFF'],
  ['def f(*): pass\n', 'named arguments must follow bare *'],
  ['def f(*, **k): pass\n', 'named arguments must follow bare *'],
  ['def f(a, *, b, *c): pass\n', "'*' may appear only once"],
  ['def f(**k, a): pass\n', 'arguments cannot follow var-keyword argument'],
  ['def f(/, a): pass\n', "at least one argument must precede '/'"],
  ["'a' b'c'\n", 'cannot mix bytes and nonbytes literals'],
  ["b'é'\n", 'bytes can only contain ASCII'],
  ["'\\x4'\n", 'truncated'],
  ["'\\N{'\n", 'malformed'],
  ["f'{}'\n", ''],
  ["f'{a!x}'\n", 'invalid conversion character'],
  ['1__0\n', ''],
  ['f(,)\n', 'invalid syntax'],
  ['{,}\n', 'invalid syntax'],
  ['1_\n', 'invalid decimal literal'],
  ['[yield a]\n', 'parentheses'],
  ['from a import b,\n', 'trailing comma'],
  ['import a,\n', 'trailing comma'],
  ['await -a\n', 'invalid syntax'],
  ['try:\n  a\nexcept A: b\nexcept* B: c\n', 'cannot have both'],
];

export const PYTHON_2 = [
  'print x\n',
  'print "a" % b\n',
  'print "a",\n',
  'print >>f, x\n',
  'print\nprint x\n',
  'exec "x"\n',
  'exec x in y\n',
  'x = `a`\n',
  'a <> b\n',
  'try:\n  a\nexcept A, e:\n  b\n',
  'x = ur"a"\n',
  'x = 0777\n',
  'x = 10L\n',
  'raise E, "message"\n',
  'def f(a, (b, c)): pass\n',
  'lambda (a, b): a\n',
  '[x for x in 1, 2]\n',
];
