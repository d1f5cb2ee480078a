"""Who may see a page: its audience once it is out, the secretariat before. And what a report opens to its funder."""

from typing import Any

import rules
from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext as _

from umbel.core.audience import Audience, circle, reason
from umbel.core.records import names_of
from umbel.projects.models import Proof
from umbel.projects.rules import funds_something, grants_of
from umbel.reports.models import GrantReport


@rules.predicate
def is_out(_user: Any, page: Any) -> bool:
    """A page is out when it is published and its instant has come."""
    return page is not None and page.is_out


@circle(Audience.MEMBERS)
def reported_proofs(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """A funder sees members' records that prove the lines of a year of its own grant, once the report on it is out."""
    return {"pk__in": _proofs(user, model).values("object_id")} if funds_something(user) else None


def _proofs(user: Any, model: type[Model]) -> Any:
    """Return what proves, by records of a kind, the lines of the years on which a report was frozen for a funder."""
    told = GrantReport.objects.filter(
        audience=Audience.FUNDER,
        grant=OuterRef("deliverable__heading__grant"),
        year=OuterRef("deliverable__heading__year"),
    )
    return Proof.objects.filter(
        Exists(told), content_type__in=names_of(model), deliverable__heading__grant__in=grants_of(user).values("pk")
    )


@reason(Audience.MEMBERS)
def proves_a_line(user: Any, row: Model) -> str:
    """Name the grant of which a record for members proves a line."""
    if not funds_something(user):
        return ""
    proof = _proofs(user, type(row)).filter(object_id=row.pk).select_related("deliverable__heading__grant").first()
    return _("Because it is evidence for %(grant)s") % {"grant": proof.deliverable.heading.grant} if proof else ""
