"""Draws the rows of a page. Written here and not in a template, which takes ten times as long a cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from umbel.core.crud.columns import LONG_TEXT, Column, cell, teller
from umbel.core.crud.sections import Section

Values = Sequence[tuple[Any, ...]]
"""Rows as tuples: the number, then a value for each column that is read from the row."""


@dataclass(frozen=True)
class Drawn:
    """A column as it is drawn: how a value is said, where it stands in a row, what it is on a narrow screen.

    `wanted_place` is where a row says whether something is wanted there; zero where it does not.
    """

    column: Column
    tell: Callable[[Any], str]
    place: int
    role: str
    wanted_place: int


class Table:
    """The rows of a section in some of its columns, told in a language."""

    def __init__(self, section: Section, columns: Sequence[Column], language: str, user: Any) -> None:
        self.url, self.user = section.url, user
        tellers = [teller(column, language) for column in columns]
        wanted = _wanted_places(columns)
        told = zip(columns, tellers, places_of(columns), section.roles(columns), wanted, strict=True)
        self.first, *self.others = (Drawn(*each) for each in told)

    def body(self, rows: Values, is_picked: bool) -> SafeString:
        """Return the rows as HTML; with a box for picking each, unless there is nothing to do with them."""
        loaded = loaded_for([drawn.column for drawn in self.others], [row[0] for row in rows], self.user)
        lines = [self._line(row, loaded, is_picked) for row in rows]
        return mark_safe("".join(lines))  # noqa: S308 -- each cell is escaped where it is written

    def _line(self, row: tuple[Any, ...], loaded: Mapping[str, Mapping[int, Any]], is_picked: bool) -> str:
        name = escape(self.first.tell(row[self.first.place]) or "—")
        title = f' title="{name}"' if len(name) > 2 * LONG_TEXT else ""
        box = f'<td class="pick"><input type="checkbox" name="pick" value="{row[0]}" aria-label="{name}"></td>'
        cells = [self._cell(drawn, row, loaded) for drawn in self.others]
        link = f'<td class="name"><a href="{self.url}{row[0]}/"{title}>{name}</a></td>'
        return f"<tr>{box if is_picked else ''}{link}{''.join(cells)}</tr>"

    def _cell(self, drawn: Drawn, row: tuple[Any, ...], loaded: Mapping[str, Mapping[int, Any]]) -> str:
        column = drawn.column
        if column.load:
            found = loaded[column.name]
            is_wanted = column.wanted and found.get(row[0], "") is None
            return cell(column, drawn.tell(found.get(row[0])), drawn.role, is_wanted)
        is_wanted = column.wanted and (not drawn.wanted_place or row[drawn.wanted_place])
        is_wanted = is_wanted and not (column.is_linked and row[drawn.place] is not None)
        return cell(column, drawn.tell(row[drawn.place]), drawn.role, is_wanted)


def loaded_for(columns: Sequence[Column], numbers: list[int], user: Any) -> Mapping[str, Mapping[int, Any]]:
    """Return what columns that are filled afterwards say of some rows to a person, by the name of the column and the
    number.
    """
    found: dict[str, Mapping[int, Any]] = {column.name: {} for column in columns if column.load}
    for load in dict.fromkeys(column.load for column in columns) if numbers else ():
        found |= load(numbers, user) if load else {}
    return found


def places_of(columns: Sequence[Column]) -> list[int]:
    """Return where the value of each column stands in a row; zero for one that is filled afterwards."""
    read = [number for number, column in enumerate(columns) if column.path]
    return [read.index(number) + 1 if number in read else 0 for number in range(len(columns))]


def _wanted_places(columns: Sequence[Column]) -> list[int]:
    """Return where a row says of each column whether something is wanted; zero where it does not."""
    first = sum(bool(column.path) for column in columns) + 1
    asked = [number for number, column in enumerate(columns) if column.wanted_where and not column.load]
    return [first + asked.index(number) if number in asked else 0 for number in range(len(columns))]
