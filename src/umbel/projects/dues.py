"""What falls due to funders: lines of the year, grants and projects that end."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core.dates import PartialDate
from umbel.core.dues import near
from umbel.core.registry import Reminder
from umbel.projects.models import Deliverable, Grant, Project

AHEAD, BEHIND = timedelta(days=60), timedelta(days=180)


def deliverables(today: date, user: Any) -> Iterator[Reminder]:
    """Lines of a year of a grant that are short of what was promised, at the end of that year; late for half a year."""
    years = [year for year in range(today.year - 1, today.year + 1) if -BEHIND <= date(year, 12, 31) - today <= AHEAD]
    lines = Deliverable.objects.visible_to(user).filter(heading__year__in=years).with_delivered()
    short = [line for line in lines.select_related("heading__grant") if line.delivered < line.target]
    grants = {line.heading.grant_id: line.heading.grant for line in short}
    for (grant, year), number in sorted(Counter((line.heading.grant_id, line.heading.year) for line in short).items()):
        text = ngettext(
            "%(grant)s, %(year)s: evidence for one deliverable",
            "%(grant)s, %(year)s: evidence for %(number)s deliverables",
            number,
        )
        told = {"grant": grants[grant], "year": year, "number": number}
        yield Reminder(PartialDate(year, 12, 31), text % told, grants[grant])


def grants(today: date, user: Any) -> Iterator[Reminder]:
    """Grants in their last months."""
    if date(today.year, 12, 31) - today <= 2 * AHEAD:
        for row in Grant.objects.visible_to(user).filter(last_year=today.year):
            yield Reminder(PartialDate(today.year, 12, 31), _("The period of %(grant)s ends") % {"grant": row}, row)


def projects(today: date, user: Any) -> Iterator[Reminder]:
    """Projects that end."""
    for on, row in near(Project.objects.visible_to(user), "end", today):
        yield Reminder(on, _("The project %(project)s ends") % {"project": row}, row)
