"""Board and statutory meetings, as pages and print lay them out."""

from typing import Any

from umbel.core.periods import Period
from umbel.events.models import EventPartner
from umbel.governance.models import Body, Mandate, Meeting


def board(period: Period) -> list[dict[str, Any]]:
    """Return the Board in its order: `[{"name", "role", "organisation", "country", "in_presidency"}]`."""
    found = Mandate.objects.board().in_force(period).select_related("person", "organisation")
    return [
        {
            "name": mandate.person.name,
            "role": mandate.get_role_display(),
            "organisation": mandate.organisation.name if mandate.organisation else "",
            "country": mandate.organisation.country if mandate.organisation else "",
            "in_presidency": mandate.is_in_presidency,
        }
        for mandate in found
    ]


def meetings(period: Period) -> list[dict[str, Any]]:
    """Return statutory meetings: `[{"body", "kind", "title", "date", "place", "country", "hosts"}]`."""
    found = Meeting.objects.within(period).select_related("body").prefetch_related("partners__organisation")
    return [
        {
            "body": meeting.body.name,
            "kind": Body.Kind(meeting.body.kind).value,
            "title": meeting.title,
            "date": meeting.date,
            "place": meeting.place,
            "country": meeting.country,
            "hosts": [row.organisation.name for row in meeting.partners.all() if row.role == EventPartner.Role.HOST],
        }
        for meeting in found
    ]
