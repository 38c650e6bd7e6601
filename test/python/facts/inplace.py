"""What `inplace=True` does."""

import functools

import numpy as np
import pandas as pd

from fact import fact
from inplace_calls import CALLS, chain, chain_trouble, cost, costs, large, trouble
from observe import attempt, warned

UP_TO_2_3 = "E1 E2 E3"
UP_TO_3_0 = "E1 E2 E3 E4"
FROM_3_0 = "E4 E5 E6"
FROM_3_1 = "E5 E6"


def five(rows=50):
    """Five float columns, none missing."""
    return pd.DataFrame(np.random.default_rng(0).random((rows, 5)), columns=list("abcde"))


def five_missing():
    """The same with missing values."""
    return five().mask(lambda df: df > 0.9)


NOTES = {
    "replace": "In place it needs a quarter of the frame where it finds something, and saves the rest.",
    "where": "In place saves nothing from 3.0 on, and more than a frame before.",
    "mask": "In place saves nothing from 3.0 on, and more than a frame before.",
    "sort_values": "Neither better nor worse in place.",
}

# The extra peak in frames: SAFETY.md's MiB over its frame of 305.
SAVINGS = (
    ("rename", "columns={'a': 'z'}", {"E2 E3": "1.00 → 0.00", FROM_3_0: "0.00 → 0.00"}),
    ("reset_index", "drop=True", {"E2 E3": "1.00 → 0.00", FROM_3_0: "0.00 → 0.00"}),
    ("set_index", "'a'", {"E2 E3": "1.00 → 0.00", FROM_3_0: "0.00 → 0.00"}),
    ("replace", "0.5, 1", {FROM_3_0: "1.12 → 0.12"}),
    ("ffill", "", {FROM_3_0: "1.12 → 0.12"}),
    ("fillna", "0", {"E4": "0.12 → 0.12", FROM_3_1: "0.12 → 0.00"}),
    ("clip", "0, 0.5", {FROM_3_0: "1.50 → 1.50"}),
    ("where", "x > 0.5", {FROM_3_0: "1.38 → 1.28"}),
    ("mask", "x > 0.5", {FROM_3_0: "1.38 → 1.28"}),
    ("drop", "columns=['a']", "no difference"),
    ("dropna", "", "no difference"),
    ("drop_duplicates", "", "no difference"),
    ("sort_values", "'a'", {FROM_3_0: "1.20 → 1.52"}),
)


@functools.lru_cache(maxsize=None)
def costs_of(method, arguments):
    return costs("DataFrame", method, arguments, missing=False, rows=50_000)


for method, arguments, says in SAVINGS:
    note = NOTES.get(method)
    statement = f"`x.{method}({arguments})`: peak in frames beyond the frame, by assignment → in place"

    @fact(f"inplace/saves-{method.replace('_', '-')}", statement, says, tolerance=0.05, note=note)
    def _(method=method, arguments=arguments, says=says):
        (assignment, _), (inplace, _) = costs_of(method, arguments)
        equal = says == "no difference" and abs(assignment - inplace) < 0.05
        return says if equal else f"{assignment:.2f} → {inplace:.2f}"


# What nbslim offers and what it refuses: see src/pandas/inplace.ts.
for kind, methods in CALLS.items():
    for method in methods:

        @fact(
            f"inplace/right-{'frame' if kind == 'DataFrame' else 'series'}-{method.replace('_', '-')}",
            f"`x = x.{method}(...)` and `x.{method}(..., inplace=True)` of a {kind} of numbers, strings, dates, booleans or categories",
        )
        def _(kind=kind, method=method):
            found = trouble(kind, method)
            return f"differs: {found[0]}" if found else "same"


@fact("inplace/left-afterwards", "Of these methods, those after which another amount of memory is left in place than by assignment", "none")
def _():
    left = {method: [left for _, left in costs_of(method, arguments)] for method, arguments, _ in SAVINGS}
    return " ".join(method for method, (assignment, inplace) in left.items() if abs(assignment - inplace) > 0.05) or "none"


RETIRED = {UP_TO_3_0: "none", FROM_3_1: "Pandas4Warning"}
for method, arguments, says in (
    ("rename", ({},), RETIRED),
    ("drop", ([0],), RETIRED),
    ("dropna", (), RETIRED),
    ("sort_values", ("a",), RETIRED),
    ("sort_index", (), RETIRED),
    ("drop_duplicates", (), RETIRED),
    ("reset_index", (), RETIRED),
    ("set_index", ("a",), RETIRED),
    ("query", ("a > 0",), RETIRED),
    ("eval", ("z = a + b",), RETIRED),
    ("rename_axis", ("z",), RETIRED),
    ("fillna", (0,), "none"),
    ("replace", (0, 1), "none"),
    ("clip", (0, 1), "none"),
    ("interpolate", (), "none"),
    ("ffill", (), "none"),
    ("bfill", (), "none"),
    ("where", (lambda df: df > 0,), "none"),
    ("mask", (lambda df: df > 0,), "none"),
):

    @fact(f"inplace/warns-{method.replace('_', '-')}", f"Warnings of `df.{method}(..., inplace=True)`", says)
    def _(method=method, arguments=arguments):
        df = five_missing()
        return warned(lambda: getattr(df, method)(*arguments, inplace=True))


for method, arguments in (
    ("fillna", (0,)),
    ("replace", (0, 1)),
    ("clip", (0, 1)),
    ("interpolate", ()),
    ("ffill", ()),
    ("bfill", ()),
    ("where", (lambda df: df > 0,)),
    ("mask", (lambda df: df > 0,)),
):

    @fact(f"inplace/gives-{method}", f"What `df.{method}(..., inplace=True)` gives", {UP_TO_2_3: "None", FROM_3_0: "self"})
    def _(method=method, arguments=arguments):
        df = five_missing()
        given = getattr(df, method)(*arguments, inplace=True)
        return "self" if given is df else type(given).__name__.replace("NoneType", "None")


@fact("inplace/set-axis", "`df.set_axis([...], axis=1, inplace=True)`", {FROM_3_0: "raises"})
def _():
    return attempt(lambda: five(2).set_axis(list("vwxyz"), axis=1, inplace=True))


#: What `inplace` offers (src/pandas/inplace.ts).
OFFERED = {
    "DataFrame": "ffill bfill interpolate replace rename rename_axis reset_index set_index sort_index drop dropna drop_duplicates sort_values query".split(),
    "Series": "ffill bfill interpolate replace rename rename_axis reset_index sort_index drop dropna drop_duplicates sort_values".split(),
}


def right(kind):
    """What is right here by itself."""
    return [method for method in OFFERED[kind] if not trouble(kind, method)]


for kind in OFFERED:

    @fact(
        f"inplace/chains-{kind.lower()}",
        f"{kind}: of the methods that are right in place, two as a chain and two in place: what differs",
    )
    def _(kind=kind):
        return "; ".join(chain_trouble(kind, right(kind))[:3]) or "nothing"


@fact(
    "inplace/chain-savings",
    "Two methods that save a copy each: the pairs of which the chain's peak is not above that of two calls in place by the lesser of both savings",
)
def _():
    def saving(peaks):
        return None if None in peaks else peaks[0][0] - peaks[1][0]

    steps = {}
    for method in right("DataFrame"):
        arguments = CALLS["DataFrame"][method][0]
        found = [saving(costs("DataFrame", method, arguments, missing, 20_000)) for missing in (False, True)]
        if None not in found and min(found) > 0.5:
            steps[method] = arguments, min(found)
    less = []
    for first, (first_arguments, first_saving) in steps.items():
        for second, (second_arguments, second_saving) in steps.items():
            both = chain((first, first_arguments), (second, second_arguments))
            for missing in (False, True):
                found = saving([cost(lambda: large("DataFrame", missing, 20_000), it) for it in both])
                if found is not None and found < min(first_saving, second_saving) - 0.05:
                    less.append(f"{first}().{second}() {found:.2f}")
    return ", ".join(less) or "none"


@fact(
    "inplace/frames-of-their-own",
    "Of `pd.merge`, `pd.get_dummies` and `pd.concat` of columns: what sees a change in place of what they were made of, or the other way round",
)
def _():
    calls = {
        "merge on a column": lambda a, b: pd.merge(a, b, on="k"),
        "merge on the index": lambda a, b: pd.merge(a, b[["w"]], left_index=True, right_index=True),
        "get_dummies of numbers": lambda a, b: pd.get_dummies(a),
        "get_dummies of strings": lambda a, b: pd.get_dummies(a.assign(s=["u", "v", "u"])),
        "concat": lambda a, b: pd.concat([a, b], axis=1),
        "concat of one": lambda a, b: pd.concat([a], axis=1),
        "concat of a column": lambda a, b: pd.concat([a["v"], b["w"]], axis=1),
    }
    found = []
    for name, call in calls.items():
        a = pd.DataFrame({"k": [1, 2, 3], "v": [1.0, np.nan, 3.0]})
        b = pd.DataFrame({"k": [1, 2, 3], "w": [np.nan, 2.0, 3.0]})
        before = a.copy(), b.copy()
        made = call(a, b)
        warnings = warned(lambda: made.ffill(inplace=True))
        if warnings != "none" or not (a.equals(before[0]) and b.equals(before[1])):
            found.append(name)
        after = made.copy()
        a.fillna(7, inplace=True)
        b.fillna(7, inplace=True)
        if not made.equals(after):
            found.append(name)
    return ", ".join(found) or "none"


for method in ("where", "mask"):

    for name, other in (("missing", np.nan), ("number", 0)):

        @fact(
            f"inplace/mixed-{method}-{name}",
            f"`df.{method}(cond, {other}, inplace=True)` of a frame of numbers and strings, where the assignment works",
            {"E1": "raises TypeError", FROM_3_0: "raises TypeError"},
            note="Only where the other value does not fit the type of a column: a missing one does.",
        )
        def _(method=method, other=other):
            df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
            cond = pd.DataFrame({"a": [True, False], "b": [False, True]})
            getattr(df, method)(cond, other)
            return warned(lambda: getattr(df, method)(cond, other, inplace=True))


def filtered(in_place):
    raw = pd.DataFrame({"b": [0, 2, 3]})
    x = raw[raw.b > 1]
    return warned(lambda: x.dropna(inplace=True) if in_place else x.dropna())


@fact("inplace/filtered-frame", "`x = raw[raw.b > 1]; x.dropna(inplace=True)`: warnings", {UP_TO_2_3: "SettingWithCopyWarning"})
def _():
    return filtered(in_place=True)


@fact("inplace/filtered-frame-assigned", "`x = raw[raw.b > 1]; x = x.dropna()`: warnings", "none")
def _():
    return filtered(in_place=False)


@fact("inplace/filtered-series", "`s = raw[raw.b > 1]['a']; s.ffill(inplace=True)`: warnings", {UP_TO_2_3: "SettingWithCopyWarning"})
def _():
    raw = pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": [0, 2, 3]})
    s = raw[raw.b > 1]["a"]
    return warned(lambda: s.ffill(inplace=True))


@fact("inplace/view-of-a-column", "`s = raw['a']; s.sort_values(inplace=True)`")
def _():
    raw = pd.DataFrame({"a": [2.0, 1.0]})
    s = raw["a"]
    return warned(lambda: s.sort_values(inplace=True))


UNMARKED = (
    "copy()", "sample(2)", "drop(columns='b')", "rename(columns={'a': 'z'})", "rename_axis('z')", "reset_index()", "set_index('b')", "sort_values('b')", "sort_index()",
    "assign(z=1)", "fillna(0)", "astype(float)", "select_dtypes('number')", "merge(raw)", "nlargest(2, 'b')", "reindex([1, 2])", "replace(2, 1)", "where(raw > 0)",
    "mask(raw > 0)", "shift()", "describe()", "melt()", "explode('a')", "pivot_table(index='b')", "interpolate()", "ffill()", "bfill()", "clip(0, 1)", "round()",
)  # fmt: skip
for name, calls in (
    ("unmarked", UNMARKED),
    ("marked", ("dropna()", "head(2)", "query('b > 1')", "drop_duplicates()", "loc[[1, 2]]", "iloc[1:]", "__getitem__(['a', 'b'])")),
):

    @fact(
        f"inplace/{name}",
        f"Of `{', '.join(calls)}`, about the frame `raw`: those whose result warns (SettingWithCopyWarning) of `ffill(inplace=True)`",
    )
    def _(calls=calls):
        def warns(call):
            raw = pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": [0.5, 2, 3]})
            x = eval(f"raw.{call}")
            return "SettingWithCopyWarning" in warned(lambda: x.ffill(inplace=True))

        return ", ".join(call for call in calls if warns(call)) or "none"


def seen_through(make, ask):
    """Whether something made of a frame before sees what is changed in place."""
    df = pd.DataFrame({"k": [0, 0], "v": [1.0, np.nan]})
    alias = make(df)
    df.fillna(5, inplace=True)
    return "sees it" if ask(alias) == 6 else "does not"


@fact("inplace/alias-groupby", "`g = df.groupby('k')['v']`, made before `df.fillna(5, inplace=True)`: does `g.sum()` see the change?", "sees it", note="Under copy-on-write the column that the groups were made of is a copy of its own; `df.groupby('k')` still sees it.")
def _():
    return seen_through(lambda df: df.groupby("k")["v"], lambda g: g.sum()[0])


@fact("inplace/alias-groupby-frame", "`g = df.groupby('k')`, made before: does `g.v.sum()` see the change?", "sees it")
def _():
    return seen_through(lambda df: df.groupby("k"), lambda g: g.v.sum()[0])


@fact("inplace/alias-rolling", "`r = df.rolling(1)`, made before: does `r.sum()` see the change?", "sees it")
def _():
    return seen_through(lambda df: df.rolling(1), lambda r: r.sum().v.sum())


@fact("inplace/alias-iterator", "`rows = df.itertuples()`, made before: do the rows see the change?", "sees it")
def _():
    return seen_through(lambda df: df.itertuples(), lambda rows: sum(row.v for row in rows))


@fact("inplace/alias-bound-method", "`f = df.sum`, made before: does `f()` see the change?", "sees it")
def _():
    return seen_through(lambda df: df.sum, lambda f: f()["v"])


@fact("inplace/column-of-a-frame", "Missing values in `df.c` after `df['c'].fillna(0, inplace=True)`, of one", {FROM_3_0: "1"})
def _():
    df = pd.DataFrame({"c": [1.0, np.nan]})
    df["c"].fillna(0, inplace=True)
    return int(df.c.isna().sum())


@fact("inplace/series-reset-index", "`s.reset_index(inplace=True)`, which would be a frame", "raises TypeError")
def _():
    return attempt(lambda: pd.Series([1]).reset_index(inplace=True))


@fact("inplace/caller-sees-it", "A function that does `df.dropna(inplace=True)` with its parameter: rows of the caller's frame, of two with one missing", "1")
def _():
    df = pd.DataFrame({"a": [1.0, np.nan]})
    (lambda it: it.dropna(inplace=True))(df)
    return len(df)


for name, make, call in (
    ("fillna-strings", lambda: pd.DataFrame({"a": pd.Series(["x", None])}), lambda df: df.fillna(0, inplace=True)),
    ("clip-booleans", lambda: pd.DataFrame({"a": [True, False]}), lambda df: df.clip(2, 3, inplace=True)),
):

    @fact(f"inplace/by-values-{name}", f"`{'fillna(0' if 'fillna' in name else 'clip(2, 3'}, inplace=True)` of {name.split('-')[1]}, where the value fits no such column")
    def _(make=make, call=call):
        df = make()
        return warned(lambda: call(df))
