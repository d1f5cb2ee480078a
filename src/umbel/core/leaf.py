"""A page of rows that are all known, with the addresses of the pages around it; `website/_pager.html` shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

Row = TypeVar("Row")

PER = 200
NEAR = 2
LONGEST = 7


def number_of(text: str) -> int:
    """Return the number of a page as an address asks for it, 1 for what is none."""
    return max(int(text), 1) if text.isdecimal() and len(text) <= LONGEST else 1


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """One page of rows; `asked` is what else the address asks for. Beyond the last page stands the last one."""

    whole: Sequence[Row]
    asked_number: int
    asked: Mapping[str, str]
    per: int = PER

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.whole) // self.per))

    @property
    def number(self) -> int:
        return min(self.asked_number, self.pages)

    @property
    def rows(self) -> Sequence[Row]:
        return self.whole[self.first - 1 : self.last]

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per + 1

    @property
    def last(self) -> int:
        return min(self.number * self.per, len(self.whole))

    @property
    def previous_url(self) -> str:
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self._address(self.number + 1) if self.number < self.pages else ""

    @property
    def near_pages(self) -> list[tuple[int, str]]:
        near = range(max(1, self.number - NEAR), min(self.pages, self.number + NEAR) + 1)
        return [(number, self._address(number)) for number in near]

    def _address(self, number: int) -> str:
        return f"?{urlencode({**self.asked, 'page': number})}"
