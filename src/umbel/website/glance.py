"""The year at a glance on the site: every entry under its month, narrowed by what the address asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from umbel.core import formatting
from umbel.core.chronology import Line
from umbel.core.formatting import reading_language
from umbel.core.models import Confederation
from umbel.core.names import fold
from umbel.core.periods import Period
from umbel.core.registry import FAMILIES
from umbel.reports import document
from umbel.reports.drawings import Artist
from umbel.reports.layouts.desk import Desk
from umbel.reports.layouts.glance import draw_months, entry
from umbel.website.telling import foreign, titles


@dataclass(frozen=True)
class Wanted:
    """What a visitor asks of the listing.

    `kind` is the label of a kind, `query` any words of a title or partner, `month` one of 1 to 12, 0 for all.
    """

    family: str = ""
    kind: str = ""
    query: str = ""
    linked: bool = False
    month: int = 0

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Wanted":
        family, kind = address.get("family", ""), address.get("kind", "")
        month = address.get("month", "")
        number = int(month) if month.isdecimal() and len(month) < 3 else 0
        return cls(family, kind, address.get("q", "").strip(), address.get("linked") == "1", number)

    def __bool__(self) -> bool:
        return self != Wanted()

    def keep(self, lines: Iterable[Line]) -> list[Line]:
        words = fold(self.query).split()
        return [
            line
            for line in lines
            if (not self.family or line.kind.family == self.family)
            and (not self.kind or str(line.kind.label) == self.kind)
            and (not self.linked or line.has_page)
            and (not self.month or line.date.month == self.month)
            and all(word in _told(line) for word in words)
        ]

    def address(self) -> str:
        asked = {"family": self.family, "kind": self.kind, "q": self.query, "linked": "1" if self.linked else ""}
        asked["month"] = str(self.month or "")
        return urlencode({name: value for name, value in asked.items() if value})


def _told(line: Line) -> str:
    """Return what is searched of an entry: its title, partners, place and countries."""
    countries = " ".join(formatting.country(code, get_language() or "en") for code in line.countries)
    return fold(f"{line.title} {' '.join(line.beside.partners)} {line.place} {countries}")


def desk_for(own: Confederation, period: Period, user: Any) -> Desk:
    """Return a working place for a page of the site: figures of the period and drawings for the screen."""
    return document.desk_for(own, period, user, Artist("web", {}, reading_language(), period.end.year))


def shown_of(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Return entries as they are called in the reader's language, each with the language of a title in another one."""
    known, other = titles((line.source.name, line.pk) for line in lines), foreign()
    found = ((line, known.get((line.source.name, line.pk))) for line in lines)
    return [(replace(line, title=title), "") if title else (line, other) for line, title in found]


def page(own: Confederation, period: Period, wanted: Wanted, user: Any) -> dict[str, Any]:
    """Return what `website/year.html` shows."""
    desk = desk_for(own, period, user)
    told = shown_of(desk.lines)
    desk.lines = [line for line, _tongue in told]
    tongues = {(line.source.name, line.pk): tongue for line, tongue in told}
    shown = wanted.keep(desk.lines)
    names = [desk.month(number) for number in range(1, 13)]
    draw_months(desk)
    listed = desk.fig("chronicle.entries")
    families = [{"key": key, "label": desk.labels[key], "fig": desk.fig(f"chronicle.family.{key}")} for key in FAMILIES]
    months = [
        _month(desk, names[number - 1] if number else _("No month"), number, shown, tongues)
        for number in (*range(1, 13), 0)
    ]
    return {
        "year": period.end.year,
        "months": [month for month in months if month["entries"] or (month["number"] and not wanted)],
        "drawing": desk.artist.drawn["months"],
        "drawing_narrow": desk.artist.drawn["months-narrow"],
        "families": families,
        "family": wanted.family,
        "kinds": sorted({str(line.kind.label) for line in desk.lines}),
        "kind": wanted.kind,
        "linked": wanted.linked,
        "month": wanted.month,
        "names": list(enumerate(names, 1)),
        "query": wanted.query,
        "narrowed": bool(wanted),
        "shown": len(shown),
        "with_page": sum(line.has_page for line in desk.lines),
        "total": listed,
        "cited": desk.citations.as_dict(numbered=False),
        "has_entries": bool(desk.lines),
        "asked": wanted.address(),
    }


def _month(desk: Desk, name: str, number: int, shown: list[Line], tongues: Mapping[Any, str]) -> dict[str, Any]:
    entries = [
        {**entry(desk, line), "tongue": tongues[line.source.name, line.pk]}
        for line in shown
        if (line.date.month or 0) == number
    ]
    return {
        "name": name,
        "number": number,
        "fig": desk.fig(f"chronicle.month.{number:02}") if number else None,
        "entries": entries,
    }
