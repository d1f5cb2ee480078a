"""What falls due under the statutes: convocations, and mandates that end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core.audience import visible_rows
from umbel.core.dates import PartialDate
from umbel.core.dues import near
from umbel.core.models import Confederation
from umbel.core.registry import Reminder
from umbel.governance.models import Mandate, Meeting
from umbel.network.models import Person

AHEAD, BEHIND = 45, 7


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
