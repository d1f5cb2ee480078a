"""A page of rows, with the addresses of the pages around it.

Of a `Leaf` all rows are known (`website/_pager.html` shows it), of an `OpenLeaf` only whether there are more
(`desk/_steps.html`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models

Row = TypeVar("Row")

PER = 200
NEAR = 2
FARTHEST = 1_000_000
DIGITS = 10


class Leaf(Generic[Row]):
    """One page of rows, by the number that an address asks for; `asked` is what else it asks for.

    For what is no number stands the first page, beyond the last the last one.
    """

    def __init__(self, whole: Sequence[Row], number: str, asked: Mapping[str, str], per: int = PER) -> None:
        self.page = Paginator(whole, per).get_page(number)
        self.asked = asked

    @property
    def number(self) -> int:
        return int(self.page.number)

    @property
    def rows(self) -> Sequence[Row]:
        return list(self.page.object_list)

    @property
    def first(self) -> int:
        return int(self.page.start_index())

    @property
    def last(self) -> int:
        return int(self.page.end_index())

    @property
    def previous_url(self) -> str:
        return self._address(self.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._address(self.number + 1) if self.page.has_next() else ""

    @property
    def near_pages(self) -> list[tuple[int, str]]:
        near = (number for number in self.page.paginator.page_range if abs(number - self.number) <= NEAR)
        return [(number, self._address(number)) for number in near]

    def _address(self, number: int) -> str:
        return f"?{urlencode({**self.asked, 'page': number})}"


class OpenLeaf:
    """One page of the rows of a queryset, which are not counted: one more than the page shows tells of the next one.

    For what is no number, and beyond the last page, stands the first one.
    """

    def __init__(self, rows: models.QuerySet[Any], number: str, asked: Mapping[str, str], per: int = PER) -> None:
        self.asked = asked
        self.per = per
        self.number = int(number) if number.isdecimal() and len(number) < DIGITS else 1
        self.number = min(max(self.number, 1), FARTHEST // per)
        found = self._read(rows)
        if not found and self.number > 1:
            self.number = 1
            found = self._read(rows)
        self.rows, self.has_next = found[:per], len(found) > per

    def _read(self, rows: models.QuerySet[Any]) -> list[Any]:
        start = (self.number - 1) * self.per
        return list(rows[start : start + self.per + 1])

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def previous_url(self) -> str:
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self._address(self.number + 1) if self.has_next else ""

    def _address(self, number: int) -> str:
        asked = {name: value for name, value in self.asked.items() if value}
        return f"?{urlencode({**asked, 'page': number})}"
