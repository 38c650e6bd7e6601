"""Runs notebooks and prints what memory their process needs: the peak, and what it holds at the end.

    python examples/measure.py original.ipynb rewritten.ipynb

Each notebook runs in a process of its own, in its own folder, with the interpreter that runs this script; IPython must be
installed in it. Linux only: the figures are VmHWM and VmRSS of /proc/self/status, in MB of 10^6 bytes. What is held is given
twice: as it is, and after the C library was asked to give back what it keeps (malloc_trim).
"""

import ctypes
import json
import os
import subprocess
import sys


def megabytes(field):
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024 / 1e6
    raise KeyError(field)


def run(path):
    """Runs the code cells as Jupyter would and prints the figures, as JSON, on the last line."""
    from IPython.core.interactiveshell import InteractiveShell

    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    os.chdir(os.path.dirname(os.path.abspath(path)))
    shell = InteractiveShell.instance()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            shell.run_cell("".join(cell["source"]), store_history=True).raise_error()
    held = megabytes("VmRSS")
    peak = megabytes("VmHWM")
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    print(json.dumps({"peak": peak, "held": held, "trimmed": megabytes("VmRSS")}))


def main(paths):
    print(f"{'notebook':40} {'peak MB':>8} {'held MB':>8} {'after malloc_trim':>18}")
    for path in paths:
        command = [sys.executable, __file__, "--run", path]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        figures = json.loads(output.splitlines()[-1])
        print(f"{path[-40:]:40} {figures['peak']:8.0f} {figures['held']:8.0f} {figures['trimmed']:18.0f}")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--run":
        run(sys.argv[2])
    else:
        main(sys.argv[1:])
