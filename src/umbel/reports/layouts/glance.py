"""The year at a glance: every entry under its month."""

from typing import Any

from django.utils.translation import gettext as _

from umbel.core.chronology import Line
from umbel.core.registry import FAMILIES
from umbel.reports.layouts.desk import Desk, capital

ONLINE = "online"


def glance(desk: Desk) -> dict[str, Any]:
    names = [desk.month(number) for number in range(1, 13)]
    families = {family: desk.labels[family] for family in FAMILIES}
    return {
        "months": [
            {
                "name": name,
                "number": number,
                "fig": desk.fig(f"chronicle.month.{number:02}"),
                "entries": [entry(desk, line) for line in desk.lines if line.date.month == number],
            }
            for number, name in enumerate(names, start=1)
        ],
        "undated": [entry(desk, line) for line in desk.lines if line.date.month is None],
        "drawing": desk.artist.months([name[:3] for name in names], families, desk.lines),
        "total": desk.fig("chronicle.entries"),
    }


def entry(desk: Desk, line: Line) -> dict[str, Any]:
    """Return one entry as the listing prints it."""
    online = line.place == ONLINE
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
        "kind": capital(str(line.kind.label)),
        "family": line.kind.family,
        "icon": line.kind.icon,
        "url": line.url if line.has_page else "",
        "meta": ", ".join(filter(None, [capital(str(line.kind.label)), line.part_label])),
        "day": desk.day(line.date),
        "where": where,
        "partners": desk.join(line.beside.partners),
    }
