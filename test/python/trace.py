"""Runs notebooks for real and says, as JSON, what each cell was seen to do with the global names.

Standard input: {"notebooks": [path, ...], "timeout": 60, "in_place": false}, `timeout` in seconds for one notebook; each
runs in a copy of its directory, or in that itself. Standard output: one line
of JSON for each notebook, in order: {"notebook": path, "cells": [...], "failure": null or why it is not known}, and for each
code cell {"index": from 1 over all cells, "reads": [...], "writes": [...], "deletes": [...], "mutates": [...],
"types": {name: type at the end of the cell}, "columns": {name of a frame: its columns, null for one that is no string and no whole
number}, "failed": whether it raised}.

Reads and writes come from the interpreter itself: every instruction that reads, binds or deletes a global is seen, in the
cell and in the functions that it calls. That a cell has changed an object is found by a fingerprint of what each name holds,
all the way down, before and after. What can't be fingerprinted is left out: this says less than what happened, never more.
"""

import dis
import hashlib
import json
import os
import signal
import sys
import tempfile
import types

import matplotlib

matplotlib.use("Agg")
import numpy as np
import pandas as pd
from IPython.core.interactiveshell import InteractiveShell

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "python", "nbslim_run"))
from workplace import Workplace  # noqa: E402

READS = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}
WRITES = {"STORE_NAME", "STORE_GLOBAL"}
DELETES = {"DELETE_NAME", "DELETE_GLOBAL"}

#: What IPython itself puts into a notebook's namespace, and reads when it runs a magic.
OWN = {"get_ipython", "exit", "quit", "open", "In", "Out", "_", "__", "___", "_i", "_ii", "_iii", "_oh", "_ih", "_dh", "_sh"}


class Tracer:
    """Sees what code does with the names of one namespace."""

    def __init__(self, namespace):
        self.namespace = namespace
        self.codes = {}
        self.clear()

    def clear(self):
        self.reads, self.writes, self.deletes = set(), set(), set()

    def instructions(self, code):
        """By offset: which name is read, bound or deleted, of those that may be global ones."""
        known = self.codes.get(code)
        if known is None:
            known = self.codes[code] = {
                one.offset: (one.opname, one.argval)
                for one in dis.get_instructions(code)
                if one.opname in READS or one.opname in WRITES or one.opname in DELETES
            }
        return known

    def __call__(self, frame, event, _):
        if frame.f_globals is not self.namespace or event != "call":
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return self.instruction

    def instruction(self, frame, event, _):
        if event != "opcode":
            return self.instruction
        found = self.instructions(frame.f_code).get(frame.f_lasti)
        if found is None:
            return self.instruction
        operation, name = found
        is_local = operation in ("LOAD_NAME", "STORE_NAME", "DELETE_NAME") and frame.f_locals is not self.namespace
        if operation in READS:
            # A class body looks into its own names first; a name that is only built in is nobody's global.
            if name in self.namespace and not (is_local and name in frame.f_locals):
                self.reads.add(name)
        elif not is_local:
            (self.writes if operation in WRITES else self.deletes).add(name)
        return self.instruction


class Unknown(Exception):
    """What this is can't be told by a fingerprint."""


def fingerprint(value, update, depth=0, seen=None):
    """Feeds what `value` holds to `update`; raises Unknown."""
    seen = seen if seen is not None else set()
    if depth > 6 or id(value) in seen:
        return update(b"...")
    update(type(value).__name__.encode())
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes, np.generic, pd.Timestamp, pd.Timedelta)):
        return update(repr(value).encode())
    if isinstance(value, (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)):
        return update(getattr(value, "__name__", "").encode())
    seen = seen | {id(value)}
    if isinstance(value, pd.DataFrame):
        for at, label in enumerate(value.columns):
            update(repr(label).encode())
            fingerprint(value.iloc[:, at], update, depth + 1, seen)
        return fingerprint(value.index, update, depth + 1, seen)
    if isinstance(value, pd.Series):
        update(repr(value.name).encode())
        fingerprint(value.array, update, depth + 1, seen)
        return fingerprint(value.index, update, depth + 1, seen)
    if isinstance(value, pd.Index):
        update(repr(list(value.names)).encode())
        return fingerprint(value.to_numpy(), update, depth + 1, seen)
    if isinstance(value, pd.api.extensions.ExtensionArray):
        update(str(value.dtype).encode())
        return fingerprint(np.asarray(value, dtype=object), update, depth + 1, seen)
    if isinstance(value, np.ndarray):
        update(f"{value.dtype} {value.shape}".encode())
        if not value.dtype.hasobject:
            return update(np.ascontiguousarray(value).tobytes())
        for item in value.ravel().tolist():
            fingerprint(item, update, depth + 1, seen)
        return None
    if isinstance(value, dict):
        for key, item in value.items():
            fingerprint(key, update, depth + 1, seen)
            fingerprint(item, update, depth + 1, seen)
        return None
    if isinstance(value, (list, tuple)):
        for item in value:
            fingerprint(item, update, depth + 1, seen)
        return None
    if isinstance(value, (set, frozenset)):
        return update(repr(sorted(map(repr, value))).encode())
    module = type(value).__module__.partition(".")[0]
    if module in ("__main__", "sklearn") and hasattr(value, "__dict__"):
        return fingerprint(vars(value), update, depth + 1, seen)
    raise Unknown


def fingerprint_of(value):
    digest = hashlib.blake2b(digest_size=16)
    try:
        fingerprint(value, digest.update)
    except Unknown:
        return None
    except Exception:
        return None  # what raises when it is looked at
    return digest.hexdigest()


def snapshot(namespace):
    return {
        name: (id(value), fingerprint_of(value), value)
        for name, value in namespace.items()
        if name not in OWN and not name.startswith("_i") and not (name.startswith("_") and name[1:].isdigit())
    }


def type_of(value):
    for kind, name in ((pd.DataFrame, "DataFrame"), (pd.Series, "Series"), (pd.Index, "Index"), (np.ndarray, "ndarray")):
        if isinstance(value, kind):
            return name
    return type(value).__name__


def trace(path, directory):
    with open(path, encoding="utf-8-sig") as file:
        notebook = json.load(file)
    os.chdir(directory)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_length=0)
    shell.history_manager.enabled = False
    tracer = Tracer(shell.user_ns)
    cells = []
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        for index, cell in enumerate(notebook["cells"], 1):
            if cell["cell_type"] != "code":
                continue
            before = snapshot(shell.user_ns)
            tracer.clear()
            sys.settrace(tracer)
            try:
                result = shell.run_cell("".join(cell["source"]), store_history=True)
            finally:
                sys.settrace(None)
            after = snapshot(shell.user_ns)
            mutated = [
                name
                for name, (identity, print_before, _) in before.items()
                if name in after and after[name][0] == identity and print_before is not None
                and after[name][1] is not None and after[name][1] != print_before
            ]
            cells.append({
                "index": index,
                "reads": sorted(tracer.reads - OWN),
                "writes": sorted(tracer.writes - OWN),
                "deletes": sorted(tracer.deletes - OWN),
                "mutates": sorted(mutated),
                "types": {name: type_of(value) for name, (_, _, value) in after.items()},
                "columns": {
                    name: [label if isinstance(label, (str, int)) else None for label in value.columns.tolist()]
                    for name, (_, _, value) in after.items()
                    if isinstance(value, pd.DataFrame)
                },
                "failed": not result.success,
            })
            if not result.success:
                break
    return cells


def run(path, timeout, in_place):
    """Traces one notebook in a process of its own; what it writes goes into a directory that is thrown away."""
    with tempfile.TemporaryDirectory() as scratch:
        directory = os.path.dirname(path)
        if not in_place:
            directory = Workplace(directory, ".", os.path.join(scratch, "copy"), 1 << 30, 10_000, scratch).directory
        answer = os.path.join(scratch, "answer.json")
        child = os.fork()
        if child == 0:
            try:
                signal.alarm(timeout)
                cells, failure = trace(path, directory), None
            except BaseException as error:  # noqa: BLE001: whatever it is, it is told
                cells, failure = [], repr(error)
            with open(answer, "w", encoding="utf-8") as file:
                json.dump({"notebook": path, "cells": cells, "failure": failure}, file)
            os._exit(0)
        os.waitpid(child, 0)
        if not os.path.exists(answer):
            return {"notebook": path, "cells": [], "failure": "it took too long, or its process died"}
        with open(answer, encoding="utf-8") as file:
            return json.load(file)


def main():
    task = json.load(sys.stdin)
    for path in task["notebooks"]:
        print(json.dumps(run(path, task["timeout"], task["in_place"])), flush=True)


if __name__ == "__main__":
    main()
