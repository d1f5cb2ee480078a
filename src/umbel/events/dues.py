"""What falls due in the calendar: the gatherings of the next weeks, registrations that close."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from umbel.core.dues import near
from umbel.core.registry import Reminder
from umbel.events.models import Event


def events(today: date, user: Any) -> Iterator[Reminder]:
    """Events of the next three weeks whose day is known."""
    for on, row in near(Event.objects.visible_to(user), "date", today, ahead=21):
        if on.precision == "day":
            yield Reminder(on, ", ".join(filter(None, [row.title, row.place])), row)


def registrations(today: date, user: Any) -> Iterator[Reminder]:
    """Events for which one registers until a day of the next three weeks."""
    for on, row in near(Event.objects.visible_to(user), "registration_to", today, ahead=21):
        yield Reminder(on, _("Registration for %(event)s closes") % {"event": row}, row)
