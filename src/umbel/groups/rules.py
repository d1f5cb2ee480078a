"""Who takes part in a group, today."""

from typing import Any

from django.db.models import Model

from umbel.core.audience import Audience, circle
from umbel.events.models import Event
from umbel.groups.models import Group, GroupMeeting, Participant
from umbel.network.rules import today

GROUP_OF: dict[type[Model], str] = {Group: "pk__in", GroupMeeting: "group__in", Event: "groupmeeting__group__in"}


@circle(Audience.PARTICIPANTS)
def own_groups(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever takes part in a group sees what is meant for the participants of that group."""
    path = GROUP_OF.get(model)
    if path is None:
        return None
    return {path: Participant.objects.in_force(today()).filter(person__user=user).values("group")}
