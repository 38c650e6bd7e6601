"""Checks refactored notebooks with Jupyter's and CPython's own eyes.

Reads one JSON object a line: `before` and `after`, the text of two notebooks, and `groups`, pairs of lists of indexes of
cells (from 1) that belong together. Answers each with one line: a JSON list of problems, empty where all is well.
"""

import ast
import json
import sys
import warnings

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

# Their first line is IPython's and the others are Python.
PYTHON_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")


def compile_problem(source):
    """None where CPython compiles the cell, else what it says."""
    head, _, body = source.lstrip().partition("\n")
    words = head.split()
    if words and words[0] in PYTHON_MAGICS:
        source = body
    try:
        code = TransformerManager().transform_cell(source)
        compile(code, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError) as error:
        return str(error)
    return None


def valid_problem(notebook):
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return str(error).splitlines()[0]
    return None


def cell_problems(before, after, group):
    old_cells, new_cells = group
    code = lambda notebook, indexes: [
        (index, "".join(notebook["cells"][index - 1]["source"]))
        for index in indexes
        if notebook["cells"][index - 1]["cell_type"] == "code"
    ]
    # What this Python did not compile before, such as Python 2, says nothing about the change.
    if any(compile_problem(source) for _, source in code(before, old_cells)):
        return
    for index, source in code(after, new_cells):
        problem = compile_problem(source)
        if problem:
            yield f"cell {index} does not compile: {problem}"


def problems(job):
    before, after = (json.loads(job[key].lstrip("\ufeff")) for key in ("before", "after"))
    invalid = valid_problem(after)
    if invalid and not valid_problem(before):
        yield f"not a valid notebook any more: {invalid}"
    for group in job["groups"]:
        yield from cell_problems(before, after, group)


warnings.simplefilter("ignore")
for line in sys.stdin:
    print(json.dumps(list(problems(json.loads(line)))), flush=True)
