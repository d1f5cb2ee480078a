"""The shelves of the site: one for each kind of record with pages, with its list, its files and its pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.http import Http404, QueryDict
from django.urls import reverse

from umbel.core.crud.filters import Filter
from umbel.core.crud.listing import COUNTED_UP_TO, Listing, Number
from umbel.core.crud.sections import Section
from umbel.core.formatting import reading_language
from umbel.core.names import find_named
from umbel.core.records import Act, Named
from umbel.core.registry import DeclarationError
from umbel.core.search import narrow
from umbel.core.translations.saying import localise
from umbel.website import records
from umbel.website.telling import NEWEST, Line, act, line, opening


@dataclass(frozen=True)
class Form:
    """A form in which a list can be had as a file."""

    label: str
    type: str


FORMS = {
    "csv": Form("CSV", "text/csv"),
    "json": Form("JSON Feed", "application/feed+json"),
    "atom": Form("Atom", "application/atom+xml"),
    "ics": Form("iCalendar", "text/calendar"),
}


class Shelf(Section):
    """One kind of record on the site. `slug` is its address, `about` says what stands there.

    `ordering` is the order of the list, `related` and `fetched` what its lines need of other tables; `template` shows
    one record, `rows_template` the lines of the list; `group` names the part of the site in which it is shown;
    `has_days` says that its records have days for a calendar though they are no acts.
    """

    about: ClassVar[Any] = ""
    ordering: ClassVar[Sequence[Any]] = ()
    related: ClassVar[Sequence[str]] = ()
    fetched: ClassVar[Sequence[Any]] = ()
    whole: ClassVar[Sequence[str]] = ()
    template: ClassVar[str] = "website/record.html"
    rows_template: ClassVar[str] = "website/_rows.html"
    finder: ClassVar[Any] = ""
    per: ClassVar[int] = 0
    side_template: ClassVar[str] = ""
    has_days: ClassVar[bool] = False

    @property
    def is_dated(self) -> bool:
        """Whether its records are acts, with a day for a calendar."""
        return issubclass(self.model, Act)

    @property
    def forms(self) -> list[str]:
        """The files in which the list can be had."""
        return list(FORMS) if self.is_dated or self.has_days else ["csv", "json", "atom"]

    @property
    def url(self) -> str:
        return reverse("website.shelf.list", args=[self.slug])

    def file(self, form: str) -> str:
        return reverse("website.shelf.file", args=[self.slug, form])

    @cached_property
    def asked(self) -> list[Filter]:
        return [asked for asked in self.filters if isinstance(asked, Filter)]

    def every(self, user: Any) -> models.QuerySet[Any]:
        """Return the records that have their page here, those among them that the list leaves out."""
        return self.rows(user)

    def known(self, user: Any) -> models.QuerySet[Any]:
        """Return the records that can be asked for here, those among them that have their page elsewhere."""
        return self.every(user)

    def order_of(self, _listing: "PublicListing") -> Sequence[Any]:
        """Return the order of the list as an address asks for it."""
        if self.ordering:
            return self.ordering
        return NEWEST if self.is_dated else ("folded", "pk")

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        """Return records as lines of the list."""
        return [act(row) if self.is_dated else line(row) for row in rows]

    def ends(self, _rows: Sequence[Any]) -> Iterable[Any]:
        """Return the other records whose names the lines print and which may be told in several languages."""
        return ()

    def told(self, rows: Sequence[Any], user: Any) -> list[Line]:
        """Return records as lines in the reader's language, each with the introduction that opens its page.

        In any but the leading language that takes one query more for each kind.
        """
        localise([*rows, *self.ends(rows)])
        return [{**told, **opening(row)} for row, told in zip(rows, self.tell(rows, user), strict=True)]

    def beside(self, _listing: "PublicListing", _user: Any) -> dict[str, Any]:
        """Return what the page of the list shows beside its rows."""
        return {}

    def find(self, handle: str, user: Any) -> Any:
        """Return the record of an address, which may also spell its name or an alias of it. Raises `Http404`."""
        rows = self.known(user)
        found = rows.select_related(*self.whole) if self.whole else rows
        row = next(iter(found.filter(key=handle).order_by()[:1]), None)
        if row is None and issubclass(self.model, Named):
            spelt = find_named(handle, rows)[:2]
            row = spelt[0] if len(spelt) == 1 else None
        if row is None:
            raise Http404(handle)
        return row

    def address_of(self, row: Any) -> str:
        """Return the one address of a record."""
        return str(row.get_absolute_url())

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        """Return what `template` shows of a record."""
        return records.describe(records.whole(row), user, reading_language())


class PublicListing(Listing):
    """A list of the site as an address asks for it: its rows are records."""

    section: Shelf

    def __init__(self, shelf: Shelf, address: QueryDict, user: Any) -> None:
        super().__init__(shelf, address, user, reading_language())
        self.per = shelf.per or self.per

    def rows(self) -> models.QuerySet[Any]:
        rows = self.section.rows(self.user)
        for bound in self.filters:
            rows = bound.narrow(rows)
        rows = narrow(rows, self.query) if self.query else rows
        return rows.order_by(*(self._order() or self.section.order_of(self)))

    def value_of(self, name: str) -> str:
        """Return what the address asks under a name."""
        return next((bound.value for bound in self.filters if bound.filter.name == name), "")

    def with_ends(self) -> models.QuerySet[Any]:
        """Return the rows with what their lines need of other tables."""
        return self._ended(self.rows())

    def _ended(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        rows = rows.select_related(*self.section.related) if self.section.related else rows
        return rows.prefetch_related(*self.section.fetched) if self.section.fetched else rows

    @cached_property
    def _page(self) -> list[Any]:
        start = (self.number - 1) * self.per
        rows = self.rows()
        fitting = Number(rows.order_by().values("pk")[: COUNTED_UP_TO + 1])
        return list(self._ended(rows).annotate(fitting=fitting)[start : start + self.per + 1])

    @cached_property
    def _counted(self) -> int:
        return int(self._page[0].fitting) if self._page else 0

    def lines(self) -> list[Line]:
        """Return the records of the page as lines."""
        return self.section.told(self._page[: self.per], self.user)

    def file(self, form: str) -> str:
        """Return the address of what is listed as a file of a form, all pages of it."""
        return self.section.file(form) + self.address(page="", per="", sort="").removesuffix("?")

    @property
    def feeds(self) -> list[tuple[Form, str]]:
        """The forms in which the list can be had, with their addresses."""
        return [(form, self.file(name)) for name, form in FORMS.items() if name in self.section.forms]


def by_year(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return dated lines under their years, in the order in which they come."""
    grouped = groupby(lines, key=lambda told: told["date"].year if told.get("date") else None)
    return [{"title": str(year or ""), "lines": list(told)} for year, told in grouped]


_shelves: dict[str, Shelf] = {}
Kind = TypeVar("Kind", bound=type[Shelf])


def shelf(kind: Kind) -> Kind:
    """Put a shelf on the site. Raises `DeclarationError` where its address is taken."""
    made = kind()
    if made.slug in _shelves:
        raise DeclarationError(f"{made.slug} is declared twice")
    _shelves[made.slug] = made
    return kind


def shelves() -> list[Shelf]:
    return list(_shelves.values())


def get_shelf(slug: str) -> Shelf:
    """Return the shelf at an address. Raises `KeyError`."""
    return _shelves[slug]
