"""What a process needs for the article's example at its full size: 3,405,857 rows, 8 columns, 206 MB of CSV.

The file is what `node examples/btc/make-data.mjs` makes; `npm run facts` sees to that. Each case is a process of its own.
Linux only: VmHWM and VmRSS of /proc/self/status, in MB of 10^6 bytes.
"""

import functools
import os
import subprocess
import sys
from pathlib import Path

from fact import fact

FILE = Path(__file__).resolve().parents[3] / ".cache" / "btc-full.csv"

BEFORE = f"import pandas as pd\npath = {str(FILE)!r}\n"
AFTER = """
import ctypes

def megabytes(field):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 / 1e6 for line in status if line.startswith(field))

peak, held = megabytes("VmHWM"), megabytes("VmRSS")
ctypes.CDLL("libc.so.6").malloc_trim(0)
print(peak, held, megabytes("VmRSS"))
"""
FLOATS = ["Open", "High", "Low", "Close", "Volume_(BTC)", "Volume_(Currency)", "Weighted_Price"]


def read(options=""):
    return f"df = pd.read_csv(path{options})\nlow, high = df.min(), df.max()"


def function(body):
    return "def f():\n" + "".join(f"    {line}\n" for line in body.splitlines()) + "    return low, high\nlow, high = f()"


CHUNKED = """parts = [(part.min(), part.max()) for part in pd.read_csv(path, chunksize=100_000)]
low = pd.concat([low for low, _ in parts], axis=1).min(axis=1)
high = pd.concat([high for _, high in parts], axis=1).max(axis=1)"""

STEPS = "df = pd.read_csv(path)\nclean = df.dropna()\n{}by_price = clean.sort_values('Close')\n{}low, high = by_price.min(), by_price.max()"

PYARROW = "pandas imports pyarrow in this environment, which takes 40 MB; SAFETY.md's figures for 3.0.6 are without it."


@functools.lru_cache(maxsize=None)
def run(code, one_arena=False):
    """(peak, held, held after malloc_trim) of a process that imports pandas and runs the code."""
    if not FILE.exists():
        raise FileNotFoundError(f"{FILE} is not there: node examples/btc/make-data.mjs")
    environment = {**os.environ, "MALLOC_ARENA_MAX": "1"} if one_arena else os.environ
    command = [sys.executable, "-c", BEFORE + code + AFTER]
    output = subprocess.run(command, env=environment, capture_output=True, text=True)
    if output.returncode != 0:
        return None
    return tuple(float(it) for it in output.stdout.split())


def measured(figure, code, one_arena=False):
    found = run(code, one_arena)
    return "raises" if found is None else round(found[("peak", "held", "trimmed").index(figure)])


for id, statement, figure, code, says in (
    ("import", "`import pandas`: held", "held", "", {"E4": "65"}),
    ("read", "`df = pd.read_csv(path)`, `df.min()`, `df.max()`: peak", "peak", read(), {"E4": "481", "E5": "738"}),
    ("read-held", "The same: held", "held", read(), {"E4": "303", "E5": "380"}),
    ("function", "The same in a function that returns the two results: peak", "peak", function(read()), {"E4": "481", "E5": "738"}),
    ("function-held", "The same in a function: held", "held", function(read()), {"E4": "96", "E5": "162"}),
    ("trimmed", "The same in a function: held after `malloc_trim(0)`", "trimmed", function(read()), {"E5": "138"}),
    ("usecols", "With `usecols` of one column: peak", "peak", read(", usecols=['Open']"), {"E4": "121", "E5": "133"}),
    ("usecols-held", "With `usecols` of one column: held", "held", read(", usecols=['Open']"), {"E5": "132"}),
    ("chunked-read", "By chunks of 100,000 rows: peak", "peak", CHUNKED, {"E4": "97", "E5": "101"}),
    ("chunked-read-held", "By chunks of 100,000 rows: held", "held", CHUNKED, {"E5": "75"}),
    ("dtype", "With the prices and volumes as float32 and the time as int32: peak", "peak", read(f", dtype={{**dict.fromkeys({FLOATS}, 'float32'), 'Timestamp': 'int32'}}"), {"E4": "273", "E5": "472"}),
    ("dtype-held", "The same: held", "held", read(f", dtype={{**dict.fromkeys({FLOATS}, 'float32'), 'Timestamp': 'int32'}}"), {"E5": "355"}),
    ("serial-read", "With `mode.max_threads` 1: peak", "peak", f"pd.set_option('mode.max_threads', 1)\n{read()}", {"E1 E2 E3 E4": "raises", "E5": "509"}),
    ("del-without", "`read_csv`, `dropna`, `sort_values`, `min`, `max` in a function: peak", "peak", function(STEPS.format("", "")), {"E2 E3": "661", "E4": "691"}),
    ("del-with", "The same with a `del` after each step: peak", "peak", function(STEPS.format("del df\n", "del clean\n")), {"E2 E3": "482", "E4": "512"}),
):

    @fact(
        f"collapse/article-{id}",
        f"{statement}, in MB",
        says,
        tolerance=0.1,
        rechecked=False,
        note="SAFETY.md does not say which columns had which types." if id.startswith("dtype") else PYARROW,
    )
    def _(figure=figure, code=code):
        return measured(figure, code)


@fact("collapse/article-one-arena", "In a function, with `MALLOC_ARENA_MAX=1`: held; after `malloc_trim(0)`, in MB", {"E5": "111; 74"}, tolerance=0.1, rechecked=False, note="What is held before `malloc_trim` differs from run to run: 95 and 104 were seen.")
def _():
    return "; ".join(str(measured(figure, function(read()), one_arena=True)) for figure in ("held", "trimmed"))
