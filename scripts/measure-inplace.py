"""What `x.m(..., inplace=True)` saves against `x = x.m(...)`: the extra peak of each, in sizes of the frame or Series.

    .envs/E2/bin/python scripts/measure-inplace.py [--mib 305] [--json]

Measured by tracemalloc, which numpy tells what it allocates; on a frame of five float columns, with and without missing
values, and on a Series. What the in-place form raises or warns of, and the assignment does not, stands beside it.
"""

import argparse
import gc
import json
import sys
import tracemalloc
import warnings

import numpy as np
import pandas as pd

CALLS = {
    "frame": {
        "rename": "columns={'a': 'z'}", "reset_index": "drop=True", "set_index": "'a'", "rename_axis": "'z'", "sort_index": "", "sort_index descending": "ascending=False",
        "sort_values": "'a'", "drop": "columns=['a']", "drop rows": "index=[0]", "dropna": "", "drop_duplicates": "", "query": "'a > 0.5'", "eval": "'z = a + b'", "fillna": "0", "ffill": "",
        "bfill": "", "interpolate": "", "replace": "0.5, 1", "clip": "0, 0.5", "where": "x > 0.5", "mask": "x > 0.5",
    },
    "series": {
        "reset_index": "drop=True", "rename": "'z'", "rename_axis": "'z'", "sort_index": "", "sort_values": "", "drop": "[0]", "dropna": "", "drop_duplicates": "", "fillna": "0", "ffill": "", "bfill": "",
        "interpolate": "", "replace": "0.5, 1", "clip": "0, 0.5", "where": "x > 0.5", "mask": "x > 0.5",
    },
}


def make(kind, missing, rows):
    values = np.random.default_rng(0).random((rows, 5))
    values[3] = 0.5  # what `replace` is to find
    if missing:
        values[::7] = np.nan
    return pd.DataFrame(values, columns=list("abcde")) if kind == "frame" else pd.Series(values.ravel(), name="a")


def measure(kind, missing, rows, statement):
    """(extra peak, what was left, each in sizes of x; the warnings; the exception)"""
    x = make(kind, missing, rows)
    names = {"x": x, "pd": pd, "np": np}
    del x
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    size = names["x"].memory_usage().sum() if kind == "frame" else names["x"].memory_usage()
    tracemalloc.reset_peak()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(statement, names)
            error = None
        except Exception as raised:
            error = type(raised).__name__
    peak = tracemalloc.get_traced_memory()[1] - before
    gc.collect()
    left = tracemalloc.get_traced_memory()[0] - before
    return peak / size, left / size, {warning.category.__name__ for warning in caught}, error


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mib", type=float, default=40, help="the size of the frame")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = int(options.mib * 2**20 / 40)
    tracemalloc.start()
    found = {}
    for kind, calls in CALLS.items():
        for missing in (False, True):
            for label, arguments in calls.items():
                method = label.split()[0]
                assignment = measure(kind, missing, rows, f"x = x.{method}({arguments})")
                comma = ", " if arguments else ""
                inplace = measure(kind, missing, rows, f"x.{method}({arguments}{comma}inplace=True)")
                if assignment[3]:
                    continue
                trouble = " ".join(sorted(inplace[2] - assignment[2]) + ([inplace[3]] if inplace[3] else []))
                found[f"{kind} {'missing' if missing else 'full'} {label}"] = {
                    "assignment": round(assignment[0], 2),
                    "inplace": round(inplace[0], 2),
                    "saves": round(assignment[0] - inplace[0], 2),
                    **({"trouble": trouble} if trouble else {}),
                }
    if options.json:
        json.dump(found, sys.stdout, indent=1)
        return
    print(f"pandas {pd.__version__}, numpy {np.__version__}, {options.mib:g} MiB; extra peak in sizes of the frame")
    for case, row in found.items():
        print(f"{case:32} {row['assignment']:6.2f} {row['inplace']:6.2f} saves {row['saves']:5.2f}  {row.get('trouble', '')}")


if __name__ == "__main__":
    main()
