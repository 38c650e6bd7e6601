"""Python values on disk, in a form that tells what they are: so the final values of two kernels can be compared.

A tree of JSON says what a value consists of, and one binary file holds the long parts in full precision. The value and
the name of its type stand apart: an int8 5 and an int64 5 are the same value of two types.

It runs inside the kernel, for any Python from 3.8 on, and imports nothing that the notebook has not imported.
"""

import collections.abc
import datetime
import decimal
import fractions
import functools
import hashlib
import itertools
import json
import math
import os
import pickle
import re
import sys
import types

#: A container with more items than this that are not all plain numbers or strings is held as a digest.
MOST_ITEMS = 20_000
#: Of a container's items, the sizes of so many are looked at; the others are taken for like them.
MOST_SIZED = 100_000
#: So many items of a column are turned into text at a time.
CHUNK = 200_000
MOST_DEPTH = 8
#: A value that nobody knows is pickled, up to so many bytes.
MOST_PICKLED = 32 << 20
#: What the binary file may hold, in bytes; longer parts are held as digests from there on.
MOST_STORED = 4 << 30

#: Objects of these packages are handles to something outside: their state is the drawing's, the file's, the socket's.
HANDLES = ("matplotlib", "seaborn", "PIL", "IPython", "ipykernel", "asyncio", "sqlite3", "logging", "threading", "_io")


class Store:
    """The binary file, or, where `file` is None, the digests of what would be in it."""

    def __init__(self, file):
        self.file = file
        self.size = 0

    def put(self, pieces, length):
        """Keeps a long part; returns where it is."""
        if self.file is None or self.size > MOST_STORED:
            digest = hashlib.sha256()
            for piece in pieces:
                digest.update(piece)
            return {"length": length, "digest": digest.hexdigest()}
        start = self.size
        for piece in pieces:
            self.file.write(piece)
            self.size += memoryview(piece).nbytes
        return {"length": length, "at": start, "bytes": self.size - start}


def describe(value, store, depth=0, inside=()):
    """What `value` is, as JSON. `inside` holds the ids of the containers around it, so that a circle ends."""
    if depth > MOST_DEPTH or id(value) in inside:
        return {"kind": "opaque", "type": type_name(value), "why": "it is nested too deeply"}
    inside = (*inside, id(value))

    def child(part):
        return describe(part, store, depth + 1, inside)

    for known in (describe_pandas, describe_array, describe_plain):
        found = known(value, store, child)
        if found is not None:
            return found
    return describe_object(value, store, child)


def describe_pandas(value, store, child):
    pd = sys.modules.get("pandas")
    if pd is None or not hasattr(pd, "DataFrame"):
        return None
    if isinstance(value, pd.DataFrame):
        return {
            "kind": "frame",
            "type": type_name(value),
            "index": child(value.index),
            "columns": child(value.columns),
            "parts": [column(value.iloc[:, i], store) for i in range(value.shape[1])],
        }
    if isinstance(value, pd.Series):
        return {
            "kind": "frame",
            "type": type_name(value),
            "index": child(value.index),
            "columns": scalar(value.name),
            "parts": [column(value, store)],
        }
    if isinstance(value, pd.MultiIndex):
        items = [child(list(value.names)), {"kind": "values", "type": "column", **stored_values(value, store)}]
        return {"kind": "sequence", "type": "pandas.MultiIndex", "items": items}
    if isinstance(value, pd.Index):
        return {"kind": "values", "type": "Index", "name": scalar(value.name), **stored_values(value, store)}
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return {"kind": "values", "type": type(value).__name__, **stored_values(value, store)}
    return None


def describe_array(value, store, child):
    np = sys.modules.get("numpy")
    if np is None or not hasattr(np, "ndarray"):
        return None
    torch = sys.modules.get("torch")
    kind = "ndarray"
    if torch is not None and isinstance(value, getattr(torch, "Tensor", ())):
        kind, value = type_name(value), value.detach().cpu().numpy()
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return None
    flat = np.asarray(value).ravel()
    if flat.dtype.names is not None:
        fields = [["fields", list(flat.dtype.names)], *([name, flat[name]] for name in flat.dtype.names)]
        return {"kind": "sequence", "type": "numpy.recarray", "items": [child(field) for field in fields]}
    return {"kind": "values", "type": kind, "shape": list(value.shape), **stored_values(flat, store)}


def describe_plain(value, store, child):
    if isinstance(value, (list, tuple)):
        return {"kind": "sequence", "type": type_name(value), **items_of(value, store, child)}
    if isinstance(value, (set, frozenset)):
        return {"kind": "sequence", "type": type_name(value), **items_of(sorted(value, key=repr), store, child)}
    if isinstance(value, dict):
        pairs = [[key, item] for key, item in value.items()]
        return {"kind": "sequence", "type": type_name(value), "pairs": True, **items_of(pairs, store, child)}
    if isinstance(value, types.ModuleType):
        return {"kind": "defined", "type": "module", "name": value.__name__}
    if isinstance(value, type):
        return {"kind": "defined", "type": "class", "name": value.__name__}
    if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
        return {"kind": "defined", "type": "function", "name": value.__name__}
    if isinstance(value, functools.partial):
        return {"kind": "sequence", "type": type_name(value), "items": [child(list(value.args)), child(value.keywords)]}
    if is_scalar(value):
        return {"kind": "scalar", "type": type_name(value), "value": scalar(value)}
    return None


def describe_object(value, store, child):
    package = type(value).__module__.split(".")[0]
    if package in HANDLES:
        return {"kind": "handle", "type": type_name(value)}
    if isinstance(value, types.GeneratorType) or hasattr(value, "__next__"):
        return {"kind": "opaque", "type": type_name(value), "why": "an iterator can be read only once"}
    if package == "__main__" and isinstance(value, collections.abc.Sequence):
        return {"kind": "sequence", "type": type_name(value), **items_of(value, store, child)}
    if package not in ("pandas", "pyarrow", "numpy") and hasattr(value, "__dict__"):
        members = [[key, item] for key, item in sorted(vars(value).items())]
        return {"kind": "sequence", "type": type_name(value), "pairs": True, **items_of(members, store, child)}
    try:
        return {"kind": "opaque", "type": type_name(value), "pickled": pickled_digest(value)}
    except Exception as error:  # pickling runs the object's own code
        return {"kind": "opaque", "type": type_name(value), "why": f"it can not be pickled: {type(error).__name__}"}


class Digest:
    """A file for pickle that keeps only the digest."""

    def __init__(self):
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data):
        self.size += memoryview(data).nbytes
        if self.size > MOST_PICKLED:
            raise OverflowError("too large")
        self.digest.update(data)
        return len(data)


def pickled_digest(value):
    file = Digest()
    pickle.dump(value, file, protocol=4)
    return file.digest.hexdigest()


def type_name(value):
    kind = type(value)
    return kind.__name__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__name__}"


def items_of(items, store, child):
    if not isinstance(items, collections.abc.Sequence):
        items = list(items)
    # Of a sequence that loads each item when it is asked for, no more than one is held.
    kinds = {type(item) for item in items}
    if len(items) > 100 and len(kinds) == 1 and kinds <= {int, float, str, bool}:
        return {"values": {"kind": "values", "type": "items", "dtype": kinds.pop().__name__, **texts(items, store)}}
    if len(items) <= MOST_ITEMS:
        return {"items": [child(item) for item in items]}
    digest = hashlib.sha256()
    for item in items:
        digest.update(json.dumps(describe(item, Store(None), 2)).encode())
    return {"length": len(items), "digest": digest.hexdigest()}


def column(series, store):
    return {"kind": "values", "type": "column", **stored_values(series, store)}


def stored_values(values, store):
    """The values of anything that has a dtype, or of a MultiIndex."""
    np = sys.modules["numpy"]
    dtype = getattr(values, "dtype", "object")
    name = {"dtype": str(dtype)}
    if isinstance(dtype, np.dtype) and dtype.kind in "biufM":
        return {**name, **numbers(np.asarray(values), store)}
    if hasattr(dtype, "categories"):
        categories = values.cat.categories if hasattr(values, "cat") else values.categories
        codes = np.asarray(values.cat.codes if hasattr(values, "cat") else values.codes)
        if categories.dtype.kind in "iuf" and len(codes) > 0 and not (codes < 0).any():
            return {**name, **numbers(np.asarray(categories)[codes], store)}
        known = [*(scalar(item) for item in categories), "nan"]
        return {**name, "form": "text", **store.put(lines(codes.tolist(), known.__getitem__), len(codes))}
    if type(dtype).__module__.startswith("pandas.core.arrays") and getattr(dtype, "kind", "O") in "biuf":
        missing = np.asarray(values.isna())
        if not missing.any():
            return {**name, **numbers(np.asarray(values, dtype=dtype.kind + "8" if dtype.kind in "iuf" else bool), store)}
    return {**name, **texts(values, store)}


def numbers(array, store):
    """Integers as int64, floats as float64, times as text where nanoseconds do not hold them."""
    np = sys.modules["numpy"]
    kind = array.dtype.kind
    if kind == "M":
        fine = array.astype("datetime64[ns]")
        if not (fine.astype(array.dtype) == array)[~np.isnat(array)].all():
            return texts(array, store)
        return {"form": "time", **store.put(raw(fine.view("i8"), "<i8"), len(array))}
    if kind == "u" and array.dtype.itemsize == 8 and len(array) > 0 and array.max() > 2**63 - 1:
        return texts(array, store)
    if kind == "f" and array.dtype.itemsize > 8:
        return texts(array, store)
    form, stored = {"b": ("bool", "u1"), "f": ("float", "<f8")}.get(kind, ("int", "<i8"))
    return {"form": form, **store.put(raw(array, stored), len(array))}


def raw(array, dtype):
    np = sys.modules["numpy"]
    for start in range(0, len(array), CHUNK):
        yield memoryview(np.ascontiguousarray(array[start : start + CHUNK], dtype=dtype)).cast("B")


def texts(items, store):
    return {"form": "text", **store.put(lines(items, scalar), len(items))}


def lines(items, text_of):
    """Each item a line of UTF-8."""
    some = []
    for item in items:
        some.append(text_of(item))
        if len(some) == CHUNK:
            yield ("\n".join(some) + "\n").encode("utf-8", "backslashreplace")
            some = []
    if some:
        yield ("\n".join(some) + "\n").encode("utf-8", "backslashreplace")


def is_scalar(value):
    plain = (str, bytes, bytearray, int, float, complex, type(None), datetime.date, datetime.time, datetime.timedelta)
    if isinstance(value, (*plain, slice, range, decimal.Decimal, fractions.Fraction, re.Pattern, os.PathLike, type(Ellipsis))):
        return True
    np, pd = sys.modules.get("numpy"), sys.modules.get("pandas")
    if np is not None and isinstance(value, (np.generic, np.dtype, np.ndarray)):
        return True
    return pd is not None and (value is pd.NA or isinstance(value, (pd.Interval, pd.Period, pd.offsets.BaseOffset)))


def scalar(value):
    """One value as one line of text, the same for the same value whatever type holds it: `int8(5)` and `5` are `5`."""
    if type(value) is str:
        return repr(value)
    if value is None:
        return "None"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return "nan" if math.isnan(value) else float.__repr__(value)
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, tuple):
        return "(" + ", ".join(scalar(item) for item in value) + ")"
    np, pd = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pd is not None and hasattr(pd, "NaT"):
        if value is pd.NA:
            return "<NA>"
        if value is pd.NaT:
            return "NaT"
        if isinstance(value, pd.Timestamp):
            return value.isoformat()
    if np is not None and isinstance(value, np.generic):
        if isinstance(value, (np.datetime64, np.timedelta64)):
            return str(value)
        if isinstance(value, np.longdouble) and not isinstance(value, float):
            return str(value)
        if isinstance(value, (np.bool_, np.integer, np.floating, np.str_)):
            return scalar(value.item())
    try:
        text = repr(value)
    except Exception as error:  # a repr is the notebook's own code
        return f"<repr raised {type(error).__name__}>"
    return re.sub(r"0x[0-9a-f]{6,}", "0x", text).replace("\r", "\\r").replace("\n", "\\n")


def bytes_of(value, depth=0):
    """About how many bytes die with `value`."""
    pd, np = sys.modules.get("pandas"), sys.modules.get("numpy")
    if pd is not None and isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
        usage = value.memory_usage(deep=True)
        return int(usage.sum() if isinstance(value, pd.DataFrame) else usage)
    if np is not None and isinstance(value, np.ndarray):
        return int(value.nbytes)
    size = sys.getsizeof(value, 0)
    if depth < 2 and isinstance(value, (list, tuple, set, frozenset, dict)):
        step = len(value) // MOST_SIZED + 1
        for items in (value.keys(), value.values()) if isinstance(value, dict) else (value,):
            size += step * sum(bytes_of(item, depth + 1) for item in itertools.islice(items, 0, None, step))
    return size


#: What IPython itself keeps under the notebook's names: `_`, `_i3`, `_12`, `_oh`.
IPYTHON_NAMES = re.compile(r"_+$|_i*\d*$|_(oh|ih|dh|sh|exit_code)$|__\w+__$|(In|Out|exit|quit|get_ipython)$")


def store_names(namespace, hidden, directory):
    """Writes what the notebook's names hold: names.json, and the long parts in values.bin."""
    names = {}
    with open(os.path.join(directory, "values.bin"), "wb") as file:
        store = Store(file)
        for name, value in sorted(namespace.items()):
            if IPYTHON_NAMES.match(name) or (name in hidden and hidden[name] is value):
                continue
            try:
                held = describe(value, store)
            except Exception as error:  # the notebook's own classes take part
                held = {"kind": "opaque", "type": type_name(value), "why": f"{type(error).__name__}: {error}"}
            try:
                size = bytes_of(value)
            except Exception:
                size = None
            names[name] = {"held": held, "bytes": size}
    with open(os.path.join(directory, "names.json"), "w", encoding="utf-8", errors="backslashreplace") as file:
        json.dump(names, file)
