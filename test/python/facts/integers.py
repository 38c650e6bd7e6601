"""What narrow integer columns do otherwise than int64 ones."""

import itertools
import operator

import numpy as np
import pandas as pd

from fact import fact
from observe import against, attempt, integers, read

NUMPY_1 = "E1 E2"
NUMPY_2 = "E3 E4 E5 E6"

for dtype, value, wrapped, says in (
    ("int8", 300, 44, {"E1 E2 E3 E4": "44", "E5 E6": "raises"}),
    ("uint8", -3, 253, {"E1 E2 E3 E4": "253", "E5 E6": "raises"}),
    ("Int8", 300, 44, {"E1": "raises", "E2 E3 E4": "44", "E5 E6": "raises"}),
):

    @fact(f"dtype/read-csv-{'nullable-' if dtype == 'Int8' else ''}{dtype.lower()}-too-narrow", f"`read_csv(dtype='{dtype}')` of {value}", says)
    def _(dtype=dtype, value=value):
        return attempt(lambda: read(f"a\n1\n{value}\n", dtype={"a": dtype}).a[1])


@fact("dtype/read-csv-int8-missing", "`read_csv(dtype='int8')` where a value is missing", "raises")
def _():
    return attempt(lambda: read("a,b\n1,1\n,2\n", dtype={"a": "int8"}))


# Arithmetic among columns and with a literal that fits.
for name, shown, ask, says in (
    ("times", "s * 10", lambda s: s * 10, "differs"),
    ("plus", "s + s", lambda s: s + s, "differs"),
    ("power", "s ** 2", lambda s: s**2, "differs"),
    ("sum", "s.sum()", lambda s: s.sum(), "same"),
    ("mean", "s.mean()", lambda s: s.mean(), "same"),
    ("cumsum", "s.cumsum()", lambda s: s.cumsum(), "same"),
    ("std", "s.std()", lambda s: s.std(), "same"),
    ("quantile", "s.quantile(0.3)", lambda s: s.quantile(0.3), "same"),
    ("rolling", "s.rolling(2).sum()", lambda s: s.rolling(2).sum(), "same"),
    ("groupby-sum", "s.groupby([0, 0, 1]).sum()", lambda s: s.groupby([0, 0, 1]).sum(), "same"),
    ("groupby-cumsum", "s.groupby([0, 0, 1]).cumsum()", lambda s: s.groupby([0, 0, 1]).cumsum(), "same"),
    ("corr", "s.corr(s ** 0.5)", lambda s: s.corr(pd.Series([1.0, 5, 3])), "same"),
    ("dot", "s.dot(s)", lambda s: s.dot(s), "differs"),
    ("eval", "df.eval('a * a')", lambda s: s.to_frame("a").eval("a * a"), "differs"),
    ("stack", "df.stack() * 3", lambda s: s.to_frame("a").stack().reset_index(drop=True) * 3, "differs"),
    ("builtin-sum", "sum(s.values)", lambda s: sum(s.values), {NUMPY_2: "differs"}),
    ("plus-1000", "s + 1000", lambda s: s + 1000, {NUMPY_1: "same", NUMPY_2: "raises"}),
    ("minus-from-200", "200 - s", lambda s: 200 - s, {NUMPY_2: "raises"}),
    ("where-1000", "np.where(s > 90, s, 1000)", lambda s: np.where(s > 90, s, 1000), {NUMPY_2: "differs"}),
):
    # A narrow type that raises has no value to compare: what it raises is the outcome.
    @fact(f"dtype/int8-{name}", f"`{shown}` of int8 [100, 79, 120], against int64", says)
    def _(ask=ask):
        narrow = attempt(lambda: ask(pd.Series([100, 79, 120], dtype="int8")))
        return narrow if isinstance(narrow, str) else integers("int8", [100, 79, 120], ask)


for dtype, values in (("int8", [100, -100]), ("int16", [30000, -30000]), ("int32", [2**31 - 1, -(2**31)]), ("uint8", [200, 100]), ("uint32", [200, 100])):

    @fact(f"dtype/diff-{dtype}", f"`s.diff()` of {dtype} {values}, against int64", "differs", note="The differences of 8- and 16-bit signed integers are computed in float32, where they are right.")
    def _(dtype=dtype, values=values):
        return integers(dtype, values, lambda s: s.diff())


@fact("dtype/abs-int8", "`s.abs()` of int8 [-128], against int64", "differs")
def _():
    return integers("int8", [-128], lambda s: s.abs())


for dtype in ("int8", "uint8"):

    @fact(f"dtype/invert-{dtype}", f"`~s` of {dtype} [0, 1], against int64", "differs", note="Only of unsigned types: `~s` of a signed one is `-s - 1` in any width.")
    def _(dtype=dtype):
        return integers(dtype, [0, 1], operator.invert)


@fact("dtype/pivot-int8", "`df.pivot_table(index='k', values='a', aggfunc='sum')` of int8 [100, 79, 120], against int64", "same")
def _():
    return integers("int8", [100, 79, 120], lambda s: pd.DataFrame({"k": [0, 0, 1], "a": s}).pivot_table(index="k", values="a", aggfunc="sum"))


@fact("dtype/resample-int8", "`s.resample('D').sum()` of int8 [100, 79, 120], against int64", "same")
def _():
    hours = pd.date_range("2020-01-01", periods=3, freq="10min")
    return integers("int8", [100, 79, 120], lambda s: s.set_axis(hours).resample("D").sum())


# Ties. 40 rows with 3 values; from 17 rows on numpy sorts by another algorithm.
SORTS = {
    "sort-descending": ("s.sort_values(ascending=False).index", lambda s: list(s.sort_values(ascending=False).index)),
    "sort-ascending": ("s.sort_values().index", lambda s: list(s.sort_values().index)),
    "nlargest": ("s.nlargest(5).index", lambda s: list(s.nlargest(5).index)),
    "value-counts": ("s.value_counts().index", lambda s: list(s.value_counts().index)),
    "argsort": ("np.argsort(s)", lambda s: list(np.argsort(s.to_numpy()))),
}
for (name, (shown, ask)), dtype in itertools.product(SORTS.items(), ("int8", "int16", "int32")):
    note = "By the processor: on this one (AVX2, no AVX-512) numpy 1.26 sorts all integers alike."
    note = {"nlargest": "`keep='first'` is the default.", "value-counts": "What is sorted are the counts: int64 for each type."}.get(name, note)
    # SAFETY.md speaks of 8 and 16 bits, descending, and of "nlargest, value_counts, argsort with them".
    said = "differs" if dtype != "int32" and name != "sort-ascending" else "same" if dtype == "int32" else None

    @fact(f"dtype/ties-{name}-{dtype}", f"The order of equal keys in `{shown}` of {dtype}, 40 rows of 3 values, against int64", said, rechecked=False, note=note)
    def _(dtype=dtype, ask=ask):
        values = np.random.default_rng(1).integers(0, 3, 40)
        return "same" if ask(pd.Series(values)) == ask(pd.Series(values.astype(dtype))) else "another order"


@fact("dtype/ties-from-17-rows", "From how many rows on `sort_values(ascending=False)` of int8 orders equal keys otherwise", "17", rechecked=False, note="By the processor: numpy 2 sorts int64 with AVX2 or AVX-512 from the first rows on, numpy 1.26 with AVX-512 only.")
def _():
    def order(values, dtype):
        return list(pd.Series(values, dtype=dtype).sort_values(ascending=False).index)

    rng = np.random.default_rng(1)
    for rows in range(2, 60):
        tries = [rng.integers(0, 3, rows) for _ in range(20)]
        if any(order(values, "int8") != order(values, "int64") for values in tries):
            return rows
    return "never"


# Functions of one or two arguments compute in the narrowest float that holds the integers.
@fact("dtype/exp-int8", "`np.exp(s)` of int8 [79]", "inf")
def _():
    return np.exp(pd.Series([79], dtype="int8"))[0]


for name in ("log", "sqrt", "exp", "sin", "log1p"):
    for dtype, result in (("int8", "float16"), ("int16", "float32")):

        @fact(f"dtype/type-of-{name}-{dtype}", f"The type of `np.{name}(s)` of {dtype}", result)
        def _(name=name, dtype=dtype):
            return getattr(np, name)(pd.Series([1, 2], dtype=dtype)).dtype


for name in ("hypot", "arctan2"):

    @fact(f"dtype/type-of-{name}-int8", f"The type of `np.{name}(s, s)` of int8", "float16")
    def _(name=name):
        s = pd.Series([1, 2], dtype="int8")
        return getattr(np, name)(s, s).dtype


@fact("dtype/log1p-sum-int8", "`np.log1p(s).sum()` of int8 0 to 99, against int64, to four decimals", "differs", rechecked=False)
def _():
    return integers("int8", range(100), lambda s: f"{float(np.log1p(s).sum()):.4f}")


@fact("dtype/range-to-max-127", "`len(range(s.min(), s.max() + 1))` of int8 [0, 127]", {NUMPY_1: "128", NUMPY_2: "0"})
def _():
    s = pd.Series([0, 127], dtype="int8")
    return attempt(lambda: len(range(s.min(), s.max() + 1)))


for dtype in ("int8", "int16", "int32"):

    @fact(f"dtype/cut-{dtype}", f"Missing bins in `pd.cut(s, 4)` of {dtype} from its least to its greatest value; of int64 none", {"E2 E3 E4 E5 E6": "differs"})
    def _(dtype=dtype):
        limits = np.iinfo(dtype)
        return integers(dtype, [limits.min, 0, limits.max], lambda s: pd.cut(s, 4).isna().sum())


@fact("dtype/loc-assign-beyond", "`df.loc[0, 'a'] = 100000` where a is int8: its type afterwards", {"E1 E2 E3": "int32", "E4 E5 E6": "raises"})
def _():
    def assign():
        df = pd.DataFrame({"a": pd.Series([1, 2], dtype="int8")})
        df.loc[0, "a"] = 100000
        return df.a.dtype

    return attempt(assign)


@fact("dtype/merge-asof-uint32-int64", "`pd.merge_asof` on a uint32 and an int64 column", "raises")
def _():
    left, right = pd.DataFrame({"t": np.array([1, 2], "uint32")}), pd.DataFrame({"t": [1, 2], "v": [3, 4]})
    return attempt(lambda: list(pd.merge_asof(left, right, on="t").v))


@fact("dtype/to-datetime-uint32-times-1000", "The year of `pd.to_datetime(s * 1000, unit='ms')` of uint32 [1325317920], which is 2011", "1970")
def _():
    return pd.to_datetime(pd.Series([1325317920], dtype="uint32") * 1000, unit="ms").dt.year[0]


@fact("dtype/to-datetime-uint32", "`pd.to_datetime(s, unit='s')` of uint32, against int64", "same")
def _():
    return integers("uint32", [1325317920, 4000000000], lambda s: pd.to_datetime(s, unit="s"))


@fact("dtype/groupby-sum-type-int16", "The type of `s.groupby(k).sum()` of int16 whose sums fit it: arithmetic on it wraps where it is int16")
def _():
    return pd.Series([1, 2, 3], dtype="int16").groupby([0, 0, 1]).sum().dtype


@fact("dtype/min-with-a-float-column", "The type of `df.min()` of an int8 and a float64 column: the same as of int64")
def _():
    return pd.DataFrame({"a": pd.Series([1, 2], dtype="int8"), "b": [0.5, 1]}).min().dtype


# What is shown.
@fact("dtype/shown-scalar-int8", "`s.max()` of int8 [79], shown bare", {NUMPY_1: "79", NUMPY_2: "np.int8(79)"})
def _():
    return repr(pd.Series([79], dtype="int8").max())


@fact("dtype/shown-scalar-int64", "`s.max()` of int64 [79], shown bare: numpy 2 shows a type before any change")
def _():
    return repr(pd.Series([79]).max())


@fact("dtype/shown-array-int8", "`s.values` of int8 [5], shown bare", "array([5], dtype=int8)")
def _():
    return repr(pd.Series([5], dtype="int8").values)


@fact("dtype/shown-series-int8", "The last line of an int8 Series, shown", "dtype: int8")
def _():
    return repr(pd.Series([5], dtype="int8")).splitlines()[-1]


@fact("dtype/float-sum-beside-int8", "`df.b.sum(), .mean(), .std()` of a float column, to the last bit, when another column becomes int8", "same")
def _():
    rng = np.random.default_rng(0)
    df = pd.DataFrame({"a": rng.integers(0, 9, 5000), "b": rng.random(5000)})
    return against(df, df.astype({"a": "int8"}), lambda df: [df.b.sum(), df.b.mean(), df.b.std()])


QUERIES = """a > 300
a != 5.5
b < -@u
a < b
b >= @f
1 < a < 100
(a > 5) & ~(b < 3) | c > 40000
a > @u - 5 * @f and not c == d
d > 3000000000
d < 2 ** 40
b <= -129
a == @values
s == "x"
"x" != m
f > 3.5 or g != 0.25""".split("\n")


def rows_of_queries(frame):
    """The rows that each of the queries picks."""
    variables = {"u": 50, "f": 12.7, "values": np.arange(len(frame)) % 128}
    return [list(frame.query(query, local_dict=variables).index) for query in QUERIES]


@fact("dtype/query-compares", "`df.query` that only compares columns with each other, literals and variables: rows of narrow integers, float32 and categories", "same")
def _():
    at = np.arange(500)
    wide = pd.DataFrame({"a": at * 7 % 128, "b": at * 13 % 200 - 100, "c": at * 101 % 60000, "d": at * 7999993 % 4000000000})
    wide = wide.assign(s=np.array(["x", "y", "z"])[at % 3], m=np.array(["x", None], dtype=object)[at % 2], f=at / 8, g=wide.a / 4)
    narrow = {"a": "int8", "b": "int8", "c": "uint16", "d": "uint32", "s": "category", "m": "category", "f": "float32", "g": "float32"}
    return "same" if rows_of_queries(wide) == rows_of_queries(wide.astype(narrow)) else "differs"
