"""Which objects take memory after a cell, by which names, and in which blocks of memory their data lie.

It runs inside the kernel, in one namespace with values.py that stays from cell to cell, for any Python from 3.8 on, and
imports nothing that the notebook has not imported. It keeps nothing alive.
"""

import itertools
import weakref

#: Bytes: what takes less is not looked for.
SMALLEST = 64 << 10
#: A container with more items than this is taken as one.
MOST_PARTS = 10_000

#: Where pandas' extension arrays, and its indexes, have their data.
PARTS = ("_ndarray", "_data", "_mask", "_codes", "_left", "_right", "_sp_values", "_pa_array")

#: By id: what tells whether it is still the same object, and its number.
numbered = {}
numbers = itertools.count(1)
#: How much a pandas object takes, which is slow to find out, by its number, shape and blocks.
measured = {}


def number_of(thing):
    """A number that no other object has, nor will have: an id may come again."""
    known, number = numbered.get(id(thing), (None, 0))
    if known is not None and known() is thing:
        return number
    try:
        reference = weakref.ref(thing)
    except TypeError:  # a list, a dict: its id is all there is
        kind = type(thing)
        if known is not None and known() is kind:
            return number
        reference = weakref.ref(kind)
    number = next(numbers)
    numbered[id(thing)] = (reference, number)
    return number


def blocks_of(value, depth=0):
    """Blocks of memory in which the value's data lie, each with its whole size, even if the value is a part of it."""
    np, pd, pa = (sys.modules.get(name) for name in ("numpy", "pandas", "pyarrow"))
    if np is not None and isinstance(value, np.ndarray):
        while isinstance(value.base, np.ndarray):
            value = value.base
        yield f"array {number_of(value)}", int(value.nbytes)
    elif pa is not None and isinstance(value, (pa.Array, pa.ChunkedArray)):
        for chunk in value.chunks if isinstance(value, pa.ChunkedArray) else [value]:
            for buffer in chunk.buffers():
                if buffer is not None:
                    yield f"buffer {buffer.address}", int(buffer.size)
    elif pd is not None and isinstance(value, pd.RangeIndex):
        return
    elif pd is not None and isinstance(value, pd.MultiIndex):
        for codes in value.codes:
            yield from blocks_of(np.asarray(codes))
    elif pd is not None and isinstance(value, (pd.DataFrame, pd.Series)):
        for array in value._mgr.arrays:
            yield from blocks_of(array)
        yield from blocks_of(value.index)
    elif pd is not None and isinstance(value, (pd.Index, pd.api.extensions.ExtensionArray)):
        for part in PARTS:
            inner = getattr(value, part, None)
            if inner is not None and inner is not value:
                yield from blocks_of(inner, depth)
    elif depth < 2:
        for part in parts_of(value):
            yield from blocks_of(part, depth + 1)


def parts_of(value):
    """What lies in a container, or what an object has: a group has its frame, a model its data."""
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        items = value.values() if isinstance(value, dict) else value
        return [] if len(items) > MOST_PARTS else list(items)
    if isinstance(value, (str, bytes, type, types.ModuleType, types.FunctionType)):
        return []
    return list(getattr(value, "__dict__", {}).values())


def bytes_with(value, blocks):
    pd = sys.modules.get("pandas")
    if pd is None or not isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
        return max(bytes_of(value), sum(size for _, size in blocks))
    key = (number_of(value), value.shape, tuple(sorted(blocks)))
    if key not in measured:
        measured[key] = bytes_of(value)
    return measured[key]


def look_at(name, value):
    """What is told of a name; None where it is too small to be told."""
    if isinstance(value, (type, types.ModuleType, types.FunctionType)):
        return None
    blocks = list(dict(blocks_of(value)).items())
    size = bytes_with(value, blocks)
    if max(size, sum(size for _, size in blocks)) < SMALLEST:
        return None
    return {"name": name, "number": number_of(value), "type": type_name(value), "bytes": size, "blocks": blocks}


def take_census(namespace, hidden, answer):
    """Writes what the notebook's names hold, and what its cells have shown, which `Out` holds."""
    found = []
    names = [
        (name, value)
        for name, value in list(namespace.items())
        if not (IPYTHON_NAMES.match(name) or (name in hidden and hidden[name] is value))
    ]
    shown = [(f"Out[{number}]", value) for number, value in list(namespace.get("Out", {}).items())]
    for name, value in [*names, *shown]:
        try:
            seen = look_at(name, value)
        except Exception:  # the notebook's own classes take part
            continue
        if seen is not None:
            found.append(seen)
    with open(answer, "w", encoding="utf-8", errors="backslashreplace") as file:
        json.dump(found, file)
