"""What nbformat takes for a valid notebook."""

import nbformat.validator

from fact import fact


def validity(minor, *ids):
    """Whether a notebook of format 4.`minor` with cells of these ids (None: none) is valid."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "x", **({} if id is None else {"id": id})} for id in ids
    ]
    notebook = {"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells}
    return "valid" if nbformat.validator.isvalid(notebook) else "invalid"


@fact("ipynb/ids-in-4-5", "nbformat 4.5: a cell with an id; without one; two with the same; with `a b`; with 65 letters", "valid, invalid, invalid, invalid, invalid")
def _():
    return ", ".join([validity(5, "a-b_1"), validity(5, None), validity(5, "a", "a"), validity(5, "a b"), validity(5, "a" * 65)])


@fact("ipynb/ids-in-4-4", "nbformat 4.4: a cell without an id; with one", "valid, invalid")
def _():
    return f"{validity(4, None)}, {validity(4, 'a')}"


@fact("ipynb/source-a-list", "A `source` of items that are no whole lines", "valid")
def _():
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["x", "y\nz"]}
    return "valid" if nbformat.validator.isvalid({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}) else "invalid"
