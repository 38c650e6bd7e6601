"""What is done inside the kernel, before and after the notebook's own cells.

The driver has the kernel run this file's text in a namespace of its own, where `request` says what to do: the notebook's
names and `sys.path` stay as they are.
"""

import os
import sys


def prepare(request):
    """Seeds what is random, lets warnings be told without the line that they come from, and guards linked files."""
    import random
    import warnings

    random.seed(0)
    for name in SEEDS:
        if name in sys.modules:
            SEEDS[name](sys.modules[name])
    sys.meta_path.insert(0, SeedOnImport())
    # The source line under a warning changes wherever a statement moves; where it comes from is made alike later.
    warnings.formatwarning = lambda message, category, filename, lineno, line=None: (
        f"{filename}:{lineno}: {category.__name__}: {message}\n"
    )
    linked = {os.path.realpath(path) for path in request["linked"]}
    if linked:
        sys.addaudithook(lambda event, args: guard(linked, event, args))


SEEDS = {
    "numpy": lambda numpy: numpy.random.seed(0),
    "torch": lambda torch: torch.manual_seed(0),
    "tensorflow": lambda tensorflow: tensorflow.random.set_seed(0),
}


class SeedOnImport:
    """Seeds a library as soon as the notebook has imported it."""

    def find_spec(self, name, path=None, target=None):
        if name not in SEEDS or name in sys.modules:
            return None
        for finder in sys.meta_path:
            find_spec = getattr(finder, "find_spec", None)
            spec = None if finder is self or find_spec is None else find_spec(name, path, target)
            if spec is not None and spec.loader is not None:
                execute = spec.loader.exec_module

                def execute_and_seed(module):
                    execute(module)
                    try:
                        SEEDS[name](module)
                    except Exception:
                        pass  # a module of the notebook's own that has the name

                spec.loader.exec_module = execute_and_seed
                return spec
        return None


def guard(linked, event, args):
    """Keeps the notebook from writing into a large file that its copy of the directory only links to."""
    if event == "open" and isinstance(args[0], (str, bytes)):
        mode, flags = args[1], args[2]
        writes = any(letter in mode for letter in "wax+") if mode else flags & (os.O_WRONLY | os.O_RDWR)
        if writes and os.path.realpath(os.fsdecode(args[0])) in linked:
            raise PermissionError(f"nbslim verify links to {os.fsdecode(args[0])} and does not let it be written; see --copy-up-to")


def trim(request):
    """Gives back what only the collector or the allocator still keeps."""
    import ctypes
    import gc
    import json

    gc.collect()
    trimmed = False
    try:
        trimmed = hasattr(ctypes.CDLL(None).malloc_trim(0), "real")
    except (OSError, AttributeError, TypeError):
        pass  # not the GNU C library
    with open(request["answer"], "w", encoding="utf-8") as file:
        json.dump(trimmed, file)


def store(request):
    """Writes what the names hold."""
    from IPython import get_ipython

    values = {"__name__": "nbslim_values"}
    with open(request["values"], encoding="utf-8") as file:
        exec(compile(file.read(), request["values"], "exec"), values)
    shell = get_ipython()
    values["store_names"](shell.user_ns, shell.user_ns_hidden, request["directory"])


def census(request):
    """Writes which objects take memory, and which names hold them."""
    import types

    from IPython import get_ipython

    known = sys.modules.get("nbslim_census")
    if known is None:
        known = types.ModuleType("nbslim_census")
        for path in request["sources"]:
            with open(path, encoding="utf-8") as file:
                exec(compile(file.read(), path, "exec"), known.__dict__)
        sys.modules["nbslim_census"] = known
    shell = get_ipython()
    known.take_census(shell.user_ns, shell.user_ns_hidden, request["answer"])


{"prepare": prepare, "trim": trim, "store": store, "census": census}[request["do"]](request)  # noqa: F821
