"""What calls that name columns one by one do with all others."""

import itertools

import numpy as np
import pandas as pd

from fact import fact

ROWS = 200


def frames():
    """A frame, and the same with narrower columns but for `k`, `g`, `a` and `f`."""
    random = np.random.RandomState(0)
    wide = pd.DataFrame(
        {
            "k": random.choice(list("abcd"), ROWS),
            "g": random.randint(0, 5, ROWS),
            "a": random.randint(-100, 100, ROWS),
            "f": random.rand(ROWS).round(3),
            "b": random.randint(0, 100, ROWS),
            "c": random.rand(ROWS),
            "s": random.choice(["x", "y", "z"], ROWS),
            "d": random.randint(0, 2, ROWS),
        }
    )
    wide.loc[3, "f"] = np.nan
    return wide, wide.astype({"b": "int8", "c": "float32", "s": "category", "d": "uint8"})


def ask(call, frame):
    try:
        return call(frame)
    except Exception as error:
        return f"{type(error).__name__} {error}"


def is_same(one, other):
    if isinstance(one, pd.DataFrame) and isinstance(other, pd.DataFrame):
        return list(one.dtypes) == list(other.dtypes) and one.equals(other)
    if isinstance(one, pd.Series) and isinstance(other, pd.Series):
        return one.dtype == other.dtype and one.equals(other)
    return type(one) is type(other) and one == other


def compare(calls):
    """`same`, or which of the calls (by name) give something else of the narrower frame."""
    wide, narrow = frames()
    different = [name for name, call in calls if not is_same(ask(call, wide), ask(call, narrow))]
    return "same" if not different else "differs: " + ", ".join(different)


FUNCTIONS = [
    *"sum mean min max count std var median first last nunique size prod sem any all skew idxmax".split(),
    ["sum", "mean"],
    np.sum,
    lambda s: s.max() - s.min(),
    lambda s: str(list(s)),
]

#: How the columns are named.
WAYS = {
    "dict": lambda owner, column, function: owner.agg({column: function}),
    "two": lambda owner, column, function: owner.agg({column: function, "a" if column == "f" else "f": "max"}),
    "aggregate": lambda owner, column, function: owner.aggregate({column: function}),
    "pair": lambda owner, column, function: owner.agg(x=(column, function)),
    "NamedAgg": lambda owner, column, function: owner.agg(x=pd.NamedAgg(column=column, aggfunc=function)),
}


@fact("dtype/agg-of-named-columns", f"`agg` of columns that are named, by groups (by a dict, a pair, `NamedAgg`) and of the frame (by a dict), by {len(FUNCTIONS)} functions: where the other columns are narrower")
def _():
    def calls():
        for keys, options in itertools.product(("k", "g", ["k", "g"]), ({}, {"as_index": False}, {"sort": False}, {"observed": True}, {"dropna": False})):
            for way, column, (i, function) in itertools.product(WAYS, "af", enumerate(FUNCTIONS)):
                yield f"{way} {keys} {options} {column} {i}", lambda df: WAYS[way](df.groupby(keys, **options), column, function)
        for way, (i, function) in itertools.product(("dict", "two", "aggregate"), enumerate(FUNCTIONS)):
            yield f"{way} {i}", lambda df: WAYS[way](df, "a", function)

    return compare(calls())


@fact("dtype/dict-leaves-other-columns", "`fillna`, `round` and `astype` with a dict: the columns that are no keys of it have the values and types that they had")
def _():
    _, narrow = frames()
    different = []
    for method, given in (("fillna", {"f": 0.5}), ("fillna", {"f": 0, "z": 1}), ("round", {"f": 1}), ("astype", {"a": "float64"}), ("astype", {"a": "str"})):
        result = getattr(narrow, method)(given)
        different += [f"{method} {name}" for name in narrow if name not in given and not is_same(narrow[name], result[name])]
    return "same" if not different else "differs: " + ", ".join(different)
