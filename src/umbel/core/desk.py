"""What the desk shows of the confederation itself: its settings, its words, the numbers that come from outside."""

from django.utils.translation import gettext_lazy as _

from umbel.core.crud.rooms import room
from umbel.core.crud.sections import Section, View, section
from umbel.core.imports.kinds import every_kind
from umbel.core.models import Confederation, EnterpriseType, MembershipCategory, ReportedFigure, Topic
from umbel.core.outbox.views import may_look


@section
class ConfederationSection(Section):
    model = Confederation
    slug = "confederation"
    group, place, icon = "settings", 10, "umbrella"
    columns = ("name", "long_name", "city", "country", "languages", "reporting_year")
    form = (
        "name", "long_name", "street", "postcode", "city", "country", "website", "languages", "reporting_year",
        "rounding", "notice_days", "quorum_percent", "proxies_per_delegate", "account_holder", "iban",
        "primary_colour", "accent_colour", "logo", "purpose",
    )  # fmt: skip
    more = ("key", "spellings", "audience")
    bulk = ()
    images = ("logo",)
    few = True
    is_single = True


@section
class MembershipCategorySection(Section):
    model = MembershipCategory
    slug = "membership-categories"
    group, place, icon = "settings", 20, "tag"
    columns = ("name", "order", "yearly_fee", "audience")
    end = "order"
    order = "order"
    form = ("name", "order", "yearly_fee", "audience")
    more = ("key", "spellings")
    few = True


@section
class EnterpriseTypeSection(Section):
    model = EnterpriseType
    slug = "types-of-enterprise"
    group, place, icon = "settings", 30, "sprout"
    columns = ("name", "order", "audience")
    order = "order"
    form = ("name", "order", "audience")
    more = ("key", "spellings")
    few = True


@section
class TopicSection(Section):
    model = Topic
    slug = "topics"
    label = _("Topics")
    group, place, icon = "settings", 40, "link"
    columns = ("name", "audience", "key")
    order = "name"
    form = ("name", "audience")


@section
class ReportedFigureSection(Section):
    model = ReportedFigure
    slug = "reported-figures"
    group, place, icon = "account", 20, "chart-column"
    columns = ("statement", "value", "date", "source", "figure", "owner", "topic")
    wanted = ("source",)
    filters = ("date", "is_floor", "topic")
    views = (View(_("Without a source"), "without=source"),)
    order = "statement"
    end, sub = "value", "source"
    form = ("statement", "value", "is_floor", "date", "figure", "source", "address", "owner", "topic", "audience")


room("desk.import.list", _("Imports"), "upload", lambda user: any(kind.may(user) for kind in every_kind()))
room("desk.outbox", _("Outbox"), "mail", may_look)
room("desk.merges", _("Merges"), "git-merge")
room("desk.bin", _("Bin"), "trash-2")
