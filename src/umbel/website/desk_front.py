"""The home of the desk: what is due, what is missing, what is unlinked, the year so far, the latest changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from umbel.core import charts, chronology, formatting, registry
from umbel.core.charts import Caption, Course, ScreenPalette
from umbel.core.dates import PartialDate
from umbel.core.figures import evaluate
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.core.registry import DeclarationError
from umbel.website import changes, workload
from umbel.website.freshness import kept
from umbel.website.starting.left import checklist

FIGURES = (
    "advocacy.positions", "advocacy.joint_letters", "advocacy.engagements", "events.organised", "events.attended",
    "events.learning_sessions", "library.publications", "communication.stories", "communication.videos",
)  # fmt: skip
DUE_SHOWN = 10


@dataclass(frozen=True)
class Compared:
    """A figure so far, and at the same day of the year before; a year without records has none."""

    label: Any
    now: Any
    before: Any
    url: str

    @property
    def change(self) -> str:
        """The difference with its sign: "+1", "−1", "0"; "" where there is nothing to compare."""
        if self.now is None or self.before is None:
            return ""
        return formatting.figure(self.now - self.before, signed=True, language=formatting.reading_language())


def page(own: Confederation, year: int, today: date, user: Any) -> dict[str, Any]:
    """Return what `website/desk_home.html` shows of a year on a day; a year that is over is shown as it ended."""
    so_far = Period.range(date(year, 1, 1), min(max(today, date(year, 1, 1)), date(year, 12, 31)))
    waiting = workload.due(today, user)
    missing, unlinked = workload.missing(year, user), workload.unlinked(year, user)
    return {
        "year": year,
        "years": [own.reporting_year + 1, own.reporting_year, own.reporting_year - 1],
        "today": today,
        "days_left": (date(year, 12, 31) - today).days if today.year == year else None,
        "until": formatting.partial_date(PartialDate.of(so_far.end), formatting.reading_language(), "short"),
        "due": waiting[:DUE_SHOWN],
        "due_in_all": len(waiting),
        "missing": missing,
        "missing_in_all": sum(gap.number for gap in missing),
        "unlinked": unlinked,
        "unlinked_in_all": sum(gap.number for gap in unlinked),
        **kept(("desk", so_far), lambda: _told(so_far), of_all=True),
        "changes": changes.latest(user),
        **_set_up(user),
    }


def _told(so_far: Period) -> dict[str, Any]:
    """Return what the figures say of the year so far, the same to whoever sees the desk."""
    year = so_far.end.year
    counts = {each: _by_month(each) for each in (year, year - 1)}
    return {"drawing": course(so_far, counts), "compared": list(compared(so_far, counts))}


def _set_up(user: Any) -> dict[str, Any]:
    """Return what is to be set up, and the names of what is done as one text."""
    items = checklist(user)
    done = [str(item.text) for item in items if item.is_done]
    return {"checklist": items, "done": formatting.join(done, formatting.reading_language())}


def course(so_far: Period, counts: dict[int, list[int]]) -> charts.Drawing:
    """Return the drawing of the activities recorded month by month, beside those of the year before.

    A year without records has no line.
    """
    year, language = so_far.end.year, formatting.reading_language()
    months = [formatting.partial_date(PartialDate(year, month), language, "month") for month in range(1, 13)]
    now = Course(str(year), tuple(accumulate(counts[year][: so_far.end.month])))
    before = Course(str(year - 1), tuple(accumulate(counts[year - 1])))
    caption = Caption(
        _("Activities recorded since January"),
        heads=(_("Month"), str(year), str(year - 1)),
        empty=_("no data"),
        number=lambda value: formatting.number(value, language=language),
    )
    names = [month.split(" ")[0] for month in months]
    return charts.courses(names, now, before, caption=caption, palette=ScreenPalette())


def _by_month(year: int) -> list[int]:
    """Return how many activities each month of a year has, none for a year without records."""
    counted = chronology.tally(Period.year(year))
    if not counted["chronicle.entries"]:
        return []
    return [counted.get(f"chronicle.month.{month:02}", 0) for month in range(1, 13)]


def compared(so_far: Period, counts: dict[int, list[int]]) -> Iterator[Compared]:
    """Yield the main figures of the year so far beside the same days of the year before."""
    before = Period.range(_a_year_before(so_far.start), _a_year_before(so_far.end))
    periods = [period if counts[period.end.year] else None for period in (so_far, before)]
    for key in FIGURES:
        try:
            figure = registry.get_figure(key)
        except DeclarationError:
            continue
        now, then = (evaluate(figure, period).printed if period else None for period in periods)
        yield Compared(figure.label, now, then, reverse("reports.figure.show", args=[so_far.end.year, key]))


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
