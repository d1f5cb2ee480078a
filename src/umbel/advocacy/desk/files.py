"""What the desk shows of what is followed and wanted: files, consultations, campaigns, outcomes."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.advocacy.models import Ask, Campaign, Consultation, Evidence, Milestone, Outcome, Pillar, PolicyFile
from umbel.core.crud.filters import Filter, Rows
from umbel.core.crud.sections import BulkLink, Section, View, section


@dataclass(frozen=True)
class HasLeft(Filter):
    """Policy files whose responsible person has left the secretariat."""

    def narrow(self, rows: Rows, _value: str, _user: Any) -> Rows:
        return rows.filter(pk__in=PolicyFile.objects.left(timezone.localdate()).values("pk"))


@section
class PolicyFileSection(Section):
    model = PolicyFile
    slug = "policy-files"
    group, place, icon = "work", 10, "folder"
    columns = ("name", "pillar", "responsible", "stance", "stage", "proposed_by", "start")
    extra = ("instrument",)
    wanted = ("stance", "responsible")
    end, sub = "stance", "pillar"
    filters = (
        "pillar", "responsible", "stance", "proposed_by", "start",
        HasLeft("left", _("Responsible has left"), widget="none"),
    )  # fmt: skip
    views = (
        View(_("No line recorded"), "without=stance"),
        View(_("Nobody responsible"), "without=responsible"),
        View(_("Responsible has left"), "left=yes"),
    )
    order = "name"
    form = (
        "name", "pillar", "responsible", "stance", "standing", "proposed_by", "author", "instrument", "stage", "start",
        "audience",
    )  # fmt: skip
    parts = (Ask, Milestone)
    bulk = ("audience", "stance")
    bulk_links = (BulkLink(_("Hand over"), "user", lambda _section: reverse("advocacy.file.hand_over")),)


@section
class ConsultationSection(Section):
    model = Consultation
    slug = "consultations"
    group, place, icon = "work", 30, "inbox"
    columns = ("name", "closes", "opens", "institution", "file")
    wanted = ("closes",)
    end, sub = "closes", "institution"
    filters = ("institution", "closes")
    order = "-closes"
    form = ("name", "file", "institution", "opens", "closes", "audience")


@section
class CampaignSection(Section):
    model = Campaign
    slug = "campaigns"
    group, place, icon = "work", 70, "megaphone"
    columns = ("name", "owner", "start", "end", "targets")
    sub = "owner"
    filters = ("owner", "in_force")
    views = (View(_("Running today"), "on=today"),)
    order = "name"
    form = ("name", "owner", "start", "end", "audience", "lead", "text", "aims", "targets")


@section
class OutcomeSection(Section):
    model = Outcome
    slug = "outcomes"
    group, place, icon = "work", 75, "award"
    columns = ("claim", "date", "file", "credited_to")
    filters = ("date", "file")
    order = "-date"
    form = ("claim", "date", "file", "credited_to", "audience")
    parts = (Evidence,)


@section
class PillarSection(Section):
    model = Pillar
    slug = "pillars"
    group, place, icon = "settings", 50, "landmark"
    columns = ("name", "centre", "order")
    order = "order"
    form = ("name", "centre", "order", "audience")
    more = ("key", "spellings")
    few = True
