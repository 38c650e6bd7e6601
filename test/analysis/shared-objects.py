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

# ── total augassign number
frames = [df, df2]
total = 0
for f in frames:
    total += f
alias = total
alias['x'] = 1

# ── nested loop reinit
frames = [df, df2]
for epoch in range(2):
    prev = None
    for f in frames:
        if prev is not None:
            prev['x'] = 1
        prev = f

# ── nested loop reinit share
frames = [df, df2]
for epoch in range(2):
    prev = best = None
    for f in [df, df2]:
        best = prev
        prev = f

# ── comprehension carried
frames = [df, df2]
cur = None; prev = None
def step(x):
    global cur, prev
    prev = cur
    cur = x
[step(f) for f in frames]
prev['z'] = 1

# ── comprehension walrus
frames = [df, df2]
last = df2.copy()
pairs = [(last, last := f) for f in frames]
pairs[1][0]['z'] = 1

# ── make_pipeline own
frames = [df, df2]
from sklearn.pipeline import make_pipeline
from sklearn.base import BaseEstimator, TransformerMixin
class T(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.seen_ = X
        return self
    def transform(self, X):
        LOG.append(len(X))
        return X
LOG = []
t = T()
pipe = make_pipeline(t)
out = pipe.fit_transform(df)

# ── make_scorer
frames = [df, df2]
from sklearn.metrics import make_scorer
calls = []
def score(y, p):
    calls.append(1)
    return 0.0
sc = make_scorer(score)
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score
model = LinearRegression()
r = cross_val_score(model, np.arange(20).reshape(-1,1), np.arange(20), scoring=sc)

# ── deepcopy own
frames = [df, df2]
import copy
LOG = []
class M:
    def fit(self, X):
        LOG.append(X)
        return self
m = M()
m2 = copy.deepcopy(m)
m2.fit(df)

# ── clone own
frames = [df, df2]
from sklearn.base import clone, BaseEstimator
LOG = []
class M(BaseEstimator):
    def fit(self, X):
        LOG.append(X)
        return self
m = M()
m2 = clone(m)
m2.fit(df)

# ── pickle own
frames = [df, df2]
import pickle
LOG = []
class M:
    def fit(self, X):
        LOG.append(X)
        return self
s = pickle.dumps({'a': 1})
K = M
m2 = copy_of = pickle.loads(pickle.dumps(3))

# ── np.add.at
frames = [df, df2]
counts = np.zeros(5)
idx = [0, 1, 1]
np.add.at(counts, idx, 1)

# ── nan_to_num
frames = [df, df2]
x = np.array([1., np.nan])
np.nan_to_num(x, copy=False)

# ── method out
frames = [df, df2]
x = np.ones(3)
x.clip(2, 3, out=x)

# ── method out sum
frames = [df, df2]
x = np.ones((2,3)); o = np.zeros(3)
x.sum(axis=0, out=o)

# ── vsplit
frames = [df, df2]
x = np.ones((2,3))
top, bottom = np.vsplit(x, 2)
top[:] = 5

# ── sliding window
frames = [df, df2]
x = np.ones(6)
w = np.lib.stride_tricks.as_strided(x, (3,), (8,))
w[0] = 5

# ── frompyfunc
frames = [df, df2]
k = [0]
def g(v):
    k[0] += 1
    return v
f = np.frompyfunc(g, 1, 1)
out = f(np.arange(3))

# ── property()
frames = [df, df2]
class A:
    def get(self):
        return df
    data = property(get)
a = A()
a.data['q'] = 1

# ── getitem alias
frames = [df, df2]
class A:
    def get(self, k):
        return df
    __getitem__ = get
a = A()
a['x']['q'] = 1

# ── loc lambda store
frames = [df, df2]
hits = []
def big(d):
    hits.append(1)
    return d['a'] > 1
df.loc[big, 'b'] = 0

# ── comp condition bool
frames = [df, df2]
log = []
class B:
    def __bool__(self):
        log.append(1)
        return True
bs = [B()]
r = [b for b in bs if b]

# ── or
frames = [df, df2]
log = []
class B:
    def __bool__(self):
        log.append(1)
        return True
b = B()
if None or b: pass

# ── deepcopy no return self
frames = [df, df2]
import copy
LOG = []
class M:
    def fit(self, X):
        LOG.append(1)
m = M()
m2 = copy.deepcopy(m)
m2.fit(df)

# ── deepcopy dict of own
frames = [df, df2]
import copy
LOG = []
class M:
    def fit(self, X):
        LOG.append(1)
ms = copy.deepcopy({'a': M()})
for k, m in ms.items():
    m.fit(df)

# ── window of three new
frames = [df, df2]
a = b = c = None
hist = []
for f in [df, df2, df, df2]:
    c = b
    b = a
    a = {'df': f.copy()}
    hist.append(a)
c['x'] = 1

# ── window three new in function
frames = [df, df2]
def windows(fs):
    p3 = p2 = p1 = None
    out = []
    for f in fs:
        if p3 is not None:
            p3['z'] = 1
        p3, p2, p1 = p2, p1, [f]
        out.append((p1, p2, p3))
    return p3
r = windows([df, df2, df, df2])
r[0]['k'] = 1

# ── dict of df
frames = [df, df2]
d = dict(df)
d['b'][:] = 0

# ── dict comp columns
frames = [df, df2]
cols = {c: df[c] for c in df}
cols['b'].iloc[0] = 9

# ── items list
frames = [df, df2]
cols = list(df.items())
cols[1][1].iloc[0] = 9

# ── astype copy False
frames = [df, df2]
g = df[['a','b']].astype(float)
h = g.astype(float, copy=False)
h.iloc[0, 0] = 99

# ── align
frames = [df, df2]
g = df.copy()
l, r = g.align(df2, copy=False)
l.iloc[0, 0] = 99

# ── to_frame
frames = [df, df2]
s = pd.Series([1, 2])
fr = s.to_frame()
fr.iloc[0, 0] = 99

# ── set_axis
frames = [df, df2]
g = df.set_axis(['x', 'y'], axis=1, copy=False)
g.iloc[0, 0] = 99

# ── array split
frames = [df, df2]
arr = np.arange(6)
parts = np.array_split(arr, 3)
for p in parts:
    p += 1

# ── nditer
frames = [df, df2]
arr = np.arange(6)
for v in np.nditer(arr, op_flags=['readwrite']):
    v[...] = 2 * v

# ── flat
frames = [df, df2]
arr = np.arange(6)
fl = arr.flat
fl[0] = 3

# ── df eval inplace kw
frames = [df, df2]
flag = True
df.eval('c = a + b', inplace=flag)

# ── chained fillna
frames = [df, df2]
df.loc[0, 'b'] = np.nan
df['b'].fillna(0, inplace=True)

# ── concat copy false
frames = [df, df2]
big = pd.concat([df], copy=False)
big.iloc[0, 0] = 77

# ── concat copy false 2
frames = [df, df2]
opts = dict(copy=False)
big = pd.concat([df[['a']]], **opts)
big.iloc[0, 0] = 77

# ── merge copy
frames = [df, df2]
m = pd.merge(df, df2, on='a', copy=False)
m.iloc[0, 1] = 5.

# ── style apply lazily
frames = [df, df2]
hits = []
def color(v):
    hits.append(v)
    return ''
s2 = pd.Series([1]).map(color)

# ── dict into
frames = [df, df2]
from collections import defaultdict
acc = defaultdict(list)
for f in frames:
    acc[len(f)].append(f)
flat = [x for xs in acc.values() for x in xs]
flat[0]['n'] = 1

# ── try finally loop
frames = [df, df2]
last = None
def run(fs):
    global last
    for f in fs:
        try:
            if len(f) == 2:
                continue
        finally:
            last = f
run(frames)
last['k'] = 1

# ── loop else
frames = [df, df2]
found = None
for f in frames:
    if 'zz' in f:
        break
else:
    found = f
found['k'] = 1

# ── triple nested reinit
frames = [df, df2]
for a in range(2):
    for b in range(2):
        stack = []
        for f in frames:
            if stack:
                stack[-1]['x'] = b
            stack.append(f)

# ── while in for reinit
frames = [df, df2]
for f in frames:
    i = 0; cur = None
    while i < 2:
        if cur is not None: cur['y'] = 1
        cur = f
        i += 1

# ── loop in method called in loop
frames = [df, df2]
for k in range(2):
    seen = {}
    for f in frames:
        for o in seen.values():
            o['w'] = 1
        seen[id(f)] = f

# ── nested function rebinding
frames = [df, df2]
def runall():
    for k in range(2):
        fn = None
        for f in frames:
            if fn: fn()
            fn = lambda f=f: f.insert(0, 'c%d' % k, 1)
try:
    runall()
except ValueError:
    pass

# ── comp inside comp state
frames = [df, df2]
state = {}
def seen(k, v):
    old = state.get('last')
    state['last'] = v
    return old
prevs = [seen(i, f) for i, f in enumerate(frames)]
prevs[1]['t'] = 1

# ── comp global touch
frames = [df, df2]
cur = None
def touch(f):
    global cur
    if cur is not None:
        cur['t'] = 1
    cur = f
res = {i: touch(f) for i, f in enumerate(frames)}

# ── map touch
frames = [df, df2]
cur = None
def touch(f):
    global cur
    if cur is not None:
        cur['t'] = 1
    cur = f
list(map(touch, frames))

# ── walrus accumulate
frames = [df, df2]
tot = 0
accs = [tot := tot + f for f in frames]
tot['a'] = 100

# ── return in loop in finally
frames = [df, df2]
def f():
    for x in frames:
        try:
            return x
        finally:
            KEEP.append(x)
KEEP = []
r = f()
KEEP[0]['z'] = 1

# ── break carries
frames = [df, df2]
best = None
for f in frames:
    best = f
    if len(f) > 1:
        break
    best = None
best['z'] = 1

# ── continue carries
frames = [df, df2]
best = None
for f in frames:
    if best is None:
        best = f
        continue
    best['z'] = 1

# ── while true nested break
frames = [df, df2]
def pick():
    cur = None
    while True:
        for f in frames:
            if cur is not None:
                return cur
            cur = f
r = pick()
r['z'] = 1

# ── loop var after
frames = [df, df2]
for f in frames:
    pass
f['z'] = 1

# ── try else
frames = [df, df2]
try:
    x = df
    int('a')
    x = None
except ValueError:
    x['q'] = 1

# ── try loop retry
frames = [df, df2]
attempt = None
for i in range(3):
    try:
        if attempt is None:
            attempt = df
            raise RuntimeError
        attempt['q'] = 1
        break
    except RuntimeError:
        pass

# ── nested function mutual state in loop
frames = [df, df2]
def outer(fs):
    state = {'prev': None}
    def push(f):
        p = state['prev']
        state['prev'] = f
        return p
    res = None
    for f in fs:
        res = push(f)
    return res
r = outer(frames)
r['q'] = 1

# ── nonlocal prev
frames = [df, df2]
def outer(fs):
    prev = None
    def push(f):
        nonlocal prev
        p, prev = prev, f
        return p
    return [push(f) for f in fs]
r = outer(frames)
r[1]['q'] = 1

# ── generator pairwise own
frames = [df, df2]
def pairs(fs):
    prev = None
    for f in fs:
        if prev is not None:
            yield prev, f
        prev = f
for a, b in pairs(frames):
    a['q'] = 1

# ── generator chain
frames = [df, df2]
def load():
    for f in frames:
        yield f
def tag(fs):
    for f in fs:
        f['t'] = 1
        yield f
out = list(tag(load()))
out[0]['v'] = 2

# ── generator in for nested
frames = [df, df2]
def load():
    for k in range(2):
        last = None
        for f in frames:
            if last is not None: last['u%d' % k] = 1
            last = f
            yield k
for k in load(): pass

# ── callback in loop reinit
frames = [df, df2]
class Trainer:
    def run(self):
        for e in range(2):
            prev = None
            for f in frames:
                if prev is not None:
                    prev['x'] = e
                prev = f
t = Trainer()
t.run()

# ── class-level loop reinit
frames = [df, df2]
def run():
    for e in range(2):
        prev = None
        for f in frames:
            if prev is not None:
                prev['x'] = e
            prev = f
run()

# ── decorator with state
frames = [df, df2]
def once(fn):
    cache = {}
    def inner(*a):
        if 'r' not in cache:
            cache['r'] = fn(*a)
        return cache['r']
    return inner
@once
def get(f):
    return f
a = get(df)
b = get(df2)
b['q'] = 1

# ── retry decorator with args
frames = [df, df2]
import functools
def tracked(name):
    def deco(fn):
        @functools.wraps(fn)
        def inner(*a, **k):
            HIST.setdefault(name, []).append(a)
            return fn(*a, **k)
        return inner
    return deco
HIST = {}
@tracked('clean')
def clean(f):
    return f
c = clean(df)
HIST['clean'][0][0]['q'] = 1

# ── functools.cache
frames = [df, df2]
import functools
@functools.lru_cache(maxsize=None)
def load(n):
    return frames[n]
load(0)['q'] = 1

# ── contextmanager generator
frames = [df, df2]
from contextlib import contextmanager
@contextmanager
def editing(f):
    backup = f.copy()
    try:
        yield f
    finally:
        LOG.append(backup); f['done'] = 1
LOG = []
with editing(df) as e:
    pass
e['q'] = 2

# ── partialmethod / staticmethod registry
frames = [df, df2]
class Reg:
    steps = {}
    @classmethod
    def add(cls, name):
        def deco(fn):
            cls.steps[name] = fn
            return fn
        return deco
@Reg.add('a')
def tag(f):
    f['t'] = COUNT.append(1)
    return f
COUNT = []
for n, s in Reg.steps.items():
    s(df)

# ── pipeline list tuple
frames = [df, df2]
def s1(f):
    f['s1'] = 1; return f
def s2(f):
    global last
    last = f; return f
last = None
steps = [('one', s1), ('two', s2)]
cur = df
for name, fn in steps:
    cur = fn(cur)
last['q'] = 1

# ── reduce pipeline
frames = [df, df2]
import functools
def s1(f):
    f['s1'] = 1; return f
res = functools.reduce(lambda f, fn: fn(f), [s1, s1], df)
res['q'] = 1

# ── compose
frames = [df, df2]
def compose(*fns):
    def run(x):
        for fn in fns: x = fn(x)
        return x
    return run
p = compose(lambda f: f, lambda f: KEEP.append(f) or f)
KEEP = []
o = p(df)
KEEP[0]['q'] = 1; o['r'] = 1

# ── class getattr delegate
frames = [df, df2]
class Wrap:
    def __init__(self, f): self._f = f
    def __getattr__(self, k): return getattr(self._f, k)
w = Wrap(df)
w.insert(0, 'qq', 1)

# ── iter class
frames = [df, df2]
class Loader:
    def __init__(self, fs): self.fs = fs; self.i = 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= len(self.fs): raise StopIteration
        self.i += 1
        return self.fs[self.i - 1]
ld = Loader(frames)
for f in ld: f['q'] = 1

# ── next of own
frames = [df, df2]
class Loader:
    def __init__(self, fs): self.fs = fs; self.i = 0
    def __next__(self):
        self.i += 1
        return self.fs[self.i - 1]
ld = Loader(frames)
x = next(ld)
x['q'] = 1

# ── len sorted etc own
frames = [df, df2]
class Bag:
    def __init__(self): self.n = 0
    def __len__(self):
        self.n += 1; LOG.append(self); return 1
LOG = []
b = Bag()
k = len(b)
LOG[0].n = 5

# ── unpack call dict
frames = [df, df2]
kw = {'f': df}
def g(f): f['q'] = 1; return f
r = g(**kw)

# ── conditional import alias
frames = [df, df2]
mod = pd if True else np
g = mod.DataFrame({'a': [1]})
h = g
h['q'] = 1

# ── dunder call alias / del
frames = [df, df2]
class A:
    def __init__(self): self.f = df
    def __delitem__(self, k): del self.f[k]
a = A()
del a['b']

# ── delattr
frames = [df, df2]
class A:
    def __delattr__(self, k): df.drop(columns='b', inplace=True)
a = A()
del a.zz

# ── del last ref with __del__
frames = [df, df2]
class A:
    def __del__(self): LOG.append(1)
LOG = []
a = A()
a = None

# ── star assign
frames = [df, df2]
first, *rest = frames
rest[0]['q'] = 1

# ── swap
frames = [df, df2]
x, y = df, df2
x, y = y, x
x['q'] = 1

# ── type alias, enum
frames = [df, df2]
from enum import Enum
class Src(Enum):
    A = 'a'
    @property
    def frame(self): return TAB[self.value]
TAB = {'a': df}
Src.A.frame['q'] = 1

# ── f-string attr
frames = [df, df2]
class A:
    @property
    def name(self):
        LOG.append(1); return 'x'
LOG = []
a = A()
s = '{0.name}'.format(a)
s = 'v: %s' % a

# ── percent str
frames = [df, df2]
class A:
    def __str__(self):
        LOG.append(1); return 'x'
LOG = []
a = A()
s = 'v: %s' % a
s = 'v: {}'.format(a)
s = ', '.join(str(x) for x in [a])
s = str([a])
raise ValueError(a)

# ── number parameter
frames = [df, df2]
def add(tot, f):
    tot += f
    return tot
r = add(0, df)
keep = [r]
keep[0]['a'] = 5

# ── radd own
frames = [df, df2]
class V:
    def __init__(self, x): self.x = x
    def __radd__(self, o): return self
    def __add__(self, o): return self
v = V(df)
tot = 0
tot += v
tot.x['q'] = 1

# ── str augassign mod
frames = [df, df2]
t = 1
t *= df
u = {'k': t}
u['k']['a'] = 3

# ── mean loop
frames = [df, df2]
total = 0.0
weights = [1, 2]
for w, f in zip(weights, frames):
    total = total + w * f
res = total
res['q'] = 1

# ── number in dict
frames = [df, df2]
sums = {'a': 0}
sums['a'] += df
x = sums['a']
x['q'] = 1

# ── trim zeros
frames = [df, df2]
arr = np.array([0, 1, 2, 0])
v = np.trim_zeros(arr)
v[0] = 9

# ── atleast_3d etc
frames = [df, df2]
arr = np.arange(4)
v = np.atleast_3d(arr)
w = np.require(arr)
x = np.asarray_chkfinite(arr)
y = np.ma.array(arr, copy=False)
v[...] = 1
w[0] = 2
x[0] = 3
y[0] = 4

# ── sliding window, again
frames = [df, df2]
arr = np.arange(6)
v = np.lib.stride_tricks.sliding_window_view(arr, 3)
arr[0] = 100
arr2 = v

# ── rng random_state
frames = [df, df2]
rng = np.random.RandomState(0)
a = df.sample(1, random_state=rng)
b = df.sample(1)

# ── elements stale through function
frames = [df, df2]
def put(xs):
    xs[0] = df2
xs = [df]
put(xs)
xs[0]['q'] = 1

# ── elements stale alias in dict
frames = [df, df2]
xs = [df]
d = {'k': xs}
d['k'][0] = df2
xs[0]['q'] = 1

# ── elements stale sort
frames = [df, df2]
xs = [df2, df]
xs.sort(key=id)
xs.reverse()
xs[0]['q'] = 1

# ── elements stale unpack
frames = [df, df2]
xs = [df, df2]
def rot():
    xs.append(xs.pop(0))
rot()
a, b = xs
a['q'] = 1

# ── stale by thread
frames = [df, df2]
import threading
xs = [df]
th = threading.Thread(target=xs.insert, args=(0, df2))
th.start(); th.join()
xs[0]['q'] = 1

# ── stale by bound method
frames = [df, df2]
xs = [df]
ins = xs.insert
ins(0, df2)
xs[0]['q'] = 1

# ── stale by slice
frames = [df, df2]
xs = [df]
xs[:] = [df2]
xs[0]['q'] = 1

# ── stale in loop
frames = [df, df2]
xs = [df2]
for i in range(2):
    xs[0]['q%d' % i] = 1
    xs[0] = df

# ── tuple element mutable
frames = [df, df2]
t = ([df], 1)
t[0][0] = df2
t[0][0]['q'] = 1

# ── tuple kind after join
frames = [df, df2]
t = (df, df2)
if len(t) > 1:
    t = (df2, df)
a, b = t
a['q'] = 1

# ── class attr counter inherit
frames = [df, df2]
class Base:
    items = []
    def add(self, f): self.items.append(f)
class K(Base): pass
K().add(df)
Base.items[0]['q'] = 1

# ── function default mutable
frames = [df, df2]
def add(f, acc=[]):
    acc.append(f)
    return acc
a = add(df)
b = add(df2)
b[0]['q'] = 1

# ── global counter closure
frames = [df, df2]
def make():
    seen = []
    def add(f): seen.append(f)
    def get(): return seen
    return add, get
add, get = make()
add(df)
get()[0]['q'] = 1

# ── lambda list in loop late binding
frames = [df, df2]
fs = []
for f in frames:
    fs.append(lambda: f)
fs[0]()['q'] = 1

# ── comprehension closures
frames = [df, df2]
fs = [lambda c: f.insert(0, c, 1) for f in frames]
fs[0]('q')

# ── cond expression own
frames = [df, df2]
x = df if len(df) else df2
x['q'] = 1

# ── redirect stdout own
frames = [df, df2]
import contextlib
class W:
    def write(self, s): LOG.append(s)
    def flush(self): pass
LOG = []
with contextlib.redirect_stdout(W()):
    print('x')

# ── while walrus queue
frames = [df, df2]
queue = [df]
done = []
while queue:
    cur = queue.pop()
    done.append(cur)
    if len(done) < 3:
        queue.append(df2 if len(done) == 1 else cur)
done[1]['q'] = 1

# ── bfs tree
frames = [df, df2]
class Node:
    def __init__(self, f, kids=()): self.f, self.kids = f, list(kids)
root = Node(df, [Node(df2)])
stack = [root]
while stack:
    n = stack.pop()
    n.f['d'] = 1
    stack.extend(n.kids)

# ── window of dict copies in function list
frames = [df, df2]
def last3(fs):
    a = b = c = None
    for f in fs:
        c = b
        b = a
        a = {'f': f}
    return c
r = last3([df, df2, df])
r['f']['q'] = 1

# ── linked
frames = [df, df2]
class N: pass
head = None; tail = None; old = None
for f in [df, df2, df]:
    n = N(); n.f = f
    old = tail; tail = head; head = n
old.f['q'] = 1

# ── csv writer buf
frames = [df, df2]
import io
class Buf:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
buf = Buf()
df.to_csv(buf)
print('x', file=buf)

# ── exit after body
frames = [df, df2]
class Collect:
    def __enter__(self):
        self.items = []
        return self
    def __exit__(self, *a):
        OUT.extend(self.items)
OUT = []
with Collect() as c:
    c.items.append(df)
OUT[0]['q'] = 1

# ── exit reads global
frames = [df, df2]
class Saver:
    def __enter__(self): return self
    def __exit__(self, *a): KEEP.append(cur)
KEEP = []; cur = None
with Saver():
    cur = df
KEEP[0]['q'] = 1

# ── exit mutates current
frames = [df, df2]
class Stamp:
    def __init__(self): self.f = None
    def __enter__(self): return self
    def __exit__(self, *a): self.f['done'] = 1
with Stamp() as s:
    s.f = df

# ── contextmanager restores global
frames = [df, df2]
from contextlib import contextmanager
current = df2
@contextmanager
def using(f):
    global current
    old = current
    current = f
    yield
    HIST.append(current)
    current = old
HIST = []
with using(df):
    current = current
HIST[0]['q'] = 1
current['p'] = 1

# ── groupby apply own
frames = [df, df2]
class M:
    def fit(self, g):
        LOG.append(1); self.n = len(g); return self
LOG = []
models = df.groupby('a')[['b']].apply(lambda g: M().fit(g))
models[1].fit(df)

# ── star tuple
frames = [df, df2]
first, *rest = (df, df2)
rest[0]['q'] = 1

# ── for star
frames = [df, df2]
for a, *b in [(1, df), (2, df2)]:
    b[0]['q'] = a

# ── genexp touch
frames = [df, df2]
cur = None
def touch(f):
    global cur
    if cur is not None:
        cur['t'] = 1
    cur = f
n = sum(touch(f) is None for f in frames)

# ── listcomp touch
frames = [df, df2]
cur = None
def touch(f):
    global cur
    if cur is not None:
        cur['t'] = 1
    cur = f
n = [touch(f) for f in [df, df2]]

# ── listcomp method carry
frames = [df, df2]
hist = []
def prev(f):
    p = hist[-1] if hist else None
    hist.append(f)
    return p
ps = [prev(f) for f in frames]
ps[1]['q'] = 1

# ── seen set filter comp
frames = [df, df2]
seen = {}
uniq = [seen.setdefault(len(f), f) for f in frames]
uniq[1]['q'] = 1

# ── comp with running best
frames = [df, df2]
best = {'f': None}
def upd(f):
    b = best['f']
    if b is not None: b['x'] = 1
    best.update(f=f)
_ = [upd(f) for f in frames]

# ── dictcomp nested reinit
frames = [df, df2]
def run(fs):
    out = {}
    for e in range(2):
        buf = []
        for f in fs:
            if buf: out[e] = buf[0]
            buf.append(f)
    return out
o = run([df, df2])
o[1]['q'] = 1

# ── long chain known
frames = [df, df2]
a=b=c=d=e=g=h=i=j=k=l=m=n=o=None
for f in [df]*20:
    o=n;n=m;m=l;l=k;k=j;j=i;i=h;h=g;g=e;e=d;d=c;c=b;b=a;a=f
o['q'] = 1

# ── chain in callback new objects
frames = [df, df2]
class S:
    def __init__(self): self.a = self.b = self.c = None
    def push(self, f):
        self.c = self.b; self.b = self.a; self.a = {'f': f}
    def last(self): return self.c
s = S()
for f in [df, df2, df]: s.push(f)
s.last()['f']['q'] = 1

# ── chain globals in map
frames = [df, df2]
a = b = c = None
def push(f):
    global a, b, c
    c = b; b = a; a = {'f': f}
list(map(push, [df, df2, df]))
c['f']['q'] = 1

# ── chain closures new functions
frames = [df, df2]
prev = None; fns = []
g1 = g2 = g3 = None
for f in [df, df2, df, df2]:
    g3 = g2; g2 = g1; g1 = lambda f=f: f
g3()['q'] = 1

# ── chunks iterator
frames = [df, df2]
from io import StringIO
it = pd.read_csv(StringIO('a\n1\n2\n3'), chunksize=1)
c1 = next(it)
cs = [c for c in it]
k = cs
k[0]['z'] = 1

# ── read_csv converter state
frames = [df, df2]
from io import StringIO
seen = []
d = pd.read_csv(StringIO('a\n1\n2'), converters={'a': seen.append})

# ── default arg own closure
frames = [df, df2]
def maker(store=[]):
    def add(f):
        store.append(f); return store
    return add
add1 = maker(); add2 = maker()
add1(df)
add2(df2)[0]['q'] = 1

# ── functools.cache method
frames = [df, df2]
import functools
class L:
    @functools.lru_cache()
    def get(self, k):
        CALLS.append(k); return df
CALLS = []
l = L()
l.get('a')['q'] = 1

# ── loop exit by exception in generator
frames = [df, df2]
def g():
    try:
        yield df
    finally:
        df2['closed'] = 1
it = g(); x = next(it)
it.close()
it2 = g(); y = next(it2)
del it2

# ── reduce build
frames = [df, df2]
import functools
merged = functools.reduce(lambda acc, f: acc if len(acc) else f, frames)
merged['q'] = 1

# ── for loop over enumerate dict mutated list of lists
frames = [df, df2]
mat = [[0]*2]*2
row = mat[0]
mat[1][0] = 5

# ── any with state
frames = [df, df2]
seen = []
ok = any(seen.append(f) for f in frames)
seen[1]['q'] = 1

# ── nested functions def in loop reinit
frames = [df, df2]
for e in range(2):
    hooks = []
    for f in frames:
        for h in hooks: h()
        hooks.append(lambda f=f: f.__setitem__('h', 1))

# ── iterator in attribute
frames = [df, df2]
class L: pass
l = L(); l.it = iter([1, 2, 3])
for x in l.it:
    break

# ── iterator in list comp
frames = [df, df2]
its = [iter([1, 2]), iter([3])]
vals = [next(i) for i in its]
a, b = [list(i) for i in its]

# ── iter returned by function
frames = [df, df2]
def load(): return iter([1, 2, 3])
it = load()
first = [x for x in it]

# ── star of unknown
frames = [df, df2]
class L:
    def __init__(self): self.it = iter([1, 2])
l = L()
print(*l.it)
s = sum(l.it)

# ── np.fromiter / DataFrame of attr iterator
frames = [df, df2]
class L:
    def __init__(self): self.it = iter([1, 2])
l = L()
x = np.fromiter(l.it, dtype=int)

# ── zip with attr iterator
frames = [df, df2]
class L:
    def __init__(self): self.it = iter([1, 2])
l = L()
x = dict(zip('ab', l.it))

# ── in unknown iterator
frames = [df, df2]
class L:
    def __init__(self): self.it = iter([1, 2])
l = L()
ok = 1 in l.it

# ── unpack attr iterator
frames = [df, df2]
class L:
    def __init__(self): self.it = iter([1, 2])
l = L()
a, b = l.it

# ── exec of zip iterator saved
frames = [df, df2]
pairs = zip(frames, 'ab')
first = list(pairs)
again = list(pairs)

# ── enumerate in class
frames = [df, df2]
class G:
    def __iter__(self):
        for f in frames:
            yield f
g = G()
[f.insert(0, 'q', 1) for f in g]

# ── join of own
frames = [df, df2]
class G:
    def __iter__(self):
        LOG.append(1); return iter('ab')
LOG = []
g = G()
s = ''.join(g)
a, b = g
xs = [*g]
d = pd.DataFrame({'x': list(g)})
s = pd.Series(g)
xs = []; xs += g
xs[:] = g
xs.extend(g)

# ── dict views iter
frames = [df, df2]
d = {'a': df}
it = iter(d.values())
x = next(it)
x['q'] = 1

# ── apply with args list
frames = [df, df2]
def f(v, acc):
    acc.append(v); return v
acc = []
out = df['a'].apply(f, args=(acc,))
out = df['a'].apply(f, acc=acc)

# ── applymap/transform dict agg
frames = [df, df2]
seen = []
out = df.agg({'a': lambda c: seen.append(c) or 1})
out = df.groupby('a').agg(b=('b', lambda c: seen.append(c) or 1))
out = df.groupby('a').filter(lambda g: seen.append(g) or True)
seen[-1]['z'] = 1

# ── explode/list agg
frames = [df, df2]
g = df.groupby('a')['b'].agg(list)
h = g.copy()
g.iloc[0].append(3)

# ── pd.eval
frames = [df, df2]
r = pd.eval('df.a + df2.a')

# ── class comp scope
frames = [df, df2]
class A:
    df = df2
    g = [df for _ in [1]]
A.g[0]['q'] = 1
A.df['q'] = 1

# ── while true next
frames = [df, df2]
it = iter(frames); done = []
try:
    while True:
        cur = next(it)
        done.append(cur)
except StopIteration:
    pass
done[0]['q'] = 1

# ── pump
frames = [df, df2]
def pump(it):
    last = None
    while True:
        try:
            x = next(it)
        except StopIteration:
            return last
        last = x
r = pump(iter(frames))
r['q'] = 1

# ── break in with in loop
frames = [df, df2]
from contextlib import suppress
best = None
while True:
    with suppress(KeyError):
        best = df
        df['nope']
        best = None
    break
if best is not None: best['q'] = 1

# ── break in finally
frames = [df, df2]
best = None
for f in frames:
    try:
        best = f
        break
    finally:
        best2 = best
best2['q'] = 1
best['r'] = 1

# ── match break
frames = [df, df2]
for f in frames:
    match len(f):
        case 2:
            got = f
            break
        case _:
            got = None
got['q'] = 1

# ── raising function
frames = [df, df2]
class Found(Exception):
    pass
def search(fs):
    for f in fs:
        if len(f) == 2:
            e = Found(); e.f = f
            raise e
try:
    search(frames)
    res = None
except Found as ex:
    res = ex.f
res['q'] = 1

# ── global through raise
frames = [df, df2]
state = None
def work(f):
    global state
    state = f
    raise ValueError
try:
    work(df)
except ValueError:
    pass
state['q'] = 1

# ── dead in callback
frames = [df, df2]
state = None
def work(f):
    global state
    state = f
    raise StopIteration
try:
    list(map(work, frames))
except Exception:
    pass
state['q'] = 1

# ── raise twice nested
frames = [df, df2]
def a(f):
    try:
        raise ValueError(f)
    except ValueError as e:
        raise KeyError(f) from e
try:
    a(df)
except KeyError as e:
    c = e.__cause__.args[0]
c['q'] = 1

# ── cell fails midway
frames = [df, df2]
def boom(f):
    global kept
    kept = f
    raise RuntimeError
boom(df)
kept['q'] = 1

# ── fails in nested call with local mutate
frames = [df, df2]
hist = []
def go(fs):
    for f in fs:
        hist.append(f)
        1 / 0
        hist.clear()
go(frames)
hist[0]['q'] = 1

# ── failing loop old
frames = [df, df2]
cur = df
for i in range(1):
    int('x')
    cur = df2
cur['q'] = 1

# ── failing if with del
frames = [df, df2]
cur = df
if True:
    int('x')
    del cur
cur['q'] = 1

# ── nested generator expression scope
frames = [df, df2]
fs = (f for f in frames)
gs = (g for g in fs if len(g) > 1)
x = next(gs)
x['q'] = 1

# ── class body loop
frames = [df, df2]
class Reg:
    last = None
    for f in frames:
        prev = last
        last = f
Reg.prev['q'] = 1

# ── joblib style load
frames = [df, df2]
import pickle, tempfile, os
LOG = []
class M:
    def fit(self, X): LOG.append(1)
p = os.path.join(tempfile.gettempdir(), 'attack2.pkl')
class U(pickle.Unpickler):
    def find_class(self, m, n): return globals_[n]
globals_ = {}

# ── method chain fluent
frames = [df, df2]
class Pipe:
    def __init__(self, f): self.f = f
    def then(self, fn): self.f = fn(self.f); return self
r = Pipe(df).then(lambda f: f).then(lambda f: f.assign(z=1)).f
q = Pipe(df).then(lambda f: f).f
q['q'] = 1

# ── random.choice etc
frames = [df, df2]
import random
p = random.choice([df])
p['q'] = 1
s = random.sample(frames, 2)
s[0]['r'] = 1

# ── np.random.choice own
frames = [df, df2]
fs = np.random.permutation(2)
order = [frames[i] for i in fs]
order[0]['q'] = 1

# ── train_test_split frames list
frames = [df, df2]
lst = [[1], [2], [3], [4]]
b = sorted(lst, key=lambda v: -v[0])
b[0].append(1)

# ── itertools.chain of dict values
frames = [df, df2]
import itertools
d = {'a': [df], 'b': [df2]}
fl = list(itertools.chain(*d.values()))
fl[0]['q'] = 1

# ── numpy apply state
frames = [df, df2]
prev = [None]
def step(v):
    p = prev[0]; prev[0] = v
    return 0
x = np.array([step(v) for v in range(3)])

# ── string kind joined by number
frames = [df, df2]
x = ''
for f in frames:
    x += str(len(f))
y = 0
for f in frames:
    y -= -f
z = y
z['k'] = 1

# ── plain for over columns sum start
frames = [df, df2]
tot = 0
for c in ['a', 'b']:
    tot += df[c]
t2 = tot
t2.iloc[0] = 99

# ── set union
frames = [df, df2]
class O: pass
o = O(); s = {O()}
t = s.union([o])
u = s | {o}
w = s.symmetric_difference([o])
for x in t: x.k = 1
for x in u: x.k = 2
for x in w: x.k = 3

# ── map pop
frames = [df, df2]
ls = [[1, 2], [3]]
tops = [*map(list.pop, ls)]
n = max(map(list.pop, ls))

# ── map operator setitem
frames = [df, df2]
import operator
ds = [{}, {}]
list(map(operator.setitem, ds, 'ab', frames))
ds[0]['a']['q'] = 1

# ── map dict.get
frames = [df, df2]
d = {'f': df}
r = list(map(d.get, ['f']))
r[0]['q'] = 1

# ── map getitem
frames = [df, df2]
d = {'f': df}
r = [*map(d.__getitem__, ['f'])]
r[0]['q'] = 1

# ── sorted key dict get; max
frames = [df, df2]
d = {'a': [2], 'b': [1]}
best = max(d, key=d.get)
m = max(d.values())
m.append(3)

# ── dict methods
frames = [df, df2]
d = {'f': df}
e = d.copy(); k, v = e.popitem()
v['q'] = 1
d2 = {**d, 'g': df2}
d2['g']['q'] = 1
d3 = d | {'h': df2}
d3['h']['r'] = 1
d3 |= {'i': df}
d3['i']['s'] = 1

# ── list methods
frames = [df, df2]
xs = frames[::-1]
ys = xs * 2
ys[3]['q'] = 1
zs = []
zs[0:0] = [df]
zs[0]['r'] = 1
zs += (f for f in frames)
zs[2]['s'] = 1

# ── filter None
frames = [df, df2]
fs = list(filter(None, [[1], []]))
a = [[1], [2]]
b = list(filter(None, a))
b[0].append(1)

# ── partial of method
frames = [df, df2]
from functools import partial
log = []
note = partial(log.append)
list(map(note, frames))
log[0]['q'] = 1

# ── thread pool map
frames = [df, df2]
from concurrent.futures import ThreadPoolExecutor
def tag(f):
    f['t'] = 1
    DONE.append(f)
    return f
DONE = []
with ThreadPoolExecutor(2) as ex:
    out = list(ex.map(tag, frames))
DONE[0]['q'] = 1; out[0]['r'] = 2

# ── executor late
frames = [df, df2]
from concurrent.futures import ThreadPoolExecutor
ex = ThreadPoolExecutor(1)
futs = {}
for i, f in enumerate(frames):
    futs[i] = ex.submit(lambda g: g.assign(k=1) if i > 5 else g, f)
r = futs[0].result()
r['q'] = 1

# ── defaultdict factory call
frames = [df, df2]
from collections import defaultdict
class Acc:
    def __init__(self): self.items = []; ALL.append(self)
ALL = []
dd = defaultdict(Acc)
dd['x'].items.append(df)
ALL[0].items[0]['q'] = 1

# ── UserDict
frames = [df, df2]
from collections import UserDict
class Store(UserDict):
    def __setitem__(self, k, v):
        HIST.append(v); super().__setitem__(k, v)
HIST = []
st = Store()
st['a'] = df
HIST[0]['q'] = 1

# ── update through own dict subclass
frames = [df, df2]
class Store(dict):
    def __setitem__(self, k, v):
        HIST.append(v); super().__setitem__(k, v)
HIST = []
st = Store()
st |= {'b': 1}
st['a'] = df
HIST[0]['q'] = 1

# ── tuple aug
frames = [df, df2]
t = ()
for f in frames:
    t += (f,)
t[0]['q'] = 1

# ── nested dict autoviv
frames = [df, df2]
tree = {}
for f, ks in [(df, 'ab'), (df2, 'ac')]:
    node = tree
    for k in ks:
        node = node.setdefault(k, {})
    node['leaf'] = f
tree['a']['b']['leaf']['q'] = 1

# ── path walk
frames = [df, df2]
tree = {'a': {'b': {'c': df}}}
node = tree
for k in 'abc':
    node = node[k]
node['q'] = 1

# ── path walk nested loop
frames = [df, df2]
tree = {'a': {'b': {'c': df}}}
for p in ['abc']:
    node = tree
    for k in p:
        node = node[k]
    node['q'] = 1

# ── pre-bound none list
frames = [df, df2]
best = {}
for e in range(2):
    top = None
    for f in frames:
        if top is None or len(f) > 0:
            top = f
        best[e] = top
best[0]['q'] = 1

# ── queue
frames = [df, df2]
import queue
q = queue.Queue(); q.put(df)
x = q.get(); x['q'] = 1

# ── contextvar
frames = [df, df2]
import contextvars
cv = contextvars.ContextVar('cv'); tok = cv.set(df)
cv.get()['q'] = 1

# ── weak
frames = [df, df2]
import weakref
class O: pass
o = O(); o.f = df
w = weakref.ref(o)
w().f['q'] = 1

# ── lru cache clear
frames = [df, df2]
import functools
N = [0]
@functools.lru_cache(None)
def load(k):
    N[0] += 1
    return frames[k]
a = load(0)
b = load(0); b['q'] = 1

# ── wrapper class decorator
frames = [df, df2]
class memo:
    def __init__(self, fn): self.fn = fn; self.c = {}
    def __call__(self, k):
        if k not in self.c: self.c[k] = self.fn(k)
        return self.c[k]
@memo
def load(k): return frames[k]
a = load(0)
a['q'] = 1
load.c[0]['r'] = 1

# ── observers
frames = [df, df2]
class Subject:
    def __init__(self): self._o = []
    def on(self, fn): self._o.append(fn); return fn
    def fire(self, *a):
        for fn in self._o: fn(*a)
s = Subject()
@s.on
def log(f): SEEN.append(f)
SEEN = []
s.fire(df)
SEEN[0]['q'] = 1

# ── global rebinding list of names
frames = [df, df2]
buf = []
def flush():
    global buf
    out, buf = buf, []
    return out
buf.append(df)
o = flush()
o[0]['q'] = 1
buf.append(df2)

# ── coroutine consumer
frames = [df, df2]
def sink():
    while True:
        f = yield
        GOT.append(f)
GOT = []
k = sink(); next(k)
k.send(df)
GOT[0]['q'] = 1

# ── chained comparison trick / ternary list
frames = [df, df2]
lst = [df] if len(df) else []
lst2 = lst or [df2]
lst2[0]['q'] = 1

# ── nested def in loop with list index
frames = [df, df2]
ops = {}
for i, f in enumerate(frames):
    def op(v, f=f):
        f['op'] = v
    ops[i] = op
ops[1](3)

# ── closures late binding i
frames = [df, df2]
ops = []
for i, f in enumerate(frames):
    def op(v):
        f['op%d' % i] = v
    ops.append(op)
ops[0](3)

# ── del and reuse
frames = [df, df2]
g = df
del g
try:
    g
except NameError:
    g = df2
g['q'] = 1

# ── lambda default in comp dict
frames = [df, df2]
ops = {k: (lambda v, f=f: f.insert(0, v, 1)) for k, f in zip('ab', frames)}
ops['a']('zz')

# ── dataclass eq order field frames
frames = [df, df2]
from dataclasses import dataclass, field
@dataclass
class Split:
    train: object
    test: object
    meta: dict = field(default_factory=dict)
    def swap(self):
        self.train, self.test = self.test, self.train
        return self
sp = Split(df, df2)
sp.swap()
sp.train['q'] = 1

# ── dict of frames loop transform
frames = [df, df2]
data = {'a': df, 'b': df2}
for k in data:
    data[k] = data[k].assign(z=1) if k == 'a' else data[k]
data['b']['q'] = 1

# ── loop prior
frames = [df, df2]
data = {'a': df, 'b': df2}
prev = None
for k, f in data.items():
    if prev is not None:
        f.attrs['prev'] = prev
    prev = k

# ── numpy views loop
frames = [df, df2]
arr = np.zeros((3, 3)); rows = []
for r in arr: rows.append(r)
rows[0][:] = 1

# ── numpy where index assign through fn
frames = [df, df2]
def norm(a):
    a -= a.mean()
    return a
x = np.arange(4.)
y = norm(x[1:])
y[0] = 9

# ── sliding accumulators numpy
frames = [df, df2]
acc = 0
chunks = [np.arange(3.), np.arange(3.)]
for c in chunks:
    acc = acc + c
hist = [acc]
acc += 1

# ── num aug alias
frames = [df, df2]
acc = 0
for c in [np.arange(3.), np.arange(3.)]:
    acc += c
    hist = acc
acc += 1

# ── numpy writes into what it gets third
frames = [df, df2]
a = np.arange(3.)
c = np.zeros(3)
y = np.add(a, a, c)
y[0] = 9
z = np.sqrt(a, c)
z[1] = 9
w = np.multiply(a, 2, out=c)
w[2] = 9

# ── an array that numpy is told to write into is what it gives
one = np.zeros(2)
clipped = df['a'].to_numpy().clip(0, 1, out=one)
summed = np.sum(df.to_numpy(), axis=0, out=one)
lowest = df.to_numpy().min(0, one)
added = np.add(df['a'].to_numpy(), 1, one)
one[0] = 7

# ── None as `out` is none
free = np.add(df['a'].to_numpy(), 1, out=None)
free[0] = 7
