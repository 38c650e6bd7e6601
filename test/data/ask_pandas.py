"""What pandas makes of CSV files: reads a JSON list of {path, kwargs} on standard input and prints a JSON list.

For each file {error} or {rows, columns: [{name, type, missing, min, max, values}]}, where `type` is int, uint, float, bool,
str (every value is one) or object, numbers are text, and values are the distinct strings with their counts.
"""

import json
import sys
import warnings

import pandas as pd

warnings.simplefilter("ignore")


def describe(name, column):
    present = column.dropna()
    told = {"name": name, "missing": int(column.isna().sum()), "count": len(column)}
    kind = column.dtype.kind
    if kind in "iuf":
        told["type"] = {"i": "int", "u": "uint", "f": "float"}[kind]
        if len(present):
            told["min"] = repr(present.min().item())
            told["max"] = repr(present.max().item())
    elif kind == "b":
        told["type"] = "bool"
    elif all(isinstance(value, str) for value in present):
        told["type"] = "str"
        counts = {}
        for value in present:
            counts[value] = counts.get(value, 0) + 1
        told["values"] = list(counts.items())
    else:
        told["type"] = "object"
    return told


def read(path, kwargs):
    try:
        frame = pd.read_csv(path, **kwargs)
    except Exception as error:
        return {"error": type(error).__name__ + ": " + str(error)}
    index = frame.index
    plain = isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1 and index.name is None
    columns = [describe(name, frame[name]) for name in frame.columns]
    return {"rows": len(frame), "plainIndex": plain or len(frame) == 0, "columns": columns}


print(json.dumps([read(task["path"], task["kwargs"]) for task in json.load(sys.stdin)]))
