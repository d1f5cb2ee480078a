"""How an event and its registration are told in a line."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core.dates import PartialDate
from umbel.core.formatting import country, partial_date, reading_language
from umbel.events.models import Event

ONLINE = "online"


def when(event: Event) -> str:
    """Return the days of an event, "" where none is known."""
    days = [event.date, event.ends if event.ends != event.date else None]
    return " – ".join(day_of(day) for day in days if day)


def day_of(day: PartialDate | None) -> str:
    return partial_date(day, reading_language()) if day else ""


def where(event: Event) -> str:
    """Return "Imola, Italy", "Online", or nothing."""
    place = _("Online") if event.place == ONLINE else event.place
    return ", ".join(filter(None, [place, country(event.country, reading_language()) if event.country else ""]))


def registration(event: Event) -> str:
    """Return until when people register, and how many places are left where they are limited."""
    until, left = day_of(event.registration_to), event.places_left()
    if event.places is None or left is None:
        return _("Registration until %(date)s") % {"date": until}
    if not left:
        return _("Registration until %(date)s, no place is left: there is a waiting list") % {"date": until}
    text = ngettext(
        "Registration until %(date)s, %(left)s of %(places)s place left",
        "Registration until %(date)s, %(left)s of %(places)s places left",
        event.places,
    )
    return text % {"date": until, "left": left, "places": event.places}
