"""What `read_csv` does with what it is given."""

import numpy as np
import pandas as pd

from fact import fact
from observe import against, attempt, read, warned

UP_TO_3_0 = "E1 E2 E3 E4"
FROM_3_1 = "E5 E6"


@fact("dtype/key-without-column", "`read_csv(dtype={'open': 'float16'})` where the column is 'Open': its type, and the warnings", "float64, none")
def _():
    seen = []
    warnings = warned(lambda: seen.append(read("Open\n1.5\n", dtype={"open": "float16"}).Open.dtype))
    return f"{seen[0]}, {warnings}"


@fact("dtype/duplicate-header", "`read_csv(dtype={'a': 'int8'})` of the header a,a: the types", "int8, int8")
def _():
    return ", ".join(str(it) for it in read("a,a\n1,2\n", dtype={"a": "int8"}).dtypes)


@fact("dtype/ragged-file", "`read_csv` of a row with a field too many", "raises ParserError")
def _():
    return attempt(lambda: read("a,b\n1,2\n1,2,3\n").shape)


@fact("dtype/ragged-file-usecols", "`read_csv(usecols=['a'])` of a row with a field too many: what is read", "(2, 1)")
def _():
    return attempt(lambda: read("a,b\n1,2\n1,2,3\n", usecols=["a"]).shape)


@fact("dtype/leading-zeros", "`007`, read plainly", "7")
def _():
    return read("a\n007\n").a[0]


for name, field, plain in (("leading-zeros", "007", "7"), ("exponent", "1e3", "1000.0"), ("true", "True", "True")):

    @fact(f"dtype/category-{name}", f"The category of `{field}` by `read_csv(dtype='category')`", {UP_TO_3_0: repr(field), FROM_3_1: plain})
    def _(field=field):
        value = read(f"a\n{field}\n", dtype="category").a[0]
        return repr(value.item() if isinstance(value, np.generic) else value)


@fact(
    "dtype/category-missing-in-a-chunk",
    "`read_csv(dtype='category')` where the column is all missing in one chunk of a large file",
    {"E1 E2 E3": "reads", "E4": "raises TypeError", "E5 E6": "reads"},
)
def _():
    rows = 1_100_000  # more than two chunks: a chunk has 524,288 rows of one column, 262,144 of two
    text = "a,b\n" + "x,1\n" * (rows // 2) + ",1\n" * (rows // 2)
    return attempt(lambda: read(text, dtype={"a": "category"}) is not None and "reads")


@fact("usecols/without-index-col", "`read_csv(usecols=['b'], index_col='a')`", "raises")
def _():
    return attempt(lambda: read("a,b\n1,2\n", usecols=["b"], index_col="a").shape)


@fact("usecols/without-parse-dates", "`read_csv(usecols=['b'], parse_dates=['a'])`", "raises")
def _():
    return attempt(lambda: read("a,b\n2020-01-01,2\n", usecols=["b"], parse_dates=["a"]).shape)


@fact("usecols/float-sums", "`df.b.sum(), .mean(), .std()`, to the last bit, after `usecols=['b']`", "same")
def _():
    text = pd.DataFrame(np.random.default_rng(0).random((5000, 3)), columns=list("abc")).to_csv(index=False)
    return against(read(text), read(text, usecols=["b"]), lambda df: [df.b.sum(), df.b.mean(), df.b.std()])


@fact("read-csv/none-is-missing", "The field `None` in a column of strings: is it missing?")
def _():
    return read("a,b\nNone,1\nx,2\n").a.isna()[0]


@fact("read-csv/blank-after-exponent", "The kind of a column that holds `1e 5`")
def _():
    return read("a\n1e 5\n").a.dtype.kind.replace("O", "string").replace("f", "number").replace("U", "string")


@fact("read-csv/nul-in-a-field", "The length of the field `x`, NUL, `y`")
def _():
    return attempt(lambda: len(read("a,b\nx\0y,1\n").a[0]))


@fact("read-csv/blocks", "How many blocks `read_csv` makes of three float columns", {"E1 E2 E3": "1", "E4 E5 E6": "3"})
def _():
    return len(read("a,b,c\n1.5,2.5,3.5\n")._mgr.blocks)


@fact(
    "read-csv/strings",
    "100,000 different strings of nine letters: `memory_usage(deep=True)`",
    {"E1 E2 E3 E5": "6.60 MB", "E4 E6": "1.70 MB"},
    tolerance=0.01,
)
def _():
    df = read("a\n" + "".join(f"s{row:08}\n" for row in range(100_000)))
    return f"{df.memory_usage(deep=True, index=False).sum() / 1e6:.2f} MB"


@fact("read-csv/max-threads", "`pd.set_option('mode.max_threads', 1)`", {UP_TO_3_0: "raises OptionError", FROM_3_1: "set"})
def _():
    def limit():
        with pd.option_context("mode.max_threads", 1):
            return "set"

    return attempt(limit)
