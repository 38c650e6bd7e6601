"""How each method of pandas is called when it is asked what it does: `generate-pandas-api.py` runs these calls.

`x` is the receiver. The frames have the columns a, b, ... (floats; in the layout `text` strings a and b, and a float c),
grouped ones the integer key j. `m` is an array of bools and `other` a frame, as long as x; `f` a function of one value.
A method that is not here is called without arguments; one that can't be stays of unknown result.
"""

SHARED = {
    "add": ["1"], "sub": ["1"], "mul": ["2"], "div": ["2"], "truediv": ["2"], "floordiv": ["2"], "mod": ["2"], "pow": ["2"],
    "radd": ["1"], "rsub": ["1"], "rmul": ["2"], "rdiv": ["2"], "rtruediv": ["2"], "rfloordiv": ["2"], "rmod": ["2"], "rpow": ["2"],
    "divide": ["2"], "multiply": ["2"], "subtract": ["1"],
    "eq": ["1"], "ne": ["1"], "lt": ["1"], "le": ["1"], "gt": ["1"], "ge": ["1"],
    "add_prefix": ["'p'"], "add_suffix": ["'s'"],
    "agg": ["'sum'", "['sum', 'min']"], "aggregate": ["'sum'", "['sum', 'min']"],
    "apply": ["f"], "map": ["f"], "applymap": ["f"], "transform": ["f"], "pipe": ["lambda it: it.head()"],
    "align": ["x"], "asfreq": [], "asof": ["3"], "astype": ["'float64'", "'float32'", "object"],
    "at_time": [], "between_time": [], "clip": ["0, 0.5", "lower=0"],
    "combine": ["x, lambda p, q: p"], "combine_first": ["x"], "compare": ["x"], "corrwith": ["other"], "dot": [],
    "copy": [""],
    "drop": ["index=[0]", "columns=['a']", "[0]"],
    "drop_duplicates": ["", "keep='last'"],
    "droplevel": [], "equals": ["x"], "fillna": ["0", "method='ffill'", "{'a': 0}"], "filter": ["items=['a', 'b']", "like='a'"],
    "from_dict": [], "from_records": [], "get": ["'a'"], "groupby": ["'a'", "m"], "head": ["", "3"], "insert": ["0, 'new', 1.0"],
    "isin": ["[1, 2]"], "isetitem": ["0, 1.0"], "iterrows": [""], "itertuples": [""], "items": [""], "iteritems": [""], "join": ["other.add_prefix('o')"],
    "mask": ["x.isna()"], "where": ["x.notna()"], "melt": ["", "id_vars='a'"], "merge": ["other, on='a'", "other, left_index=True, right_index=True"],
    "nlargest": ["3", "3, 'a'"], "nsmallest": ["3", "3, 'a'"], "pivot": [], "pivot_table": ["index='j'"], "pop": ["'a'"],
    "quantile": ["", "[0.1, 0.5]"], "query": ["'a > 0.5'"], "eval": ["'a + b'", "'z = a + b'"],
    "reindex": ["index=[0, 1]", "x.index"], "reindex_like": ["x"], "rename": ["columns={'a': 'z'}", "'z'", "str"], "rename_axis": ["'z'"],
    "reorder_levels": [], "replace": ["0, 1", "{0: 1}", "'t0', 'z'"], "resample": [], "reset_index": ["", "drop=True"],
    "rolling": ["3"], "ewm": ["span=3"], "expanding": [""], "round": ["", "2"], "sample": ["3", "frac=1"], "searchsorted": ["0.5"],
    "select_dtypes": ["'number'"], "set_axis": ["range(len(x))", "list(x.columns), axis=1"], "set_flags": [""], "set_index": ["'a'", "'a', drop=False"],
    "shift": ["", "1"], "sort_index": ["", "ascending=False"], "sort_values": ["", "'a'"], "squeeze": [""], "swapaxes": ["0, 1"],
    "tail": ["", "3"], "take": ["[0, 1]"], "to_csv": ["", "'o.csv'"], "to_dict": ["", "'records'", "'list'"], "to_excel": [], "to_feather": [],
    "to_hdf": [], "to_html": ["max_rows=5"], "to_json": ["", "'o.json'"], "to_latex": [], "to_markdown": [], "to_parquet": [],
    "to_pickle": ["'o.pkl'"], "to_records": [""], "to_sql": [], "to_string": ["max_rows=5"], "to_numpy": ["", "copy=True"],
    "truncate": ["1, 3"], "tz_convert": [], "tz_localize": [], "unstack": [""], "stack": [""], "update": ["other"], "xs": ["0"],
    "value_counts": ["", "normalize=True"], "plot": [""], "hist": [""], "boxplot": [""], "info": ["", "verbose=False"], "memory_usage": ["", "deep=True"],
    "__getitem__": ["'a'"], "divmod": ["2"], "rdivmod": ["2"], "factorize": [""], "autocorr": [""], "between": ["0, 1"], "case_when": ["[(m, 0.0)]"],
    "corr": [""], "cov": [""], "count": [""], "describe": [""], "diff": [""], "explode": ["'a'"], "repeat": ["2"], "append": ["x"], "ravel": [""], "view": [""],
    "unique": [""], "nunique": [""], "to_frame": [""], "tolist": [""], "to_list": [""], "argsort": [""], "item": [], "to_period": [], "to_timestamp": [],
    "isna": [""], "assign": ["z=1.0", "z=lambda it: it['a']"], "infer_objects": [""], "convert_dtypes": [""], "bool": [], "to_clipboard": [], "to_gbq": [],
    "to_iceberg": [], "to_orc": [], "to_stata": [], "to_xarray": [], "to_xml": [], "wide_to_long": [], "swaplevel": [], "interpolate": [""],
}

DATAFRAME = SHARED | {
    "drop": ["index=[0]", "columns=['a']", "'a', axis=1"], "rename": ["columns={'a': 'z'}", "index={0: 1}", "columns=str"],
    "nlargest": ["3, 'a'"], "nsmallest": ["3, 'a'"], "sort_values": ["'a'", "'a', ascending=False"], "replace": ["0, 1", "{'a': {0: 1}}"],
    "groupby": ["'a'", "['a', 'b']"], "corr": ["", "numeric_only=True"], "apply": ["f", "lambda row: 0, axis=1"], "pivot_table": ["index='b', values='c'"],
    "dropna": ["", "subset=['a']", "axis=1"], "drop_duplicates": ["", "subset=['a']"], "duplicated": [""], "value_counts": ["", "'a'"], "hist": ["bins=3"],
    "transform": ["f"], "agg": ["'sum'", "['sum', 'min']", "{'a': 'sum'}"], "aggregate": ["'sum'", "['sum', 'min']", "{'a': 'sum'}"],
    "asof": [], "case_when": [], "stack": [""], "fillna": ["0", "{'a': 0}", "method='ffill'"], "searchsorted": [], "between": [],
}

SERIES = SHARED | {
    "drop": ["[0]", "index=[0]"], "rename": ["'z'", "{0: 1}"], "groupby": ["m"], "nlargest": ["3"], "nsmallest": ["3"], "sort_values": ["", "ascending=False"],
    "map": ["f", "{0.5: 1}"], "replace": ["0, 1", "{0: 1}", "'t0', 'z'"], "dropna": [""], "eval": [], "query": [], "join": [], "merge": [], "melt": [],
    "get": ["0"], "pop": ["0"], "filter": ["items=[0, 1]"], "explode": [""], "update": ["other['a']"], "to_dict": [""], "drop_duplicates": ["", "keep='last'"],
    "align": ["x"], "corr": ["x"], "cov": ["x"], "dot": ["x"], "fillna": ["0", "'z'", "method='ffill'"], "set_axis": ["range(len(x))"], "xs": ["0"], "insert": [],
    "where": ["m"], "mask": ["~m"], "quantile": ["", "[0.1, 0.5]"], "isin": ["[1, 2]", "['t0']"], "reindex": ["[0, 1]"], "unstack": [], "agg": ["'sum'", "['sum', 'min']"],
}

GROUPBY = {
    "agg": ["'sum'", "['sum', 'min']"], "aggregate": ["'sum'", "['sum', 'min']"], "apply": ["len", "lambda it: it.head(1)"], "transform": ["'mean'"],
    "filter": ["lambda it: True"], "pipe": ["lambda it: it.sum()"], "get_group": ["1"], "nth": ["0"], "head": [""], "tail": [""], "shift": [""], "rolling": ["3"],
    "ewm": ["span=3"], "expanding": [""], "quantile": [""], "sample": ["n=1"], "nlargest": ["2"], "nsmallest": ["2"], "__iter__": [""], "pct_change": [""], "diff": [""],
    "resample": [], "take": ["[0]"], "corrwith": [], "fillna": ["0"], "hist": [""], "boxplot": [""], "plot": [""], "map": [], "describe": [""], "ohlc": [""], "corr": [""], "cov": [""],
}

STR = {
    "cat": ["", "sep='-'", "x"], "contains": ["'t'"], "count": ["'t'"], "endswith": ["'t'"], "startswith": ["'t'"], "extract": ["r'(t)'"], "extractall": ["r'(t)'"],
    "find": ["'t'"], "findall": ["'t'"], "fullmatch": ["'t'"], "get": ["0"], "index": ["'t'"], "join": ["'-'"], "ljust": ["9"], "rjust": ["9"], "center": ["9"], "match": ["'t'"],
    "pad": ["9"], "repeat": ["2"], "replace": ["'t', 'u'"], "rfind": ["'t'"], "rindex": ["'t'"], "slice": ["0, 1"], "slice_replace": ["0, 1, 'z'"], "split": ["'t'", "'t', expand=True"],
    "rsplit": ["'t'", "'t', expand=True"], "partition": ["'t'"], "rpartition": ["'t'"], "zfill": ["9"], "wrap": ["9"], "normalize": ["'NFC'"], "encode": ["'utf-8'"], "translate": ["{}"],
    "removeprefix": ["'t'"], "removesuffix": ["'t'"], "decode": [], "get_dummies": [],
}

DT = {"strftime": ["'%Y'"], "round": ["'D'"], "floor": ["'D'"], "ceil": ["'D'"], "tz_localize": ["'UTC'"], "tz_convert": [], "to_period": ["'M'"], "as_unit": ["'s'"]}

CAT = {
    "add_categories": ["['z']"], "remove_categories": ["['t0']"], "rename_categories": ["str.upper"], "reorder_categories": ["list(x.categories)"], "set_categories": ["['t0', 't1']"],
    "remove_unused_categories": [""], "as_ordered": [""], "as_unordered": [""],
}

INDEX = {
    "astype": ["object"], "append": ["x"], "delete": ["0"], "difference": ["x"], "drop": ["[0]"], "equals": ["x"], "fillna": ["0"], "get_indexer": ["[0]"], "get_loc": ["0"], "insert": ["0, 9"],
    "intersection": ["x"], "isin": ["[0]"], "map": ["f"], "union": ["x"], "rename": ["'z'"], "repeat": ["2"], "set_names": ["'z'"], "take": ["[0]"], "where": ["m[:len(x)]"], "searchsorted": ["1"],
    "symmetric_difference": ["x"], "to_frame": [""], "reindex": ["[0]"], "slice_indexer": [""], "join": ["x"], "sort_values": [""], "get_indexer_for": ["[0]"], "identical": ["x"],
}

WINDOW = {"agg": ["'sum'"], "aggregate": ["'sum'"], "apply": ["np.sum"], "quantile": ["0.5"], "pipe": ["lambda it: it.sum()"]}

#: What is no method: subscripts, operators, iteration. The key is how `lookup.ts` calls it.
EXPRESSIONS = {
    "DataFrame": {
        "[str]": "x['a']", "[list]": "x[['a', 'b']]", "[mask]": "x[m]", "[slice]": "x[:5]", ".loc[mask]": "x.loc[m]", ".loc[mask, str]": "x.loc[m, 'a']", ".loc[:, str]": "x.loc[:, 'a']",
        ".loc[:, list]": "x.loc[:, ['a', 'b']]", ".loc[label]": "x.loc[0]", ".loc[label, str]": "x.loc[0, 'a']", ".loc[slice]": "x.loc[:5]", ".iloc[int]": "x.iloc[0]", ".iloc[slice]": "x.iloc[:5]",
        ".iloc[list]": "x.iloc[[0, 1]]", ".iloc[:, int]": "x.iloc[:, 0]", ".iloc[:, slice]": "x.iloc[:, :2]", ".at[label, str]": "x.at[0, 'a']", ".iat[int, int]": "x.iat[0, 0]", "+": "x + 1", "==": "x == 1",
        "unary -": "-x", "unary ~": "~x.isna()", "len(...)": "len(x)", "iter(...)": "iter(x)", "in(...)": "'a' in x", "list(...)": "list(x)", "zip(...)": "zip(x['a'], x['b'])", ".method": "x.sum",
        "np.exp": "np.exp(x)", "np.array": "np.array(x)", "np.asarray": "np.asarray(x)", "pd.DataFrame": "pd.DataFrame(x)", "pd.concat rows": "pd.concat([x, other])", "pd.concat columns": "pd.concat([x, other], axis=1)",
        "pd.merge": "pd.merge(x, other, on='a')", "pd.melt": "pd.melt(x)", "pd.isna": "pd.isna(x)", "pd.pivot_table": "pd.pivot_table(x, index='b', values='c')",
    },
    "Series": {
        "[label]": "x[0]", "[mask]": "x[m]", "[slice]": "x[:5]", "[list]": "x[[0, 1]]", ".loc[mask]": "x.loc[m]", ".loc[label]": "x.loc[0]", ".iloc[int]": "x.iloc[0]", ".iloc[slice]": "x.iloc[:5]", ".iloc[list]": "x.iloc[[0, 1]]", "+": "x + x", "==": "x == x[0]",
        "unary -": "-x", "len(...)": "len(x)", "iter(...)": "iter(x)", "in(...)": "0 in x", "list(...)": "list(x)", "set(...)": "set(x)", "map(...)": "map(f, x)", "zip(...)": "zip(x, x)", "enumerate(...)": "enumerate(x)", "np.exp": "np.exp(x)", "np.array": "np.array(x)", "np.asarray": "np.asarray(x)", "np.where": "np.where(m, x, 0)",
        "np.unique": "np.unique(x)", "pd.Series": "pd.Series(x)", "pd.to_numeric": "pd.to_numeric(x)", "pd.to_datetime": "pd.to_datetime(x)", "pd.cut": "pd.cut(x, 3)", "pd.qcut": "pd.qcut(x, 3)", "pd.factorize": "pd.factorize(x)", "pd.unique": "pd.unique(x)", "pd.Categorical": "pd.Categorical(x)",
        "sum(...)": "sum(x)", "max(...)": "max(x)", "min(...)": "min(x)", "sorted(...)": "sorted(x)", "pd.isna": "pd.isna(x)", "pd.crosstab": "pd.crosstab(m, m)", "pd.get_dummies": "pd.get_dummies(m)", "pd.Index": "pd.Index(x)", "pd.DataFrame": "pd.DataFrame(x)", "pd.DataFrame dict": "pd.DataFrame({'a': x})", "pd.concat": "pd.concat([x, x])",
    },
    "GroupBy": {"[str]": "x['a']", "[list]": "x[['a', 'b']]", "iter(...)": "iter(x)", "list(...)": "list(x)", "len(...)": "len(x)", "next(...)": "next(iter(x))", "for last": "[part for key, part in x][-1]"},
    "SeriesGroupBy": {"iter(...)": "iter(x)", "len(...)": "len(x)"},
}
