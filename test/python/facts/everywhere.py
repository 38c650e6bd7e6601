"""What holds for a notebook as a whole: Python, IPython, warnings, floats."""

import os
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd

from cells import names, notebook, run
from fact import fact
from observe import against, read, warned


@fact("everywhere/nfkc-names", "`µ = 1; print(μ)`, the micro sign and the Greek letter", "1")
def _():
    with notebook():
        return run("µ = 1; print(μ)")


@fact("everywhere/function-reads-when-called", "`x = 1`, `def f(): return x`, `x = 2`, `print(f())`", "2")
def _():
    with notebook():
        for cell in ("x = 1", "def f(): return x", "x = 2"):
            run(cell)
        return run("print(f())")


@fact("everywhere/interactivity-all", "`ast_node_interactivity = 'all'`: how many of the cell's two bare expressions are shown", "2")
def _():
    with notebook("all"):
        return run("'one'\n'two'").count("Out[")


@fact("everywhere/interactivity-default", "How many of a cell's two bare expressions are shown otherwise", "1")
def _():
    with notebook():
        return run("'one'\n'two'").count("Out[")


@fact("everywhere/semicolon-alone", "A line that is `;` alone shows, where it runs", note="It runs: IPython takes a leading `;` for a call with one string as its argument, here of no function.")
def _():
    with notebook():
        return f"{run('x = 1')}{run(';')}"


@fact("everywhere/pylab-imports-star", "`%pylab agg` binds numpy's names, such as `sqrt`", "True")
def _():
    with notebook():
        run("%pylab agg")
        return "sqrt" in names()


@fact(
    "everywhere/matplotlib-imports-star",
    "`%matplotlib agg` binds names, such as `sqrt`",
    "True",
    note="Of the two magics only `%pylab` imports with a star; `%matplotlib` binds nothing.",
)
def _():
    with notebook():
        run("%matplotlib agg")
        return "sqrt" in names() or "plt" in names()


@fact("everywhere/numpy-star-shadows", "Which of `all any max min sum` are not the builtins after `from numpy import *`", "all any max min sum", note="numpy 1.26 leaves `max` and `min` out of what a star imports.")
def _():
    with notebook():
        run("from numpy import *")
        return " ".join(name for name in ("all", "any", "max", "min", "sum") if name in names())


@fact("everywhere/time-defines", "`%time x = 1`, then `print(x)`", "1")
def _():
    with notebook():
        run("%time x = 1")
        return run("print(x)")


@fact("everywhere/time-in-a-function", "`%time x = 1` in a function that then returns x", "raises NameError")
def _():
    with notebook():
        run("def f():\n    %time x = 1\n    return x")
        return run("print(f())").split("\n")[-1]


@fact("everywhere/time-cell-defines", "`%%time` over `x = 1`, then `print(x)`", "1")
def _():
    with notebook():
        run("%%time\nx = 1")
        return run("print(x)")


@fact("everywhere/timeit-cell-defines-nothing", "`%%timeit` over `x = 1`, then `print(x)`", "raises NameError")
def _():
    with notebook():
        run("%%timeit -n 1 -r 1\nx = 1")
        return run("print(x)")


@fact("everywhere/prun-cell-defines", "`%%prun -q` over `x = 1`, then `print(x)`", "1")
def _():
    with notebook():
        run("%%prun -q\nx = 1")
        return run("print(x)")


@fact("everywhere/capture-defines", "`%%capture out`: the type of `out`", "CapturedIO")
def _():
    with notebook():
        run("%%capture out\nprint(1)")
        return type(names().get("out")).__name__


@fact("everywhere/shell-assignment", "`files = !echo a b`: the type of `files`", "SList")
def _():
    with notebook():
        run("files = !echo a b")
        return type(names().get("files")).__name__


@fact("everywhere/magic-assignment", "`here = %pwd`: the type of `here`", "str")
def _():
    with notebook():
        run("here = %pwd")
        return type(names().get("here")).__name__


@fact("everywhere/shell-line-reads-names", "`x = 'seen'`, `!echo $x {x}`", "seen seen")
def _():
    with notebook():
        run("x = 'seen'\nout = !echo $x {x}")
        return names()["out"][0]


@fact("everywhere/magic-line-reads-names", "`x = 'seen'`, `%set_env NBSLIM_FACTS $x`, and with `{x}`: the variable", "seen seen")
def _():
    values = []
    for reference in ("$x", "{x}"):
        with notebook():
            run(f"x = 'seen'\n%set_env NBSLIM_FACTS {reference}")
            values.append(os.environ.pop("NBSLIM_FACTS"))
    return " ".join(values)


@fact("everywhere/run-defines", "`%run file.py` of a file that binds x, then `print(x)`", "1")
def _():
    with tempfile.TemporaryDirectory() as directory, notebook():
        path = os.path.join(directory, "file.py")
        with open(path, "w") as file:
            file.write("x = 1\n")
        run(f"%run {path}")
        return run("print(x)")


@fact("everywhere/reset-deletes", "`x = 1`, `%reset -f`, then `print(x)`", "raises NameError")
def _():
    with notebook():
        run("x = 1")
        run("%reset -f")
        return run("print(x)")


@fact("everywhere/star-import-defines", "`from math import *`, then `print(sqrt(4))`", "2.0")
def _():
    with notebook():
        run("from math import *")
        return run("print(sqrt(4))")


@fact("everywhere/out-and-in", "`'one'`, then `print(Out[1], _, _1, In[1])`", "one one one 'one'")
def _():
    with notebook():
        run("'one'")
        return run("print(Out[1], _, _1, In[1])")


@fact("everywhere/exec-defines", "`exec('x = 1')`, then `print(x, globals()['x'], vars()['x'], get_ipython().user_ns['x'])`", "1 1 1 1")
def _():
    with notebook():
        run("exec('x = 1')")
        return run("print(x, globals()['x'], vars()['x'], get_ipython().user_ns['x'])")


@fact("everywhere/automagic", "`pwd` alone on a line shows the directory, where no such name is bound; where one is, its value", "True, 7")
def _():
    with notebook():
        first = os.getcwd() in run("pwd")
        run("pwd = 7")
        return f"{first}, {run('print(pwd)')}"


@fact("everywhere/error-ends-the-cell", "A cell that raises in its first line, and binds x in its second: is x bound?", "False")
def _():
    with notebook():
        run("1 / 0\nx = 1")
        return "x" in names()


@fact("everywhere/names-in-query", "`df.query('a > @u')` reads u: rows of two", "1")
def _():
    with notebook():
        run("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]}); u = 1")
        return run("print(len(df.query('a > @u')))")


@fact("everywhere/names-in-eval", "`df.eval('a + @c')` and `pd.eval('df.a + other.b')` read c, df and other", "[6, 7] [4, 6]")
def _():
    with notebook():
        run("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]}); c = 5; other = pd.DataFrame({'b': [3, 4]})")
        return run("print(list(df.eval('a + @c')), list(pd.eval('df.a + other.b')))")


@fact("everywhere/temporary-directory-dies", "The directory of a `TemporaryDirectory` when the function that made it has returned its `name`", "gone")
def _():
    def make():
        directory = tempfile.TemporaryDirectory()
        return directory.name

    return "there" if os.path.exists(make()) else "gone"


def deprecations(code):
    """How often IPython shows the DeprecationWarning that the code raises."""
    command = [sys.executable, "-m", "IPython", "--quick", "--no-banner", "--HistoryManager.enabled=False", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr.count("DeprecationWarning: old")


@fact("everywhere/deprecation-warnings-in-functions", "A DeprecationWarning, at the top level and in a function of the notebook: how often it is shown", "1, 1")
def _():
    raised = "warnings.warn('old', DeprecationWarning)"
    return f"{deprecations(f'import warnings; {raised}')}, {deprecations(f'import warnings{chr(10)}def f():{chr(10)}    {raised}{chr(10)}f()')}"


SETS_A_COLUMN = {"E1 E2 E3": "SettingWithCopyWarning", "E4 E5 E6": "none"}


def cut_out(parent_lives):
    raw = pd.DataFrame({"b": [0, 2, 3]})
    x = raw[raw.b > 1]
    if not parent_lives:
        del raw

    def assign():
        x["c"] = 1

    return warned(assign)


@fact("everywhere/setting-with-copy-parent-alive", "`x = raw[raw.b > 1]; x['c'] = 1` while `raw` lives: warnings", SETS_A_COLUMN)
def _():
    return cut_out(parent_lives=True)


@fact("everywhere/setting-with-copy-parent-dead", "The same when `raw` is gone: warnings", "none")
def _():
    return cut_out(parent_lives=False)


@fact("everywhere/show-under-agg", "`plt.show()` under Agg: the same warnings at the top level and in a function", "same")
def _():
    plot = "%matplotlib agg\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\nplt.close()"
    with notebook():
        top = run(plot)
        magic, *lines = plot.split("\n")
        inside = run("\n".join([magic, "def f():", *[f"    {line}" for line in lines], "f()"]))
    return "same" if top == inside else "differs"


@fact("everywhere/display-and-show-order", "`%matplotlib inline`; a plot, `plt.show()` and `display('text')`, in both orders: what is shown first at the top level; in a function", "picture text; picture text")
def _():
    def order(body, in_function):
        with notebook():
            run("%matplotlib inline\nimport matplotlib.pyplot as plt\nfrom IPython.display import display")
            shown = run("\n".join(["def f():", *[f"    {line}" for line in body], "f()"]) if in_function else "\n".join(body))
        return "picture" if shown.startswith("<Figure") else "text"

    plot, text = "plt.plot([1]); plt.show()", "display('text')"
    return "; ".join(f"{order([plot, text], it)} {order([text, plot], it)}" for it in (False, True))


@fact("everywhere/float-sums-of-chunks", "`sum, mean, std` of a float column, to the last bit, after it was read in chunks put together", "same")
def _():
    text = pd.DataFrame({"b": np.random.default_rng(0).random(5000)}).to_csv(index=False)
    return against(read(text), pd.concat(read(text, chunksize=700)), lambda df: [df.b.sum(), df.b.mean(), df.b.std()])


@fact("everywhere/float-sums-of-a-copy", "`sum, mean, std` of a float column, to the last bit, of a copy", "same")
def _():
    df = pd.DataFrame(np.random.default_rng(0).random((5000, 3)), columns=list("abc"))
    return against(df, df[["b"]].copy(), lambda it: [it.b.sum(), it.b.mean(), it.b.std()])


@fact("everywhere/header-only-in-chunks", "A file of a header only, read in chunks put together", "same")
def _():
    return against(read("a,b\n"), pd.concat(read("a,b\n", chunksize=2)), lambda df: [list(df.columns), len(df), [str(it) for it in df.dtypes]])


def changed_by(*calls):
    """Whether any of the calls changes the frame that it is made on, of one whose columns are of one type and of one of two."""
    for columns in ({"a": [1, 2], "b": [3, 4]}, {"a": [1, 2], "b": [3.0, 4.0]}):
        for call in calls:
            df = pd.DataFrame(columns)
            before = df.copy()
            call(df)
            if not df.equals(before):
                return "changed"
    return "same"


def first(part):
    part.iloc[0] = 9
    return 1


def column(frame):
    frame["a"] = 9
    return frame > 1


@fact("everywhere/callbacks-get-views", "A frame after `apply`, `agg` or `transform` (by column or row) of a function that sets what it gets")
def _():
    return changed_by(lambda df: df.apply(first), lambda df: df.apply(first, axis=1), lambda df: df.agg(first), lambda df: df.a.agg(lambda it: first(it) and 1))


@fact("everywhere/callbacks-get-the-receiver", "A frame after `pipe`, `where` or `df[...]` of a function that sets a column of what it gets")
def _():
    return changed_by(lambda df: df.pipe(column), lambda df: df.where(column), lambda df: df.loc[lambda it: column(it).a])


@fact("everywhere/callbacks-get-copies-of-groups", "A frame after `groupby(...).apply`, `filter` or `transform` of a function that sets what it gets")
def _():
    def keep(group):
        group["a"] = 9
        return True

    groups = lambda df: df.groupby([0, 0])  # noqa: E731
    return changed_by(lambda df: groups(df).apply(keep), lambda df: groups(df).filter(keep), lambda df: groups(df).a.transform(first), lambda df: groups(df).agg(first))
