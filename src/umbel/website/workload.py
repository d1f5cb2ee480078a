"""What waits for the secretariat: what falls due, what is missing on record, what the audit asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from umbel.core import chronology, registry
from umbel.core.audience import audiences_of
from umbel.core.crud.filters import Filter, InForce, When
from umbel.core.crud.listing import COUNTED_UP_TO, Number
from umbel.core.crud.sections import Section, section_of, sections
from umbel.core.dates import PartialDate
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.network.rules import roles_without_end
from umbel.reports import audit
from umbel.reports.models import Edition, Report
from umbel.website.freshness import Store, last_change

LACKING = {
    "start": gettext_lazy("without a start"),
    "end": gettext_lazy("without an end"),
    "date": gettext_lazy("without a date"),
    "closes": gettext_lazy("without a closing date"),
    "category": gettext_lazy("without a category"),
    "country": gettext_lazy("without a country"),
    "stance": gettext_lazy("without our line"),
    "responsible": gettext_lazy("without anybody responsible"),
    "amount": gettext_lazy("without an amount"),
    "alternative": gettext_lazy("without an alternative text"),
    "publication": gettext_lazy("without a publication"),
    "source": gettext_lazy("without a source"),
}


@dataclass(frozen=True)
class Waiting:
    """Something that falls due, or is late: the day, what it is, where it is done."""

    on: PartialDate
    text: str
    url: str
    is_late: bool


@dataclass(frozen=True)
class Gap:
    """How many records there are of which something can be said, and where they are listed."""

    number: int
    text: Any
    url: str

    @property
    def shown(self) -> int:
        return min(self.number, COUNTED_UP_TO)

    @property
    def is_more(self) -> bool:
        return self.number > COUNTED_UP_TO


def due(today: date, user: Any) -> list[Waiting]:
    """Return what the apps remind of on a day: what is late first, then the nearest."""
    reminders = (reminder for declared in registry.dues() for reminder in declared.find(today, user))
    found = [Waiting(each.on, str(each.text), _place(each), each.on.last_day < today) for each in reminders]
    return sorted(found, key=lambda waiting: (not waiting.is_late, waiting.on.last_day, waiting.text))


def _place(reminder: registry.Reminder) -> str:
    if reminder.row is None:
        return reminder.url
    return section_of(type(reminder.row)).url_of(reminder.row.pk)


def missing(year: int, user: Any) -> list[Gap]:
    """Return how many records lack what their list wants to know, a line for each kind and field.

    Of what has a time only what stood at the end of the year is meant, of acts those of the year; all are counted in
    one query.
    """
    asked = [(section, gap, value, label) for section in sections() for gap, value, label in _wanted(section, user)]
    counted = {
        f"gap{place}": Number(_lacking(section, gap, value, year, user).order_by().values("pk")[: COUNTED_UP_TO + 1])
        for place, (section, gap, value, _label) in enumerate(asked)
    }
    if user.has_perm("accounts.change_user"):
        counted["roles"] = Number(roles_without_end().order_by().values("pk")[: COUNTED_UP_TO + 1])
    row: Any = Confederation.objects.values(**counted).first() or {}
    found = [
        Gap(number, _("Roles without a post with which they end"), f"{reverse('network.user.list')}?without=post")
        for number in [row.get("roles")]
        if number
    ]
    found += [
        Gap(number, _said(section, value, label, number), f"{section.url}?without={value}{_time(section, value, year)}")
        for place, (section, _gap, value, label) in enumerate(asked)
        if (number := row.get(f"gap{place}"))
    ]
    return sorted(found, key=lambda gap: -gap.number)


def _wanted(section: Section, user: Any) -> Iterator[tuple[Filter, str, Any]]:
    """Yield the fields that a section wants: the filter for rows without, its value, the label of the field."""
    gap = next((asked for asked in section.asked if asked.name == "without"), None)
    for value, label in gap.options(user) if gap else ():
        yield gap, value, label  # type: ignore[misc]  # -- there are options of a filter only


def _lacking(section: Section, gap: Filter, value: str, year: int, user: Any) -> Any:
    rows = gap.narrow(section.rows(user), value, user)
    time = _timed(section, value)
    return time.narrow(rows, str(year), user) if time else rows


def _timed(section: Section, value: str) -> Filter | None:
    """Return the filter by which the rows of a section belong to a year; none where the date itself is missing."""
    for asked in section.asked:
        if isinstance(asked, InForce):
            return asked
        if isinstance(asked, When) and asked.path == section.model.date_path and value != asked.path:
            return asked
    return None


def _time(section: Section, value: str, year: int) -> str:
    time = _timed(section, value)
    return f"&{time.name}={year}" if time else ""


def _said(section: Section, value: str, label: Any, number: int) -> str:
    """Say what is missing: "projects without a start"."""
    names = section.model._meta
    kind = names.verbose_name if number == 1 else names.verbose_name_plural
    lacking = LACKING.get(value) or _("without: %(field)s") % {"field": label}
    return _("%(kind)s %(lacking)s") % {"kind": capfirst(str(kind)), "lacking": lacking}


def unlinked(year: int, user: Any) -> list[Gap]:
    """Return how much each question of the audit finds in a year, as far as a person may see it.

    The audit is asked once for each state of the records.
    """
    report = Report.objects.visible_to(user).filter(year=year).first()
    state = last_change(), year, audiences_of(user), get_language()
    found = _audits.get(state) if state[0] else None
    if found is None:
        found = _audits.put(state, _audit(report, year, user))
    return [*_unfrozen(year, report, user), *found]


_audits: Store[list[Gap]] = Store(100)


def _audit(report: Report | None, year: int, user: Any) -> list[Gap]:
    page = reverse("reports.audit.show", args=[year])
    answers = audit.checks(report, Period.year(year), user, is_quick=True)
    found = [
        Gap(len(answer.findings), answer.label, f"{page}#check-{answer.key}") for answer in answers if answer.findings
    ]
    return sorted(found, key=lambda gap: -gap.number)


def _unfrozen(year: int, report: Report | None, user: Any) -> Iterable[Gap]:
    """Yield that nothing of a year with records stands in a frozen edition."""
    if (
        Edition.objects.filter(report__year=year).exists()
        or not chronology.tally(Period.year(year))["chronicle.entries"]
    ):
        return
    text = _("Year without frozen figures: %(year)s") % {"year": year}
    if report and user.has_perm("reports.add_edition"):
        yield Gap(1, text, reverse("reports.freeze", args=[year]))
    else:
        yield Gap(1, text, section_of(Report).url)
