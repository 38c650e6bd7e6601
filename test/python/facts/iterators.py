"""What generators and chunks do otherwise than lists and whole files."""

import time
import timeit

import numpy as np
import pandas as pd

from fact import fact
from observe import against, attempt, read


def calls(consume):
    """How often `f` is called, of three times."""
    seen = []
    consume(lambda x: seen.append(x) or True)
    return len(seen)


@fact("generator/any-of-a-list", "`any([f(x) for x in xs])`, the first being true: calls of f, of three", "3")
def _():
    return calls(lambda f: any([f(x) for x in range(3)]))


@fact("generator/any-of-a-generator", "`any(f(x) for x in xs)`: calls of f, of three", "1")
def _():
    return calls(lambda f: any(f(x) for x in range(3)))


@fact("generator/rebound-name", "`g = (x + k for x in [1])` with k 1, then k = 10 and `sum(g)`; with a list", "11, 2")
def _():
    names = {}
    exec("k = 1\ng = (x + k for x in [1])\nl = [x + k for x in [1]]\nk = 10\nsums = sum(g), sum(l)", names)
    return ", ".join(str(it) for it in names["sums"])


@fact("generator/second-iteration", "`sum(g)` twice", "3, 0")
def _():
    g = (x for x in [1, 2])
    return f"{sum(g)}, {sum(g)}"


@fact("generator/truth", "`bool(x for x in [])`; of a list", "True, False")
def _():
    return f"{bool(x for x in [])}, {bool([x for x in []])}"


@fact("generator/len", "`len(x for x in [])`", "raises TypeError")
def _():
    return attempt(lambda: len(x for x in []))


@fact("generator/closed-file", "Consuming `(line for line in f)` after the `with` of f has ended", "raises ValueError")
def _():
    with open(__file__) as file:
        lines = (line for line in file)
    return attempt(lambda: sum(1 for _ in lines))


for name in ("list", "set", "tuple"):

    @fact(f"generator/{name}-is-slower", f"`{name}(x for x in xs)` against `{name}([x for x in xs])`", "slower", rechecked=False)
    def _(name=name):
        def measure(argument):
            return timeit.timeit(f"{name}({argument})", "xs = range(10000)", time.process_time, number=20)

        # By turns: what else the machine does then slows both.
        pairs = [(measure("x for x in xs"), measure("[x for x in xs]")) for _ in range(40)]
        return "slower" if min(pairs)[0] > min(pair[1] for pair in pairs) else "faster"


@fact("chunked-read/float-sum", "The sum of a float column by chunks of some size, against the whole, to the last bit", "differs")
def _():
    text = pd.DataFrame({"a": np.random.default_rng(0).random(20_000)}).to_csv(index=False)
    sums = {sum(part.a.sum() for part in read(text, chunksize=size)) for size in range(1000, 6000, 500)}
    return "same" if sums == {read(text).a.sum()} else "another"


for name in ("min", "max", "count"):

    @fact(f"chunked-read/{name}", f"`{name}` of a float column by chunks, against the whole", "same")
    def _(name=name):
        text = pd.DataFrame({"a": np.random.default_rng(0).random(2000)}).to_csv(index=False)
        whole = getattr(read(text).a, name)()
        parts = pd.Series([getattr(part.a, name)() for part in read(text, chunksize=300)])
        return "same" if whole == (parts.sum() if name == "count" else getattr(parts, name)()) else "differs"


@fact("chunked-read/integer-sum", "The sum of an integer column by chunks, against the whole", "same")
def _():
    text = "a\n" + "".join(f"{row}\n" for row in range(2000))
    return "same" if read(text).a.sum() == sum(part.a.sum() for part in read(text, chunksize=300)) else "differs"


@fact("chunked-read/types-by-chunk", "A column of numbers whose last value is a string, in chunks put together, against the whole: the type of the first value", "differs")
def _():
    text = "a\n1\n2\n3\nx\n"
    return against(read(text), pd.concat(read(text, chunksize=2)), lambda df: type(df.a.iloc[0]).__name__.replace("int64", "int"))


@fact("chunked-read/types-by-chunk-given", "The same with `dtype={'a': str}`", "same")
def _():
    text = "a\n1\n2\n3\nx\n"
    return against(read(text, dtype=str), pd.concat(read(text, dtype=str, chunksize=2)), lambda df: type(df.a.iloc[0]).__name__.replace("int64", "int"))
