"""What every layout works with: the period, the figures cited, the drawings, the words of the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from umbel.core import formatting, registry
from umbel.core.chronology import Line
from umbel.core.dates import PartialDate
from umbel.core.periods import Period
from umbel.reports.citing import Citations
from umbel.reports.drawings import Artist


@dataclass
class Desk:
    """The working place of one report being made."""

    period: Period
    language: str
    citations: Citations
    artist: Artist
    lines: list[Line]
    labels: dict[str, str]
    spotlight: str = ""

    def listing(self, key: str) -> Any:
        return registry.get_listing(key, self.period)

    def fig(self, key: str, year: int | None = None) -> str:
        return self.citations.cite(key, year)

    def strip(self, *keys: str) -> list[dict[str, str]]:
        """Return display figures with their labels."""
        return [{"fig": self.fig(key), "label": str(self.citations.known[key].label)} for key in keys]

    def day(self, date: PartialDate | None) -> str:
        """Return "28 October" for a day of the period, nothing for a coarser date."""
        if date is None or date.precision != "day":
            return ""
        return formatting.partial_date(date, self.language).replace(f" {date.year}", "")

    def when(self, date: PartialDate | None) -> str:
        """Return a date of the period as a column of a table shows it: "28 October", "October", "" for a bare year."""
        if date is None or date.precision == "year":
            return ""
        if date.precision == "day":
            return self.day(date)
        return self.month(date.month or 1)

    def date(self, date: PartialDate | None) -> str:
        return formatting.partial_date(date, self.language) if date else ""

    def month(self, number: int) -> str:
        return formatting.partial_date(PartialDate(self.period.end.year, number), self.language).replace(
            f" {self.period.end.year}", ""
        )

    def country(self, code: str) -> str:
        return formatting.country(code, self.language) if code else ""

    def countries(self, codes: Sequence[str]) -> str:
        return self.join(sorted(self.country(code) for code in codes))

    def join(self, items: Sequence[str]) -> str:
        return formatting.join(items, self.language) if items else ""

    def where(self, place: str, country: str, online: bool = False) -> str:
        """Return "Imola, Italy", "Online", or nothing."""
        if online:
            return _("Online")
        return ", ".join(part for part in (place, self.country(country)) if part)

    def sentence(self, items: Sequence[str]) -> str:
        """Return short texts as one, parted by semicolons, with a capital."""
        return capital("; ".join(items))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def is_undated(date: PartialDate | None) -> bool:
    return date is None or date.precision == "year"
