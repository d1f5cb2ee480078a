"""Who governs, today."""

from typing import Any

from django.db.models import Model

from umbel.core.audience import Audience, circle, grant
from umbel.events.models import Event
from umbel.governance.models import Body, Mandate, MandateQuerySet, Meeting
from umbel.network.rules import today

BODY_OF: dict[type[Model], str] = {Body: "pk__in", Meeting: "body__in", Event: "meeting__body__in"}


def mandates_of(user: Any) -> MandateQuerySet:
    """Return the mandates that a user holds today."""
    found: MandateQuerySet = Mandate.objects.in_force(today()).filter(person__user=user)
    return found


@grant
def sits_on_board(user: Any) -> set[str]:
    """Whoever holds a mandate on the Board today belongs to the board."""
    return {Audience.BOARD} if mandates_of(user).board().exists() else set()


@circle(Audience.PARTICIPANTS)
def own_bodies(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever holds a mandate in a body sees what is meant for that body."""
    path = BODY_OF.get(model)
    return {path: mandates_of(user).values("body")} if path else None
