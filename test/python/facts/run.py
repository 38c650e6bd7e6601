"""Asks this environment all facts and prints what it answers as JSON: `npm run facts` runs this in each.

    .envs/E6/bin/python test/python/facts/run.py [--quick] [id ...]

`--quick` leaves out what the tests do not ask again. Prints a list of {id, place, statement, says, tolerance, rechecked,
note, outcome}.
"""

import argparse
import dataclasses
import gc
import importlib
import json
import os
import sys
import warnings

os.environ["MPLBACKEND"] = "Agg"
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fact import FACTS  # noqa: E402
from places import place  # noqa: E402

#: The modules that hold facts, in the order of SAFETY.md.
MODULES = ("everywhere", "collapse", "article", "pins", "display", "integers", "floats", "category", "columns", "read_csv", "inplace", "iterators", "ipynb")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("ids", nargs="*")
    options = parser.parse_args()
    for module in MODULES:
        importlib.import_module(module)
    gc.freeze()  # what is imported need not be looked through at each collection
    unknown = set(options.ids) - set(FACTS)
    if unknown:
        parser.error(f"there is no fact {', '.join(sorted(unknown))}")
    asked = [fact for fact in FACTS.values() if fact.rechecked or not options.quick]
    if options.ids:
        asked = [FACTS[id] for id in options.ids]
    json.dump([answer(fact) for fact in asked], sys.stdout)


def answer(fact):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome = str(fact.measure())
    described = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact) if field.name != "measure"}
    return {**described, "place": place(fact.id), "outcome": outcome}


if __name__ == "__main__":
    main()
