"""CPython's symbol tables, to compare nbslim's scopes with.

Reads a JSON list of sources from standard input; writes one line of JSON for each: the tree of scopes, or null
where the source does not compile. A scope is {kind, names: {name: flags}, children}. Flags: A assigned,
R referenced, P parameter, I imported, N annotated, G declared global, L nonlocal, and after a colon where the
name comes from: local, cell, free, global-explicit, global-implicit.

Python 3.12 and later merge comprehensions into the scope around: run this with 3.11 or earlier, or on sources
without comprehensions.
"""

import json
import sys
import symtable
import warnings

# <symtable.h>
DEF_GLOBAL, DEF_LOCAL, DEF_PARAM, DEF_NONLOCAL, USE = 1, 2, 4, 8, 16
DEF_IMPORT, DEF_ANNOT = 1 << 7, 1 << 8
SCOPE_OFFSET = 11 if sys.version_info < (3, 13) else 12
RESOLUTION = {1: "local", 2: "global-explicit", 3: "global-implicit", 4: "free", 5: "cell"}
# Names that no source writes: arguments of comprehensions, and what 3.12 and later keep for generic classes.
HIDDEN = {"__classdict__", ".generic_base", ".type_params", ".defaults", ".kwdefaults", "__type_params__", ".format"}


def kind_of(table):
    kind = str(getattr(table.get_type(), "value", table.get_type()))
    if kind == "function":
        if table.get_name() == "lambda":
            return "lambda"
        return "comprehension" if table.get_name() in COMPREHENSIONS and is_comprehension(table) else "function"
    return {
        "type parameters": "type-params", "type parameter": "type-params", "type alias": "type-alias",
        "TypeVar bound": "type-bound", "type variable": "type-bound",
    }.get(kind, kind)


COMPREHENSIONS = {"listcomp", "setcomp", "dictcomp", "genexpr"}


def is_comprehension(table):
    return ".0" in table._table.symbols


def dump(table):
    names = {}
    for name, flags in table._table.symbols.items():
        if name.startswith(".") or name in HIDDEN:
            continue
        letters = "".join(
            letter
            for letter, flag in [
                ("A", DEF_LOCAL), ("R", USE), ("P", DEF_PARAM), ("I", DEF_IMPORT), ("N", DEF_ANNOT),
                ("G", DEF_GLOBAL), ("L", DEF_NONLOCAL),
            ]
            if flags & flag
        )
        names[name] = letters + ":" + RESOLUTION[(flags >> SCOPE_OFFSET) & 0b111]
    return {
        "kind": kind_of(table),
        "names": names,
        "children": [dump(child) for child in table.get_children()],
    }


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)
    for source in json.load(sys.stdin):
        try:
            compile(source, "<cell>", "exec", dont_inherit=True)
            result = dump(symtable.symtable(source, "<cell>", "exec"))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            result = None
        sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
