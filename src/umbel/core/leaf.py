"""A page of rows that are all known, with the addresses of the pages around it; `website/_pager.html` shows them."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator

Row = TypeVar("Row")

PER = 200
NEAR = 2


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
