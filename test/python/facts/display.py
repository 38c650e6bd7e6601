"""What IPython keeps of what is shown."""

from cells import held, names, notebook, run
from collapse import MAKE, SIZE
from fact import fact


@fact("display/out-keeps", "Share of a frame that is held when it was shown bare and then deleted", "1.00")
def _():
    return held(f"df = {MAKE}\ndf", "del df", of=SIZE).split(", ")[-1]


@fact("display/display-keeps-nothing", "Share of a frame that is held when it was shown by `display(df)` and then deleted", "0.00")
def _():
    return held(f"df = {MAKE}\ndisplay(df)", "del df", of=SIZE).split(", ")[-1]


@fact("display/three-results", "Frames that `Out` holds after cells that end in `df`, `df.dropna()`, `df.sort_values('a')`, and `del df`", "3")
def _():
    with notebook():
        run("import numpy as np, pandas as pd")
        for cell in (f"df = {MAKE}\ndf", "df.dropna()", "df.sort_values('a')", "del df"):
            run(cell)
        return sum(value.shape == (100_000, 5) for value in names()["Out"].values())


@fact("display/three-results-memory", "What the three hold, in frames: on 3.x `dropna` shares what it does not change", tolerance=0.1)
def _():
    return held(f"df = {MAKE}\ndf", "df.dropna()", "df.sort_values('a')", "del df", of=SIZE).split(", ")[-1]


@fact("display/three-results-displayed", "Frames held after the same with `display(...)`", "0.00")
def _():
    return held(f"df = {MAKE}\ndisplay(df)", "display(df.dropna())", "display(df.sort_values('a'))", "del df", of=SIZE).split(", ")[-1]


@fact("display/bare-head", "Share of a frame of one block that is held when `df.head()` was shown bare and the frame deleted", {"E1 E2 E3": "1.00", "E4 E5 E6": "0.00"})
def _():
    return held(f"df = {MAKE}\ndf.head()", "del df", of=SIZE).split(", ")[-1]


@fact("display/last-results-names", "Which of `_`, `__`, `___` and `_1` hold something after three bare expressions", "_ __ ___ _1")
def _():
    with notebook():
        for cell in ("'one'", "'two'", "'three'"):
            run(cell)
        return " ".join(name for name in ("_", "__", "___", "_1") if names().get(name))


@fact("display/semicolon-shows-nothing", "`'x';` shows, and `Out` holds afterwards", "nothing, nothing")
def _():
    with notebook():
        shown = run("'x';")
        return f"{shown or 'nothing'}, {' '.join(names()['Out'].values()) or 'nothing'}"


@fact("display/none-is-not-kept", "Whether `Out` holds a bare `None`", "False")
def _():
    with notebook():
        run("None")
        return len(names()["Out"]) > 0
