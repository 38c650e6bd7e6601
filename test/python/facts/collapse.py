"""What works at the top level and not in a function, and what a function keeps alive."""

import pickle

from cells import held, notebook, run
from fact import fact
from observe import attempt

#: Bytes of a frame of 100,000 rows and 5 float columns.
SIZE = 4_000_000
MAKE = "pd.DataFrame(np.random.default_rng(0).random((100_000, 5)), columns=list('abcde'))"


def inside(body):
    """The cell that has the lines in a function, and calls it."""
    return "def f():\n" + "".join(f"    {line}\n" for line in body.splitlines()) + "f()"


def top_and_inside(body, *before):
    """What the lines show at the top level, and in a function."""
    shown = []
    for cell in (body, inside(body)):
        with notebook():
            for setup in before:
                run(setup)
            shown.append(run(cell))
    return "; ".join(shown)


@fact("collapse/read-then-written", "`print(x); x = 2` where x was bound before: at the top level; in a function", "1; raises UnboundLocalError")
def _():
    return top_and_inside("print(x)\nx = 2", "x = 1")


@fact("collapse/builtin-assigned-later", "`print(sum([1, 2])); sum = 5`: at the top level; in a function", "3; raises UnboundLocalError")
def _():
    return top_and_inside("print(sum([1, 2]))\nsum = 5")


@fact("collapse/bare-annotation", "`x: int` and `print(x)` where x was bound before: at the top level; in a function", "1; raises UnboundLocalError")
def _():
    return top_and_inside("x: int\nprint(x)", "x = 1")


@fact("collapse/try-name", "`try: df / except NameError: df = 'new'` and `print(df)` where df was bound to 'old': at the top level; in a function", "old; new")
def _():
    return top_and_inside("try:\n    df\nexcept NameError:\n    df = 'new'\nprint(df)", "df = 'old'")


@fact("collapse/query-in-a-lambda", "`u = 1; print(len(df.pipe(lambda d: d.query('a > @u'))))`: at the top level; in a function", "1; raises UndefinedVariableError")
def _():
    return top_and_inside("u = 1\nprint(len(df.pipe(lambda d: d.query('a > @u'))))", "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})")


@fact("collapse/query-plain", "`u = 1; print(len(df.query('a > @u')))`: at the top level; in a function")
def _():
    return top_and_inside("u = 1\nprint(len(df.query('a > @u')))", "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})")


@fact("collapse/eval-in-a-comprehension", "`u = 1; print([eval('u') for _ in range(1)])`: at the top level; in a function", "[1]; raises NameError")
def _():
    return top_and_inside("u = 1\nprint([eval('u') for _ in range(1)])")


@fact("collapse/locals", "`y = 1; print('x' in locals())` where x was bound before: at the top level; in a function", "True; False")
def _():
    return top_and_inside("y = 1\nprint('x' in locals())", "x = 1")


@fact("collapse/dir", "`y = 1; print('x' in dir())` where x was bound before: at the top level; in a function", "True; False")
def _():
    return top_and_inside("y = 1\nprint('x' in dir())", "x = 1")


@fact("collapse/await", "`import asyncio; print(await asyncio.sleep(0, 1))`: at the top level; in a function", "1; raises SyntaxError")
def _():
    return top_and_inside("import asyncio\nprint(await asyncio.sleep(0, 1))")


@fact("collapse/import-star", "`from math import *; print(1)`: at the top level; in a function", "1; raises SyntaxError")
def _():
    return top_and_inside("from math import *\nprint(1)")


@fact("collapse/nonlocal", "`nonlocal x` in a function where x is a name of the notebook", "raises SyntaxError")
def _():
    with notebook():
        run("x = 1")
        return run(inside("nonlocal x\nx = 2"))


@fact("collapse/closure-of-a-rebound-name", "`x = 1; g = lambda: x`, in a later cell `x = 2; print(g())`: at the top level; the first in a function that returns x and g", "2; 1")
def _():
    with notebook():
        run("x = 1; g = lambda: x")
        top = run("x = 2; print(g())")
    with notebook():
        run("def f():\n    x = 1; g = lambda: x\n    return x, g\nx, g = f()")
        return f"{top}; {run('x = 2; print(g())')}"


@fact("collapse/pickled-function", "Pickling a function that was defined inside another", "raises AttributeError")
def _():
    def local():
        pass

    return attempt(lambda: len(pickle.dumps(local)) > 0)


@fact("collapse/display-none", "`display(None)` shows; a bare `None` shows", "None; ")
def _():
    with notebook():
        shown = run("from IPython.display import display\ndisplay(None)")
        return f"{shown}; {run('None')}"


@fact("collapse/display-value", "`display('x')` shows the text that a bare `'x'` shows", "True")
def _():
    with notebook():
        shown = run("from IPython.display import display\ndisplay('x')")
        return run("'x'") == f"Out[2]: {shown}"


@fact("collapse/two-plots-in-one-cell", "Pictures under `%matplotlib inline` of two cells that each plot; of both in one cell; of both with `plt.show()` between", "2, 1, 2")
def _():
    def pictures(*cells):
        with notebook():
            run("%matplotlib inline\nimport matplotlib.pyplot as plt")
            return sum(run(cell).count("<Figure size") for cell in cells)

    plot = "plt.plot([1, 2]);"
    return f"{pictures(plot, plot)}, {pictures(f'{plot}{chr(10)}{plot}')}, {pictures(f'{plot}{chr(10)}plt.show(){chr(10)}{plot}')}"


@fact("collapse/loaded-inside", "Share of a frame that is held when the function that made it has returned a result of it", "0.00")
def _():
    return held(f"def f():\n    df = {MAKE}\n    return df.min()\nresult = f()", of=SIZE)


@fact("collapse/parameter-keeps", "Share of a frame that is held when a function that took it as its argument has deleted its parameter", "1.00, 1.00")
def _():
    return held(f"df = {MAKE}", "def f(df):\n    result = df.min()\n    del df\n    return result\nresult = f(df)", of=SIZE)


@fact("collapse/traceback-keeps-locals", "Share of a frame that is held after the function that made it has raised; after the next error", "1.00, 0.00")
def _():
    return held(f"def f():\n    df = {MAKE}\n    1 / 0\nf()", "1 / 0", of=SIZE)


@fact("collapse/import-order", "`import` of a module after `sys.path.append` of its directory; before", "found; raises ModuleNotFoundError")
def _():
    append = "import sys, tempfile, os\nd = tempfile.mkdtemp()\nopen(os.path.join(d, 'nbslim_facts_module.py'), 'w').close()\n"
    with notebook():
        before = run("import nbslim_facts_module")
        after = run(append + "sys.path.append(d)\nimport nbslim_facts_module\nsys.path.remove(d)\nprint('found')")
        run("import shutil; shutil.rmtree(d); del sys.modules['nbslim_facts_module']")
        return f"{after}; {before}"


@fact("collapse/defined-again", "`def f(): return 1`, `print(f())`, `def f(): return 2`: what is printed in this order; with both definitions moved up", "1; 2")
def _():
    first, second, use = "def f(): return 1", "def f(): return 2", "print(f())"
    with notebook():
        return f"{run(chr(10).join([first, use, second]))}; {run(chr(10).join([first, second, use]))}"
