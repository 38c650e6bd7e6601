"""Runs cells in IPython, in this process."""

import contextlib
import functools
import gc
import tracemalloc

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from observe import allocated

_config = Config()
_config.HistoryManager.enabled = False
_config.InteractiveShell.colors = "nocolor"


class _Shell(InteractiveShell):
    def enable_gui(self, gui=None):
        """What a kernel does here, `%matplotlib` and `%pylab` call; there is no event loop to set up."""


_shell = _Shell.instance(config=_config)


@contextlib.contextmanager
def notebook(interactivity="last_expr"):
    """A notebook that has just been opened: `run(source)` runs a cell and gives what it shows, as one text."""
    _shell.reset(new_session=True)
    _shell.ast_node_interactivity = interactivity
    yield run


def run(source):
    """What is printed, the text of what is displayed and of results, and `raises` with an exception's name."""
    with capture_output() as captured:
        result = _shell.run_cell(source, store_history=True)
    shown = [captured.stdout] + [output.data["text/plain"] for output in captured.outputs]
    error = result.error_before_exec or result.error_in_exec
    return "".join(shown).strip() if error is None else f"raises {type(error).__name__}"


def names():
    """What the notebook's names are bound to."""
    return _shell.user_ns


@functools.lru_cache(maxsize=None)
def _warm_up():
    """So that what a first frame that is shown imports and caches is there."""
    with notebook():
        run("import numpy as np, pandas as pd\nfrom IPython.display import display\ndf = pd.DataFrame(np.zeros((100, 5)))\ndisplay(df)\ndf")
        run("display(df.dropna(), df.sort_values(0), df.head())")
        run("1 / 0")


def held(*cells, of):
    """Which share of `of` bytes, rounded to a tenth, the process holds after each of the cells."""
    _warm_up()
    with notebook():
        run("import numpy as np, pandas as pd\nfrom IPython.display import display")
        tracemalloc.start()
        try:
            before = allocated()
            shares = []
            for cell in cells:
                run(cell)
                gc.collect()
                shares.append(f"{round((allocated() - before) / of, 1):.2f}")
        finally:
            tracemalloc.stop()
    return ", ".join(shares)
