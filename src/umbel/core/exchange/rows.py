"""Rows on their way from a file to the records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from umbel.core.changelog import snapshot
from umbel.core.exchange.cells import Mapping
from umbel.core.exchange.columns import Target
from umbel.core.exchange.problems import Place, Problem
from umbel.core.exchange.sheets import Sheet
from umbel.core.exchange.stock import Stock


@dataclass(eq=False)
class Row:
    """A row of a file and the record that it stands for.

    `number` is the record's id, a negative one of its own as long as it is not stored; `links` are the rows that its
    foreign keys name, `lists` those of its many-to-many fields, `before` what the record held.
    """

    sheet: Sheet
    file: str
    raw: Mapping
    number: int
    problems: list[Problem]
    whole: "Row | None" = None
    path: str = ""
    is_flat: bool = False
    handle: str = ""
    instance: Any = None
    before: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, Target] = field(default_factory=dict)
    lists: dict[str, list[Target]] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    parts: list["Row"] = field(default_factory=list)
    is_new: bool = True
    is_sound: bool = True

    @property
    def place(self) -> Place:
        return Place(self.file, self.raw.line)

    def tell(self, text: str, field: str = "", line: int = 0) -> None:
        """Note a problem, so that the row is not checked further; no text where the cause is told elsewhere."""
        self.is_sound = False
        if not text:
            return
        name = f"{self.path}{field}" if field else self.path.rstrip(".")
        self.problems.append(Problem(Place(self.file, line or self.line_of(field), name), text))

    def line_of(self, field: str) -> int:
        """Return the line of a field, that of the row where the file does not give it."""
        cell = self.raw.cells.get(field)
        return cell.line if cell else self.raw.line

    def adopt(self, instance: Any) -> None:
        """Take a record as the one that the row stands for."""
        self.instance, self.is_new, self.number = instance, False, instance.pk
        self.before = snapshot(instance)

    @property
    def is_altered(self) -> bool:
        """Whether the values of the record itself change, its lists and parts not considered."""
        return self.is_new or snapshot(self.instance) != self.before

    def changed_lists(self, stock: Stock) -> dict[str, list[Target]]:
        """Return the many-to-many fields whose rows are others than those on record."""
        changed = {}
        for name, targets in self.lists.items():
            known = [] if self.is_new else stock.linked(self.sheet.model._meta.get_field(name), self.number)
            if sorted(known) != sorted(target.number for target in targets):
                changed[name] = targets
        return changed

    def known_aliases(self, stock: Stock) -> list[str]:
        return [] if self.is_new else stock.aliases(self.sheet.model, self.number)

    @property
    def given_parts(self) -> list[Sheet]:
        """The parts about which the file speaks."""
        return self.sheet.flat_parts if self.is_flat else list(self.sheet.parts)


def every_row(rows: list[Row]) -> Iterator[Row]:
    """Yield rows, each before its parts."""
    for row in rows:
        yield row
        yield from every_row(row.parts)
