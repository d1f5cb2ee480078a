"""The year at a glance: every entry under its month; of a very long year the numbers and the first entries."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from umbel.core.chronology import Line
from umbel.core.formatting import number
from umbel.core.registry import FAMILIES
from umbel.reports.layouts.desk import Desk, capital
from umbel.reports.layouts.length import LONG_YEAR, SHOWN, first

ONLINE = "online"


def glance(desk: Desk) -> dict[str, Any]:
    names = [desk.month(number) for number in range(1, 13)]
    by_month: dict[int | None, list[Line]] = {}
    for line in desk.lines:
        by_month.setdefault(line.date.month, []).append(line)
    undated = _entries(desk, by_month.get(None, []))
    return {
        "months": [
            {
                "name": name,
                "number": number,
                "fig": desk.fig(f"chronicle.month.{number:02}"),
                **_entries(desk, by_month.get(number, [])),
            }
            for number, name in enumerate(names, start=1)
        ],
        "undated": undated["entries"],
        "undated_first": undated["first"],
        "drawing": draw_months(desk),
        "total": desk.fig("chronicle.entries"),
        "hidden": _hidden(desk),
        "long": _where_all(desk) if len(desk.lines) > LONG_YEAR else None,
    }


def draw_months(desk: Desk) -> str:
    """Draw the entries by month and family; return the name of the drawing."""
    names = [desk.month(number)[:3] for number in range(1, 13)]
    return desk.artist.months(names, {family: desk.labels[family] for family in FAMILIES}, desk.lines)


def _entries(desk: Desk, lines: Sequence[Line]) -> dict[str, Any]:
    """Return the entries that the report shows of a month; "first" says how many of how many, if not all."""
    is_cut = len(desk.lines) > LONG_YEAR and len(lines) > SHOWN
    shown = lines[:SHOWN] if is_cut else lines
    return {"entries": [entry(desk, line) for line in shown], "first": first(len(lines), desk) if is_cut else None}


def _hidden(desk: Desk) -> str:
    """Return how many entries the figures count and the reader may not see."""
    hidden = desk.citations.value("chronicle.entries") - len(desk.lines)
    return number(hidden, language=desk.language) if hidden else ""


def _where_all(desk: Desk) -> dict[str, str]:
    """Return how many entries of a month are shown at most, and where all stand, as addresses on the site."""
    year = desk.period.end.year
    return {
        "shown": number(SHOWN, language=desk.language),
        "list": reverse("website.year.show", args=[year]),
        "file": reverse("reports.report.file", args=[year, "listing.csv"]),
    }


def entry(desk: Desk, line: Line) -> dict[str, Any]:
    """Return one entry as the listing prints it."""
    online = line.place == ONLINE
    kind = capital(str(line.kind.label))
    where = ", ".join(
        filter(
            None,
            [
                _("online") if online else line.place,
                desk.join([desk.country(code) for code in line.countries]),
            ],
        )
    )
    return {
        "key": line.key,
        "title": line.title,
        "kind": kind,
        "family": line.kind.family,
        "icon": line.kind.icon,
        "url": line.url if line.has_page else "",
        "meta": ", ".join(filter(None, [kind, line.part_label])),
        "day": desk.day(line.date),
        "where": where,
        "partners": desk.join(line.beside.partners),
    }
