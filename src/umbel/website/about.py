"""Who we are: the confederation itself, and the bodies above it."""

from typing import Any

from umbel.advocacy.models import Appointment
from umbel.core.models import Confederation, EnterpriseType, MembershipCategory
from umbel.core.translations.saying import localise
from umbel.network.models import UmbrellaMembership
from umbel.network.rules import today
from umbel.website.feeds import at_site
from umbel.website.shelves.network import members_today
from umbel.website.telling import country, domain, line, may_see, seen, span, wording, words


def page(own: Confederation, user: Any) -> dict[str, Any]:
    """Return what `website/about.html` shows: purpose, seat, types of enterprise, categories of members."""
    localise([own])
    return {
        "own": own,
        "long_name": words(own, "long_name"),
        "country": country(own.country),
        "site": domain(own.website),
        "types": localise(EnterpriseType.objects.visible_to(user)),
        "categories": localise(MembershipCategory.objects.visible_to(user)),
        "has_members": members_today(user).exists(),
    }


def umbrellas(user: Any) -> dict[str, Any]:
    """Return the bodies above the confederation: what it is there, through whom, who sits on the board."""
    terms = Appointment.objects.visible_to(user).on_boards().in_force(today())
    held = {term.seat.body_id: term for term in terms.select_related("seat__on_behalf_of", "holder")}
    found = UmbrellaMembership.objects.visible_to(user).in_force(today()).select_related("body", "through")
    rows = seen(found, user, "body")
    localise([*rows, *(row.body for row in rows)])
    return {"bodies": [_umbrella(row, held.get(row.body_id), user) for row in rows]}


def _umbrella(row: UmbrellaMembership, term: Appointment | None, user: Any) -> dict[str, Any]:
    return {
        **line(row.body),
        "nature": wording(row.body, "description"),
        "standing": wording(row, "standing"),
        "through": line(row.through) if _adds(row, user) else None,
        "takes_part_in": wording(row, "takes_part_in"),
        "span": span(row.start, row.end),
        "holder": (holder := _holder(term, user) if term else None),
        "row": _tabled(row, holder, user),
    }


def _tabled(row: UmbrellaMembership, holder: dict[str, Any] | None, user: Any) -> dict[str, str]:
    """Return the same as a row of a table."""
    return {
        "key": row.body.key,
        "name": row.body.name,
        "standing": row.standing,
        "through": row.through.name if row.through and may_see(row.through, user) else "",
        "takes_part_in": row.takes_part_in,
        "from": str(row.start or ""),
        "to": str(row.end or ""),
        "holder": holder["text"] if holder else "",
        "url": at_site(row.body.get_absolute_url()),
    }


def _adds(row: UmbrellaMembership, user: Any) -> bool:
    """Tell whether the body between says more than the standing does, which may name it."""
    return may_see(row.through, user) and str(row.through) not in row.standing


def _holder(term: Appointment, user: Any) -> dict[str, Any] | None:
    if not may_see(term.seat, user) or not may_see(term.holder, user) or term.holder is None:
        return None
    behalf = term.seat.on_behalf_of
    return {
        **line(term.holder),
        "since": span(term.date, term.end),
        "behalf": str(behalf) if may_see(behalf, user) else "",
    }
