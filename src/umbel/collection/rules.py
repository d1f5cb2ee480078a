"""Who sees what a member answers: those who speak for it, today, and the secretariat."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from umbel.collection.models import Return
from umbel.core.audience import Audience, circle, reason
from umbel.network.rules import own_organisations


@circle(Audience.PARTICIPANTS)
def own_returns(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever speaks for an organisation sees what it answers."""
    if model is not Return:
        return None
    return {"organisation__in": [organisation.pk for organisation in own_organisations(user)]}


@reason(Audience.PARTICIPANTS)
def speaks_for_it(user: Any, row: Model) -> str:
    """Name the organisation for which a user sees its return."""
    if not isinstance(row, Return) or row.organisation not in own_organisations(user):
        return ""
    return _("Because you speak for %(organisation)s") % {"organisation": row.organisation}


def own_members(user: Any) -> list[Any]:
    """Return the members for which a user speaks today: they answer rounds."""
    own: list[Any] = own_organisations(user)
    return [organisation for organisation in own if organisation.is_member]
