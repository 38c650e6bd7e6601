"""What a fact is: something that an environment can be asked, and what SAFETY.md says that it answers."""

import dataclasses
import re
from typing import Any, Callable

ENVIRONMENTS = ("E1", "E2", "E3", "E4", "E5", "E6")

#: All facts by id, in the order in which their modules define them.
FACTS: "dict[str, Fact]" = {}


@dataclasses.dataclass(frozen=True)
class Fact:
    #: `section/what`: what comments in src/ and transforms/ name, as `[fact: section/what]`.
    id: str
    #: What is done, in Markdown; the outcome says what comes of it.
    statement: str
    #: The outcome that SAFETY.md gives, by environment; where it says nothing, the environment is not there.
    says: "dict[str, str]"
    #: By how much the numbers of an outcome may differ: a share of them, or of 1 where they are smaller.
    tolerance: float
    #: Whether the tests ask it again: not where it depends on the processor, or on its mood.
    rechecked: bool
    #: Why it is another than SAFETY.md says.
    note: "str | None"
    measure: "Callable[[], Any]"


def fact(id, statement, says=None, *, tolerance=0.0, rechecked=True, note=None):
    """Registers a function that measures a fact: what it returns is the outcome, by its `str`.

    `says` is one outcome for all environments, or one for some each: `{"E1 E2": "44", "E5 E6": "raises"}`. `raises`
    stands for any exception and `differs` for anything but `same`. None: SAFETY.md has nothing that could be compared.
    """
    if id in FACTS or not re.fullmatch(r"[a-z-]+/[a-z0-9-]+", id):
        raise ValueError(f"{id} is no id, or is there already")
    says = {} if says is None else {" ".join(ENVIRONMENTS): says} if isinstance(says, str) else says
    said = {name: outcome for names, outcome in says.items() for name in names.split()}
    if not set(said) <= set(ENVIRONMENTS):
        raise ValueError(f"{id} speaks of an environment that is not there")

    def register(measure):
        FACTS[id] = Fact(id, statement, said, tolerance, rechecked, note, measure)
        return measure

    return register
