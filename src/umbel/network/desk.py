"""What the desk shows of the network: organisations with their standing today, people, memberships, fees, posts."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from umbel.core.crud.acts import InTouch, acts_of
from umbel.core.crud.columns import Column
from umbel.core.crud.counted import last_changes
from umbel.core.crud.filters import Flag
from umbel.core.crud.rooms import room
from umbel.core.crud.sections import BulkLink, Section, View, section
from umbel.network import fee_lists
from umbel.network.models import (
    Contact,
    EditRule,
    Fee,
    Membership,
    MembershipChange,
    Organisation,
    OrganisationLink,
    Person,
    Post,
    UmbrellaMembership,
)
from umbel.network.standing import INSTITUTIONS, MemberAs, MemberOn, functions, standing


def keeps_the_network(user: Any) -> bool:
    return bool(user.has_perm("network.change_organisation"))


acts, last_change = acts_of(Organisation), last_changes(Organisation)


@section
class OrganisationSection(Section):
    model = Organisation
    slug = "organisations"
    group, place, icon = "network", 10, "building-2"
    columns = (
        "name", "kind", "country", Column("category", _("category"), load=standing),
        Column("contact", _("first contact"), load=standing),
        Column("acts", _("acts"), kind="number", load=acts),
        Column("changed", _("changed"), kind="instant", load=last_change),
    )  # fmt: skip
    extra = (Column("last_act", _("last act"), kind="date", load=acts),)
    wanted = {"country": Q(scope=Organisation.Scope.NATIONAL), "category": Q()}
    end, sub = "kind", "country"
    filters = (
        "kind", "country", MemberAs("category", _("Category")), MemberOn("member", _("Member on")),
        Flag("institution", _("Institution"), widget="none", condition=INSTITUTIONS),
        InTouch("touch", _("In touch this year")),
    )  # fmt: skip
    views = (
        View(_("Members"), "member=today"),
        View(_("Institutions"), "institution=yes"),
        View(_("No country"), "without=country"),
        View(_("Not in touch this year"), "touch=no"),
    )
    order = "name"
    form = (
        "name", "long_name", "kind", "scope", "audience", "country", "city", "website", "founded", "activity",
        "enterprise_type", "description", "email", "phone", "logo", "is_unaffiliated",
    )  # fmt: skip
    images = ("logo",)
    parts = (Membership, Post, OrganisationLink, MembershipChange, UmbrellaMembership)
    bulk = ("audience", "kind", "scope", "country")


@section
class PersonSection(Section):
    model = Person
    slug = "people"
    group, place, icon = "network", 20, "users"
    columns = (
        "name", Column("post", _("post"), load=functions), Column("organisation", _("organisation"), load=functions),
        Column("changed", _("changed"), kind="instant", load=last_changes(Person)),
    )  # fmt: skip
    sub = "organisation"
    filters = (
        Flag("post", _("Has a post"), condition=Q(posts__isnull=False)),
        Flag("staff", _("Staff"), widget="none", condition=Q(posts__kind="staff", posts__end=None)),
        "audience",
    )  # fmt: skip
    views = (View(_("Staff"), "staff=yes"), View(_("Without a post"), "post=no"))
    order = "name"
    form = ("name", "audience")
    unasked = ("user",)
    parts = (Post, Contact)


@section
class MembershipSection(Section):
    model = Membership
    slug = "memberships"
    icon = "handshake"
    columns = ("organisation", "category", "start", "end", "organisation__country")
    wanted = ("category",)
    filters = ("category", "in_force", "start")
    views = (View(_("In force today"), "on=today"),)
    order = "organisation"
    bulk = ()


@section
class PostSection(Section):
    model = Post
    slug = "posts"
    icon = "briefcase"
    columns = ("person", "title", "organisation", "kind", "start", "end")
    sub = "title"
    filters = ("kind", "organisation", "in_force")
    views = (View(_("Today"), "on=today"), View(_("Secretariat"), "kind=staff&on=today"))
    order = "person"
    form = ("person", "organisation", "title", "kind", "start", "end", "party", "note", "order")
    bulk = ("kind",)


@section
class ContactSection(Section):
    model = Contact
    slug = "contacts"
    icon = "mail"
    columns = ("person", "kind", "value", "audience", "consented_on", "recorded_on")
    filters = ("kind", "audience", "consented_on")
    order = "person"


@section
class EditRuleSection(Section):
    model = EditRule
    slug = "edit-rules"
    columns = ("field", "rule")
    filters = ("rule",)
    bulk = ("rule",)


@section
class OrganisationLinkSection(Section):
    model = OrganisationLink
    slug = "organisation-links"
    label = _("Belongs to")
    icon = "link"
    columns = ("child", "kind", "parent", "start", "end")
    filters = ("kind", "parent", "in_force")
    form = ("child", "kind", "parent", "start", "end")
    bulk = ("kind",)


@section
class MembershipChangeSection(Section):
    model = MembershipChange
    slug = "steps-of-membership"
    label = _("Steps of membership")
    icon = "history"
    columns = ("organisation", "kind", "date", "decided_by")
    order = "-date"
    bulk = ()


@section
class FeeSection(Section):
    model = Fee
    slug = "fees"
    group, place, icon = "network", 30, "landmark"
    columns = (
        "organisation", "year", "amount", "due_on", "paid_on",
        Column("state", _("state"), load=fee_lists.standing),
        Column("reference", _("reference"), load=fee_lists.standing),
    )  # fmt: skip
    end, sub = "amount", "state"
    filters = (
        fee_lists.OfYear("year", _("Year")), fee_lists.ByState("state", _("State")),
        "organisation", "due_on", fee_lists.ByReference("reference", _("Reference")),
    )  # fmt: skip
    views = (
        View(pgettext_lazy("of fees", "Open"), "state=open"), View(pgettext_lazy("of fees", "Late"), "state=late"),
        View(pgettext_lazy("of fees", "Paid"), "state=paid"),
    )  # fmt: skip
    order = "-year"
    form = ("organisation", "year", "amount", "due_on", "paid_on", "paid_amount", "note")
    bulk = ()
    bulk_links = (BulkLink(_("Set as paid"), "check", lambda _section: reverse("network.fee.paid")),)


@section
class UmbrellaMembershipSection(Section):
    model = UmbrellaMembership
    slug = "umbrella-memberships"
    group, place, icon = "network", 70, "umbrella"
    columns = ("body", "standing", "through", "takes_part_in", "start", "end")
    sub = "standing"
    order = "body"
    bulk = ()


room("network.user.list", _("Users"), "user", lambda user: user.has_perm("accounts.view_user"))
room("network.erasure.list", _("To be erased"), "clock", lambda user: user.has_perm("accounts.view_user"))
room("network.fee.call", _("Call fees"), "megaphone", lambda user: user.has_perm("network.add_fee"), group="network")
room("network.proposal.list", _("Proposed changes"), "inbox", keeps_the_network, group="network")
room("network.rules", _("Self-service"), "file-pen-line", keeps_the_network)
