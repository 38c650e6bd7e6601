"""Runs notebooks for real and says, as JSON, what each cell showed and what was left at the end.

Standard input: {"notebooks": [path, ...], "workers": 2, "timeout": 60, "home": path}, `timeout` in seconds for one
notebook. Standard output: one line of JSON for each notebook, in the order in which they finish; `notebook` says which, and
`place` where in `home` its names.json, its values.bin and the files that it wrote are.

A kernel takes two seconds to start, most of which is importing pandas. So this process imports what nearly every
notebook needs and then forks: each notebook runs in a process of its own, in an IPython shell of its own, in a copy of
its own of the notebook's directory. What is done in the shell besides the cells, and how values are stored, is the driver's
own code, in python/nbslim_run: only the kernel is another.
"""

import json
import os
import signal
import sys
import tempfile
import time
import traceback

import matplotlib
import matplotlib.pyplot  # the backend itself is loaded by the first figure, in the child
import numpy as np
import pandas as pd
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

DRIVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "python", "nbslim_run")
sys.path.insert(0, DRIVER)
from workplace import Workplace  # noqa: E402

with open(os.path.join(DRIVER, "inside.py"), encoding="utf-8") as file:
    INSIDE = compile(file.read(), file.name, "exec")

#: What the cell that is running has shown so far.
shown = []


class Stream:
    """Standard output or error of a cell."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name):
        self.name = name

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            if shown and shown[-1].get("name") == self.name:
                shown[-1]["text"] += text
            else:
                shown.append({"kind": "stream", "name": self.name, "text": text})
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        raise OSError("no file descriptor behind a notebook's output")


class Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *args, transient=None, update=False, **kwargs):
        shown.append(show_data(data))

    def clear_output(self, wait=False):
        shown.clear()


class Hook(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        shown.append(show_data(format_dict))

    def finish_displayhook(self):
        pass


def show_data(bundle):
    """A mime bundle as text. Images stay what they are, in base 64: Agg draws the same figure as the same bytes."""
    return {"kind": "data", "data": {mime: as_text(value) for mime, value in bundle.items()}}


def as_text(value):
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    return value if isinstance(value, str) else json.dumps(value, default=repr)


class ZMQLikeShell(InteractiveShell):
    """An IPython shell that keeps what it shows. pandas looks for "zmq" in the type's name to know a notebook."""

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)

    def enable_gui(self, gui=None):
        pass

    def _showtraceback(self, etype, evalue, stb):
        pass

    def system(self, cmd):
        # As in a kernel: what a command prints belongs to the cell.
        return self.system_piped(cmd)


def make_shell():
    config = Config()
    config.HistoryManager.enabled = False
    return ZMQLikeShell.instance(config=config)


def inside(action, **members):
    """What the driver has a kernel do besides the notebook's cells."""
    exec(INSIDE, {"__name__": "nbslim_inside", "request": {"do": action, **members}})


def code_cells(path):
    """(number of the cell among all cells, from 1, source, may it raise) of each code cell."""
    with open(path, encoding="utf-8-sig") as file:
        notebook = json.load(file)
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] == "code":
            source = cell["source"]
            tags = cell.get("metadata", {}).get("tags", [])
            yield number, source if isinstance(source, str) else "".join(source), "raises-exception" in tags


def run(path, place):
    """Runs one notebook in this process, in the current directory."""
    shell = make_shell()
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    inside("prepare", linked=[])
    cells = []
    for number, source, may_raise in code_cells(path):
        shown.clear()
        result = shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        outputs = list(shown)
        if error is not None:
            outputs.append({"kind": "error", "ename": type(error).__name__, "evalue": str(error)})
        cells.append({"cell": number, "outputs": outputs})
        if error is not None and not may_raise:
            break
    inside("store", values=os.path.join(DRIVER, "values.py"), directory=place)
    return {"cells": cells, "failure": None}


def child(path, place, answer):
    """What a forked process does: it never returns."""
    status = 0
    try:
        os.setpgid(0, 0)
        with open(os.devnull, "r+b") as nothing:
            for descriptor in (0, 1, 2):
                os.dup2(nothing.fileno(), descriptor)
        result = run(path, place)
    except BaseException:
        result = {"cells": [], "failure": traceback.format_exc()}
        status = 1
    try:
        with open(answer, "w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump(result, file)
    finally:
        os._exit(status)


def start(notebook, home):
    """Forks a process for one notebook; the answer is the file that it writes."""
    place = tempfile.mkdtemp(dir=home)
    source = os.path.dirname(os.path.abspath(notebook))
    work = Workplace(source, ".", os.path.join(place, "copy"), 1 << 30, 10_000, place)
    directory = work.directory
    answer = os.path.join(place, "answer.json")
    pid = os.fork()
    if pid == 0:
        os.chdir(directory)
        child(os.path.join(directory, os.path.basename(notebook)), place, answer)
    return pid, {"notebook": notebook, "place": place, "work": work, "answer": answer, "started": time.monotonic()}


def finish(job, failure=None):
    try:
        with open(job["answer"], encoding="utf-8", errors="surrogatepass") as file:
            result = json.load(file)
    except (OSError, ValueError):
        result = {"cells": [], "failure": failure or "the process died"}
    files = job["work"].written()
    print(json.dumps({"notebook": job["notebook"], "place": job["place"], "files": files, **result}), flush=True)


def main():
    request = json.load(sys.stdin)
    waiting = list(reversed(request["notebooks"]))
    running = {}
    while waiting or running:
        while waiting and len(running) < request["workers"]:
            pid, job = start(waiting.pop(), request["home"])
            running[pid] = job
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid in running:
            finish(running.pop(pid), f"the process ended with status {status}")
            continue
        for pid, job in list(running.items()):
            if time.monotonic() - job["started"] > request["timeout"]:
                os.killpg(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                finish(running.pop(pid), f"no end after {request['timeout']} s")
        time.sleep(0.002)


if __name__ == "__main__":
    main()
