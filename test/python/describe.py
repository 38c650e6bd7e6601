"""Python values as JSON that says what they are, in full precision, so that two runs can be compared.

The value and the name of its type stand apart: a run that differs in the type alone can then be told from one that
differs in the value.
"""

import datetime
import hashlib
import math
import re
import types

import numpy as np
import pandas as pd

#: More values than this are held as a digest, and as a sample for what compares with a tolerance.
MOST_VALUES = 20_000
SAMPLE = 1_000
MOST_DEPTH = 6

#: Objects of these packages are known by their type alone: their state is the drawing's, the file's, the socket's.
OPAQUE = ("matplotlib", "seaborn", "PIL", "IPython", "ipykernel", "asyncio", "sqlite3", "logging")


def describe(value, depth=0, inside=()):
    """What `value` is, as JSON. `inside` holds the ids of the containers around it, so that a circle ends."""
    if depth > MOST_DEPTH or id(value) in inside:
        return {"kind": "opaque", "type": type_name(value)}
    inside = (*inside, id(value))

    def child(part):
        return describe(part, depth + 1, inside)

    if isinstance(value, pd.DataFrame):
        return {
            "kind": "frame",
            "type": "DataFrame",
            "index": child(value.index),
            "columns": child(value.columns),
            "parts": [child_values(value.iloc[:, i]) for i in range(value.shape[1])],
        }
    if isinstance(value, pd.Series):
        return {
            "kind": "frame",
            "type": "Series",
            "index": child(value.index),
            "columns": scalar(value.name),
            "parts": [child_values(value)],
        }
    if isinstance(value, pd.MultiIndex):
        return {
            "kind": "sequence",
            "type": "MultiIndex",
            "items": [child(list(value.names)), child_values(value)],
        }
    if isinstance(value, pd.Index):
        return {"kind": "values", "type": "Index", "name": scalar(value.name), **values(value)}
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return {"kind": "values", "type": type(value).__name__, **values(value)}
    if isinstance(value, np.ndarray) and value.ndim > 0:
        return {"kind": "values", "type": "ndarray", "shape": list(value.shape), **values(value.ravel())}
    if isinstance(value, (list, tuple)):
        return {"kind": "sequence", "type": type_name(value), **many(value, child)}
    if isinstance(value, (set, frozenset)):
        return {"kind": "sequence", "type": type_name(value), **many(sorted(value, key=repr), child)}
    if isinstance(value, dict):
        pairs = [[key, item] for key, item in value.items()]
        return {"kind": "sequence", "type": type_name(value), **many(pairs, child)}
    if isinstance(value, types.ModuleType):
        return {"kind": "scalar", "type": "module", "value": value.__name__}
    if isinstance(value, type) or callable(value) and hasattr(value, "__name__"):
        return {"kind": "opaque", "type": type_name(value)}
    if is_scalar(value):
        return {"kind": "scalar", "type": type_name(value), "value": scalar(value)}
    if type(value).__module__.split(".")[0] not in OPAQUE and not_pandas(value) and hasattr(value, "__dict__"):
        return {"kind": "sequence", "type": type_name(value), **many(sorted(vars(value).items()), child)}
    return {"kind": "opaque", "type": type_name(value)}


def not_pandas(value):
    return type(value).__module__.split(".")[0] not in ("pandas", "pyarrow", "numpy")


def type_name(value):
    kind = type(value)
    return kind.__name__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__name__}"


def many(items, child):
    items = list(items)
    if len(items) <= MOST_VALUES:
        return {"items": [child(item) for item in items]}
    # A long list of plain values, or of whatever: each item is described, what is kept is the digest.
    digest = hashlib.sha256()
    for item in items:
        digest.update(repr(child(item)).encode())
    return {"length": len(items), "digest": digest.hexdigest()}


def child_values(column):
    return {"kind": "values", "type": "column", **values(column)}


def values(column):
    """The values of anything that has a dtype, or of a MultiIndex."""
    dtype = str(getattr(column, "dtype", "object"))
    texts = [scalar(item) for item in column]
    if len(texts) <= MOST_VALUES:
        return {"dtype": dtype, "values": texts}
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    step = len(texts) // SAMPLE
    return {"dtype": dtype, "values": texts[::step], "length": len(texts), "digest": digest}


def is_scalar(value):
    plain = (str, bytes, int, float, complex, bool, type(None), np.generic, datetime.date, datetime.timedelta, slice, range)
    return isinstance(value, plain) or value is pd.NA or isinstance(value, (pd.Interval, pd.Period))


def scalar(value):
    """One value as text, the same text for the same value whatever type holds it: `int8(5)` and `5` are both `5`."""
    if value is None:
        return "None"
    if value is pd.NA:
        return "<NA>"
    if value is pd.NaT:
        return "NaT"
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)) and not isinstance(value, np.timedelta64):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return "nan" if math.isnan(number) else repr(number)
    if isinstance(value, (np.datetime64, np.timedelta64)):
        return str(value)
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, tuple):
        return "(" + ", ".join(scalar(item) for item in value) + ")"
    try:
        return re.sub(r"0x[0-9a-f]{6,}", "0x", repr(value))
    except Exception as error:  # a repr is the notebook's own code
        return f"<repr raised {type(error).__name__}>"
