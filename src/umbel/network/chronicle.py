from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.core.folds import Distinct
from umbel.core.tidying import erased
from umbel.network import dues, listings, retention
from umbel.network.models import Organisation, Post, UmbrellaMembership

registry.figure(
    "network.members", _("Members on record"), lambda period: Organisation.objects.members(period),
    definition=_("Organisations with a membership in force at the end of the period."),
    rule=_("One row, one organisation, under the category it holds that day."),
)  # fmt: skip
registry.figure(
    "network.countries", _("Countries with a member on record"), lambda period: Organisation.objects.members(period),
    fold=Distinct("country"),
    rule=_("Different countries of the members on record; a European member has none, each state counts once."),
)  # fmt: skip
registry.figure(
    "network.umbrellas", _("Umbrella memberships"),
    lambda period: UmbrellaMembership.objects.in_force(period).select_related("body"),
    rule=_("Bodies above the confederation in which it is a member, direct or through another one."),
)  # fmt: skip
registry.figure(
    "network.staff", _("Staff"), lambda period: Post.objects.staff().overlapping(period).select_related("person"),
    rule=_("Posts of the secretariat held at any time of the period."),
)  # fmt: skip
registry.figure(
    "network.interns", _("Interns"), lambda period: Post.objects.interns().overlapping(period).select_related("person"),
    rule=_("Internships in the secretariat at any time of the period."),
)  # fmt: skip

registry.listing("network.members", listings.members)
registry.listing("network.changes", listings.changes)
registry.listing("network.staff", listings.staff)
for _name in ("memberships", "posts", "proposals", "fees"):
    registry.due(f"network.{_name}", getattr(dues, _name))
erased("contacts", "contacts", retention.erase)
erased("accounts", "accounts", retention.erase_accounts)
erased("invitations", "invitations", retention.erase_invitations)
