"""Who sees registrations: the secretariat, and whoever speaks for the organisation for which somebody comes."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from umbel.core.audience import Audience, circle, reason
from umbel.events.models import Registration
from umbel.network.rules import own_organisations


@circle(Audience.PARTICIPANTS)
def own_registrations(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever speaks for an organisation sees who comes for it."""
    if model is not Registration:
        return None
    return {"organisation__in": [organisation.pk for organisation in own_organisations(user)]}


@reason(Audience.PARTICIPANTS)
def comes_for_ones_own(user: Any, row: Model) -> str:
    """Name the organisation for which somebody comes, to whoever speaks for it."""
    if not isinstance(row, Registration) or row.organisation not in own_organisations(user):
        return ""
    return _("Because it is about %(organisation)s") % {"organisation": row.organisation}
