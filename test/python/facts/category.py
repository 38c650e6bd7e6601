"""What a column of categories does otherwise than one of strings, and what `category-map` rests on."""

import pandas as pd

from fact import fact
from observe import attempt, categories, warned

SEXES = ["m", "f", "m", "f"]


def assigned(s, value):
    s = s.copy()
    s.loc[0] = value
    return s


# Each is asked of strings and of categories; a TypeError of the categories is the outcome.
for name, shown, ask, says in (
    ("plus", "s + 'x'", lambda s: s + "x", "raises TypeError"),
    ("max", "s.max()", lambda s: s.max(), "raises TypeError"),
    ("less", "s < 'n'", lambda s: s < "n", "raises TypeError"),
    ("loc-new", "s.loc[0] = 'new'", lambda s: assigned(s, "new"), "raises TypeError"),
    ("loc-known", "s.loc[0] = 'f'", lambda s: assigned(s, "f"), None),
    ("fillna-new", "s.fillna('new')", lambda s: s.where(s == "m").fillna("new"), "raises TypeError"),
    ("replace-new", "s.replace('m', 'new')", lambda s: s.replace("m", "new"), {"E1 E2 E3": "same", "E4 E5 E6": "differs"}),
    ("map-mean", "s.map({'m': 0, 'f': 1}).mean()", lambda s: s.map({"m": 0, "f": 1}).mean(), "raises TypeError"),
    ("apply-sum", "s.apply(ord).sum()", lambda s: s.apply(ord).sum(), "raises TypeError"),
    ("groupby-max", "s.groupby([0, 0, 1, 1]).max()", lambda s: s.groupby([0, 0, 1, 1]).max(), "raises TypeError"),
    ("equal-literal", "s == 'm'", lambda s: s == "m", None),
    ("equal-unknown", "s == 'unknown'", lambda s: s == "unknown", None),
    ("isin", "s.isin(['m'])", lambda s: s.isin(["m"]), None),
    ("value-counts-filtered", "s[s == 'm'].value_counts()", lambda s: s[s == "m"].value_counts(), "differs"),
    ("get-dummies-filtered", "pd.get_dummies(s[s == 'm'])", lambda s: list(pd.get_dummies(s[s == "m"]).columns), "differs"),
):

    @fact(f"category/{name}", f"`{shown}` of categories m and f, against strings", says)
    def _(ask=ask):
        found = attempt(lambda: ask(pd.Series(SEXES, dtype="category")))
        return found if isinstance(found, str) and found.startswith("raises") else categories(SEXES, ask)


@fact("category/two-columns-equal", "`df.home == df.won` where both are categories, of other values", "raises TypeError")
def _():
    df = pd.DataFrame({"home": ["a", "b"], "won": ["a", "c"]}, dtype="category")
    return attempt(lambda: list(df.home == df.won))


@fact("category/value-counts-ties", "The order of equal counts in `value_counts()` of C, B, A as categories; as strings C, B, A", "A, B, C")
def _():
    return ", ".join(pd.Series(["C", "B", "A"], dtype="category").value_counts().index)


@fact("category/value-counts-ties-strings", "The order of equal counts in `value_counts()` of C, B, A as strings", "C, B, A")
def _():
    return ", ".join(pd.Series(["C", "B", "A"]).value_counts().index)


@fact("category/groupby-warns", "Warnings of `df.groupby('cat').n.sum()`", {"E1": "none", "E2 E3": "FutureWarning", "E4 E5 E6": "none"})
def _():
    df = pd.DataFrame({"cat": pd.Series(SEXES, dtype="category"), "n": 1})
    return warned(lambda: df.groupby("cat").n.sum())


@fact("category/groupby-two-keys", "Rows of `df.groupby(['a', 'b']).n.sum()`, 120 pairs of 30 × 12 occurring, as categories", {"E2 E3": "360"})
def _():
    pairs = [(a, b) for a in range(30) for b in range(12) if (a + b) % 3 == 0]
    df = pd.DataFrame({"a": [f"a{a}" for a, _ in pairs], "b": [f"b{b}" for _, b in pairs], "n": 1})
    return len(df.astype({"a": "category", "b": "category"}).groupby(["a", "b"]).n.sum())


@fact("category/merge", "The type of the key after `merge` of a column of categories with one of strings", "differs")
def _():
    left = pd.DataFrame({"k": pd.Series(["a", "b"], dtype="category")})
    dtype = left.merge(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}), on="k").k.dtype
    return "same" if dtype == "category" else "strings"


@fact("category/unique", "The type of `s.unique()` of categories", "Categorical")
def _():
    return type(pd.Series(SEXES, dtype="category").unique()).__name__


@fact("category/concat-of-other-values", "The type of `pd.concat` of two columns of categories with other values: strings, or categories")
def _():
    parts = [pd.Series(values, dtype="category") for values in (["a", "b"], ["a", "c"])]
    return "categories" if pd.concat(parts).dtype == "category" else "strings"


@fact("category-map/groupby-drops-missing", "Groups of `df.groupby('a').n.sum()` where a is 'x' and missing", "1")
def _():
    return len(pd.DataFrame({"a": ["x", None], "n": 1}).groupby("a").n.sum())


@fact("category-map/query-hides-a-comparison", "`df.query('a == \"x\"')` compares the column a: how many rows it finds of two", "1")
def _():
    return len(pd.DataFrame({"a": ["x", "y"]}).query('a == "x"'))
