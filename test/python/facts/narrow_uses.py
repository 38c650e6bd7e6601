"""What becomes of a result when a column is narrower: `scripts/measure-uses.mjs` runs this in each environment.

Each use below is evaluated on a column as `read_csv` gives it (int64, float64, strings) and on the narrowed column, over
data that brings out what differs: the type's own least and greatest values, ties, zeros, missing values, more than 16 rows
(numpy sorts fewer by insertion, which is stable whatever the type). The outcome is one letter, the worst over all data and
all expressions of the use:

    s  same: the result is equal in values, types and shown text
    t  types: equal but for the types (the result, or a part of it, has another type)
    r  rounding: numbers differ by no more than 1e-5 of their size
    d  different
    -  the use does not exist there: the original raises too

A result of outcome t is itself narrow: what is done to it next is a use of a narrow value.

Standard output: JSON, {"numbers" or "strings": {narrowing: {use: letter}}, "keywords": {"numbers" or "strings": {use: [keyword]}}}. With `--quick` the first data of each narrowing
only, and nothing is drawn: no letter can then be worse than that of all data.
"""

import ast
import contextlib
import io
import json
import math
import os
import re
import resource
import sys
import warnings

import numpy as np
import pandas as pd

QUICK = "--quick" in sys.argv
INTEGERS = ["int8", "int16", "int32", "uint8", "uint32"]


def integer_data(dtype):
    """Series of int64 that fit `dtype`."""
    info = np.iinfo(dtype)
    rng = np.random.default_rng(0)
    low, high = int(info.min), int(info.max)
    full = rng.integers(low, high + 1, 300)
    full[:6] = [low, high, 0, 1, high, low]
    few = rng.integers(max(low, -3), 4, 300)
    # Half of the range, as the headroom of the dtype transform leaves it.
    half = rng.integers(max(low // 2, 1), high // 2, 300)
    return [pd.Series(values.astype("int64"), name="a") for values in (full, few, half)]


def exact_float_data():
    """Series of float64 each value of which is a float32: quarters, whole numbers, some missing."""
    rng = np.random.default_rng(0)
    quarters = rng.integers(-4000, 4000, 300) / 4
    missing = rng.integers(0, 9, 300).astype("float64")
    missing[5:20] = np.nan
    return [pd.Series(values, name="a") for values in (quarters, missing)]


def large_float_data():
    """Series of float64 each value of which is a float32 of more digits than a float32 is printed with."""
    rng = np.random.default_rng(0)
    return [pd.Series(rng.integers(0, 2**24, 300).astype("float64"), name="a")]


def lossy_float_data():
    """Prices of two decimals: each is the same text again after the way through a float32."""
    rng = np.random.default_rng(0)
    prices = np.round(rng.random(300) * 9000, 2)
    missing = prices.copy()
    missing[5:20] = np.nan
    return [pd.Series(values, name="a") for values in (prices, missing)]


def string_data():
    rng = np.random.default_rng(0)
    plain = rng.choice(["cherry", "apple", "banana", "date"], 300, p=[0.4, 0.3, 0.2, 0.1])
    ties = np.array(["cherry", "apple", "banana"] * 40)
    missing = plain.astype(object)
    missing[3:9] = np.nan
    return [from_csv(values) for values in (ties, missing)]


def from_csv(values):
    """Strings as this pandas reads them: objects or its own string type."""
    text = "a\n" + "\n".join('""' if isinstance(value, float) else value for value in values) + "\n"
    return pd.read_csv(io.StringIO(text))["a"]


# Calls with keywords, of numbers and of strings, measured by themselves: a call that has others is not judged by what was
# measured without. The names are those of NUMBERS and STRINGS.
WITH_KEYWORDS = {
    "DataFrame.dropna(subset)": ["df.dropna(subset=['a'])", "df.dropna(subset=['b', 'a'])"], "DataFrame.dropna(how)": ["df.dropna(how='any')", "df.dropna(how='all')"], "DataFrame.dropna(axis)": ["df.dropna(axis=1)", "df.dropna(axis=0)"], "DataFrame.dropna(how,subset)": ["df.dropna(how='any', subset=['a'])"],
    "DataFrame.drop(axis)": ["df.drop('b', axis=1)", "df.drop(0, axis=0)"], "DataFrame.drop(columns,errors)": ["df.drop(columns=['b', 'zzz'], errors='ignore')"], "DataFrame.drop(index)": ["df.drop(index=[0, 3])"], "DataFrame.drop(axis,labels)": ["df.drop(labels='b', axis=1)"], "DataFrame.drop(labels)": ["df.drop(labels=[0, 3])"],
    "Series.reset_index(drop)": ["s[df.n > 5].reset_index(drop=True)"], "Series.reset_index(name)": ["s[df.n > 5].reset_index(name='z')"], "Series.drop_duplicates(keep)": ["s.drop_duplicates(keep='last')", "s.drop_duplicates(keep=False)"], "Series.duplicated(keep)": ["s.duplicated(keep='last')", "s.duplicated(keep=False)"],
    "DataFrame.duplicated(keep)": ["df[['a', 'k']].duplicated(keep='last')", "df[['a']].duplicated(keep=False)"], "DataFrame.drop_duplicates(keep)": ["df[['a', 'k']].drop_duplicates(keep='last')", "df[['a']].drop_duplicates(keep=False)"], "key drop_duplicates(keep)": ["df.drop_duplicates('a', keep='last').n"], "key drop_duplicates(keep,subset)": ["df.drop_duplicates(subset=['a'], keep='last').n", "df.drop_duplicates(subset='a', keep=False).n"], "key duplicated(subset)": ["df.duplicated(subset=['a'])"], "key duplicated(keep,subset)": ["df.duplicated(subset=['a'], keep=False)"],
    "key groupby(by)": ["df.groupby(by='a').n.sum()", "df.groupby(by=['a', 'k']).n.sum()"], "key groupby(sort)": ["df.groupby('a', sort=False).n.sum()", "df.groupby('a', sort=True).n.sum()"], "key groupby(dropna)": ["df.groupby('a', dropna=False).n.sum()", "df.groupby('a', dropna=True).n.sum()"],
    "key sort_values(by)": ["df.sort_values(by='a').n", "df.sort_values(by=['a', 'n']).n"], "key sort_values(ascending,by)": ["df.sort_values(by='a', ascending=False).n", "df.sort_values(by=['a', 'n'], ascending=[False, True]).n"], "key set_index(keys)": ["df.set_index(keys='a').n"], "key set_index(drop)": ["df.set_index('a', drop=False).n", "df.set_index('a', drop=True).n"],
    "Series.value_counts(dropna)": ["s.value_counts(dropna=False)", "s.value_counts(dropna=True)"], "Series.sample(n,random_state)": ["s.sample(n=3, random_state=0)"], "Series.sample(frac,random_state)": ["s.sample(frac=1, random_state=0)"], "DataFrame.sample(n,random_state)": ["df.sample(n=3, random_state=0)"],
    "Series.head(n)": ["s.head(n=3)"], "Series.tail(n)": ["s.tail(n=3)"], "DataFrame.head(n)": ["df.head(n=3)"], "DataFrame.tail(n)": ["df.tail(n=3)"], "DataFrame.describe(include)": ["df.describe(include='all')"], "Series.shift(periods)": ["s.shift(periods=2)"], "DataFrame.nunique(dropna)": ["df.nunique(dropna=False)"], "Series.nunique(dropna)": ["s.nunique(dropna=False)"],
    **{f"DataFrame.to_csv({','.join(sorted(keyword.split('=')[0] for keyword in keywords))})": [f"df.to_csv({', '.join(keywords)})"] for keywords in (["index=False"], ["sep=';'"], ["header=False"], ["index=False", "header=False"], ["index=False", "sep=';'"], ["columns=['a', 'k']"], ["index_label='i'"], ["index=False", "encoding='utf-8'"], ["encoding='utf-8'"])},
    "Series.to_csv(header)": ["s.to_csv(header=True)", "s.to_csv(header=False)"], "Series.to_csv(index)": ["s.to_csv(index=False)"], "DataFrame.to_string(index)": ["df.head().to_string(index=False)"], "DataFrame.to_json(orient)": ["df.to_json(orient='records')", "df.to_json(orient='split')"], "function sorted(reverse)": ["sorted(s.dropna(), reverse=True)"], "function sorted(key)": ["sorted(s.dropna(), key=str)"], "function numpy.unique(return_counts)": ["np.unique(s.dropna(), return_counts=True)"],
}

# What the column's values label: `L` is a Series and `F` a frame of what a groupby by the column gives, under its values.
# What keeps the labels gives `t` where they are narrower.
AGGREGATES = "sum mean min max count std var median first last nunique prod sem".split()
DRAWINGS = ["plot()", "plot(kind='bar')", "plot(kind='barh')", "plot(kind='line')", "plot.bar()", "plot.barh()", "plot.line()"]
LABELLED = {
    **{f"labelled {kind}.{name}": [f"{it}.{name}()"] for kind, it in (("Series", "L"), ("DataFrame", "F")) for name in "sum mean min max std var median count nunique round abs cumsum cummax diff pct_change describe idxmax idxmin fillna dropna copy".split() if name != "fillna"},
    **{f"labelled {kind}.{name}": [f"{it}.{name}()", f"{it}.{name}(3)"] for kind, it in (("Series", "L"), ("DataFrame", "F")) for name in ("head", "tail")},
    **{f"labelled {kind}.sort_index": [f"{it}.sort_index()", f"{it}.sort_index(ascending=False)"] for kind, it in (("Series", "L"), ("DataFrame", "F"))},
    **{f"labelled {kind}.fillna": [f"{it}.fillna(0)"] for kind, it in (("Series", "L"), ("DataFrame", "F"))},
    **{f"labelled {kind}.{name}": [f"{it}.{name}"] for kind, it in (("Series", "L"), ("DataFrame", "F")) for name in ("values", "shape", "size", "index", "empty")},
    **{f"labelled {kind}.plot": [f"draw(lambda: {it}.{drawing})" for drawing in DRAWINGS] for kind, it in (("Series", "L"), ("DataFrame", "F"))},
    "labelled Series.sort_values": ["L.sort_values()", "L.sort_values(ascending=False)"], "labelled DataFrame.sort_values": ["F.sort_values('n')", "F.sort_values('n', ascending=False)", "F.sort_values(by='b', ascending=False)", "F.sort_values('a')", "F.sort_values(['n', 'b'])"],
    "labelled Series.nlargest": ["L.nlargest(3)", "L.nlargest()"], "labelled Series.nsmallest": ["L.nsmallest(3)"], "labelled Series.tolist": ["L.tolist()"], "labelled Series.to_list": ["L.to_list()"], "labelled Series.to_frame": ["L.to_frame()"], "labelled Series.reset_index": ["L.reset_index()", "L.reset_index(name='z')"], "labelled DataFrame.reset_index": ["F.reset_index()"],
}

# What is asked of numbers. `s` is the column, `df` a frame with it as `a`, a float b, an int64 n and a string k; `v` is one
# of the column's values as a Python number; `low` and `high` its least and greatest.
NUMBERS = {
    # The same rows, or some of them, under other labels.
    "DataFrame.head": ["df.head(7)"], "DataFrame.tail": ["df.tail(7)"], "DataFrame.copy": ["df.copy()"], "DataFrame.sample": ["df.sample(9, random_state=0)", "df.sample(frac=0.5, random_state=1)"], "DataFrame.drop": ["df.drop(columns='b')", "df.drop([0, 3])"], "DataFrame.dropna": ["df.dropna()"], "DataFrame.reset_index": ["df[df.n > 5].reset_index()", "df[df.n > 5].reset_index(drop=True)"], "DataFrame.sort_index": ["df.sort_index(ascending=False)"], "DataFrame.isnull": ["df.isnull()"], "DataFrame.notnull": ["df.notnull()"], "DataFrame.size": ["df.size"], "DataFrame.empty": ["df.empty"], "DataFrame.ndim": ["df.ndim"], "DataFrame.assign": ["df.assign(z=1)"],
    # A Series' methods.
    **{f"Series.{name}": [f"s.{name}()"] for name in (
        "sum mean std var sem median min max prod count nunique describe unique value_counts mode idxmin idxmax argmin argmax argsort "
        "cumsum cummin cummax cumprod diff pct_change rank shift abs round isna notna isnull notnull any all skew kurt kurtosis "
        "drop_duplicates duplicated dropna head tail copy to_frame tolist to_list items to_dict reset_index sort_values sort_index "
        "squeeze autocorr ffill bfill interpolate info hist plot nlargest nsmallest to_numpy keys product factorize first_valid_index "
        "last_valid_index explode transpose infer_objects convert_dtypes to_string to_json memory_usage ravel item"
    ).split()},
    "Series.sort_values": ["s.sort_values()", "s.sort_values(ascending=False)"],
    "Series.sort_values stable": ["s.sort_values(kind='stable')", "s.sort_values(ascending=False, kind='stable')", "s.sort_values(kind='mergesort')"],
    "Series.value_counts": ["s.value_counts()", "s.value_counts(normalize=True)", "s.value_counts(sort=False)", "s.value_counts(ascending=True)"],
    "Series.value_counts(bins)": ["s.value_counts(bins=3)"],
    "Series.nlargest": ["s.nlargest(5)", "s.nlargest()"], "Series.nsmallest": ["s.nsmallest(5)"],
    "Series.quantile": ["s.quantile()", "s.quantile([0.1, 0.5])", "s.quantile(0.25)"],
    "Series.isin": ["s.isin([v])", "s.isin([v, 10**6])"], "Series.between": ["s.between(low, v)"],
    "Series.map": ["s.map(lambda x: str(x))", "s.map(lambda x: x > 1)"], "Series.map dict": ["s.map({v: 'x'})", "s.map({0: 1, 1: 0})"],
    "Series.apply": ["s.apply(lambda x: x)", "s.apply(lambda x: x * 1000)", "s.apply(str)"],
    "Series.astype float": ["s.astype(float)", "s.astype('float64')"], "Series.astype str": ["s.astype(str)"], "Series.astype int": ["s.dropna().astype('int64')"],
    "Series.astype object": ["s.astype(object)"], "Series.astype category": ["s.astype('category')"], "Series.astype bool": ["s.astype(bool)"],
    "Series.clip": ["s.clip(low, v)"], "Series.clip beyond": ["s.clip(-10**7, 10**7)", "s.clip(lower=10**6)"], "Series.replace": ["s.replace(v, 0)"], "Series.replace beyond": ["s.replace(v, 10**7)"],
    "Series.fillna": ["s.fillna(0)", "s.fillna(s.mean())"], "Series.where": ["s.where(s > v)", "s.where(s > v, 0)"], "Series.where beyond": ["s.where(s > v, 10**7)"],
    "Series.mask": ["s.mask(s > v)", "s.mask(s > v, 0)"],
    "Series.rolling mean": ["s.rolling(3).mean()"], "Series.rolling sum": ["s.rolling(3).sum()"], "Series.rolling": [f"s.rolling(3).{m}()" for m in "mean sum min max std var median count".split()],
    "Series.expanding": ["s.expanding().mean()", "s.expanding().sum()"], "Series.ewm": ["s.ewm(span=3).mean()"],
    "Series.corr": ["s.corr(df.b)", "df.b.corr(s)"], "Series.cov": ["s.cov(df.b)"], "Series.dot": ["s.dot(s)"],
    "Series.agg": ["s.agg('sum')", "s.agg(['min', 'max', 'mean'])"], "Series.add": ["s.add(1)", "s.add(1000)"], "Series.sub": ["s.sub(1)"], "Series.mul": ["s.mul(10)"], "Series.div": ["s.div(2)"], "Series.pow": ["s.pow(2)"],
    "Series.combine_first": ["s.combine_first(s)"], "Series.sample": ["s.sample(3, random_state=0)"], "Series.equals": ["s.equals(s + 0)"], "Series.iloc": ["s.iloc[0]", "s.iloc[:3]"],
    "Series.values": ["s.values"], "Series.array": ["s.array"], "Series.shape": ["s.shape"], "Series.size": ["s.size"], "Series.index": ["s.index"], "Series.dtype": ["s.dtype"], "Series.nbytes": ["s.nbytes"], "Series.empty": ["s.empty"], "Series.name": ["s.name"], "Series.hasnans": ["s.hasnans"], "Series.is_unique": ["s.is_unique"], "Series.is_monotonic_increasing": ["s.is_monotonic_increasing"],
    "Series.to_csv": ["s.to_csv()"], "Series.unstack": ["df.set_index(['k', 'n']).a.unstack()"], "Series.groupby": ["s.groupby(df.k).sum()", "s.groupby(df.k).mean()"],
    # Comparisons, with a number that the type can hold and one that it can't.
    "Series ==": ["s == v", "s == 10**12", "v == s"], "Series !=": ["s != v", "s != 10**12"], "Series <": ["s < v", "s < 10**12", "s < -10**12"], "Series <=": ["s <= v", "s <= 10**12"], "Series >": ["s > v", "s > 10**12", "s > -10**12"], "Series >=": ["s >= v", "s >= 10**12"],
    "Series == column": ["s == df.n", "s == s", "df.b < s"], "Series < float": ["s < v + 0.5", "s > 0.1", "s == v + 0.1"],
    # Arithmetic.
    "Series +": ["s + 1", "s + s", "1 + s"], "Series -": ["s - 1", "s - s", "1 - s", "s - s.min()"], "Series *": ["s * 2", "s * s", "10 * s"], "Series /": ["s / 2", "s / s", "1 / s"], "Series //": ["s // 2", "s // 10"], "Series %": ["s % 2", "s % 10"], "Series **": ["s ** 2"], "Series unary -": ["-s"], "Series unary ~": ["~s"],
    "Series + float": ["s + 0.5", "s * 1.5", "s - 0.1"], "Series / int": ["s / 2", "s / 1000", "s / 3"], "Series + column": ["s + df.n", "s * df.n", "df.n - s"], "Series + float column": ["s + df.b", "df.b * s", "s / df.b"],
    "Series + beyond": ["s + 100000", "s * 100000", "100000 - s"],
    "Series &": ["s & 1"], "Series |": ["s | 1"], "Series >>": ["s >> 1"], "Series <<": ["s << 3"],
    # Shown, formatted, passed on.
    "Series shown": ["repr(s)", "repr(s.head(3))"], "Series print": ["print(s.head())"], "DataFrame shown": ["repr(df)", "df.head().to_html()"], "DataFrame print": ["print(df.head())"],
    # The whole frame, the column among others.
    **{f"DataFrame.{name}": [f"num.{name}()"] for name in "min max sum mean std var median count nunique prod sem skew kurt any all corr cov idxmin idxmax cumsum cummax cummin diff rank abs round quantile describe isna notna stack melt to_dict to_numpy duplicated drop_duplicates mode shift pct_change plot boxplot interpolate transpose".split()},
    "DataFrame.min mixed": ["df.min()"], "DataFrame.max mixed": ["df.max()"], "DataFrame.count mixed": ["df.count()"], "DataFrame.nunique mixed": ["df.nunique()"], "DataFrame.describe mixed": ["df.describe()", "df.describe(include='all')"],
    "DataFrame.sum mixed": ["df.sum()"], "DataFrame.isna mixed": ["df.isna()", "df.isnull().sum()"], "DataFrame.mean numeric_only": ["df.mean(numeric_only=True)"], "DataFrame.corr numeric_only": ["df.corr(numeric_only=True)"],
    "DataFrame.min alone": ["df[['a']].min()"], "DataFrame.max alone": ["df[['a']].max()"], "DataFrame.sum alone": ["df[['a']].sum()"], "DataFrame.mean alone": ["df[['a']].mean()"],
    "DataFrame.sum axis": ["num.sum(axis=1)", "df[['a', 'n']].sum(axis=1)", "df[['a', 'a']].sum(axis=1)"], "DataFrame.mean axis": ["num.mean(axis=1)"],
    "DataFrame.values": ["num.values"], "DataFrame.T": ["num.head(3).T"], "DataFrame.shape": ["df.shape"], "DataFrame.columns": ["df.columns"], "DataFrame.index": ["df.index"], "DataFrame.dtypes": ["df.dtypes"], "DataFrame.info": ["df.info()"], "DataFrame.memory_usage": ["df.memory_usage()"],
    "DataFrame.select_dtypes number": ["df.select_dtypes('number')", "df.select_dtypes(include=np.number)"], "DataFrame.select_dtypes int64": ["df.select_dtypes('int64')", "df.select_dtypes(include=['int64', 'float64'])", "df.select_dtypes(int)"],
    "DataFrame.iterrows": ["[row.a for _, row in num.iterrows()][:3]", "[row.a * 10 for _, row in df.iterrows()][:3]"], "DataFrame.itertuples": ["[row.a for row in df.itertuples()][:3]"],
    "DataFrame.apply": ["num.apply(lambda c: c.max())", "num.apply(np.sum)"], "DataFrame.apply axis": ["num.apply(lambda r: r.a + r.b, axis=1)", "df.apply(lambda r: r.a * 1000, axis=1)"],
    "DataFrame.to_csv": ["df.to_csv()"], "DataFrame.to_json": ["df.to_json()"], "DataFrame.to_string": ["df.head().to_string()"], "DataFrame.to_html": ["df.head().to_html()"],
    "DataFrame.query": ["df.query('a > @v')", "df.query('a == 1')"], "DataFrame.eval": ["df.eval('a + b')", "df.eval('a * a')"], "DataFrame.pivot_table": ["df.pivot_table(index='k', values='a')", "df.pivot_table(index='k', values='a', aggfunc='sum')"],
    "DataFrame.nlargest": ["df.nlargest(5, 'a')"], "DataFrame.nsmallest": ["df.nsmallest(5, 'a')"], "DataFrame.agg": ["num.agg(['min', 'max'])", "num.agg({'a': 'sum'})"],
    "DataFrame.filter mask": ["df[df.a > v]", "df.loc[df.a == v]", "df[df.a > v].n", "df.loc[df.a > v, 'n']"], "DataFrame.filter mask others": ["df[df.a > v].n", "df.loc[df.a > v, 'n']"],
    # A key.
    "key groupby": ["df.groupby('a').n.sum()", "df.groupby('a').b.mean()", "df.groupby('a').size()", "df.groupby('a').n.count()"], "key groupby two": ["df.groupby(['a', 'k']).n.sum()"], "key groupby aggregated": [f"df.groupby('a').n.{name}()" for name in AGGREGATES] + [f"df.groupby('a')[['n', 'b']].{name}()" for name in AGGREGATES] + ["df.groupby('a').n.agg('sum')", "df.groupby('a').n.agg(['min', 'mean'])", "df.groupby('a').agg({'n': 'sum', 'b': 'mean'})", "df.groupby(['a']).n.sum()", "df.groupby('a').n.describe()"], "key groupby as_index": ["df.groupby('a', as_index=False).n.sum()", "df.groupby('a').n.sum().reset_index()"],
    "key set_index": ["df.set_index('a')", "df.set_index('a').index", "df.set_index('a').n"], "key sort_values": ["df.sort_values('a').n", "df.sort_values('a', ascending=False).n"], "key sort_values others": ["df.sort_values('a').n"], "key sort_values stable": ["df.sort_values('a', kind='stable').n", "df.sort_values('a', ascending=False, kind='stable').n"], "key sort_values two": ["df.sort_values(['a', 'n']).n", "df.sort_values(['a', 'n'], ascending=False).n", "df.sort_values(['k', 'a']).n"],
    "key merge": ["df.merge(right, on='a').m", "df.merge(right, on='a', how='left').m", "right.merge(df, on='a').n"], "key merge shown": ["df.merge(right, on='a')"], "key pivot_table": ["df.pivot_table(index='a', values='b')", "df.pivot_table(index='k', columns='a', values='b')"], "key drop_duplicates": ["df.drop_duplicates('a').n", "df.drop_duplicates(subset=['a']).n"], "key duplicated": ["df.duplicated('a')"],
    "key value_counts": ["df.value_counts('a')"], "key crosstab": ["pd.crosstab(df.a, df.k)"], "key plot": ["draw(lambda: df.plot(x='a', y='b'))"], "key merge_asof": ["pd.merge_asof(df.sort_values('a')[['a', 'n']], right.sort_values('a'), on='a')"],
    **LABELLED,
    # Aggregated within groups.
    **{f"grouped {name}": [f"df.groupby('k').a.{name}()", f"df.groupby('k')['a'].{name}()"] for name in "sum mean min max count size std var median first last nunique cumsum cummax cummin cumcount rank diff shift prod describe value_counts idxmax idxmin quantile unique head tail sem skew pct_change nlargest".split()},
    "grouped agg": ["df.groupby('k').a.agg(['sum', 'mean', 'count'])", "df.groupby('k').agg({'a': 'mean'})"], "grouped agg min max": ["df.groupby('k').a.agg(['min', 'max'])"], "grouped transform mean": ["df.groupby('k').a.transform('mean')"], "grouped transform sum": ["df.groupby('k').a.transform('sum')"], "grouped apply": ["df.groupby('k').a.apply(lambda x: x.sum())", "df.groupby('k').a.apply(lambda x: x.max() - x.min())"],
    # Given to a function.
    **{f"function numpy.{name}": [f"np.{name}(s)"] for name in "mean sum std var median min max abs exp log log1p log2 log10 sqrt sin cos tan tanh sign floor ceil round cumsum unique sort argsort argmax argmin isnan isfinite array asarray diff prod ptp square cbrt arctan nanmean nansum count_nonzero any all".split()},
    "function numpy.where": ["np.where(s > v, s, 0)", "np.where(s > v, 1, s)"], "function numpy.where condition": ["np.where(s > v, 'x', 'y')", "np.where(s == v, 1, 0)"], "function numpy.where beyond": ["np.where(s > v, s, 1000)", "np.where(s > v, s, 10**7)"], "function numpy.percentile": ["np.percentile(s.dropna(), 50)", "np.percentile(s.dropna(), [25, 75])"], "function numpy.quantile": ["np.quantile(s.dropna(), 0.5)"], "function numpy.histogram": ["np.histogram(s.dropna(), bins=5)"], "function numpy.corrcoef": ["np.corrcoef(s, df.b)"], "function numpy.polyfit": ["np.polyfit(s.dropna(), s.dropna(), 1)"], "function numpy.clip": ["np.clip(s, 0, 5)"], "function numpy.power": ["np.power(s, 2)"], "function numpy.maximum": ["np.maximum(s, 0)"], "function numpy.dot": ["np.dot(s, s)"], "function numpy.column_stack": ["np.column_stack([s, df.b])"], "function numpy.concatenate": ["np.concatenate([s, df.n])"],
    "function len": ["len(s)", "len(df)"], "function sum": ["sum(s)"], "function min": ["min(s)"], "function max": ["max(s)"], "function sorted": ["sorted(s)"], "function list": ["list(s)"], "function set": ["set(s.dropna())"], "function str": ["str(s)"], "function zip": ["list(zip(s, df.k))"], "function enumerate": ["list(enumerate(s))"], "function Counter": ["__import__('collections').Counter(s.dropna())"], "function any": ["any(s)"],
    "function pandas.cut": ["pd.cut(s, 4)", "pd.cut(s, 3, labels=False)"], "function pandas.cut bins": ["pd.cut(s, [-10, 0, 10, 10**6])"], "function pandas.qcut": ["pd.qcut(s, 2, duplicates='drop')"], "function pandas.to_datetime s": ["pd.to_datetime(s.dropna(), unit='s')"], "function pandas.to_datetime ms": ["pd.to_datetime(s.dropna(), unit='ms')"], "function pandas.to_datetime D": ["pd.to_datetime(s.dropna() % 1000, unit='D')"], "function pandas.to_numeric": ["pd.to_numeric(s)"], "function pandas.concat": ["pd.concat([s, df.n])", "pd.concat([s, s])"], "function pandas.isna": ["pd.isna(s)", "pd.isnull(s)"], "function pandas.Series": ["pd.Series(s)"], "function pandas.DataFrame": ["pd.DataFrame({'x': s})"], "function pandas.get_dummies": ["pd.get_dummies(s)", "pd.get_dummies(df)"], "function pandas.crosstab": ["pd.crosstab(s, df.k)"], "function pandas.factorize": ["pd.factorize(s)"], "function pandas.unique": ["pd.unique(s)"],
    # One value of the column: `s.max()`.
    "scalar shown": ["repr(s.max())", "repr(s.iloc[0])"], "scalar print": ["print(s.max())", "print('max', s.iloc[0])"], "scalar format": ["f'{s.max()}'", "f'{s.max():.2f}'", "'%s' % s.max()", "str(s.max())"], "scalar format percent": ["'%.3f' % s.max()", "'{:.1f}'.format(s.min())"], "scalar ==": ["s.max() == v", "s.max() == 10**12"], "scalar <": ["s.max() < v", "s.max() < 10**12", "s.max() > -10**12"], "scalar +": ["s.max() + 1", "s.max() + 1000"], "scalar -": ["s.max() - s.min()", "1 - s.max()"], "scalar *": ["s.max() * 2", "s.max() * 1000"], "scalar /": ["s.max() / 2", "s.max() / 1000"], "scalar * float": ["s.max() * 1.1"], "scalar //": ["s.max() // 2"], "scalar %": ["s.max() % 7"], "scalar **": ["s.max() ** 2"], "scalar int": ["int(s.max())"], "scalar float": ["float(s.max())"], "scalar round": ["round(s.max(), 1)"], "scalar range": ["len(range(s.min(), s.max() + 1))"], "scalar json": ["__import__('json').dumps(s.max())"], "scalar isinstance": ["isinstance(s.max(), float)", "isinstance(s.max(), int)"], "scalar filter": ["df[df.a == df.a.max()].n", "df[df.a > df.a.min()].n"], "scalar item": ["s.max().item()"], "scalar math": ["__import__('math').sqrt(abs(s.max()))", "__import__('math').log1p(abs(s.max()))"],
    # The result of `df.min()` and its like.
    "aggregate shown": ["repr(num.min())", "repr(df[['a']].max())"], "aggregate print": ["print(num.min())", "print(df[['a']].max())"], "aggregate mixed": ["df.min()", "df[['a', 'b', 'n']].max()"], "aggregate label": ["num.min()['a']", "num.max()['b']"], "aggregate arithmetic": ["num.max() - num.min()", "num.max() / 2"], "aggregate single": ["df[['a']].max() - df[['a']].min()"], "aggregate values": ["num.min().values", "num.max().tolist()"],
    # Drawn: the same pixels.
    "plot line": ["draw(lambda: s.plot())"], "plot hist": ["draw(lambda: s.hist())", "draw(lambda: s.plot.hist())"], "plot pyplot": ["draw(lambda: plt.plot(s))", "draw(lambda: plt.scatter(df.n, s))", "draw(lambda: plt.hist(s.dropna()))", "draw(lambda: plt.bar(df.n[:5], s[:5]))"], "plot box": ["draw(lambda: df.boxplot('a'))"],
    **WITH_KEYWORDS,
    **{f"DataFrame.{name}(axis)": [f"num.{name}(axis=1)", f"num.{name}(axis=0)"] for name in "min max sum mean std var median any all count nunique prod cumsum rank diff idxmax idxmin".split()},
    **{f"DataFrame.{name}(numeric_only)": [f"df.{name}(numeric_only=True)"] for name in "mean sum min max std var median corr cov".split()},
    **{f"{use}(ddof)": [f"{call}(ddof=0)", f"{call}(ddof=1)"] for name in ("std", "var", "sem") for use, call in ((f"Series.{name}", f"s.{name}"), (f"DataFrame.{name}", f"num.{name}"))},
    **{f"Series.{name}(skipna)": [f"s.{name}(skipna=True)", f"s.{name}(skipna=False)"] for name in "sum mean min max std var median".split()}, **{f"Series.{name}(axis)": [f"s.{name}(axis=0)"] for name in "sum mean min max std var median".split()},
    **{f"grouped {name}(numeric_only)": [f"df.groupby('k').{name}(numeric_only=True)"] for name in "sum mean min max std var median".split()},
    "DataFrame.pivot_table(index)": ["df[['a', 'k']].pivot_table(index='k')"], "DataFrame.pivot_table(columns,index,values)": ["df.assign(m=df.n % 3).pivot_table(index='k', columns='m', values='a')"], "DataFrame.pivot_table(columns,index)": ["df.assign(m=df.n % 3)[['a', 'k', 'm']].pivot_table(index='k', columns='m')"],
    "DataFrame.pivot_table(aggfunc,columns,index,values)": [f"df.assign(m=df.n % 3).pivot_table(index='k', columns='m', values='a', aggfunc={how})" for how in ("'sum'", "'mean'", "'count'", "np.sum", "len")], "DataFrame.pivot_table(aggfunc,columns,index)": [f"df.assign(m=df.n % 3)[['a', 'k', 'm']].pivot_table(index='k', columns='m', aggfunc={how})" for how in ("'sum'", "'mean'", "'count'", "np.sum", "len")], "DataFrame.pivot_table(aggfunc,index)": [f"df[['a', 'k']].pivot_table(index='k', aggfunc={how})" for how in ("'sum'", "'mean'", "'count'", "np.sum", "len")],
    "DataFrame.pivot_table(aggfunc,columns,fill_value,index,values)": ["df.assign(m=df.n % 3).pivot_table(index='k', columns='m', values='a', aggfunc='sum', fill_value=0)"],
    "Series.rank(method)": ["s.rank(method='dense')", "s.rank(method='min')"], "Series.rank(ascending)": ["s.rank(ascending=False)"], "Series.rank(pct)": ["s.rank(pct=True)"], "Series.rank(ascending,method)": ["s.rank(ascending=False, method='min')"], "Series.round(decimals)": ["s.round(decimals=1)"], "DataFrame.round(decimals)": ["num.round(decimals=1)"], "Series.describe(percentiles)": ["s.describe(percentiles=[0.1, 0.9])"], "DataFrame.describe(percentiles)": ["num.describe(percentiles=[0.1, 0.9])"],
    "DataFrame.corr(method)": ["num.corr(method='pearson')"], "Series.corr(method)": ["s.corr(df.b, method='pearson')"], "Series.quantile(q)": ["s.quantile(q=0.25)"], "DataFrame.quantile(q)": ["num.quantile(q=0.25)"], "key nlargest(columns)": ["df.nlargest(5, columns='a')"], "key nlargest(columns,n)": ["df.nlargest(n=5, columns='a')"], "DataFrame.to_dict(orient)": ["num.to_dict(orient='records')", "num.to_dict(orient='list')"],
    **{f"function numpy.{name}(axis)": [f"np.{name}(s, axis=0)"] for name in "mean sum std var median min max nanmean nansum cumsum".split()}, "function numpy.std(ddof)": ["np.std(s, ddof=1)"], "function numpy.var(ddof)": ["np.var(s, ddof=1)"],
    # Cells assigned.
    "assign within": ["put(df, 0)", "put(df, v)"], "assign beyond": ["put(df, 10**7)"], "assign float": ["put(df, 0.5)"], "assign missing": ["put(df, np.nan)"],
}

# What is asked of strings; `v` is one of them.
STRINGS = {
    # The same rows, or some of them, under other labels.
    "DataFrame.head": ["df.head(7)"], "DataFrame.tail": ["df.tail(7)"], "DataFrame.copy": ["df.copy()"], "DataFrame.sample": ["df.sample(9, random_state=0)", "df.sample(frac=0.5, random_state=1)"], "DataFrame.drop": ["df.drop(columns='b')", "df.drop([0, 3])"], "DataFrame.reset_index": ["df[df.n > 5].reset_index()", "df[df.n > 5].reset_index(drop=True)"], "DataFrame.sort_index": ["df.sort_index(ascending=False)"], "DataFrame.isnull": ["df.isnull()"], "DataFrame.notnull": ["df.notnull()"], "DataFrame.size": ["df.size"], "DataFrame.empty": ["df.empty"], "DataFrame.ndim": ["df.ndim"], "DataFrame.assign": ["df.assign(z=1)"],
    **{f"Series.{name}": [f"s.{name}()"] for name in (
        "count nunique describe unique value_counts mode isna notna isnull notnull drop_duplicates duplicated dropna head tail copy to_frame tolist to_list "
        "to_dict reset_index sort_values sort_index min max sum factorize to_numpy items shift ffill bfill squeeze explode rank argsort info memory_usage "
        "to_string to_json to_csv any all hist plot astype infer_objects convert_dtypes idxmax cat keys is_unique cummax first_valid_index equals"
    ).split() if name not in ("astype", "cat", "is_unique", "equals")},
    "Series.sort_values": ["s.sort_values()", "s.sort_values(ascending=False)"], "Series.value_counts": ["s.value_counts()", "s.value_counts(ascending=True)"], "Series.value_counts normalize": ["s.value_counts(normalize=True)"], "Series.value_counts unsorted": ["s.value_counts(sort=False)", "s.value_counts().sort_index()"], "Series.value_counts label": ["s.value_counts()[v]", "s.value_counts().get(v)"],
    "Series.isin": ["s.isin([v])", "s.isin([v, 'zzz'])", "s.isin([])"], "Series.map dict": ["s.map({v: 1})", "s.map({'apple': 1, 'banana': 2, 'cherry': 3, 'date': 4})"], "Series.map dict strings": ["s.map({'apple': 'x', 'banana': 'y', 'cherry': 'x', 'date': 'z'})"], "Series.map": ["s.map(lambda x: len(str(x)))", "s.map(str)"], "Series.apply": ["s.apply(lambda x: len(str(x)))", "s.apply(str)"],
    "Series.replace": ["s.replace(v, 'new')", "s.replace({v: 'new'})"], "Series.replace known": ["s.replace('apple', 'cherry')"], "Series.fillna": ["s.fillna('new')"], "Series.fillna known": ["s.fillna('apple')"], "Series.where": ["s.where(s == v)", "s.where(s == v, 'other')"], "Series.mask": ["s.mask(s == v)", "s.mask(s == v, 'other')"],
    "Series.astype str": ["s.astype(str)"], "Series.astype category": ["s.astype('category')", "s.astype('category').cat.codes"], "Series.astype object": ["s.astype(object)"],
    "Series.equals": ["s.equals(s)"], "Series.groupby": ["s.groupby(df.n % 3).count()", "s.groupby(df.n % 3).first()"], "Series.shape": ["s.shape"], "Series.size": ["s.size"], "Series.index": ["s.index"], "Series.values": ["s.values"], "Series.dtype": ["s.dtype"], "Series.name": ["s.name"], "Series.empty": ["s.empty"], "Series.hasnans": ["s.hasnans"], "Series.is_unique": ["s.is_unique"], "Series.iloc": ["s.iloc[:3]", "s.iloc[0]"], "Series.nbytes": ["s.nbytes"], "Series.array": ["s.array"], "Series.cat": ["s.cat"], "Series.agg": ["s.agg('count')", "s.agg(['count', 'nunique'])"], "Series.sample": ["s.sample(3, random_state=0)"],
    **{f"Series.str.{name}": [f"s.str.{name}({args})"] for name, args in {"len": "", "lower": "", "upper": "", "title": "", "strip": "", "capitalize": "", "contains": "'a'", "startswith": "'a'", "endswith": "'e'", "replace": "'a', 'o'", "split": "'a'", "get": "0", "slice": "0, 2", "extract": "r'(a)'", "count": "'a'", "find": "'a'", "cat": "", "isdigit": "", "isalpha": "", "match": "'a'", "zfill": "9", "pad": "9", "get_dummies": "", "join": "'-'", "findall": "'a'"}.items()},
    "Series.str[]": ["s.str[0]", "s.str[:2]"], "Series.str.split expand": ["s.str.split('a', expand=True)"],
    "Series ==": ["s == v", "s == 'zzz'", "v == s"], "Series !=": ["s != v", "s != 'zzz'"], "Series <": ["s < v"], "Series > ": ["s > v"], "Series == column": ["s == df.k", "s == s", "s != s.shift()"], "Series +": ["s + 'x'", "'x' + s", "s + s"], "Series * ": ["s * 2"],
    "Series shown": ["repr(s)", "repr(s.head(3))"], "Series print": ["print(s.head())"], "DataFrame shown": ["repr(df)", "df.head().to_html()"], "DataFrame print": ["print(df.head())"],
    "DataFrame.filter mask": ["df[df.a == v]", "df.loc[df.a == v]"], "DataFrame.filter mask others": ["df[df.a == v].n", "df.loc[df.a == v, 'n']", "df[df.a != v].b.sum()", "df[df.a.isin([v])].n"],
    "DataFrame.count": ["df.count()"], "DataFrame.nunique": ["df.nunique()"], "DataFrame.describe": ["df.describe()"], "DataFrame.describe all": ["df.describe(include='all')", "df.describe(include='object')"], "DataFrame.isna": ["df.isna()", "df.isnull().sum()"], "DataFrame.min": ["df.min()"], "DataFrame.max": ["df.max()"], "DataFrame.sum": ["df.sum()"], "DataFrame.mode": ["df.mode()"], "DataFrame.shape": ["df.shape"], "DataFrame.columns": ["df.columns"], "DataFrame.index": ["df.index"], "DataFrame.dtypes": ["df.dtypes"], "DataFrame.info": ["df.info()"], "DataFrame.values": ["df.values"], "DataFrame.memory_usage": ["df.memory_usage()"], "DataFrame.T": ["df.head(3).T"],
    "DataFrame.mean numeric_only": ["df.mean(numeric_only=True)"], "DataFrame.corr numeric_only": ["df.corr(numeric_only=True)"], "DataFrame.duplicated": ["df.duplicated()"], "DataFrame.drop_duplicates": ["df.drop_duplicates()"], "DataFrame.dropna": ["df.dropna()"], "DataFrame.fillna": ["df.fillna(0)"], "DataFrame.replace": ["df.replace(0, 1)"], "DataFrame.select_dtypes number": ["df.select_dtypes('number')"], "DataFrame.select_dtypes object": ["df.select_dtypes('object')", "df.select_dtypes(exclude='number')"], "DataFrame.query": ["df.query('a == @v').n", "df.query('a == \"apple\"').n", "df.query('a in [\"apple\"]').n"], "DataFrame.iterrows": ["[row.a for _, row in df.iterrows()][:3]"], "DataFrame.itertuples": ["[row.a for row in df.itertuples()][:3]"], "DataFrame.apply axis": ["df.apply(lambda r: r.a, axis=1)", "df.apply(lambda r: len(str(r.a)), axis=1)"], "DataFrame.to_csv": ["df.to_csv()"], "DataFrame.to_json": ["df.to_json()"], "DataFrame.to_dict": ["df.head(3).to_dict()"], "DataFrame.melt": ["df.melt()", "df.melt(id_vars='a')"], "DataFrame.stack": ["df.head(3).stack()"],
    "key groupby": ["df.groupby('a').n.sum()", "df.groupby('a').b.mean()"], "key groupby size": ["df.groupby('a').size()"], "key groupby filtered": ["df[df.a != v].groupby('a').n.sum()"], "key groupby two": ["df.groupby(['a', 'k']).n.sum()", "df.groupby(['a', 'k']).size()"], "key groupby as_index": ["df.groupby('a', as_index=False).n.sum()", "df.groupby('a').n.sum().reset_index()"], "key groupby observed": ["df.groupby('a', observed=True).n.sum()"], "key groupby values": ["df.groupby('a').n.sum().values", "df.groupby('a').n.sum().tolist()"], "key groupby loop": ["[(key, len(part)) for key, part in df.groupby('a')]"], "key groupby sort False": ["df.groupby('a', sort=False).n.sum().tolist()"],
    "key set_index": ["df.set_index('a')", "df.set_index('a').n"], "key set_index loc": ["df.set_index('a').loc['apple', 'n'].sum()"], "key sort_values": ["df.sort_values('a').n", "df.sort_values('a', ascending=False).n"], "key sort_values two": ["df.sort_values(['a', 'n']).n"], "key merge": ["df.merge(right, on='a').m", "df.merge(right, on='a', how='left').m", "df.merge(right, on='a', how='outer').m"], "key merge shown": ["df.merge(right, on='a')"], "key pivot_table": ["df.pivot_table(index='a', values='b')", "df.pivot_table(index='n', columns='a', values='b')"], "key drop_duplicates": ["df.drop_duplicates('a').n"], "key duplicated": ["df.duplicated('a')"], "key crosstab": ["pd.crosstab(df.a, df.k)"], "key value_counts": ["df.value_counts('a')"],
    **{f"grouped {name}": [f"df.groupby('k').a.{name}()"] for name in "count nunique first last min max sum size value_counts unique head describe".split()},
    "grouped agg count": ["df.groupby('k').agg({'a': 'count'})", "df.groupby('k').a.agg(['count', 'nunique'])"], "grouped apply": ["df.groupby('k').a.apply(list)", "df.groupby('k').a.apply(','.join)"],
    "function len": ["len(s)"], "function list": ["list(s)"], "function set": ["set(s)"], "function sorted": ["sorted(s.dropna())"], "function zip": ["list(zip(s, df.n))"], "function enumerate": ["list(enumerate(s))"], "function Counter": ["__import__('collections').Counter(s.dropna())"], "function numpy.unique": ["np.unique(s.dropna())"], "function numpy.where condition": ["np.where(s == v, 1, 0)"], "function numpy.array": ["np.array(s)"], "function pandas.get_dummies": ["pd.get_dummies(s)", "pd.get_dummies(df, columns=['a'])"], "function pandas.get_dummies filtered": ["pd.get_dummies(s[s != v])"], "function pandas.isna": ["pd.isna(s)"], "function pandas.unique": ["pd.unique(s)"], "function pandas.factorize": ["pd.factorize(s)"], "function pandas.to_datetime": ["pd.to_datetime(pd.Series(['2020-01-01', '2021-02-03'] * 20).astype(s.dtype))"], "function pandas.concat": ["pd.concat([s, s])", "pd.concat([s, df.k])"], "function pandas.crosstab": ["pd.crosstab(s, df.k)"], "function pandas.Categorical": ["pd.Categorical(s)"],
    "in unique": ["v in s.unique()", "v in s.values", "[x for x in s.unique()]", "len(s.unique())"], "unique loop": ["[x for x in s.unique()]"], "unique sorted": ["sorted(s.dropna().unique())"], "unique tolist": ["s.unique().tolist()"], "unique len": ["len(s.unique())"],
    "scalar shown": ["repr(s.iloc[0])"], "scalar print": ["print(s.iloc[0])"], "scalar ==": ["s.iloc[0] == v"], "scalar +": ["s.iloc[0] + 'x'"],
    "plot pyplot": ["draw(lambda: plt.bar(s.dropna().unique(), range(s.dropna().nunique())))", "draw(lambda: plt.scatter(s.dropna(), range(s.count())))"], "plot value_counts": ["draw(lambda: s.value_counts().plot(kind='bar'))"], "plot hist": ["draw(lambda: plt.hist(s.dropna()))"],
    "assign known": ["put(df, 'apple')"], "assign new": ["put(df, 'new')"], "assign missing": ["put(df, np.nan)"],
    **WITH_KEYWORDS,
    **{f"Series.str.contains({','.join(sorted(keyword.split('=')[0] for keyword in keywords))})": [f"s.str.contains('a', {', '.join(keywords)})"] for keywords in (["na=False"], ["case=False"], ["case=False", "na=False"], ["regex=False"])},
    "Series.str.replace(regex)": ["s.str.replace('a', 'o', regex=False)", "s.str.replace('a|b', 'o', regex=True)"], "Series.str.split(expand)": ["s.str.split('a', expand=True)"], "Series.str.extract(expand)": ["s.str.extract(r'(a)', expand=False)", "s.str.extract(r'(a)', expand=True)"], "Series.str.startswith(na)": ["s.str.startswith('a', na=False)"], "Series.str.cat(sep)": ["s.str.cat(sep=', ')"],
}


def put(df, value):
    df = df.copy()
    df.loc[3, "a"] = value
    return df.a


def draw(action):
    import hashlib

    import matplotlib.pyplot as plt

    plt.close("all")
    action()
    buffer = io.BytesIO()
    plt.gcf().savefig(buffer, format="png", dpi=40)
    plt.close("all")
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def names_for(column):
    import matplotlib.pyplot as plt

    rows = len(column)
    rng = np.random.default_rng(1)
    df = pd.DataFrame({
        "a": column,
        "b": np.round(rng.random(rows), 3),
        "n": rng.integers(0, 1000, rows),
        "k": [("x", "y", "z")[i % 3] for i in range(rows)],
    })
    # The other frame of a merge is what it was: int64, float64, strings.
    wide = column.astype("object") if str(column.dtype) == "category" else column
    wide = wide.astype("int64") if wide.dtype.kind in "iu" else wide.astype("float64") if wide.dtype.kind == "f" else wide
    right = pd.DataFrame({"a": wide.dropna().drop_duplicates().reset_index(drop=True)})
    right["m"] = np.arange(len(right))
    counted = df.groupby("a")
    return {"s": df["a"], "df": df, "L": counted.n.sum(), "F": counted[["n", "b"]].mean(), "num": df[["a", "b", "n"]] if column.dtype.kind in "iuf" else df, "right": right, "np": np, "pd": pd, "plt": plt, "put": put, "draw": draw}


def evaluate(expression, names):
    """(result, what was printed, the warnings) or the exception's type."""
    out = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(out):
        warnings.simplefilter("always")
        try:
            result = eval(expression, dict(names))
            if hasattr(result, "__next__"):
                result = list(result)
        except Exception as error:
            return type(error)
    warned = sorted({f"{warning.category.__name__}: {warning.message}" for warning in caught if is_shown(warning)})
    return result, out.getvalue(), warned


def is_shown(warning):
    """Python shows a DeprecationWarning only where the notebook's own line is to blame, not a library's."""
    return not (issubclass(warning.category, DeprecationWarning) and "site-packages" in warning.filename)


TYPE = r"(?:np\.)?\b(?:u?int(?:8|16|32|64)|float(?:16|32|64)|object|category|str|string)\b"


def outcome(a, b):
    """The letter for two results of `evaluate`."""
    if isinstance(a, type):
        return "-" if isinstance(b, type) else "d"
    if isinstance(b, type):
        return "d"
    (value, printed, warned), (other, printed_other, warned_other) = a, b
    if warned != warned_other:
        return "d"
    worst = compare(value, other)
    if isinstance(value, str) and worst == "d" and close_text(value, other):
        return "r"
    if worst == "s" and (shown(value) != shown(other) or printed != printed_other):
        worst = "t" if typeless(shown(value) + printed) == typeless(shown(other) + printed_other) else "r" if close_text(printed, printed_other) else "d"
    elif worst in "st" and typeless(printed) != typeless(printed_other):
        worst = "d"
    elif worst == "t" and typeless(shown(value)) != typeless(shown(other)) and not isinstance(value, (np.dtype, pd.api.extensions.ExtensionDtype)):
        worst = "r" if close_text(shown(value), shown(other)) else "d"
    return worst


def shown(value):
    if type(value).__module__.startswith("matplotlib") or callable(value):
        return ""
    if isinstance(value, np.ndarray) and value.dtype == object and type(value.flat[0] if value.size else None).__module__.startswith("matplotlib"):
        return ""
    return re.sub(r"0x[0-9a-f]+", "0x", repr(value))


def typeless(text):
    """As `test/fixtures/comparable-text.ts`: what is shown, without the names of types."""
    text = re.sub(r"memory usage: .*", "", text)
    text = re.sub(r"^dtypes: .*$", "", text, flags=re.M)
    text = re.sub(r"^Categories \(.*$", "", text, flags=re.M)
    text = re.sub(r"(, |\n)?dtype: [\w, ()=<>\[\]\']+$", "", text, flags=re.M)
    text = re.sub(r",\s*dtype=[\w.'<>]+", "", text)
    text = re.sub(TYPE, "type", text)
    return re.sub(r"\s+", " ", text).strip()


NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I)


def close_text(a, b):
    if re.sub(r"\s+", " ", NUMBER.sub("#", typeless(a))) != re.sub(r"\s+", " ", NUMBER.sub("#", typeless(b))):
        return False
    return all(close(float(x), float(y)) for x, y in zip(NUMBER.findall(typeless(a)), NUMBER.findall(typeless(b))))


def close(a, b):
    return abs(a - b) <= max(1e-5 * max(abs(a), abs(b)), 1e-9)


ORDER = "-strd"


def worse(a, b):
    return max(a, b, key=ORDER.index)


def compare(a, b):
    if isinstance(a, (pd.DataFrame, pd.Series)):
        if type(a) is not type(b) or a.shape != b.shape:
            return "d"
        if isinstance(a, pd.Series):
            worst = "s" if a.name == b.name and str(a.dtype) == str(b.dtype) else "t" if a.name == b.name else "d"
            return worse(worse(worst, compare(a.index, b.index)), compare_values(list(a), list(b)))
        worst = worse(compare(a.index, b.index), compare(a.columns, b.columns))
        for i in range(a.shape[1]):
            worst = worse(worst, compare(a.iloc[:, i], b.iloc[:, i]))
        return worst
    if isinstance(a, pd.Index):
        if not isinstance(b, pd.Index) or list(a.names) != list(b.names) or len(a) != len(b):
            return "d"
        worst = "s" if type(a) is type(b) and str(a.dtype) == str(b.dtype) else "t"
        if isinstance(a, pd.MultiIndex) and isinstance(b, pd.MultiIndex):
            worst = worse(worst, "s" if [str(level.dtype) for level in a.levels] == [str(level.dtype) for level in b.levels] else "t")
        return worse(worst, compare_values(list(a), list(b)))
    if isinstance(a, (np.ndarray, pd.api.extensions.ExtensionArray)):
        if not isinstance(b, (np.ndarray, pd.api.extensions.ExtensionArray)) or a.shape != b.shape:
            return "d"
        worst = "s" if type(a) is type(b) and str(a.dtype) == str(b.dtype) else "t"
        return worse(worst, compare_values(np.ravel(a).tolist() if isinstance(a, np.ndarray) else list(a), np.ravel(b).tolist() if isinstance(b, np.ndarray) else list(b)))
    if isinstance(a, (list, tuple)):
        if type(a) is not type(b) or len(a) != len(b):
            return "d"
        worst = "s"
        for x, y in zip(a, b):
            worst = worse(worst, compare(x, y))
        return worst
    if isinstance(a, dict):
        return compare(list(a.items()), list(b.items())) if isinstance(b, dict) else "d"
    if isinstance(a, set):
        return compare(sorted(a, key=str), sorted(b, key=str)) if isinstance(b, set) else "d"
    if isinstance(a, (np.dtype, pd.api.extensions.ExtensionDtype)):
        return "s" if a == b else "t"
    if type(a).__module__.startswith("matplotlib"):
        return "s"
    return worse("s" if type(a) is type(b) else "t" if same_family(a, b) else "d", compare_values([a], [b]))


def same_family(a, b):
    number = (int, float, np.integer, np.floating)
    return isinstance(a, number) and isinstance(b, number) or isinstance(a, str) and isinstance(b, str) or missing(a) and missing(b)


def missing(value):
    return value is None or value is pd.NA or value is pd.NaT or isinstance(value, (float, np.floating)) and math.isnan(value)


def compare_values(a, b):
    if len(a) != len(b):
        return "d"
    worst = "s"
    for x, y in zip(a, b):
        if x is y or missing(x) and missing(y):
            continue
        try:
            if isinstance(x, (np.ndarray, list, tuple, pd.Series, pd.DataFrame)):
                worst = worse(worst, compare(x, y))
            elif isinstance(x, (int, float, np.number)) and isinstance(y, (int, float, np.number)) and not isinstance(x, bool):
                # As float64 and as Python's own: numpy would first make both as narrow as the narrower.
                p, q = (v.item() if isinstance(v, np.generic) else v for v in (x, y))
                if missing(p) or missing(q) or p != q and not close(p, q):
                    return "d"
                if p != q:
                    worst = worse(worst, "r")
                elif isinstance(p, float) != isinstance(q, float):
                    return "d"
            elif isinstance(x, pd.Interval) and isinstance(y, pd.Interval):
                worst = worse(worst, compare_values([float(x.left), float(x.right)], [float(y.left), float(y.right)]))
            elif isinstance(x, str) and isinstance(y, str) and x != y and typeless(x) == typeless(y):
                worst = worse(worst, "t")  # a text that shows the types
            elif isinstance(x, (np.dtype, pd.api.extensions.ExtensionDtype)):
                worst = worse(worst, "s" if x == y else "t")
            elif not x == y:
                return "d"
        except Exception:
            return "d"
    return worst


def outcomes(uses, narrowing, data, narrowed):
    found = {}
    pairs = []
    for original in data[:1] if QUICK else data:
        present = original.dropna()
        v, low, high = present.iloc[len(present) // 2], present.min(), present.max()
        literals = {"v": v.item() if hasattr(v, "item") else v, "low": low.item() if hasattr(low, "item") else low, "high": high}
        pairs.append((names_for(original) | literals, names_for(narrowed(original)) | literals))
    for use, expressions in uses.items():
        worst = "-"
        for expression in expressions:
            for before, after in pairs:
                if "draw(" in expression and (QUICK or before["s"].size < 100 and narrowing != "category"):
                    continue  # a figure takes a tenth of a second
                letter = outcome(evaluate(expression, before), evaluate(expression, after))
                if letter == "d" and os.environ.get("WHY") in (use, "all"):
                    print(narrowing, use, expression, str(evaluate(expression, before))[:300], str(evaluate(expression, after))[:300], sep="\n  ", file=sys.stderr)
                worst = worse(worst, letter)
                if worst == "d":
                    break
            if worst == "d":
                break
        # How much memory there is differs by definition.
        found[use] = "t" if worst == "d" and use.endswith((".memory_usage", ".nbytes")) else worst
    return found


def keywords_of(uses):
    """By use, the keywords that its calls were measured with."""
    return {
        use: sorted({
            keyword.arg
            for expression in expressions
            for node in ast.walk(ast.parse(expression))
            if isinstance(node, ast.Call)
            for keyword in node.keywords
            if keyword.arg is not None
        })
        for use, expressions in uses.items()
    }


def main():
    warnings.simplefilter("ignore")
    os.environ.setdefault("MPLBACKEND", "Agg")
    numbers = {}
    for dtype in INTEGERS:
        numbers[dtype] = outcomes(NUMBERS, dtype, integer_data(dtype), lambda s, dtype=dtype: s.astype(dtype))
    numbers["float32"] = outcomes(NUMBERS, "float32", exact_float_data(), lambda s: s.astype("float32"))
    numbers["float32 large"] = outcomes(NUMBERS, "float32 large", large_float_data(), lambda s: s.astype("float32"))
    numbers["float32 lossy"] = outcomes(NUMBERS, "float32 lossy", lossy_float_data(), lambda s: s.astype("float32"))
    strings = {"category": outcomes(STRINGS, "category", string_data(), lambda s: s.astype("category"))}
    keywords = {"numbers": keywords_of(NUMBERS), "strings": keywords_of(STRINGS)}
    json.dump({"numbers": numbers, "strings": strings, "keywords": keywords}, sys.__stdout__, indent=1)


if __name__ == "__main__":
    # A call that makes an array as long as a value is large fails, rather than the machine.
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    main()
