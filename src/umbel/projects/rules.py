"""Who pays, and what they may see of it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from umbel.core.audience import Audience, circle
from umbel.network.rules import posts_of
from umbel.projects.models import Grant, Proof


@circle(Audience.FUNDER)
def own_grants(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """A funder sees what is meant for the funder of its own grants, and the records that prove their lines."""
    grants = Grant.objects.filter(funder__in=posts_of(user).values("organisation"))
    if model is Grant:
        return {"pk__in": grants.values("pk")}
    kinds = [ContentType.objects.get_for_model(each) for each in (model, *model._meta.get_parent_list())]
    proofs = Proof.objects.filter(content_type__in=kinds, deliverable__heading__grant__in=grants.values("pk"))
    return {"pk__in": proofs.values("object_id")}
