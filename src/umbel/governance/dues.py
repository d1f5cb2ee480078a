"""What falls due under the statutes: convocations, mandates that end, votes that close."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core.audience import visible_rows
from umbel.core.dates import PartialDate
from umbel.core.dues import AT_MOST, near
from umbel.core.models import Confederation
from umbel.core.registry import Reminder
from umbel.governance.models import Mandate, Meeting, Poll
from umbel.network.models import Person

AHEAD, BEHIND = 45, 7
RECORDED_WITHIN = 90
POLLS_SHOWN = timedelta(days=RECORDED_WITHIN + 60)


def convocations(today: date, user: Any) -> Iterator[Reminder]:
    """Convocations of statutory meetings, as long before each as the statutes ask; late for a week."""
    notice = Confederation.objects.values_list("notice_days", flat=True).first()
    if notice is None:
        return
    day = today + timedelta(days=notice)
    for on, row in near(Meeting.objects.visible_to(user), "date", day, ahead=AHEAD, behind=min(BEHIND, notice)):
        told = {"meeting": row, "days": notice}
        text = ngettext(
            "Convene “%(meeting)s”: the statutes ask for one day of notice",
            "Convene “%(meeting)s”: the statutes ask for %(days)s days of notice",
            notice,
        )
        yield Reminder(PartialDate.of(on.first_day - timedelta(days=notice)), text % told, row)


def mandates(today: date, user: Any) -> Iterator[Reminder]:
    """Mandates that end; one that has ended is late until the body has another one begun since."""
    later = Mandate.objects.filter(body=OuterRef("body"), start__gte=OuterRef("end")).exclude(
        start__startswith=OuterRef("end")
    )
    rows = Mandate.objects.visible_to(user).filter(~Exists(later), visible_rows(user, Person, "person"))
    for on, row in near(rows.select_related("person", "body"), "end", today, ahead=90, behind=90):
        text = (
            _("The mandate of %(person)s ends: %(body)s, %(role)s")
            if on.last_day >= today
            else _("The mandate of %(person)s has ended and nobody follows: %(body)s, %(role)s")
        )
        told = {"person": row.person, "body": row.body, "role": row.get_role_display()}
        yield Reminder(on, text % told, row)


def polls(_today: date, user: Any) -> Iterator[Reminder]:
    """Votes that close; one that has carried is late until a resolution records it."""
    first = timezone.now() - timedelta(days=RECORDED_WITHIN)
    mine = Poll.objects.visible_to(user).announced().filter(closes_at__gte=first, closes_at__lte=first + POLLS_SHOWN)
    rows = list(mine.filter(resolutions=None).exclude(closed_at__lt=first).order_by("closes_at", "pk")[:AT_MOST])
    closed = [row.pk for row in rows if row.is_closed]
    results = Poll.objects.filter(pk__in=closed).results() if closed else {}
    for row in rows:
        on = PartialDate.of(timezone.localdate(row.ends_at))
        if not row.is_closed:
            yield Reminder(on, _("The vote “%(poll)s” closes") % {"poll": row}, row)
        elif results[row.pk].is_carried:
            yield Reminder(on, _("The vote “%(poll)s” is carried and no resolution records it") % {"poll": row}, row)
