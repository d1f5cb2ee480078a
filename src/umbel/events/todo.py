"""What events ask of members: to register, as long as one can."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.translations.saying import localise, said
from umbel.events.models import Event, Registration
from umbel.events.wording import when, where
from umbel.network.todo import Todo, asks


@asks
def open_events(user: Any, organisations: Sequence[Any]) -> Iterable[Todo]:
    """Yield the events that take registrations, for which nobody of the organisations is on the list."""
    if not organisations:
        return
    listed = Registration.objects.live().filter(event=OuterRef("pk"), organisation__in=organisations)
    found = Event.objects.visible_to(user).taking_registrations(timezone.localdate()).filter(~Exists(listed))
    for row in localise(found.order_by("registration_to", "key")):
        yield Todo(
            _("Register for %(event)s") % {"event": said(row, "title").text},
            reverse("events.registration", args=[row.key]),
            _("Register"),
            "calendar-plus",
            about=", ".join(filter(None, [when(row), where(row)])),
            until=row.registration_to,
        )
