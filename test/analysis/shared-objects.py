# ── class init reads global df
class A:
    def __init__(self):
        self.x = df
a = A()
a.x.drop(columns='b', inplace=True)

# ── class method stores arg in self, other method mutates
class A:
    def put(self, d):
        self.x = d
    def cut(self):
        self.x.drop(columns='b', inplace=True)
a = A()
a.put(df)
a.cut()

# ── pipe mutates
def f(d):
    d['c'] = 1
    return d
x = df.pipe(f)
x['d'] = 1

# ── pipe stores
store = []
def f(d):
    store.append(d)
df.pipe(f)
store[0]['c'] = 1

# ── pipe returns global
x = df2.pipe(lambda d: df)
x['c'] = 1

# ── map returns global
def get(i):
    return df
r = list(map(get, [1, 2]))
r[0]['c'] = 1

# ── map append bound method
store = []
n = list(map(store.append, [df]))
store[0]['c'] = 1

# ── lru_cache returns global
@functools.lru_cache
def load():
    return df
x = load()
x['c'] = 1

# ── recursion stores other
store = []
def f(x, n):
    store.append(x)
    if n > 0:
        f(df, n - 1)
f([1], 1)
store[1]['c'] = 1

# ── recursion global cur
cur = None
def f(x, n):
    global cur
    cur = x
    if n > 0:
        f(df, n - 1)
f([1], 1)
cur['c'] = 1

# ── function calls callback with secret
import threading
store = []
def g(x):
    store.append(x)
def ap(f):
    f(df)
t = threading.Thread(target=ap, args=(g,))
t.start()
t.join()
store[0]['c'] = 1

# ── closure holds
def make():
    state = []
    def add(x):
        state.append(x)
    def get():
        return state[0]
    return add, get
add, get = make()
add(df)
y = get()
y['c'] = 1

# ── reduce accumulates
r = functools.reduce(lambda a, x: a + [x], [df, df2], [])
r[1]['c'] = 1

# ── reduce callback mutates acc
log = []
def step(a, x):
    if isinstance(a, list):
        a[0]['z'] = 1
    return [df]
r = functools.reduce(step, [1, 2, 3])
r[0]['c'] = 1

# ── lambda in dict
ops = {'cut': lambda d: d.drop(columns='b', inplace=True), 'get': lambda: df}
ops['cut'](df)
z = ops['get']()
z['c'] = 1

# ── partial
store = []
def put(s, d):
    s.append(d)
    return d
p = functools.partial(put, store)
q = p(df)
store[0]['c'] = 1
q['d'] = 1

# ── default argument memo
def memo(x=None, cache=[]):
    if x is not None:
        cache.append(x)
    return cache
memo(df)
m = memo()
m[0]['c'] = 1

# ── generator yields global
def gen():
    for i in range(2):
        yield df
g = gen()
x = next(g)
x['c'] = 1

# ── generator mutates lazily
def gen(d):
    yield 1
    d['c'] = 1
    yield 2
g = gen(df)
x = next(g)
y = next(g)

# ── generator send
store = []
def gen():
    while True:
        x = yield
        store.append(x)
g = gen()
n = next(g)
n = g.send(df)
store[0]['c'] = 1

# ── property returns global
class A:
    @property
    def data(self):
        return df
a = A()
x = a.data
x['c'] = 1

# ── property caches
class A:
    _d = None
    @property
    def data(self):
        if self._d is None:
            self._d = df
        return self._d
a = A()
x = a.data
x['c'] = 1

# ── sorted key stores
store = []
def key(d):
    store.append(d)
    return len(store)
xs = [df, df2]
ys = sorted(xs, key=key)
store[0]['c'] = 1

# ── three callbacks
box = {}
def a(d):
    box['x'] = d
def b(d):
    box['y'] = box['x']
def c(d):
    box['y']['c'] = 1
def go(fs, d):
    for f in fs:
        f(d)
go([a, b, c], df)

# ── three callbacks reversed order, different data
box = {'x': None, 'y': [], 'z': []}
def a(i):
    box['x'] = df
def b(i):
    box['y'].append(box['x'])
def c(i):
    box['z'].append(box['y'][-1])
def d(i):
    box['z'][-1]['c'] = 1
def run(i, fs=(d, c, b, a)):
    for f in reversed(fs):
        f(i)
r = list(map(run, [1]))

# ── chained globals
p = q = s = t = None
def d(i):
    if t is not None:
        t['c'] = i
def c(i):
    global t
    t = s
def b(i):
    global s
    s = q
def a2(i):
    global q
    q = p
def a(i):
    global p
    p = df
fs = [d, c, b, a2, a]
r = list(map(lambda f: f(1), [a, a2, b, c, d]))

# ── chained globals via library apply
p = q = s = t = None
def step(i):
    global p, q, s, t
    if t is not None:
        t['c'] = 1
    t = s
    s = q
    q = p
    p = df
r = [1, 2, 3, 4, 5, 6]
w = pd.Series(r).map(step)

# ── nonlocal
def make():
    cur = None
    def put(x):
        nonlocal cur
        cur = x
    def cut():
        cur['c'] = 1
    return put, cut
put, cut = make()
put(df)
cut()

# ── nonlocal deferred via dict of functions
def make():
    a = b = c = None
    def f(x):
        nonlocal a, b, c
        if c is not None:
            c['c'] = 1
        c = b
        b = a
        a = x
    return f
f = make()
f(df)
f(df)
f(df)
f(df)

# ── decorator registry
reg = {}
def register(name):
    def deco(fn):
        reg[name] = fn
        return fn
    return deco
@register('cut')
def cut(d):
    d['c'] = 1
@register('get')
def get():
    return df
reg['cut'](df)
x = reg['get']()
x['d'] = 1

# ── extend
a = []
a.extend([df])
a[0]['c'] = 1

# ── dict update
d = {}
d.update({'k': df})
d['k']['c'] = 1

# ── augassign list
a = []
a += [df]
a[0]['c'] = 1

# ── slice of list
xs = [df, df2]
ys = xs[:1]
ys[0]['c'] = 1

# ── dict get default
d = {}
x = d.get('k', df)
x['c'] = 1

# ── subscript augassign alias
lst = []
d = {'k': lst}
d['k'] += [df]
lst[0]['c'] = 1

# ── class attribute
class Config:
    data = df
Config.data['c'] = 1

# ── class attribute list
class Reg:
    items = []
Reg.items.append(df)
r = Reg()
r.items[0]['c'] = 1

# ── default per closure
def mk(d):
    def g(x=d):
        return x
    return g
g1 = mk(df)
g2 = mk(df2)
x = g1()
x['c'] = 1

# ── lambdas in comprehension
fs = [lambda: d for d in [df, df2]]
x = fs[0]()
x['c'] = 1

# ── lambdas default in loop
fs = []
for d in [df, df2]:
    fs.append(lambda d=d: d)
x = fs[0]()
x['c'] = 1

# ── defaultdict factory
import collections
dd = collections.defaultdict(lambda: df)
dd['x']['c'] = 1

# ── exception carries
try:
    raise ValueError(df)
except ValueError as e:
    x = e.args[0]
x['c'] = 1

# ── match nested
match [[df]]:
    case [[x]]:
        x['c'] = 1

# ── operator iadd
import operator
a = []
a = operator.iadd(a, [df])
a[0]['c'] = 1

# ── unknown setitem nested
import operator
d = {}
lst = [df]
operator.setitem(d, 'k', lst)
d['k'][0]['c'] = 1

# ── dunder getitem returns global
class A:
    def __getitem__(self, k):
        return df
a = A()
x = a['q']
x['c'] = 1

# ── dunder getitem mutates
class A:
    def __getitem__(self, k):
        df['c'] = k
        return k
a = A()
x = a[1]

# ── dunder add stores
class A:
    def __add__(self, o):
        store.append(o)
        return 1
store = []
a = A()
x = a + [df]
store[0].append(1)
store[0][0]['c'] = 1

# ── dunder len mutates
class A:
    def __len__(self):
        df['c'] = 1
        return 1
a = A()
n = len(a)

# ── dunder iter mutates
class A:
    def __iter__(self):
        df['c'] = 1
        return iter([df2])
a = A()
for x in a:
    x['c'] = 1

# ── context manager
class A:
    def __enter__(self):
        return df
    def __exit__(self, *e):
        df2['z'] = 1
a = A()
with a as x:
    x['c'] = 1

# ── contextlib
import contextlib
@contextlib.contextmanager
def ctx():
    yield df
    df2['z'] = 1
with ctx() as x:
    x['c'] = 1

# ── dunder str
class A:
    def __str__(self):
        df['c'] = 1
        return 'a'
a = A()
s = f'{a}'
t = str(a)

# ── dunder repr print
class A:
    def __repr__(self):
        df['c'] = 1
        return 'a'
a = A()
print(a)

# ── eq
class A:
    def __eq__(self, o):
        df['c'] = 1
        return True
a = A()
b = a == 1

# ── bool
class A:
    def __bool__(self):
        df['c'] = 1
        return True
a = A()
if a:
    y = 1

# ── contains
class A:
    def __contains__(self, o):
        df['c'] = 1
        return True
a = A()
y = 1 in a

# ── property setter
class A:
    @property
    def v(self):
        return self._v
    @v.setter
    def v(self, o):
        df['c'] = o
        self._v = o
a = A()
a.v = 1

# ── setattr dunder
class A:
    def __setattr__(self, k, o):
        df['c'] = o
a = A()
a.v = 1

# ── setitem dunder stores global
store = []
class A:
    def __setitem__(self, k, o):
        store.append(o)
a = A()
a['v'] = df
store[0]['c'] = 1

# ── del dunder
class A:
    def __del__(self):
        df['c'] = 1
a = A()
del a

# ── lt in sorted
class A:
    def __lt__(self, o):
        df['c'] = 1
        return True
xs = [A(), A()]
ys = sorted(xs)

# ── lazy map later global
cur = {}
def cut(i):
    cur['c'] = i
    return i
m = map(cut, [1])
cur = df
for y in m:
    pass

# ── lazy generator later global
cur = {}
def gen():
    cur['c'] = 1
    yield 1
g = gen()
cur = df
for y in g:
    pass

# ── lazy generator later global list
cur = {}
def gen():
    cur['c'] = 1
    yield cur
g = gen()
cur = df
ys = list(g)
ys[0]['d'] = 1

# ── genexp calls later
cur = {}
def cut(i):
    cur['c'] = i
    return i
g = (cut(i) for i in [1, 2])
cur = df
for y in g:
    pass

# ── np flip view
import numpy as np
arr = np.array([1,2,3])
v = np.flip(arr)
v[0] = 9

# ── np out
import numpy as np
arr = np.array([1,2,3])
r = np.add(arr, 1, out=arr)

# ── ndarray view funcs
import numpy as np
arr = np.zeros((2,3))
v = np.moveaxis(arr, 0, 1)
v[0] = 9
w = np.array(arr, copy=None)
w[0] = 3

# ── namedtuple
import collections
T = collections.namedtuple('T', 'd n')
t = T(df, 1)
t.d['c'] = 1

# ── dataclass
import dataclasses
@dataclasses.dataclass
class D:
    d: object
    n: int = 0
t = D(df)
t.d['c'] = 1

# ── simplenamespace
import types
ns = types.SimpleNamespace(d=df)
ns.d['c'] = 1

# ── inherit
class B:
    def get(self):
        return self.d
class A(B):
    def __init__(self, d):
        self.d = d
a = A(df)
x = a.get()
x['c'] = 1

# ── inherit init reads global
class B:
    def __init__(self):
        self.d = df
class A(B):
    pass
a = A()
a.d['c'] = 1

# ── method returns global
class A:
    def get(self):
        return df
a = A()
x = a.get()
x['c'] = 1

# ── staticmethod returns global
class A:
    @staticmethod
    def get():
        return df
x = A.get()
x['c'] = 1

# ── classmethod store
class A:
    items = []
    @classmethod
    def put(cls, d):
        cls.items.append(d)
A.put(df)
x = A.items[0]
x['c'] = 1

# ── callable instance returns global
class A:
    def __call__(self):
        return df
a = A()
x = a()
x['c'] = 1

# ── star args call returns global
def get(*args):
    return df
args = [1]
x = get(*args)
x['c'] = 1

# ── recursion returns global
def f(n):
    if n == 0:
        return df
    return f(n - 1)
x = f(2)
x['c'] = 1

# ── function or function
def f():
    return df
def g():
    return df2
h = f if len(df) else g
x = h()
x['c'] = 1

# ── method of dict values
ops = {'g': lambda: df}
for n, op in ops.items():
    x = op()
    x['c'] = 1

# ── wraps decorator
import functools
def deco(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        return fn(*a, **k)
    return inner
@deco
def get():
    return df
x = get()
x['c'] = 1

# ── decorator plain
def deco(fn):
    def inner():
        return fn()
    return inner
@deco
def get():
    return df
x = get()
x['c'] = 1

# ── iter sentinel
it = iter(lambda: df, None)
x = next(it)
x['c'] = 1

# ── functools.partial returns global
import functools
def get(k):
    return df
p = functools.partial(get, 1)
x = p()
x['c'] = 1

# ── max key
x = max([1, 2], key=lambda i: len(df))
y = dict(map(lambda i: (i, df), [1]))
y[1]['c'] = 1

# ── groupby apply stores
store = []
def f(g):
    store.append(g)
    return 1
r = df.groupby('a').apply(f)
store[0]['c'] = 1

# ── apply returns
s = pd.Series([1, 2])
r = s.map(lambda i: df)
r[0]['c'] = 1

# ── object column
r = pd.DataFrame({'x': [df, df2]})
r['x'][0]['c'] = 1

# ── object array
import numpy as np
arr = np.empty(1, dtype=object)
arr[0] = df
arr[0]['c'] = 1

# ── series of frames
r = pd.Series([df, df2])
r[0]['c'] = 1

# ── series loc frame
r = pd.Series([1, 2], dtype=object)
r.loc[0] = [1]
r.at[1] = df
r.at[1]['c'] = 1

# ── frame attrs
df2.attrs['src'] = df
x = df2.attrs['src']
x['c'] = 1

# ── frame setattr
df2.src = df
x = df2.src
x['c'] = 1

# ── setdefault
d = {}
x = d.setdefault('k', df)
x['c'] = 1

# ── dict union
d = {'k': df} | {'j': df2}
d['k']['c'] = 1

# ── dict ior
d = {}
d |= {'k': df}
d['k']['c'] = 1

# ── list plus
a = [df] + [df2]
a[0]['c'] = 1
b = [df] * 2
b[1]['d'] = 1

# ── nested extend
a = []
for i in range(2):
    a.extend([[df]])
a[0][0]['c'] = 1

# ── insert slice assign
a = [1]
a[0:1] = [df]
a[0]['c'] = 1

# ── dict fromkeys
d = dict.fromkeys(['x'], df)
d['x']['c'] = 1

# ── zip strict dict
d = dict(zip(['x'], [df]))
d['x']['c'] = 1

# ── deque
import collections
q = collections.deque()
q.append(df)
x = q.popleft()
x['c'] = 1

# ── heapq
import heapq
h = []
heapq.heappush(h, (1, df))
x = heapq.heappop(h)[1]
x['c'] = 1

# ── ChainMap
import collections
m = collections.ChainMap({'k': df}, {})
m['k']['c'] = 1

# ── copy.copy list
import copy
a = [df]
b = copy.copy(a)
b[0]['c'] = 1

# ── itertools chain
import itertools
for x in itertools.chain([df], [df2]):
    x['c'] = 1

# ── itertools tee
import itertools
a, b = itertools.tee([df, df2])
next(a)['c'] = 1

# ── chain from_iterable
import itertools
ys = list(itertools.chain.from_iterable([[df], [df2]]))
ys[0]['c'] = 1

# ── sum lists
ys = sum([[df], [df2]], [])
ys[0]['c'] = 1

# ── groupby itertools
import itertools
for k, g in itertools.groupby([df, df2], key=len):
    for x in g:
        x['c'] = 1

# ── vars
class A:
    pass
a = A()
a.d = df
a.__dict__['d']['c'] = 1

# ── walrus in call
def f(d):
    return d
f(y := df)['c'] = 1
y['d'] = 2

# ── multiple assign targets
d = {}
x = d['k'] = df
d['k']['c'] = 1
x['d'] = 1

# ── for target subscript
d = {}
for d['k'] in [df, df2]:
    pass
d['k']['c'] = 1

# ── global in nested
def outer():
    def inner():
        global G
        G = df
    inner()
outer()
G['c'] = 1

# ── star in list
a = [*[df], *[df2]]
a[0]['c'] = 1
d = {**{'k': df}}
d['k']['d'] = 1

# ── kwargs
def f(**kw):
    kw['d']['c'] = 1
    return kw
r = f(d=df)
r['d']['e'] = 1

# ── args tuple
def f(*a):
    return a[0]
x = f(df)
x['c'] = 1

# ── kwargs from dict
def f(**kw):
    return kw['d']
k = {'d': df}
x = f(**k)
x['c'] = 1

# ── type() class
A = type('A', (), {'d': df})
A.d['c'] = 1

# ── function attribute
def f():
    return f.d
f.d = df
x = f()
x['c'] = 1

# ── weak: method object stored
class A:
    def __init__(self, d):
        self.d = d
    def cut(self):
        self.d['c'] = 1
a = A(df)
cut = a.cut
del a
cut()

# ── async
import asyncio
async def f(d):
    d['c'] = 1
    return df2
x = asyncio.new_event_loop().run_until_complete(f(df))
x['d'] = 1

# ── async stored
async def f(d):
    store.append(d)
store = []
co = f(df)
try:
    co.send(None)
except StopIteration:
    pass
store[0]['c'] = 1

# ── yield from
def inner():
    yield df
def outer():
    yield from inner()
for x in outer():
    x['c'] = 1

# ── generator return value
def inner():
    yield 1
    return df
def outer():
    r = yield from inner()
    r['c'] = 1
n = list(outer())

# ── reversed chain of three globals
p = q = None
def c(i):
    if q is not None:
        q['c'] = 1
def b(i):
    global q
    q = p
def a(i):
    global p
    p = df
fs = [c, b, a]
r = list(map(lambda f: f(1), reversed(fs)))

# ── nested three levels via map
p = q = None
def h(i):
    global q
    q = df
    return i
def g(i):
    global p
    n = list(map(h, [1]))
    p = q
    return i
def f(i):
    n = list(map(g, [1]))
    p['c'] = 1
    return i
r = list(map(f, [1]))

# ── nested two levels via map
q = None
def h(i):
    global q
    q = df
    return i
def f(i):
    n = list(map(h, [1]))
    q['c'] = 1
    return i
r = list(map(f, [1]))

# ── result of one callback handed to another
def get(i):
    return df
def cut(i):
    x = list(map(get, [1]))[0]
    x['c'] = 1
r = list(map(cut, [1]))

# ── self methods get then cut
class A:
    def get(self):
        return df
    def cut(self, d):
        d['c'] = 1
    def run(self):
        self.cut(self.get())
a = A()
a.run()

# ── methods reversed order with globals
p = q = None
class A:
    def cut(self):
        q['c'] = 1
    def mv(self):
        global q
        q = p
    def put(self):
        global p
        p = df
    def run(self):
        self.put()
        self.mv()
        self.cut()
a = A()
a.run()

# ── recursion by way of map
store = []
def walk(t):
    store.append(t[0])
    n = list(map(walk, t[1]))
walk([1, [[df, []]]])
store[1]['c'] = 1

# ── pipe with function argument
store = []
def g(x):
    store.append(x)
def ap(d, f):
    f(df)
n = df2.pipe(ap, g)
store[0]['c'] = 1

# ── reduce with function initial
store = []
def g(x):
    store.append(x)
def ap(f, i):
    f(df)
    return f
n = functools.reduce(ap, [1], g)
store[0]['c'] = 1

# ── map over classes
store = []
class A:
    def __init__(self, d):
        self.d = d
        store.append(self)
r = list(map(A, [df]))
store[0].d['c'] = 1
r[0].d['d'] = 1

# ── closure counter state list
def make():
    box = [None]
    def put(x):
        box[0] = x
        return x
    def cut(i):
        box[0]['c'] = i
        return i
    return put, cut
put, cut = make()
r = list(map(put, [df]))
s = list(map(cut, [1]))

# ── factory closures share scope
def make(d):
    def cut(i):
        d['c'] = i
        return i
    return cut
c1 = make(df)
c2 = make(df2)
r = list(map(c1, [1]))

# ── attribute callbacks
class Bus:
    def __init__(self):
        self.h = []
    def on(self, f):
        self.h.append(f)
    def fire(self, x):
        for f in self.h:
            f(x)
log = []
bus = Bus()
bus.on(log.append)
bus.on(lambda x: x.update({'k': 1}))
d = {}
bus.fire(d)
log[0]['z'] = df
d['z']['c'] = 1

# ── bus of lists
handlers = []
def on(f):
    handlers.append(f)
    return f
@on
def keep(x):
    log.append(x)
@on
def cut(x):
    x['c'] = 1
log = []
for f in handlers:
    f(df)
log[0]['d'] = 1

# ── bound method passed
class S:
    def __init__(self):
        self.xs = []
    def put(self, x):
        self.xs.append(x)
        return 1
s = S()
r = list(map(s.put, [df]))
s.xs[0]['c'] = 1

# ── bound method global store
store = []
class S:
    def put(self, x):
        store.append(x)
        return 1
s = S()
r = list(map(s.put, [df]))
store[0]['c'] = 1

# ── apply with bound list append
store = []
r = pd.Series([1, 2]).map(store.append)
sd = {}
r = list(map(sd.setdefault, ['k'], [df]))
sd['k']['c'] = 1

# ── dict setitem through map
sd = {}
r = list(map(sd.__setitem__, ['k'], [df]))
sd['k']['c'] = 1

# ── lambda default list
put = lambda x, s=[]: s.append(x) or s
s = put(df)
s[0]['c'] = 1
t = put(df2)
s[1]['d'] = 1

# ── generator consumer
def sink():
    while True:
        x = yield
        x['c'] = 1
s = sink()
next(s)
s.send(df)

# ── generator throw
def g():
    try:
        yield 1
    finally:
        df['c'] = 1
x = g()
n = next(x)
x.close()

# ── generator method partial state
class A:
    def items(self):
        for d in self.ds:
            yield d
a = A()
a.ds = [df]
for x in a.items():
    x['c'] = 1

# ── generator holding list filled later
xs = []
def g():
    for x in xs:
        yield x
it = g()
xs.append(df)
for y in it:
    y['c'] = 1

# ── genexp list filled later
xs = []
it = (x for x in xs)
xs.append(df)
for y in it:
    y['c'] = 1

# ── map list filled later
xs = []
it = map(lambda x: x, xs)
xs.append(df)
for y in it:
    y['c'] = 1

# ── iter list filled later
xs = []
it = iter(xs)
xs.append(df)
y = next(it)
y['c'] = 1

# ── dict values view filled later
d = {}
vs = d.values()
d['k'] = df
for y in vs:
    y['c'] = 1

# ── zip filled later
xs = []
it = zip([1], xs)
xs.append(df)
for n, y in it:
    y['c'] = 1

# ── object made in callback kept in two globals
p = []
q = []
def mk(i):
    d = pd.DataFrame({'a': [1]})
    p.append(d)
    q.append(d)
    return i
r = list(map(mk, [1, 2]))
p[0]['c'] = 1
x = q[0]
x['d'] = 1

# ── callback returns element kept elsewhere
p = []
def mk(i):
    d = pd.DataFrame({'a': [1]})
    p.append(d)
    return d
r = list(map(mk, [1, 2]))
r[0]['c'] = 1

# ── method creates and returns
class A:
    def __init__(self):
        self.ds = []
    def new(self):
        d = pd.DataFrame({'a': [1]})
        self.ds.append(d)
        return d
a = A()
x = a.new()
x['c'] = 1

# ── singleton
class A:
    inst = None
    @classmethod
    def get(cls):
        if cls.inst is None:
            cls.inst = cls()
            cls.inst.d = df
        return cls.inst
x = A.get()
y = A.get()
x.d['c'] = 1

# ── __new__ singleton
class A:
    inst = None
    def __new__(cls):
        if A.inst is None:
            A.inst = object.__new__(cls)
            A.inst.xs = []
        return A.inst
x = A()
y = A()
x.xs.append(df)
y.xs[0]['c'] = 1

# ── nested function global mutate by list comp
def cut(d):
    d['c'] = 1
r = [cut(x) for x in [df, df2]]

# ── conditional callbacks
ops = {True: lambda d: d, False: None}
x = (ops[True] or len)(df)
x['c'] = 1

# ── functools.singledispatch
@functools.singledispatch
def f(x):
    return None
@f.register(pd.DataFrame)
def _(x):
    x['c'] = 1
    store.append(x)
store = []
f(df)
store[0]['d'] = 1

# ── total_ordering sort
store = []
@functools.total_ordering
class K:
    def __init__(self, d):
        self.d = d
    def __lt__(self, o):
        store.append(o.d)
        return True
ks = sorted([K(df), K(df2)])
store[0]['c'] = 1

# ── cmp_to_key
store = []
def cmp(a, b):
    store.append(a)
    return 0
ys = sorted([df, df2], key=functools.cmp_to_key(cmp))
store[0]['c'] = 1

# ── weakref finalize
import weakref
class A: pass
a = A()
def fin(d):
    d['c'] = 1
f = weakref.finalize(a, fin, df)
del a

# ── thread timer two args
import threading
def put(s, d):
    s.append(d)
store = []
t = threading.Thread(target=put, args=(store, df))
t.start()
t.join()
store[0]['c'] = 1

# ── executor submit results
from concurrent.futures import ThreadPoolExecutor
def get(i):
    return df
ex = ThreadPoolExecutor(1)
x = ex.submit(get, 1).result()
ex.shutdown()
x['c'] = 1

# ── sorted with key mutating elements
def key(d):
    d['c'] = 1
    return 0
d = {'x': df, 'y': df2}
ys = sorted(d.values(), key=key)
zs = sorted(d.items(), key=lambda kv: key(kv[1]))

# ── min over attr objects
class A:
    def __init__(self, d):
        self.d = d
xs = [A(df), A(df2)]
m = min(xs, key=lambda a: a.d.insert(0, 'z', 1) or 1)

# ── filter on nested
def ok(row):
    row['d']['c'] = 1
    return True
ys = list(filter(ok, [{'d': df}]))

# ── filter on nested 2
def ok(row):
    row['d'][0]['c'] = 1
    return True
ys = list(filter(ok, [{'d': [df]}]))

# ── callback stores nested element
store = []
def put(row):
    store.append(row['d'][0])
    return 1
ys = list(map(put, [{'d': [df]}]))
store[0]['c'] = 1

# ── callback on object attributes
store = []
class A:
    def __init__(self, d):
        self.d = d
def put(a):
    store.append(a.d)
ys = list(map(put, [A(df)]))
store[0]['c'] = 1

# ── callback on nested object attributes
store = []
class A:
    def __init__(self, d):
        self.d = d
def put(a):
    store.append(a.d.d)
ys = list(map(put, [A(A(df))]))
store[0]['c'] = 1

# ── direct function on nested object attributes
class A:
    def __init__(self, d):
        self.d = d
a = A(A(df))
x = a.d.d
x['c'] = 1

# ── linked list
class N:
    def __init__(self, v, nxt):
        self.v = v
        self.nxt = nxt
n = N(1, N(2, N(df, None)))
x = n.nxt.nxt.v
x['c'] = 1

# ── unknown call then element of other
import operator
a = []
b = [df]
operator.iconcat(a, b)
a[0]['c'] = 1

# ── unknown call then attr element
import operator
class A: pass
a = A()
operator.setitem(a.__dict__, 'x', [df])
a.x[0]['c'] = 1

# ── setattr then element
class A: pass
a = A()
setattr(a, 'x', [df])
a.x[0]['c'] = 1
getattr(a, 'x')[0]['d'] = 1

# ── list sort key method
store = []
xs = [[df]]
xs.sort(key=lambda x: store.append(x[0]) or 1)
store[0]['c'] = 1

# ── loop carried chain
a = b = c = d = e = f = g = None
for i in range(9):
    g = f
    f = e
    e = d
    d = c
    c = b
    b = a
    a = df
g['c'] = 1

# ── loop carried chain in function
def run():
    a = b = c = d = e = f = g = h = None
    for i in range(9):
        h = g
        g = f
        f = e
        e = d
        d = c
        c = b
        b = a
        a = df
    return h
x = run()
x['c'] = 1

# ── loop in callback chain
a = b = c = d = None
def step(i):
    global a, b, c, d
    for j in range(5):
        d = c
        c = b
        b = a
        a = df
    return i
r = list(map(step, [1]))
d['z'] = 1

# ── nested loop chain
a = b = c = d = e = None
for i in range(3):
    for j in range(5):
        e = d
        d = c
        c = b
        b = a
        a = df
e['z'] = 1

# ── while chain functions
a = b = c = d = None
def step():
    global a, b, c, d
    d = c
    c = b
    b = a
    a = df
for i in range(5):
    step()
d['z'] = 1

# ── loop of lists chain
box = {'a': None}
l1 = []
l2 = []
l3 = []
l4 = []
for i in range(6):
    l4.extend(l3)
    l3.extend(l2)
    l2.extend(l1)
    l1.append(df)
l4[0]['c'] = 1

# ── update self
class A:
    def __init__(self, **kw):
        self.__dict__.update(kw)
a = A(d=df)
a.d['c'] = 1

# ── slots getattr dynamic
class A:
    def __getattr__(self, n):
        return df
a = A()
x = a.foo
x['c'] = 1

# ── inherited property
class B:
    @property
    def d(self):
        df['c'] = 1
        return 1
class A(B): pass
a = A()
x = a.d

# ── inherited method
class B:
    def cut(self):
        df['c'] = 1
class A(B): pass
a = A()
a.cut()

# ── super
class B:
    def put(self, d):
        store.append(d)
class A(B):
    def put(self, d):
        super().put(d)
store = []
a = A()
a.put(df)
store[0]['c'] = 1

# ── class in function
def mk():
    class A:
        def cut(self):
            df['c'] = 1
    return A()
a = mk()
a.cut()

# ── class closure
def mk(d):
    class A:
        def cut(self):
            d['c'] = 1
    return A()
a = mk(df)
a.cut()

# ── function in class attr
def cut(s):
    df['c'] = 1
class A:
    go = cut
a = A()
a.go()

# ── monkeypatched method
def cut(s):
    df['c'] = 1
class A: pass
A.go = cut
a = A()
a.go()

# ── exec of lambda map in class body
class A:
    xs = [d.insert(0, 'q', 1) for d in [df]]
    df2['c'] = 1

# ── lambda in class attr
class A:
    f = staticmethod(lambda: df)
x = A.f()
x['c'] = 1

# ── metaclass call
class M(type):
    def __call__(cls):
        df['c'] = 1
        return df2
class A(metaclass=M): pass
x = A()
x['z'] = 1

# ── init_subclass
reg = []
class B:
    def __init_subclass__(cls):
        reg.append(cls)
        df['c'] = 1
class A(B): pass

# ── descriptor set
class D:
    def __set__(self, o, v):
        store.append(v)
    def __get__(self, o, t):
        return store[0]
class A:
    d = D()
store = []
a = A()
a.d = df
x = a.d
x['c'] = 1

# ── iadd dunder
store = []
class A:
    def __iadd__(self, o):
        store.append(o)
        return self
a = A()
a += [df]
store[0][0]['c'] = 1

# ── hash eq in dict
class K:
    def __hash__(self):
        return 1
    def __eq__(self, o):
        df['c'] = 1
        return True
d = {K(): 1}
x = d[K()]

# ── format
class K:
    def __format__(self, s):
        df['c'] = 1
        return 'x'
k = K()
s = f'{k:>3}'

# ── index/call dunder in comprehension
class K:
    def __call__(self, d):
        store.append(d)
store = []
k = K()
r = [k(d) for d in [df]]
store[0]['c'] = 1

# ── contextlib closing
class A:
    def __enter__(self):
        return self
    def __exit__(self, *e):
        df['c'] = 1
with A() as a:
    n = 1

# ── exit stack callback
import contextlib
def cut(d):
    d['c'] = 1
with contextlib.ExitStack() as st:
    n = st.callback(cut, df)

# ── reversed chain of three by one map
p = q = None
def c(i):
    if q is not None:
        q['c'] = 1
def b(i):
    global q
    q = p
def a(i):
    global p
    p = df
fs = [c, b, a]
r = pd.Series([1]).map(lambda i: [f(i) for f in reversed(fs)] and 1)

# ── reversed chain via sorted key
p = q = None
def c(i):
    if q is not None:
        q['c'] = 1
def b(i):
    global q
    q = p
def a(i):
    global p
    p = df
fs = [c, b, a]
r = sorted([1], key=lambda i: [f(i) for f in reversed(fs)] and 1)

# ── nested three levels, one map each
p = q = None
def h(i):
    global q
    q = df
    return i
def g(i):
    global p
    n = sorted([1], key=h)
    p = q
    return i
def f(i):
    n = sorted([1], key=g)
    p['c'] = 1
    return i
r = sorted([1], key=f)

# ── nested two levels, one each
q = None
def h(i):
    global q
    q = df
    return i
def f(i):
    n = sorted([1], key=h)
    q['c'] = 1
    return i
r = sorted([1], key=f)

# ── class methods reversed, one call
p = q = None
class A:
    def cut(self):
        q['c'] = 1
    def mv(self):
        global q
        q = p
    def put(self):
        global p
        p = df
    def run(self):
        self.put()
        self.mv()
        self.cut()
a = A()
a.run()

# ── class methods reversed, self attributes, 4
class A:
    def cut(self):
        self.d['c'] = 1
    def m3(self):
        self.d = self.c
    def m2(self):
        self.c = self.b
    def m1(self):
        self.b = self.a
    def put(self):
        self.a = df
    def run(self):
        self.put()
        self.m1()
        self.m2()
        self.m3()
        self.cut()
a = A()
a.run()

# ── dicts of state reversed
st = {}
u = {}
v = {}
w = {}
def cut(i):
    w['d']['c'] = 1
def m2(i):
    w['d'] = v['d']
def m1(i):
    v['d'] = u['d']
def put(i):
    u['d'] = df
fs = [cut, m2, m1, put]
r = sorted([1], key=lambda i: [f(i) for f in reversed(fs)] and 1)

# ── given grows in second round
store = []
q = []
def put(x):
    store.append(x)
    return 1
def mid(x):
    if q:
        n = sorted(q, key=put)
    return 1
def src(x):
    q.append(df)
    return 1
fs = [put, mid, src]
r = sorted([1], key=lambda i: [f(i) for f in (src, mid)] and 1)
store[0]['c'] = 1

# ── given grows late
s1 = []
s2 = []
s3 = []
def p3(x):
    s3.append(x)
    return 1
def p2(x):
    s2.append(x)
    n = sorted(s2, key=p3)
    return 1
def p1(x):
    s1.append(x)
    n = sorted(s1, key=p2)
    return 1
def go(i):
    n = sorted(src, key=p1)
    return 1
src = [df]
r = sorted([1], key=go)
s3[0]['c'] = 1

# ── nested wrapped lists
out = []
def p2(x):
    out.append(x[0])
    return 1
def p1(x):
    n = sorted([[x]], key=p2)
    return 1
r = sorted([df], key=p1)
out[0]['c'] = 1

# ── nested wrapped lists 2
out = []
def p2(x):
    out.append(x[0][0])
    return 1
def p1(x):
    n = sorted([[[x]]], key=p2)
    return 1
r = sorted([df], key=p1)
out[0]['c'] = 1

# ── wrapped object
out = []
class W:
    def __init__(self, d):
        self.d = d
def p2(w):
    out.append(w.d)
    return 1
def p1(x):
    n = sorted([W(x)], key=p2)
    return 1
r = sorted([df], key=p1)
out[0]['c'] = 1

# ── callback param is function called with new
def inner(d):
    d['c'] = 1
    return 1
def ap(f):
    return f(df)
r = sorted([inner], key=ap)

# ── callback closure nonlocal chain
def make():
    a = b = c = None
    def step(i):
        nonlocal a, b, c
        if c is not None:
            c['z'] = 1
        c = b
        b = a
        a = df
        return i
    return step
step = make()
r = pd.Series([1,2,3,4,5]).map(step)

# ── direct call then callbacks in it
store = []
def put(x):
    store.append(x)
    return 1
def run(xs):
    n = sorted(xs, key=put)
    return store[0]
x = run([df])
x['c'] = 1

# ── sorted key tuple of attr
class R:
    pass
r = R()
r.d = df
st = {}
def key(o):
    st['last'] = o.d
    return 1
ys = sorted([r], key=key)
st['last']['c'] = 1

# ── callbacks mutate default arg
def put(x, acc=[]):
    acc.append(x)
    if len(acc) > 1:
        acc[0]['c'] = 1
    return 1
r = sorted([df, df2], key=put)

# ── kw-only default callable
def put(x, *, f=lambda d: d.insert(0, 'q', 1)):
    f(x)
    return 1
r = sorted([df], key=put)

# ── default callable on global
def put(x, *, f=lambda d: d.insert(0, 'q', 1)):
    f(df)
    return 1
r = sorted([1], key=put)

# ── global callable by name
f = lambda d: d.insert(0, 'q', 1)
def put(x):
    f(df)
    return 1
r = sorted([1], key=put)

# ── dict callable by key
ops = {}
ops['i'] = lambda d: d.insert(0, 'q', 1)
def put(x):
    ops['i'](df)
    return 1
r = sorted([1], key=put)

# ── dict of dicts callable
ops = {}
ops['i'] = {'j': lambda d: d['x'].insert(0, 'q', 1)}
def put(x):
    ops['i']['j']({'x': df})
    return 1
r = sorted([1], key=put)

# ── class instance holding callable
class H:
    pass
h = H()
h.f = lambda d: d.insert(0, 'q', 1)
def put(x):
    h.f(df)
    return 1
r = sorted([1], key=put)

# ── callable stored then read by other callbacks
reg = []
def add(f):
    reg.append(f)
    return 1
def call(x):
    for f in reg:
        f(x)
    return 1
n = sorted([lambda d: d.insert(0, 'q', 1)], key=add)
r = sorted([df], key=call)

# ── known method with callback: agg
def f(g):
    df2['c'] = 1
    return 1
r = df.groupby('a')['b'].agg(f)

# ── str replace callback
import re
def f(m):
    df2['c'] = 1
    return 'x'
r = re.sub('a', f, 'aaa')

# ── series str replace callback
def f(m):
    df2['c'] = 1
    return 'x'
r = pd.Series(['a']).str.replace('a', f, regex=True)

# ── where callable
def f(d):
    df2['c'] = 1
    return d > 0
r = df.where(f)
q = df.loc[f]
z = df.assign(k=lambda d: df2.insert(0, 'w', 1) or 1)

# ── loc callable
def f(d):
    df2['c'] = 1
    return d['a'] > 0
q = df.loc[f]

# ── getitem callable
def f(d):
    df2['c'] = 1
    return d['a'] > 0
q = df[f]

# ── rename callable
def f(d):
    df2['c'] = 1
    return d
q = df.rename(columns=f)

# ── sort_values key
def f(d):
    df2['c'] = 1
    return d
q = df.sort_values('a', key=f)

# ── read_csv converters
import io
def f(d):
    df2['c'] = 1
    return d
q = pd.read_csv(io.StringIO('a\n1'), converters={'a': f})

# ── index map
def f(d):
    df2['c'] = 1
    return d
q = df.index.map(f)

# ── rolling apply
def f(d):
    df2['c'] = 1
    return 1
q = df['a'].rolling(1).apply(f)

# ── np vectorize
import numpy as np
def f(d):
    df2['c'] = 1
    return 1
v = np.vectorize(f)
q = v([1, 2])

# ── np apply_along_axis
import numpy as np
def f(d):
    df2['c'] = 1
    return 1
q = np.apply_along_axis(f, 0, np.zeros((2, 2)))

# ── json default
import json
def f(d):
    df2['c'] = 1
    return 1
q = json.dumps({'x': df}, default=f)

# ── json hook
import json
def f(d):
    df2['c'] = 1
    return df2
q = json.loads('{}', object_hook=f)
q['d'] = 1

# ── print file object
class W:
    def write(self, s):
        df2['c'] = 1
    def flush(self): pass
print('x', file=W())

# ── format_map getitem
class W(dict):
    def __missing__(self, k):
        df2['c'] = 1
        return 'x'
s = '{a}'.format_map(W())
d = W()
v = d['q']

# ── sorted of instances with __lt__ in list.sort
class K:
    def __lt__(self, o):
        df2['c'] = 1
        return True
xs = [K(), K()]
xs.sort()

# ── max of instances
class K:
    def __gt__(self, o):
        df2['c'] = 1
        return True
m = max([K(), K()])

# ── sum of instances
class K:
    def __radd__(self, o):
        df2['c'] = 1
        return 1
m = sum([K()])

# ── in list eq
class K:
    def __eq__(self, o):
        df2['c'] = 1
        return True
m = 1 in [K()]

# ── join of generator
def g():
    df2['c'] = 1
    yield 'x'
it = g()
s = ','.join(it)

# ── dict of generator
cur = {}
def g():
    cur['c'] = 1
    yield ('x', 1)
it = g()
cur = df
s = dict(it)

# ── unpack generator
cur = {}
def g():
    cur['c'] = 1
    yield 1
it = g()
cur = df
(s,) = it

# ── extend by generator
cur = {}
def g():
    cur['c'] = 1
    yield 1
it = g()
cur = df
s = []
s.extend(it)

# ── star generator
cur = {}
def g():
    cur['c'] = 1
    yield 1
it = g()
cur = df
s = [*it]

# ── in generator
cur = {}
def g():
    cur['c'] = 1
    yield 1
it = g()
cur = df
s = 1 in it

# ── DataFrame of generator
cur = {}
def g():
    cur['c'] = 1
    yield 1
it = g()
cur = df
s = pd.DataFrame(it)

# ── comprehension over generator
cur = {}
def g():
    cur['c'] = 1
    yield 1
it = g()
cur = df
s = [i for i in it]

# ── slice assign generator, yield from
cur = {}
def g():
    cur['c'] = 1
    yield 1
it = g()
cur = df
s = []
s[:] = it

