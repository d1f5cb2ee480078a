"""What the desk shows of events: what they are, our own part in them, who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from umbel.core.crud.filters import Filter, Flag, Rows
from umbel.core.crud.sections import Button, Section, View, section, section_of
from umbel.events.models import Attendance, Edition, Event, EventPartner, Registration, Series, Speaker
from umbel.network.models import Organisation

GATHERING = {
    "event-partners.organisation": _("with"),
    "speakers.person": _("with"),
    "topics": _("about"),
}
FORM = (
    "title", "kind", "part", "audience", "opens_on", "date", "ends", "format", "place", "country", "lead", "text",
    "topics", "edition", "within", "on_behalf_of", "note", "registration_to", "places",
)  # fmt: skip


def without_us(told: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Leave the confederation itself out of the partners that quick capture found: its own part is a field."""
    partners = [each for each in told.get("event-partners.organisation", []) if each.kind != Organisation.Kind.SELF]
    return told | {"event-partners.organisation": partners}


class GatheringSection(Section):
    """What the sections of all gatherings have in common: from each one reaches who is to come."""

    def buttons(self, row: Event, _user: Any) -> Sequence[Button]:
        number = row.people_registered()
        if not number and row.registration_to is None:
            return ()
        label = gettext("Registrations (%(number)s)") % {"number": number}
        return [Button(label, "users", f"{section_of(Registration).url}?{urlencode({'event': row.key})}")]


@section
class EventSection(GatheringSection):
    model = Event
    slug = "events"
    group, place, icon = "work", 80, "calendar"
    columns = ("title", "date", "kind", "part", "place", "country")
    wanted = ("date",)
    end, sub = "date", "kind"
    filters = (
        "kind", "part", "country", "date", "topics",
        Flag("held", _("Held by us"), widget="none", condition=Q(part__in=Event.OWN_PARTS)),
    )  # fmt: skip
    views = (
        View(_("Held by us"), "held=yes"),
        View(_("No date"), "without=date"),
        View(_("Learning sessions"), "kind=session"),
    )
    order = "-date"
    form = FORM
    parts = (EventPartner, Speaker)
    bulk = ("audience", "kind", "part", "country")
    captures = (
        "event", "conference", "webinar", "seminar", "workshop", "hearing", "debate", "summit", "training", "meeting",
        "événement", "conférence", "webinaire", "séminaire", "atelier", "audition", "débat", "sommet", "réunion",
        "evento", "conferencia", "seminario", "taller", "audiencia", "cumbre", "reunión",
        "convegno", "conferenza", "laboratorio", "audizione", "dibattito", "vertice", "riunione",
        "wydarzenie", "konferencja", "seminarium", "warsztaty", "debata", "szczyt", "spotkanie",
    )  # fmt: skip
    takes = GATHERING

    def completed(self, told: dict[str, list[Any]], _names: Any) -> dict[str, list[Any]]:
        return without_us(told)


@section
class EventPartnerSection(Section):
    model = EventPartner
    slug = "event-partners"
    label = _("Partners of events")
    icon = "handshake"
    columns = ("organisation", "role", "event", "event__date")
    bulk = ("role",)


@section
class SpeakerSection(Section):
    model = Speaker
    slug = "speakers"
    label = _("People at events")
    icon = "megaphone"
    columns = ("person", "role", "function", "event", "event__date")
    form = ("event", "person", "role", "function", "party")
    bulk = ("role",)


@section
class SeriesSection(Section):
    model = Series
    slug = "series"
    group, place, icon = "settings", 60, "presentation"
    columns = ("name", "organiser", "audience")
    order = "name"
    form = ("name", "organiser", "audience")
    parts = (Edition,)
    few = True


@section
class EditionSection(Section):
    model = Edition
    slug = "editions-of-series"
    icon = "presentation"
    columns = ("series", "year", "number", "theme")
    order = "-year"
    form = ("series", "year", "number", "theme")
    parts = (Attendance,)
    few = True


@section
class AttendanceSection(Section):
    model = Attendance
    slug = "attendances"
    icon = "users"
    columns = ("organisation", "country", "edition__year", "edition__series")
    filters = ("country", "organisation", "edition")
    bulk = ()


@dataclass(frozen=True)
class OfEvent(Filter):
    """What belongs to an event: named by its key, or by words of its title."""

    widget: str = "text"

    def narrow(self, rows: Rows, value: str, user: Any) -> Rows:
        seen = Event.objects.visible_to(user)
        named = seen.filter(key=value)
        return rows.filter(event__in=named if named.exists() else seen.filter(title__icontains=value))


@section
class RegistrationSection(Section):
    model = Registration
    slug = "registrations"
    group, place, icon = "work", 81, "calendar-plus"
    columns = ("person", "organisation", "event", "event__date", "state", "made_at")
    end, sub = "state", "event"
    filters = (OfEvent("event", _("Event")), "state", "organisation")
    views = (
        View(pgettext_lazy("for an event", "Registered"), "state=registered"),
        View(_("Waiting list"), "state=waiting"),
    )
    order = "-made_at"
    form = ("event", "person", "organisation", "state")
    unasked = ("audience",)
    bulk = ()
