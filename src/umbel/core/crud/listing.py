"""A list as an address asks for it: narrowed, sorted, one page of it, told in the reader's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from umbel.core.crud.columns import Column, told_by
from umbel.core.crud.sections import Section
from umbel.core.crud.seen import Told, seen
from umbel.core.crud.table import Table
from umbel.core.search import is_searched, narrow

COUNTED_UP_TO = 1000
PER_PAGE = (50, 100, 250)
FARTHEST = 1_000_000


class Number(models.Subquery):
    """How many rows a queryset has, counted beside the rows of another one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()


@dataclass(frozen=True)
class Heading:
    """A head of the table: its column, the address that sorts by it, how the list is sorted by it now."""

    column: Column
    url: str
    sorted: str


class Listing:
    """What an address (`?q=&kind=&sort=-name&page=2`) asks of a section, within a person's rights.

    Counting stops at a thousand: `total` is the number of rows up to there, `is_more` says that there are others.
    """

    def __init__(
        self, section: Section, address: QueryDict, user: Any, language: str, columns: Sequence[str] = ()
    ) -> None:
        self.section, self.user, self.language = section, user, language
        self.asked = address.copy()
        self.query = address.get("q", "").replace("\0", "").strip()[:200]
        self.filters = [asked.bind(address, user) for asked in section.asked]
        self.per = next((size for size in PER_PAGE if str(size) == address.get("per")), PER_PAGE[0])
        self.number = min(max(_number(address.get("page", "")), 1), FARTHEST // self.per)
        self.columns = self._columns(address.get("cols", "").split(",") if address.get("cols") else columns)
        self.sort = self._sort(address.get("sort", "") or section.order)

    def _columns(self, names: Sequence[str]) -> list[Column]:
        if not names:
            return self.section.shown
        offered = {column.name: column for column in self.section.columns_offered}
        first = self.section.shown[0]
        named = [offered[name] for name in dict.fromkeys(names) if name in offered and name != first.name]
        return [first, *named]

    def _sort(self, asked: str) -> str:
        names = {column.name for column in self.section.columns_offered if column.sort}
        return asked if asked.removeprefix("-") in names else ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query) or any(bound.value for bound in self.filters)

    def rows(self) -> models.QuerySet[Any]:
        """Return the records that the address asks for, in its order."""
        rows = self.section.rows(self.user)
        for bound in self.filters:
            rows = bound.narrow(rows)
        if self.query:
            rows = matching(rows, self.query)
        return rows.order_by(*self._order()) if self._order() else rows

    def _order(self) -> list[Any]:
        wanted = self.sort.removeprefix("-")
        column = next((column for column in self.section.columns_offered if column.name == wanted), None)
        if column is None:
            return []
        is_backwards = self.sort.startswith("-")
        by = seen(column.sort, self.section.model, self.user)
        if isinstance(by, str):
            return [f"-{by}", "-pk"] if is_backwards else [by, "pk"]
        return [models.OrderBy(by, descending=is_backwards), "-pk" if is_backwards else "pk"]

    def read(self, columns: Sequence[Column]) -> list[Told]:
        """Return what reads the columns from a row, for the person: see `seen`."""
        return [seen(column.path, self.section.model, self.user) for column in columns if column.path]

    def values(self, columns: Sequence[Column], name: str = "pk") -> models.QuerySet[Any]:
        """Return the rows as tuples: what names the row, then a value for each column that is read from it."""
        return self.rows().values_list(name, *self.read(columns))

    def _drawn(self) -> models.QuerySet[Any]:
        """Return the rows as tuples, with values after those of columns: for each column that is wanted of some rows
        only whether it is of this one; the number of rows that fit.
        """
        conditions = [column.wanted_where for column in self.columns if column.wanted_where and not column.load]
        asked = [models.Case(models.When(each, then=True), default=False) for each in conditions]
        rows = self.rows()
        number = Number(rows.order_by().values("pk")[: COUNTED_UP_TO + 1])
        return rows.values_list("pk", *self.read(self.columns), *asked, number)

    @cached_property
    def _page(self) -> list[tuple[Any, ...]]:
        start = (self.number - 1) * self.per
        return list(self._drawn()[start : start + self.per + 1])

    @property
    def has_next(self) -> bool:
        return len(self._page) > self.per

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows of the page."""
        return [row[0] for row in self._page[: self.per]]

    def body(self, is_picked: bool = True) -> SafeString:
        """Return the rows of the page as HTML; with a box for picking each, unless there is nothing to do with them."""
        return Table(self.section, self.columns, self.language, self.user).body(self._page[: self.per], is_picked)

    @cached_property
    def _counted(self) -> int:
        start = (self.number - 1) * self.per
        if self._page:
            return int(max(self._page[0][-1], start + len(self._page)))
        return self.rows().order_by().values("pk")[: COUNTED_UP_TO + 1].count() if start else 0

    @property
    def total(self) -> int:
        return self._counted if not self.is_more else COUNTED_UP_TO

    @property
    def is_more(self) -> bool:
        return self._counted > COUNTED_UP_TO

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per + 1 if self._page else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.per + len(self._page[: self.per])

    def address(self, **changes: Any) -> str:
        """Return the address of the same list with some answers changed; an empty one is left out."""
        changed = self.asked.copy()
        if "page" not in changes:
            changed.pop("page", None)
        for name, value in changes.items():
            changed[name] = str(value)
        kept = QueryDict(mutable=True)
        for name, values in changed.lists():
            kept.setlist(name, [value for value in values if value])
        return f"?{kept.urlencode()}"

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """How many rows a page may have, with the address that shows as many."""
        return [(size, self.address(per=size)) for size in PER_PAGE]

    @property
    def previous_url(self) -> str:
        return self.address(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.address(page=self.number + 1) if self.has_next else ""

    @property
    def near_pages(self) -> list[tuple[int, str]]:
        """The pages around this one that are known to be there, with their addresses."""
        last = self.number + self.has_next if self.is_more else -(-self._counted // self.per)
        first = max(1, min(self.number - 2, last - 4))
        return [(number, self.address(page=number)) for number in range(first, min(last, first + 4) + 1)]

    def headings(self) -> Iterator[Heading]:
        """Yield the heads of the table after the box for picking."""
        for column in self.columns:
            is_sorted = self.sort.removeprefix("-") == column.name
            ascending = is_sorted and not self.sort.startswith("-")
            url = self.address(sort=f"-{column.name}" if ascending else column.name) if column.sort else ""
            state = "" if not is_sorted else "ascending" if ascending else "descending"
            yield Heading(column, url, state)

    @property
    def fit(self) -> str:
        """Say how many rows fit, all pages together."""
        if self.is_more:
            return _("more than %(number)s") % {"number": self.total}
        return str(self.total)

    @property
    def choosable(self) -> list[tuple[Column, bool]]:
        """The columns that can be shown beside the first, and whether each is."""
        names = {column.name for column in self.columns}
        return [(column, column.name in names) for column in self.section.columns_offered[1:]]


def matching(rows: models.QuerySet[Any], query: str) -> models.QuerySet[Any]:
    """Return the rows that the search finds; of a kind that it does not know, those whose name has every word."""
    query = query.replace("\0", "")
    if is_searched(rows.model):
        return narrow(rows, query)
    for word in query.split()[:10]:
        rows = rows.filter(**{f"{told_by(rows.model)}__icontains": word})
    return rows


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 1
