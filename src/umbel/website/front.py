"""The front page: the latest position, what comes next, figures that open, stories, members."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from umbel.core import formatting, registry
from umbel.core.chronology import Line
from umbel.core.dates import PartialDate
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.reports.layouts.desk import Desk
from umbel.reports.layouts.glance import entry
from umbel.website.glance import desk_for

FIGURES = (
    "network.members", "network.countries", "chronicle.entries", "advocacy.positions", "advocacy.joint_letters",
    "communication.website_users",
)  # fmt: skip
TEXTS = ("advocacy.position", "advocacy.jointletter")
SHOWN = 4


def page(own: Confederation, today: date, user: Any) -> dict[str, Any]:
    """Return what `website/home.html` shows of the reporting year, and what is still to come on `today`."""
    period = Period.year(own.reporting_year)
    desk = desk_for(own, period, user)
    texts = [line for line in reversed(desk.lines) if line.source.name in TEXTS]
    latest = next((line for line in texts if line.source.name == TEXTS[0]), None)
    events = [line for line in desk.lines if line.kind.family in ("events", "network")]
    coming = [line for line in events if line.date.last_day >= today]
    held = [line for line in reversed(events) if line.date.last_day < today]
    strip = [key for key in FIGURES if desk.citations.known.get(key)]
    return {
        "year": period.end.year,
        "latest": _latest(desk, latest) if latest else None,
        "texts": [_dated(desk, line) for line in texts if line is not latest][:SHOWN],
        "coming": [_event(desk, line) for line in coming[:SHOWN]],
        "held": [_event(desk, line) for line in held[:SHOWN]],
        "strip": desk.strip(*strip),
        "stories": [_story(desk, line) for line in reversed(desk.lines) if line.source.name == "communication.story"][
            :3
        ],
        "members": _members(desk),
        "cited": desk.citations.as_dict(numbered=False),
    }


def _dated(desk: Desk, line: Line) -> dict[str, Any]:
    return {**entry(desk, line), "when": formatting.partial_date(line.date, desk.language, "month"), "url": line.url}


def _latest(desk: Desk, line: Line) -> dict[str, Any]:
    rows = [row for row in desk.listing("advocacy.positions") if row["key"] == line.key]
    said = [part for row in rows for part in (desk.sentence([row["standing"]]), desk.sentence(row["points"])) if part]
    return {
        **entry(desk, line),
        "url": line.url,
        "when": formatting.partial_date(line.date, desk.language),
        "said": ". ".join(said) + "." if said else "",
    }


def _event(desk: Desk, line: Line) -> dict[str, Any]:
    return {**entry(desk, line), "url": line.url, **_leaf(line.date, desk.language)}


def _leaf(day: PartialDate, language: str) -> dict[str, str]:
    """Return a date as a leaf of a calendar: "11" over "Dec", "Nov" over "2024"; `iso` is for machines."""
    month, year = formatting.partial_date(day, language, "month").rsplit(" ", 1) if day.month else ("", str(day.year))
    upper, lower = (str(day.day), month) if day.day else (month or year, year if month else "")
    return {"upper": upper, "lower": lower, "iso": str(day)}


def _story(desk: Desk, line: Line) -> dict[str, Any]:
    where = desk.join([desk.country(code) for code in line.countries])
    shown = _dated(desk, line)
    name = desk.artist.plate(line.key)
    return {**shown, "where": where, "svg": desk.artist.drawn[name]["svg"]}


def _members(desk: Desk) -> dict[str, Any]:
    rows = registry.get_listing("network.members", desk.period)["countries"]
    counts = {row["country"]: len(row["names"]) for row in rows if row["country"]}
    countries = sorted(
        (desk.country(code) if code else _("European"), names)
        for code, names in ((row["country"], row["names"]) for row in rows)
    )
    return {
        "drawing": desk.artist.drawn[desk.artist.map(counts, [])],
        "countries": [{"name": name, "names": names} for name, names in countries],
    }
