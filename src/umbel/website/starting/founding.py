"""Bringing a confederation onto the record, with what every confederation has."""

from django.db import transaction
from django.utils.translation import gettext as _

from umbel.core.crud.forms import free_key
from umbel.core.models import Confederation, MembershipCategory
from umbel.network.models import Organisation


def usual_categories() -> list[str]:
    """Return the categories of members that a confederation begins with, in the language in use."""
    return [_("Full members"), _("Associated members"), _("Affiliate members")]


@transaction.atomic
def found(own: Confederation) -> Confederation:
    """Save the confederation; the first time with itself among the organisations and with the usual categories."""
    own.key = own.key or free_key(Confederation, own.name)
    is_new = own.pk is None
    own.save()
    _enter_among_organisations(own)
    if is_new and not MembershipCategory.objects.exists():
        for order, name in enumerate(usual_categories(), start=1):
            MembershipCategory.objects.create(key=free_key(MembershipCategory, name), name=name, order=order)
    return own


def _enter_among_organisations(own: Confederation) -> None:
    """Keep the organisation that stands for the confederation, to which its own posts belong, in step with it."""
    itself = Organisation.objects.filter(kind=Organisation.Kind.SELF).first()
    if itself is None:
        itself = Organisation(
            key=free_key(Organisation, own.name), kind=Organisation.Kind.SELF, scope=Organisation.Scope.EUROPEAN
        )
    itself.name, itself.long_name, itself.country, itself.city = own.name, own.long_name, own.country, own.city
    itself.website = own.website
    itself.save()
