"""What float32 and float16 columns do otherwise than float64 ones."""

import json

import numpy as np
import pandas as pd

from fact import fact
from observe import against, attempt, read

NUMPY_1 = "E1 E2"
NUMPY_2 = "E3 E4 E5 E6"

#: Prices of two decimals, as in the article's data: each survives the way through float32.
PRICES = np.round(np.random.default_rng(0).uniform(42000, 42300, 2000), 2)


def narrowed(ask):
    """`against` float64: the prices in float32."""
    return against(pd.Series(PRICES), pd.Series(PRICES.astype("float32")), ask)


@fact("dtype/float32-round-trip", "Prices of two decimals below 100,000 that come back from float32 when rounded to two decimals, of 2,000", "2000")
def _():
    return int((np.round(PRICES.astype("float32").astype("float64"), 2) == PRICES).sum())


for name, shown, ask, says in (
    ("mean", "f'{s.mean():.6f}'", lambda s: f"{s.mean():.6f}", "differs"),
    ("describe", "f'{s.describe().std():.6f}'", lambda s: f"{s.describe()['std']:.6f}", "differs"),
    ("sum-8-digits", "f'{s.sum():.8g}'", lambda s: f"{s.sum():.8g}", "differs"),
    ("difference", "42150.5 and 42150.0 with cents: `f'{(s - s.shift())[1]:.5f}'`", lambda s: f"{(s - s.shift())[1]:.5f}", "differs"),
    ("order", "list(s.sort_values(kind='stable').index)", lambda s: list(s.sort_values(kind="stable").index), None),
    ("count", "s.count()", lambda s: s.count(), "same"),
):

    @fact(f"dtype/float32-{name}", f"`{shown}` of prices as float32, against float64" if name != "difference" else f"{shown} of prices as float32, against float64", says)
    def _(ask=ask):
        return narrowed(ask)


@fact("dtype/float32-exact-aggregates", "`min`, `max`, first and last of values that are float32 (halves, quarters), against float64", "same")
def _():
    values = [0.5, 3.25, -7.0, 1024.75]
    return against(pd.Series(values), pd.Series(values, dtype="float32"), lambda s: [s.min(), s.max(), s.iloc[0], s.iloc[-1]])


@fact("dtype/float32-into-float64", "`s[0] = np.float32(3.8)` in a float64 Series: the value", "3.799999952316284")
def _():
    s = pd.Series([0.0])
    s[0] = np.float32(3.8)
    return s[0].item()


@fact("dtype/float32-compared-series", "`pd.Series([16777216.], dtype='float32') < 16777217`", {NUMPY_2: "False"})
def _():
    return (pd.Series([16777216.0], dtype="float32") < 16777217)[0]


@fact("dtype/float32-max-times-literal", "The type of `s.max() * 1.1` of float32", "float32", note="numpy 1 makes a float64 of a float32 scalar and a Python float.")
def _():
    return type(pd.Series([1.5], dtype="float32").max() * 1.1).__name__


@fact("dtype/float32-json", "`json.dumps(s.max())` of float32", "raises")
def _():
    return attempt(lambda: json.dumps(pd.Series([1.5], dtype="float32").max()))


@fact("dtype/float32-isinstance", "`isinstance(s.max(), float)` of float32", "False")
def _():
    return isinstance(pd.Series([1.5], dtype="float32").max(), float)


@fact("dtype/float32-id", "A 13-digit id, 1234567890123, read with `dtype='float32'`: what it becomes", "differs")
def _():
    id = int(read("id\n1234567890123\n", dtype="float32").id[0])
    return "same" if id == 1234567890123 else id


@fact("dtype/float16-missing", "`read_csv(dtype=np.float16)` where a value is missing", {"E1": "reads", "E2 E3 E4 E5 E6": "raises KeyError"})
def _():
    return attempt(lambda: read("a,b\n1.5,1\n,2\n", dtype={"a": np.float16}) is not None and "reads")


@fact("dtype/float16-full", "`read_csv(dtype=np.float16)` of 70000 and 2051", "inf, 2052.0")
def _():
    return attempt(lambda: ", ".join(str(float(value)) for value in read("a\n70000\n2051\n", dtype=np.float16).a))
