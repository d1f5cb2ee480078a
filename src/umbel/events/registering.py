"""Registering people for an event and withdrawing them; whoever waits longest moves up when a place becomes free.

The event is locked while its places are counted, so that two who register at once do not get the same place.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.events import mails
from umbel.events.models import Event, Registration
from umbel.network.models import Organisation, Person

State = Registration.State


def _locked(number: int) -> Event | None:
    found: Event | None = Event.objects.select_for_update().filter(pk=number).first()
    return found


@transaction.atomic
def register(event: Event, people: Sequence[tuple[Person, Organisation | None]]) -> list[Registration]:
    """Register people for an event, each for an organisation; return the registrations that were made.

    Whoever is on the list stays as they are; those for whom there is no place wait. Raises `ValidationError` where the
    event takes no registrations today.
    """
    held = _locked(event.pk)
    if held is None or not held.takes_registrations(timezone.localdate()):
        raise ValidationError(_("Registration is closed."))
    move_up(held.pk)
    left, made = held.places_left(), []
    known = {row.person_id: row for row in held.registrations.filter(person__in=[person for person, _own in people])}
    for person, organisation in people:
        row = known.get(person.pk) or Registration(event=held, person=person, state=State.WITHDRAWN)
        if row.state == State.WITHDRAWN:
            row.state = State.WAITING if left == 0 else State.REGISTERED
            row.organisation, row.made_at, row.reminded_at = organisation, timezone.now(), None
            row.save()
            made.append(row)
            left = left - 1 if left else left
    return made


@transaction.atomic
def withdraw(registration: Registration) -> None:
    """Take somebody off the list of an event that is not over. Raises `ValidationError` where it is."""
    held = _locked(registration.event_id)
    row = Registration.objects.get(pk=registration.pk)
    if held is None or held.is_past(timezone.localdate()):
        raise ValidationError(_("The event is over."))
    if row.state != State.WITHDRAWN:
        row.state = State.WITHDRAWN
        row.save()


@transaction.atomic
def move_up(number: int) -> list[Registration]:
    """Register those who wait longest for an event, as many as there are places, and write to them; return them."""
    held = _locked(number)
    if held is None or held.is_past(timezone.localdate()):
        return []
    left = held.places_left()
    moved = list(held.registrations.waiting()[:left])
    for row in moved:
        row.state = State.REGISTERED
        row.save()
        transaction.on_commit(partial(mails.tell_moved_up, row.pk))
    return moved


def fill_places(sender: type[Any], instance: Any, raw: bool = False, **_told: Any) -> None:
    """Move up whoever waits when an event has more places, or when a registration falls away.

    Django sends `post_save` for every row; `tracking.remember` left there what the row held before.
    """
    if raw or not isinstance(instance, Event | Registration):
        return
    before = instance.__dict__.get("_before", {})
    if isinstance(instance, Event):
        if before and before.get("places") != instance.places:
            move_up(instance.pk)
    elif before.get("state") == State.REGISTERED != instance.state:
        move_up(instance.event_id)


def fill_place_of_deleted(sender: type[Any], instance: Any, **_told: Any) -> None:
    """Move up whoever waits when a registration is deleted; Django sends `post_delete` for every row."""
    if isinstance(instance, Registration) and instance.state == State.REGISTERED:
        move_up(instance.event_id)


def connect() -> None:
    """Start filling places that become free; called once, when the apps are ready."""
    post_save.connect(fill_places, dispatch_uid="umbel.fill_places")
    post_delete.connect(fill_place_of_deleted, dispatch_uid="umbel.fill_place_of_deleted")
