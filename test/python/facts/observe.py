"""How facts look at what comes of something: as a short text that stays the same from run to run."""

import gc
import io
import tracemalloc
import warnings

import numpy as np
import pandas as pd

try:
    import pyarrow
except ImportError:
    pyarrow = None


def attempt(action):
    """What `action()` gives, or `raises` and the exception's name."""
    try:
        return action()
    except Exception as raised:
        return f"raises {type(raised).__name__}"


def read(text, **options):
    return pd.read_csv(io.StringIO(text), **options)


def against(wide, narrow, ask):
    """`same` where `ask` gives the same values of both, else what it gives of each."""
    expected, found = attempt(lambda: ask(wide)), attempt(lambda: ask(narrow))
    return "same" if _plain(expected) == _plain(found) else f"{_short(found)} for {_short(expected)}"


def integers(dtype, values, ask):
    """`against` int64: a Series of a narrower integer type."""
    return against(pd.Series(values, dtype="int64"), pd.Series(values, dtype=dtype), ask)


def categories(values, ask):
    """`against` strings: a Series of categories."""
    return against(pd.Series(values), pd.Series(values, dtype="category"), ask)


def _plain(value):
    """Values without their types, so that only the values count."""
    if isinstance(value, pd.DataFrame):
        return {str(name): _plain(value[name]) for name in value}, [str(label) for label in value.index]
    if isinstance(value, pd.Series):
        return _plain(list(value)), [str(label) for label in value.index]
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple, pd.Index)):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    return "missing" if np.isscalar(value) and pd.isna(value) else value


def _short(value):
    if isinstance(value, pd.DataFrame):
        return f"{value.shape[0]} rows"
    if isinstance(value, (pd.Series, np.ndarray, pd.Index, list)):
        shown = [_short(item) for item in list(value)[:3]]
        return f"[{', '.join(shown)}{', …' if len(value) > 3 else ''}]"
    return str(value.item() if isinstance(value, np.generic) else value)


def warned(action):
    """The names of the warnings that `action()` raises, or `none`."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        failure = attempt(action)
    if isinstance(failure, str) and failure.startswith("raises"):
        return failure
    return ", ".join(sorted({warning.category.__name__ for warning in caught})) or "none"


def allocated():
    """Bytes that Python, numpy (both by tracemalloc, which runs) and pyarrow hold."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0] + (pyarrow.total_allocated_bytes() if pyarrow else 0)


def kept(make, derive):
    """Which share of a frame is still there when only what `derive(frame)` gave has a name, rounded to a twentieth."""
    derive(make())  # so that what is imported on the way is there
    tracemalloc.start()
    try:
        before = allocated()
        frame = make()
        size = allocated() - before
        derived = derive(frame)
        del frame
        share = (allocated() - before) / size
        del derived
    finally:
        tracemalloc.stop()
    return f"{round(share * 20) / 20:.2f}"
