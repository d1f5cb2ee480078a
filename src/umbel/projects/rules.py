"""Who pays, and what they may see of it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext as _

from umbel.accounts.doors import MEMBER_AREA, door
from umbel.accounts.seats import seat
from umbel.core.audience import Audience, circle, reason
from umbel.core.records import RecordQuerySet
from umbel.network.rules import posts_ever, standing
from umbel.projects.models import Grant, Proof


@standing("is_at_funder")
def funds() -> Exists:
    return Exists(Grant.objects.filter(funder=OuterRef("organisation")))


def _funders(user: Any) -> list[int]:
    """Return the organisations with grants in which a user holds a post today."""
    return [post.organisation_id for post in posts_ever(user) if post.is_held and post.is_at_funder]


def grants_of(user: Any) -> RecordQuerySet:
    """Return the grants of the organisations in which a user holds a post today."""
    found: RecordQuerySet = Grant.objects.filter(funder__in=_funders(user))
    return found


@circle(Audience.FUNDER)
def own_grants(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """A funder sees what is meant for the funder of its own grants, and the records that prove their lines."""
    if not _funders(user):
        return None
    grants = grants_of(user)
    if model is Grant:
        return {"pk__in": grants.values("pk")}
    if name := _link_to_grant(model):
        return {f"{name}__in": grants.values("pk")}
    kinds = [ContentType.objects.get_for_model(each) for each in (model, *model._meta.get_parent_list())]
    proofs = Proof.objects.filter(content_type__in=kinds, deliverable__heading__grant__in=grants.values("pk"))
    return {"pk__in": proofs.values("object_id")}


def _link_to_grant(model: type[Model]) -> str:
    """Return the name of the field by which rows of a kind belong to a grant, as the reports on it do."""
    return next((field.name for field in model._meta.concrete_fields if field.related_model is Grant), "")


@reason(Audience.FUNDER)
def funds_it(user: Any, _row: Model) -> str:
    """Say that a user sees what is meant for a funder as one of its people."""
    grant = grants_of(user).select_related("funder").first()
    return _("Because %(funder)s funds it") % {"funder": grant.funder} if grant else ""


@seat(Audience.FUNDER)
@door(MEMBER_AREA)
def funds_something(user: Any) -> bool:
    return bool(_funders(user))
