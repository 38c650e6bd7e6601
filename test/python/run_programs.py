"""Runs programs made of cells, as test/transforms/programs.ts asks: many in one process, for imports take longer than they do."""

import ast
import contextlib
import io


def run(cells):
    """The name space at the end, and as one text what the cells print and show; an error by its class, which ends the program."""
    space, out = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(out):
        for cell in cells:
            tree = ast.parse(cell)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            try:
                exec(compile(tree, "cell", "exec"), space)
                value = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), space)
                if value is not None:
                    print("shown:", repr(value))
            except Exception as error:
                print(type(error).__name__)
                break
    return space, out.getvalue()
