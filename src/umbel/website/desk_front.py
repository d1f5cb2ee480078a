"""The home of the desk: what is due, what is missing, what is unlinked, the year so far, the latest changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from umbel.core import charts, chronology, formatting, registry
from umbel.core.changelog import Change
from umbel.core.charts import Caption, Course, ScreenPalette
from umbel.core.crud.sections import Section, section_of, sections
from umbel.core.dates import PartialDate
from umbel.core.figures import evaluate
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.core.records import Record, address
from umbel.core.registry import DeclarationError
from umbel.website.starting.left import checklist

FIGURES = (
    "advocacy.positions", "advocacy.joint_letters", "advocacy.engagements", "events.organised", "events.attended",
    "events.learning_sessions", "library.publications", "communication.stories", "communication.videos",
)  # fmt: skip
DUE_SHOWN = 10
CHANGES_READ = 400
CHANGES_SHOWN = 8
COUNTED_UP_TO = 1000


@dataclass(frozen=True)
class Reminder:
    """Something due: the day, what it is, where it is kept."""

    on: PartialDate
    text: str
    url: str
    is_late: bool = False


@dataclass(frozen=True)
class Number:
    """A number of records of which something can be said, and where they are listed."""

    number: int
    is_more: bool
    text: Any
    url: str


@dataclass(frozen=True)
class Compared:
    """A figure so far, and at the same day of the year before."""

    label: Any
    now: Any
    before: Any
    url: str

    @property
    def change(self) -> str:
        """The difference with its sign: "+1", "−1", "0"."""
        language = formatting.reading_language()
        return formatting.figure((self.now or 0) - (self.before or 0), signed=True, language=language)


def page(own: Confederation, year: int, today: date, user: Any) -> dict[str, Any]:
    """Return what `website/desk_home.html` shows of a year on a day; a year that is over is shown as it ended."""
    so_far = Period.range(date(year, 1, 1), min(max(today, date(year, 1, 1)), date(year, 12, 31)))
    return {
        "year": year,
        "years": [own.reporting_year + 1, own.reporting_year, own.reporting_year - 1],
        "today": today,
        "days_left": (date(year, 12, 31) - today).days if today.year == year else None,
        "until": formatting.partial_date(PartialDate.of(so_far.end), formatting.reading_language(), "short"),
        "due": list(due(today, user)),
        "missing": list(missing(user)),
        "unlinked": list(unlinked(Period.year(year), user)),
        "drawing": course(so_far),
        "compared": list(compared(so_far)),
        "changes": list(latest_changes(user)),
        "checklist": checklist(user),
    }


def due(today: date, user: Any) -> Iterator[Reminder]:
    """Yield what the apps remind of, the nearest first."""
    found = [reminder for declared in registry.dues() for reminder in _reminders(declared, today, user)]
    yield from sorted(found, key=lambda reminder: (reminder.on, reminder.text))[:DUE_SHOWN]


def _reminders(declared: registry.Due, today: date, user: Any) -> Iterator[Reminder]:
    last = today + timedelta(days=declared.ahead)
    near = {f"{declared.date}__gte": today.isoformat()[:7], f"{declared.date}__lte": last.isoformat()}
    rows: Any = declared.rows()
    for row in rows.visible_to(user).filter(**near).order_by(declared.date)[:DUE_SHOWN]:
        on = getattr(row, declared.date)
        if today <= on.last_day <= last or on.precision != "day":
            url = section_of(type(row)).url_of(row.pk)
            yield Reminder(on, str(declared.text) % {"record": row}, url)


def missing(user: Any) -> Iterator[Number]:
    """Yield how many records lack what their list wants to know, a line for each kind and field."""
    found = [number for section in sections() for number in _gaps(section, user)]
    yield from sorted(found, key=lambda number: -number.number)


def _gaps(section: Section, user: Any) -> Iterator[Number]:
    gap = next((asked for asked in section.asked if asked.name == "without"), None)
    for value, label in gap.options(user) if gap else ():
        rows = gap.narrow(section.rows(user), value, user) if gap else section.rows(user).none()
        number = len(rows.order_by().values_list("pk")[: COUNTED_UP_TO + 1])
        if number:
            text = _("%(kind)s: %(field)s not recorded") % {"kind": section.name, "field": label}
            url = f"{section.url}?without={value}"
            yield Number(min(number, COUNTED_UP_TO), number > COUNTED_UP_TO, text, url)


def unlinked(period: Period, user: Any) -> Iterator[Number]:
    """Yield how much each question of the audit finds in a year."""
    audit = reverse("reports.audit.show", args=[period.end.year])
    for check in registry.checks():
        number = sum(1 for finding in check.find(period) if _may_see(finding, user))
        if number:
            yield Number(number, False, check.label, f"{audit}#{check.key}")


def _may_see(finding: registry.Finding, user: Any) -> bool:
    """Tell whether a person may see every row that a finding names."""
    kinds: list[Any] = [type(row)._default_manager for row in finding.rows]
    return all(kind.visible_to(user).filter(pk=row.pk).exists() for kind, row in zip(kinds, finding.rows, strict=True))


def course(so_far: Period) -> charts.Drawing:
    """Return the drawing of the activities recorded month by month, beside those of the year before."""
    year, language = so_far.end.year, formatting.reading_language()
    months = [formatting.partial_date(PartialDate(year, month), language, "month") for month in range(1, 13)]
    counts = [_by_month(each) for each in (year, year - 1)]
    now = Course(str(year), tuple(accumulate(counts[0][: so_far.end.month])))
    before = Course(str(year - 1), tuple(accumulate(counts[1])))
    caption = Caption(
        _("Activities recorded since January"),
        heads=(_("Month"), str(year), str(year - 1)),
        empty=_("no data"),
        number=lambda value: formatting.number(value, language=language),
    )
    names = [month.split(" ")[0] for month in months]
    return charts.courses(names, now, before, caption=caption, palette=ScreenPalette())


def _by_month(year: int) -> list[int]:
    counted = chronology.tally(Period.year(year))
    return [counted.get(f"chronicle.month.{month:02}", 0) for month in range(1, 13)]


def compared(so_far: Period) -> Iterator[Compared]:
    """Yield the main figures of the year so far beside the same days of the year before."""
    before = Period.range(_a_year_before(so_far.start), _a_year_before(so_far.end))
    for key in FIGURES:
        try:
            figure = registry.get_figure(key)
        except DeclarationError:
            continue
        now, then = (evaluate(figure, period).printed for period in (so_far, before))
        yield Compared(figure.label, now, then, reverse("reports.figure.show", args=[so_far.end.year, key]))


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def latest_changes(user: Any) -> Iterator[dict[str, Any]]:
    """Yield the latest changes of what a person may see, those that one author made to many records as one line."""
    lines = (line for line in Change.objects.order_by("-pk")[:CHANGES_READ] if issubclass(_model(line), Record))
    groups = groupby(lines, key=lambda line: (line.who, line.act, line.at.replace(second=0, microsecond=0)))
    told = 0
    for (who, _act, _minute), group in groups:
        line, others = next(group), sum(1 for _other in group)
        if line.act != Change.Act.DELETE and not _rows_of(line, user).exists():
            continue
        url = address(line.type, line.record) if line.act != Change.Act.DELETE else ""
        yield {"line": line, "who": who, "others": others, "url": url}
        told += 1
        if told == CHANGES_SHOWN:
            return


def _model(line: Change) -> Any:
    return apps.get_model(line.type)


def _rows_of(line: Change, user: Any) -> Any:
    """Return the record that a line of the log is about, if it is there and the person may see it."""
    rows = _model(line)._default_manager.visible_to(user)
    if any(field.name == "key" for field in _model(line)._meta.concrete_fields):
        return rows.filter(key=line.record)
    return rows.filter(pk=line.record) if line.record.isdecimal() else rows.none()
