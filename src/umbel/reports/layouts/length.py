"""How long a list of a report may get: hundreds of rows are told by numbers and by the first of them."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from umbel.core.formatting import number
from umbel.reports.layouts.desk import Desk

Row = TypeVar("Row")

LONG_YEAR = 600
"""A year of more activities is not listed whole."""
LONG_TABLE = 60
"""A table of more rows is not printed whole."""
SHOWN = 40
"""What is shown of each month of a long year, and of a long table."""
IN_A_CELL = 12
"""What a cell of a table names before it says that there are others."""


def first(count: int, desk: Desk) -> dict[str, str]:
    """Return how many are shown of how many, as the report prints numbers."""
    return {"shown": number(SHOWN, language=desk.language), "all": number(count, language=desk.language)}


class Shortened:
    """Takes the first rows of long tables; `told` says, by name of the table, how many and which figures open all."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.told: dict[str, dict[str, Any]] = {}

    def rows(self, name: str, rows: list[Row], *keys: str) -> list[Row]:
        """Return the rows that a table shows; the figures `keys` open all of them."""
        if len(rows) <= LONG_TABLE:
            return rows
        self.told[name] = {**first(len(rows), self.desk), "figures": self.desk.strip(*keys)}
        return rows[:SHOWN]


def in_a_cell(texts: Sequence[str], rest: str = "") -> list[str]:
    """Return the texts that a cell names; where it leaves some out, the last one says so."""
    return [*texts] if len(texts) <= IN_A_CELL else [*texts[:IN_A_CELL], rest or _("others")]
