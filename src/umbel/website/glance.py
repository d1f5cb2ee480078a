"""The year at a glance on the site: every entry under its month, narrowed by what the address asks for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from umbel.core import formatting
from umbel.core.chronology import Line
from umbel.core.formatting import reading_language
from umbel.core.leaf import Leaf
from umbel.core.models import Confederation
from umbel.core.names import fold
from umbel.core.periods import Period
from umbel.core.registry import FAMILIES
from umbel.reports import document
from umbel.reports.drawings import Artist
from umbel.reports.layouts.desk import Desk
from umbel.reports.layouts.glance import draw_months, entry
from umbel.reports.layouts.length import LONG_YEAR, SHOWN
from umbel.website.telling import foreign, titles

NO_MONTH = 13
"""Stands after the months for what is dated to the year only."""


@dataclass(frozen=True)
class Wanted:
    """What a visitor asks of the listing.

    `kind` is the key of a kind, `query` any words of a title or partner, `month` one of 1 to 12, `NO_MONTH` for what
    has none, 0 for all; `page` is the page of a long list.
    """

    family: str = ""
    kind: str = ""
    query: str = ""
    linked: bool = False
    month: int = 0
    page: str = field(default="", compare=False)

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Wanted":
        family, kind = address.get("family", ""), address.get("kind", "")
        month = address.get("month", "")
        number = int(month) if month.isdecimal() and len(month) < 3 else 0
        query, is_linked = address.get("q", "").strip(), address.get("linked") == "1"
        return cls(family, kind, query, is_linked, number, address.get("page", ""))

    def __bool__(self) -> bool:
        return self != Wanted()

    def keep(self, lines: Iterable[Line]) -> list[Line]:
        words = fold(self.query).split()
        return [
            line
            for line in lines
            if (not self.family or line.kind.family == self.family)
            and (not self.kind or line.kind_key == self.kind)
            and (not self.linked or line.has_page)
            and (not self.month or (line.date.month or NO_MONTH) == self.month)
            and all(word in _told(line) for word in words)
        ]

    def asked(self) -> dict[str, str]:
        asked = {"family": self.family, "kind": self.kind, "q": self.query, "linked": "1" if self.linked else ""}
        asked["month"] = str(self.month or "")
        return {name: value for name, value in asked.items() if value}


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
    """Return what `website/year.html` shows.

    Of a long year each month shows its first entries; what the address asks for comes page by page.
    """
    desk = desk_for(own, period, user)
    told = shown_of(desk.lines)
    desk.lines = [line for line, _tongue in told]
    tongues = {(line.source.name, line.pk): tongue for line, tongue in told}
    shown, is_long = wanted.keep(desk.lines), len(desk.lines) > LONG_YEAR
    leaf = Leaf(shown, wanted.page, wanted.asked()) if wanted and is_long else None
    names = {number: desk.month(number) for number in range(1, 13)}
    draw_months(desk)
    listed = desk.fig("chronicle.entries")
    families = [{"key": key, "label": desk.labels[key], "fig": desk.fig(f"chronicle.family.{key}")} for key in FAMILIES]
    counts, here = by_month(shown), by_month(leaf.rows if leaf else shown)
    months = [
        _month(desk, number, name, counts[number], here[number], is_long and not leaf)
        for number, name in (*names.items(), (NO_MONTH, _("No month")))
    ]
    for month in months:
        month["entries"] = [
            {**entry(desk, line), "tongue": tongues[line.source.name, line.pk]} for line in month["lines"]
        ]
    return {
        "year": period.end.year,
        "months": [month for month in months if month["entries"] or (month["fig"] and not wanted)],
        "drawing": desk.artist.drawn["months"],
        "drawing_narrow": desk.artist.drawn["months-narrow"],
        "families": families,
        "family": wanted.family,
        "kinds": _kinds(desk.lines),
        "kind": wanted.kind,
        "linked": wanted.linked,
        "month": wanted.month,
        "names": [*names.items(), *([(NO_MONTH, _("No month"))] if is_long else [])],
        "query": wanted.query,
        "narrowed": bool(wanted),
        "shown": len(shown),
        "listing": leaf,
        "with_page": sum(line.has_page for line in desk.lines),
        "total": listed,
        "cited": desk.citations.as_dict(numbered=False),
        "has_entries": bool(desk.lines),
        "asked": urlencode(wanted.asked()),
    }


def _kinds(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Return the kinds that occur, by label; of a label that several sources use it is told what each holds."""
    found = {id(line.kind): line for line in lines}.values()
    labels = Counter(str(line.kind.label) for line in found)
    named = ((line.kind_key, capfirst(str(line.kind.label)), line) for line in found)
    told = [
        (key, f"{label} ({_holds(line)})" if labels[str(line.kind.label)] > 1 else label) for key, label, line in named
    ]
    return sorted(told, key=lambda choice: fold(choice[1]))


def _holds(line: Line) -> str:
    return str(apps.get_model(line.source.name)._meta.verbose_name_plural)


def by_month(lines: Iterable[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {number: [] for number in (*range(1, 13), NO_MONTH)}
    for line in lines:
        found[line.date.month or NO_MONTH].append(line)
    return found


def _month(desk: Desk, number: int, name: str, lines: list[Line], here: list[Line], is_cut: bool) -> dict[str, Any]:
    """Return a month with those of its lines that stand here; `is_cut` leaves its first ones and leads to the rest."""
    is_cut = is_cut and len(lines) > SHOWN
    return {
        "name": name,
        "number": number,
        "fig": desk.fig(f"chronicle.month.{number:02}") if number != NO_MONTH else None,
        "count": len(lines),
        "lines": here[:SHOWN] if is_cut else here,
        "rest": f"?month={number}" if is_cut else "",
    }
