"""A row of a table on its way to a record."""

from functools import lru_cache
from typing import Any

from django.db.models.base import ModelState

from umbel.core.exchange.columns import Target
from umbel.core.names import fold

Problem = tuple[str, str, str]
"""Name of the column (of the record), the value given, what is wrong."""


class Line:
    """One row: what it says, the record that it stands for, what is wrong with it.

    `given` holds the texts by column, `values` what they mean by attribute, `links` the rows that foreign keys name,
    `lists` those of many-to-many fields; `before` and `after` are what the record held and will hold, as the change
    log tells it; `alike` is the record that the row may be about; `is_even` says that it has as many cells as the
    header. It takes what the columns of the sheets fill in.
    """

    __slots__ = (
        "after",
        "aliases",
        "alike",
        "before",
        "cells",
        "existing",
        "given",
        "instance",
        "is_even",
        "likeness",
        "links",
        "lists",
        "number",
        "problems",
        "state",
        "values",
    )

    def __init__(self, number: int, cells: list[str]) -> None:
        self.number = number
        self.cells = cells
        self.given: dict[str, str] = {}
        self.values: dict[str, Any] = {}
        self.links: dict[str, Target] = {}
        self.lists: dict[str, list[Target]] = {}
        self.aliases: list[str] | None = None
        self.problems: list[Problem] = []
        self.existing: Any = None
        self.alike: Any = None
        self.instance: Any = None
        self.before: dict[str, Any] = {}
        self.after: dict[str, Any] = {}
        self.likeness: dict[str, Any] = {}
        self.state = ""
        self.is_even = True

    def tell(self, text: str, field: str = "", _line: int = 0) -> None:
        """Note a problem of a column; where it stands is known."""
        if text:
            self.problems.append((field, self.given.get(field, ""), text))

    @property
    def is_sound(self) -> bool:
        return not self.problems

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided what becomes of the row."""
        return not self.problems and not self.state


def made(model: Any, values: dict[str, Any]) -> Any:
    """Return a record with the given attributes; ten times faster than its constructor, which would check nothing."""
    row = model.__new__(model)
    row.__dict__.update(values)
    row._state = ModelState()
    return row


@lru_cache(maxsize=4096)
def folded(name: str | None) -> str:
    """Return a name as it is compared; asked several times for each row."""
    return fold(name or "")
