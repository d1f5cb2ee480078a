"""Who takes part in a group, today."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from umbel.accounts.doors import MEMBER_AREA, NETWORK, door
from umbel.accounts.seats import seat
from umbel.core.audience import Audience, circle, reason
from umbel.core.records import RecordQuerySet
from umbel.events.models import Event
from umbel.groups.models import Group, GroupMeeting, Participant
from umbel.library.models import Document
from umbel.network.rules import today

GROUP_OF: dict[type[Model], str] = {Group: "pk__in", GroupMeeting: "group__in", Event: "groupmeeting__group__in"}


def participations_of(user: Any) -> RecordQuerySet:
    """Return where a user takes part today."""
    found: RecordQuerySet = Participant.objects.in_force(today()).filter(person__user=user)
    return found


@circle(Audience.PARTICIPANTS)
def own_groups(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever takes part in a group sees what is meant for the participants of that group."""
    path = GROUP_OF.get(model)
    if path is None:
        return None
    return {path: participations_of(user).values("group")}


@reason(Audience.PARTICIPANTS)
def takes_part(user: Any, row: Model) -> str:
    """Name the group by which a user sees what is meant for its participants."""
    held = getattr(row, "record", row)
    held = getattr(held, "groupmeeting", held)
    group = held if isinstance(held, Group) else getattr(held, "group", None)
    if group is None or not participations_of(user).filter(group=group).exists():
        return ""
    return _("Because you take part in %(group)s") % {"group": group}


@seat(Audience.PARTICIPANTS)
@door(NETWORK)
@door(MEMBER_AREA)
def has_a_group(user: Any) -> bool:
    known: bool | None = getattr(user, "_takes_part", None)
    if known is None:
        known = user._takes_part = participations_of(user).exists()
    return known


@circle(Audience.PARTICIPANTS)
def own_papers(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever takes part in a group sees the papers of that group and of its meetings."""
    if model is not Document:
        return None
    groups = Group.objects.filter(pk__in=participations_of(user).values("group"))
    meetings = GroupMeeting.objects.filter(group__in=groups)
    return {"pk__in": Document.objects.of_any(groups, meetings).values("pk")}
