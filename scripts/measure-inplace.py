"""What `x.m(..., inplace=True)` does against `x = x.m(...)` with the installed pandas: the extra peak of each, in sizes of x,
and where it is not right.

    .envs/E2/bin/python scripts/measure-inplace.py [--mib 305] [--json]

The peaks are tracemalloc's, on a frame of five float columns and on a Series, with and without missing values; what is right
was compared on small ones of numbers, strings, dates, booleans and categories. `test/python/facts/inplace_calls.py` has the
calls.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "test" / "python" / "facts"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from inplace_calls import CALLS, costs, trouble  # noqa: E402


def measure(rows):
    """By kind and method: the calls' peaks, [[call, missing or full, by assignment, in place], ...], and the trouble."""
    return {
        f"{kind}.{method}": {
            "peaks": [
                [f"{method}({arguments})", "missing" if missing else "full", *(round(peak, 2) for peak, _ in found)]
                for arguments in calls
                for missing in (False, True)
                if None not in (found := costs(kind, method, arguments, missing, rows))
            ],
            "trouble": trouble(kind, method),
        }
        for kind, methods in CALLS.items()
        for method, calls in methods.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mib", type=float, default=40, help="the size of the frame")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(int(options.mib * 2**20 / 40))
    if options.json:
        json.dump(found, sys.stdout)
        return
    print(f"pandas {pd.__version__}, numpy {np.__version__}, {options.mib:g} MiB; the extra peak in sizes of x, by assignment and in place")
    for name, fact in found.items():
        for call, values, assignment, inplace in fact["peaks"]:
            kind = name.split(".")[0]
            print(f"{kind:9} {values:7} {call:36} {assignment:6.2f} {inplace:6.2f} saves {assignment - inplace:5.2f}")
        for it in fact["trouble"][:2]:
            print(f"          not right: {it}{' ...' if len(fact['trouble']) > 2 else ''}")


if __name__ == "__main__":
    main()
