"""What falls due in the calendar: the gatherings of the next weeks, registrations that close."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from umbel.core.dues import AT_MOST, Span
from umbel.core.registry import Reminder
from umbel.events.models import Event


def events(today: date, user: Any) -> Iterator[Reminder]:
    """Events of the next three weeks whose day is known, and those for which one registers until then, in one query."""
    span = Span.around(today, ahead=21)
    seen = Event.objects.visible_to(user)
    ways = [seen.filter(span.asked(field)).order_by().values("pk") for field in ("date", "registration_to")]
    for row in Event.objects.filter(pk__in=ways[0].union(ways[1])).order_by("date", "pk")[:AT_MOST]:
        if span.holds(row.date) and row.date.precision == "day":
            yield Reminder(row.date, ", ".join(filter(None, [row.title, row.place])), row)
        if span.holds(row.registration_to):
            yield Reminder(row.registration_to, _("Registration for %(event)s closes") % {"event": row}, row)
