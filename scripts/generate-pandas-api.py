"""Asks the installed pandas what it can do, and prints it as JSON: `merge-pandas-api.mjs` runs this in each environment.

For every class: its methods and attributes, their parameters, and what the calls of pandas_calls.py give: the kind of the
result, whether the receiver or an argument is changed, whether anything is printed or drawn, whether `inplace=True` is
taken, warns, and gives None; and the memory of each call, by tracemalloc (which sees numpy's) and pyarrow's own count:

    pins  how much of the receiver the result keeps alive when the receiver's name is gone
    new   what the result has beyond the receiver
    peak  the most that the call needed, beyond what there was before it

each as a fraction of the receiver's bytes, rounded to 0.05, in the layouts

    block   one array of ten float columns
    csv     what read_csv makes of eight float and two integer columns
    text    what read_csv makes of two string columns and a float column
"""

import contextlib
import gc
import inspect
import io
import json
import os
import resource
import sys
import tempfile
import time
import tracemalloc
import warnings

os.environ["MPLBACKEND"] = "Agg"
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pandas_calls as calls  # noqa: E402

try:
    import pyarrow

    def arrow_bytes():
        return pyarrow.total_allocated_bytes()
except ImportError:

    def arrow_bytes():
        return 0


ROWS = 10_000

#: `--without-memory`: all but the memory, in seconds instead of minutes.
WITHOUT_MEMORY = "--without-memory" in sys.argv
COLUMNS = list("abcdefghij")


def f(value):
    return value


def frame(layout, rows):
    rng = np.random.default_rng(0)
    if layout == "block":
        return pd.DataFrame(rng.random((rows, 10)), columns=COLUMNS)
    if layout == "csv":
        return pd.read_csv(csv_file(layout, rows))
    return pd.read_csv(csv_file(layout, rows))


def csv_file(layout, rows):
    path = f"{layout}{rows}.csv"
    if not os.path.exists(path):
        rng = np.random.default_rng(0)
        if layout == "csv":
            data = pd.DataFrame(rng.random((rows, 10)), columns=COLUMNS)
            data["i"] = rng.integers(0, 100, rows)
            data["j"] = np.arange(rows) % 10
        else:
            strings = [f"t{n}" for n in range(rows)]
            data = pd.DataFrame({"a": strings, "b": [f"group {n % 7}" for n in range(rows)], "c": rng.random(rows)})
        data.to_csv(path, index=False)
    return path


def receiver(kind, layout, rows):
    """(what is called, what it was made from and is measured against)"""
    if kind == "Series":
        x = frame("text", rows)["a"].copy() if layout == "text" else pd.Series(np.random.default_rng(0).random(rows), name="a")
        return x
    x = frame(layout, rows)
    if kind in ("GroupBy", "SeriesGroupBy", "Rolling"):
        if layout == "block":
            x["j"] = np.arange(rows) % 10
        if kind == "Rolling":
            return x.rolling(3)
        key = "b" if layout == "text" else "j"
        return x.groupby(key) if kind == "GroupBy" else x.groupby(key)["a" if layout != "text" else "c"]
    if kind == "Index":
        return pd.Index(np.arange(rows)[::-1].copy())
    if kind == "StrAccessor":
        return frame("text", rows)["a"].str
    if kind == "DtAccessor":
        return pd.Series(pd.date_range("2020-01-01", periods=rows, freq="h")).dt
    if kind == "CatAccessor":
        return frame("text", rows)["b"].astype("category").cat
    return x


CLASSES = {
    "DataFrame": (pd.DataFrame, calls.DATAFRAME, ["block", "csv", "text"]),
    "Series": (pd.Series, calls.SERIES, ["block", "text"]),
    "GroupBy": (None, calls.GROUPBY, ["block"]),
    "SeriesGroupBy": (None, calls.GROUPBY, ["block"]),
    "Rolling": (None, calls.WINDOW, ["block"]),
    "Index": (pd.Index, calls.INDEX, ["block"]),
    "StrAccessor": (None, calls.STR, ["text"]),
    "DtAccessor": (None, calls.DT, ["block"]),
    "CatAccessor": (None, calls.CAT, ["text"]),
}


def kind_of(value):
    """The name that `kinds.ts` has for it."""
    if value is None:
        return "None"
    name = type(value).__name__
    if isinstance(value, (bool, np.bool_)):
        return "bool"
    if isinstance(value, (int, float, complex, np.number)) and not isinstance(value, (np.timedelta64, np.datetime64)):
        return "number"
    if isinstance(value, (str, bytes)):
        return "str"
    for kind in (pd.DataFrame, pd.Series, pd.Index, np.ndarray, list, dict, tuple, set):
        if isinstance(value, kind):
            return kind.__name__
    if name in ("DataFrameGroupBy", "SeriesGroupBy"):
        return "GroupBy" if name == "DataFrameGroupBy" else name
    if name in ("Rolling", "Expanding", "ExponentialMovingWindow", "RollingGroupby", "ExpandingGroupby", "ExponentialMovingWindowGroupby"):
        return "Rolling"
    if name == "StringMethods":
        return "StrAccessor"
    if name == "CategoricalAccessor":
        return "CatAccessor"
    if name in ("DatetimeProperties", "TimedeltaProperties", "PeriodProperties", "CombinedDatetimelikeProperties"):
        return "DtAccessor"
    if name in ("PlotAccessor", "SparseAccessor", "SparseFrameAccessor", "ListAccessor", "StructAccessor", "GroupByPlot"):
        return "PlotAccessor" if "Plot" in name else "unknown"
    if "Indexer" in name:
        return "Indexer"
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return "ExtensionArray"
    if isinstance(value, (pd.Timestamp, pd.Timedelta, np.datetime64, np.timedelta64)):
        return "timestamp"
    if hasattr(value, "get_figure") or name == "Axes":
        return "Axes"
    if hasattr(value, "savefig"):
        return "Figure"
    if callable(value):
        return "function"
    if hasattr(value, "__next__"):
        return "iterator"
    if isinstance(value, np.dtype) or isinstance(value, pd.api.extensions.ExtensionDtype):
        return "dtype"
    return "unknown"


def names_of(signature):
    """`'by axis * level **kwargs'`: the names in order, `*` before those that only keywords give."""
    words = []
    keyword_only = False
    for parameter in signature.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind == parameter.VAR_POSITIONAL:
            words.append("*" + parameter.name)
            keyword_only = True
        elif parameter.kind == parameter.VAR_KEYWORD:
            words.append("**" + parameter.name)
        else:
            if parameter.kind == parameter.KEYWORD_ONLY and not keyword_only:
                words.append("*")
                keyword_only = True
            words.append(parameter.name)
    return " ".join(words)


def parameters_of(member):
    try:
        return names_of(inspect.signature(member))
    except (TypeError, ValueError):
        return None


class Called:
    """One call, and what came of it."""

    def __init__(self, x, expression, rows):
        m = np.arange(rows) % 2 == 0
        other = frame("block" if not has_text(x) else "text", rows)
        self.before = snapshot(x), snapshot(other), m.copy()
        out = io.StringIO()
        plt.close("all")
        names = {"x": x, "m": m, "other": other, "pd": pd, "np": np, "f": f}
        with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(out):
            warnings.simplefilter("always")
            try:
                self.result = eval(expression, names)
                self.error = None
            except Exception as error:
                self.result = None
                self.error = type(error).__name__
        self.warned = sorted({warning.category.__name__ for warning in caught})
        self.printed = out.getvalue() != ""
        self.drawn = bool(plt.get_fignums())
        plt.close("all")
        self.mutated = not same(self.before[0], snapshot(x))
        self.mutated_argument = not (same(self.before[1], snapshot(other)) and (m == self.before[2]).all())
        self.is_self = self.result is x


def has_text(x):
    return isinstance(x, pd.DataFrame) and "c" in x and x.shape[1] == 3


def snapshot(x):
    if isinstance(x, (pd.DataFrame, pd.Series, pd.Index)):
        return x.copy(deep=True)
    return x.obj.copy() if hasattr(x, "obj") else None


def same(a, b):
    if a is None or b is None:
        return True
    if isinstance(a, pd.Index):
        return a.equals(b) and a.name == b.name
    if isinstance(a, pd.DataFrame):
        return a.equals(b) and a.columns.equals(b.columns) and a.index.equals(b.index) and list(a.index.names) == list(b.index.names) and list(a.columns.names) == list(b.columns.names)
    return a.equals(b) and a.index.equals(b.index) and a.name == b.name and a.index.name == b.index.name


def memory(kind, layout, expression):
    """`'pins new peak'` of one call, or None where it fails."""
    m = np.arange(ROWS) % 2 == 0
    other = frame("text" if layout == "text" else "block", ROWS)
    names = {"m": m, "other": other, "pd": pd, "np": np, "f": f}
    for attempt in range(2):  # the first call fills pandas' own caches
        gc.collect()
        start = tracemalloc.get_traced_memory()[0] + arrow_bytes()
        x = names["x"] = receiver(kind, layout, ROWS)
        gc.collect()
        made = tracemalloc.get_traced_memory()[0] + arrow_bytes()
        tracemalloc.reset_peak()
        try:
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                result = eval(expression, names)
        except Exception:
            return None
        peak = tracemalloc.get_traced_memory()[1] + arrow_bytes()
        plt.close("all")
        names.pop("__builtins__", None)
        after = tracemalloc.get_traced_memory()[0] + arrow_bytes()
        names.pop("x")
        del x
        gc.collect()
        left = tracemalloc.get_traced_memory()[0] + arrow_bytes()
        del result
    size = made - start
    new = (after - made) / size
    pins = (left - start) / size - new
    return " ".join(rounded(value) for value in (pins, new, (peak - made) / size))


def rounded(value):
    # 0.02 is what caches and the objects themselves take.
    value = max(0.0, value)
    return f"{round(value * 20) / 20:g}"


def describe_member(kind, cls, name, table, layouts):
    small = {"GroupBy": "block", "SeriesGroupBy": "block"}.get(kind, layouts[-1] if kind == "StrAccessor" else "block")
    try:
        member = getattr(receiver(kind, small, 12), name)
    except Exception:
        if cls is None or not hasattr(cls, name):
            return None
        member = getattr(cls, name)
    is_method = callable(member) and kind_of(member) == "function"
    fact = {"is": "method" if is_method else "attribute"}
    texts = [""]
    if is_method:
        parameters = parameters_of(member)
        if parameters is not None:
            fact["parameters"] = parameters
        texts = table.get(name, [""])
    results = set()
    for text in texts:
        expression = f"x.{name}({text})" if is_method else f"x.{name}"
        for layout in layouts if len(layouts) > 1 else [small]:
            called = Called(receiver(kind, layout, 12), expression, 12)
            if called.error:
                continue
            results.add("self" if called.is_self else kind_of(called.result))
            if called.mutated:
                fact["mutates"] = True
            if called.mutated_argument:
                fact["mutatesArgument"] = True
            if called.printed:
                fact["prints"] = True
            if called.drawn:
                fact["draws"] = True
    if results:
        fact["result"] = " ".join(sorted(results))
    if is_method and "inplace" in fact.get("parameters", "").split():
        fact["inplace"] = inplace_of(kind, name, texts, layouts)
    figures = {}
    for text in texts:
        expression = f"x.{name}({text})" if is_method else f"x.{name}"
        for layout in layouts:
            if not is_slow(name, layout) and (figure := memory(kind, layout, expression)):
                figures.setdefault(text, {})[layout] = figure
    if figures:
        fact["memory"] = figures
    return fact


#: Drawn or written row by row: their result is small, and the time is not.
SLOW = {"plot", "hist", "boxplot", "to_html", "to_string", "to_latex", "to_json", "to_csv", "to_dict", "info", "style", "compare", "sparse", "density", "to_records", "cov", "to_clipboard"}


def is_slow(name, layout):
    return WITHOUT_MEMORY or name in SLOW or (layout == "text" and name == "cumsum")


def inplace_of(kind, name, texts, layouts):
    """`'None'` or `'self'` with the warnings of `inplace=True`, for the calls that work: `'None Pandas4Warning'`."""
    found = set()
    for text in texts:
        for layout in layouts:
            plain = Called(receiver(kind, layout, 12), f"x.{name}({text})", 12)
            if plain.error:
                continue
            x = receiver(kind, layout, 12)
            called = Called(x, f"x.{name}({text + ', ' if text else ''}inplace=True)", 12)
            new = [warning for warning in called.warned if warning not in plain.warned]
            if called.error:
                found.add(called.error)
            else:
                found.add(" ".join([("self" if called.is_self else kind_of(called.result)), *new]))
    return "; ".join(sorted(found))


def module_functions():
    found = {}
    for name in sorted(dir(pd)):
        member = getattr(pd, name, None)
        if name.startswith("_") or inspect.ismodule(member):
            continue
        fact = {"is": "class" if inspect.isclass(member) else "function" if callable(member) else "attribute"}
        if fact["is"] == "function" and (parameters := parameters_of(member)) is not None:
            fact["parameters"] = parameters
        found[name] = fact
    return found


def main():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()
        gc.freeze()  # what the libraries have loaded need not be gone through at every collection
        tracemalloc.start()
        api = {"pandas": module_functions()}
        for kind, (cls, table, layouts) in CLASSES.items():
            layout = "text" if kind in ("StrAccessor", "CatAccessor") else "block"
            names = sorted(name for name in dir(cls or receiver(kind, layout, 12)) if not name.startswith("_"))
            names = [name for name in names if name not in COLUMNS]
            members = {}
            for name in names:
                started = time.monotonic()
                if fact := describe_member(kind, cls, name, table, layouts):
                    members[name] = fact
                if time.monotonic() - started > 2:
                    print(f"{kind}.{name}: {time.monotonic() - started:.1f} s", file=sys.stderr)
            for name, expression in calls.EXPRESSIONS.get(kind, {}).items():
                called = [Called(receiver(kind, layout, 12), expression, 12) for layout in layouts]
                results = {"self" if one.is_self else kind_of(one.result) for one in called if not one.error}
                if not results:
                    continue
                members[name] = {"is": "expression", "result": " ".join(sorted(results))}
                figures = {layout: figure for layout in layouts if not WITHOUT_MEMORY and (figure := memory(kind, layout, expression))}
                if figures:
                    members[name]["memory"] = {"": figures}
            api[kind] = members
    json.dump(api, sys.__stdout__, indent=1)


if __name__ == "__main__":
    # A call that makes a table of all pairs fails, rather than the machine.
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)
        main()
