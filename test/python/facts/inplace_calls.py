"""What `x.m(..., inplace=True)` does against `x = x.m(...)`: what it saves, and whether it is right.

`scripts/measure-inplace.py` prints all of it for the installed pandas; `npm run facts` writes src/pandas/inplace-data.ts.
"""

import gc
import tracemalloc
import warnings

import numpy as np
import pandas as pd

#: What is measured, by kind of receiver: the calls of a method with their arguments, about `x`, as one writes them. All have
#: something to do: on 3.x a `replace` that finds nothing copies nothing, nor does `sort_index` of what is sorted up to 2.3.
CALLS = {
    "DataFrame": {
        "rename": ["columns={'a': 'z'}"],
        "reset_index": ["drop=True"],
        "set_index": ["'a'"],
        "rename_axis": ["'z'"],
        "sort_index": ["ascending=False"],
        "sort_values": ["'a'", "'a', ascending=False"],
        "drop": ["columns=['a']", "index=[0]"],
        "dropna": [""],
        "drop_duplicates": [""],
        "query": ["'a > 0.5'"],
        "eval": ["'z = a + b'", "'a + b'"],
        "fillna": ["0"],
        "ffill": [""],
        "bfill": [""],
        "interpolate": [""],
        "replace": ["0.5, 1", "{0.5: 1, 0.25: 2}"],
        "clip": ["0, 0.5"],
        "where": ["x > 0.5", "x > 0.5, 0"],
        "mask": ["x > 0.5", "x > 0.5, 0"],
    },
    "Series": {
        "rename": ["'z'"],
        "reset_index": ["drop=True"],
        "rename_axis": ["'z'"],
        "sort_index": ["ascending=False"],
        "sort_values": ["", "ascending=False"],
        "drop": ["[0]"],
        "dropna": [""],
        "drop_duplicates": [""],
        "fillna": ["0"],
        "ffill": [""],
        "bfill": [""],
        "interpolate": [""],
        "replace": ["0.5, 1", "{0.5: 1, 0.25: 2}"],
        "clip": ["0, 0.5"],
        "where": ["x > 0.5", "x > 0.5, 0"],
        "mask": ["x > 0.5", "x > 0.5, 0"],
    },
}

#: What else small receivers of all kinds are asked, by method: with little to do, or what changes a column's type.
OTHER_ARGUMENTS = {
    "sort_index": [""],
    "replace": ["np.nan, 0", "x.iloc[0, 0] if x.ndim == 2 else x.iloc[0], 'new'", "1, 2.5", "'u', None"],
    "set_index": ["['a', 'b']"],
    "sort_values": ["['a', 'b']"],
    "fillna": ["'new'"],
    "clip": ["2, 3"],
    "rename": ["str"],
    "dropna": ["how='all'", "axis=1"],
    "drop_duplicates": ["keep='last'"],
    "ffill": ["limit=1"],
    "bfill": ["limit=1"],
    "interpolate": ["limit=1"],
    "query": ["'index > 1'"],
    "eval": ["'a = b'"],
}

#: What a small frame's columns hold, as a notebook may have them.
KINDS = {
    "whole numbers": [3, 1, 1, 2],
    "numbers": [0.5, 2.5, 0.5, 0.25],
    "missing numbers": [0.5, np.nan, 0.5, np.nan],
    "booleans": [True, False, True, True],
    "strings": ["u", "v", "u", "w"],
    "missing strings": ["u", None, "u", None],
    "dates": pd.to_datetime(["2020-01-02", "2020-01-01", "2020-01-02", "2020-01-04"]),
    "missing dates": pd.to_datetime(["2020-01-02", None, "2020-01-02", None]),
    "categories": pd.Categorical(["u", "v", "u", "w"]),
    "missing categories": pd.Categorical(["u", None, "u", None]),
}


def large(kind, missing, rows):
    """Five float columns, or one of as many values; a row of 0.5, which `replace` finds; perhaps each seventh row missing."""
    values = np.random.default_rng(0).random((rows, 5))
    values[3] = 0.5
    if missing:
        values[::7] = np.nan
    return pd.DataFrame(values, columns=list("abcde")) if kind == "DataFrame" else pd.Series(values.ravel(), name="a")


def cost(make, statement):
    """What `statement`, about `x`, needs at its peak beyond x, and what is left of that, in sizes of x (by tracemalloc,
    which numpy tells what it allocates); None where it raises."""
    code = compile(statement, "statement", "exec")
    tracemalloc.start()
    try:
        names = {"x": make(), "pd": pd, "np": np}
        size = np.sum(names["x"].memory_usage(index=False))
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(code, names)
        peak = tracemalloc.get_traced_memory()[1]
        gc.collect()
        return (peak - before) / size, (tracemalloc.get_traced_memory()[0] - before) / size
    except Exception:
        return None
    finally:
        tracemalloc.stop()


def statements(method, arguments):
    """The assignment, and what it is in place."""
    comma = ", " if arguments else ""
    return f"x = x.{method}({arguments})", f"x.{method}({arguments}{comma}inplace=True)"


def chain(first, second):
    """`x = x.a().b()`, and its two statements in place; each step is (method, arguments)."""
    calls = [f"{method}({arguments})" for method, arguments in (first, second)]
    return f"x = x.{'.'.join(calls)}", "\n".join(statements(*step)[1] for step in (first, second))


def chain_trouble(kind, methods):
    """Where two of the methods, one after the other in place, do otherwise than their chain: `missing numbers, ffill().bfill():
    differs`. Each is right by itself."""
    found = []
    for values, column in KINDS.items():
        for make in small(kind, column):
            for first in methods:
                for second in methods:
                    assignment, inplace = (outcome(make(), it) for it in chain(*((it, CALLS[kind][it][0]) for it in (first, second))))
                    what = None if isinstance(assignment[0], type) else difference(assignment, inplace)
                    if what:
                        found.append(f"{values}, {first}().{second}(): {what}")
    return list(dict.fromkeys(found))


def costs(kind, method, arguments, missing, rows):
    """The `cost` of the assignment, and that of the call in place."""
    return tuple(cost(lambda: large(kind, missing, rows), it) for it in statements(method, arguments))


def trouble(kind, method):
    """Where the in-place form does otherwise than the assignment, over small receivers of all kinds: `strings, fillna(0):
    raises TypeError`. Empty where it is right. What the assignment raises for is no case."""
    found = []
    for values, column in KINDS.items():
        for arguments in [*CALLS[kind][method], *OTHER_ARGUMENTS.get(method, [])]:
            for make in small(kind, column):
                assignment, inplace = (outcome(make(), it) for it in statements(method, arguments))
                what = None if isinstance(assignment[0], type) else difference(assignment, inplace)
                if what:
                    found.append(f"{values}, {method}({arguments}): {what}")
    return list(dict.fromkeys(found))


def small(kind, column):
    """What makes receivers with the column: a Series, or a frame of it alone and one of it among others."""
    index = [2, 0, 1, 3]
    if kind == "Series":
        return [lambda: pd.Series(column, name="a", index=index)]
    others = {"b": [1, 1, 2, 1], "c": [0.5, 1.5, 0.5, 2.5], "d": ["u", "v", "u", "w"]}
    return [lambda: pd.DataFrame({"a": column}, index=index), lambda: pd.DataFrame({"a": column, **others}, index=index)]


def outcome(x, statement):
    """(what x is afterwards, or the type of the exception; the warnings)"""
    names = {"x": x, "np": np}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(statement, names)
        except Exception as raised:
            return type(raised), set()
    return names["x"], {(warning.category.__name__, str(warning.message)) for warning in caught}


def difference(assignment, inplace):
    """What is other in place, in a word; None where nothing is."""
    (expected, warned), (found, warned_inplace) = assignment, inplace
    if isinstance(found, type):
        return f"raises {found.__name__}"
    more = {name for name, _ in warned_inplace - warned}
    if more:
        return f"warns {' '.join(sorted(more))}"
    if warned - warned_inplace:
        return "does not warn"
    if type(expected) is not type(found):
        return f"is a {type(found).__name__}"
    compare = pd.testing.assert_frame_equal if isinstance(expected, pd.DataFrame) else pd.testing.assert_series_equal
    try:
        compare(expected, found)
    except AssertionError:
        return "differs"
    return None
