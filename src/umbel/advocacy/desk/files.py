"""What the desk shows of what is followed and wanted: files, consultations, campaigns, outcomes."""

from django.utils.translation import gettext_lazy as _

from umbel.advocacy.models import Ask, Campaign, Consultation, Evidence, Milestone, Outcome, Pillar, PolicyFile
from umbel.core.crud.sections import Section, View, section


@section
class PolicyFileSection(Section):
    model = PolicyFile
    slug = "policy-files"
    group, place, icon = "work", 10, "folder"
    columns = ("name", "pillar", "stance", "stage", "proposed_by", "instrument", "start")
    wanted = ("stance",)
    end, sub = "stance", "pillar"
    filters = ("pillar", "stance", "proposed_by", "start")
    views = (View(_("No line recorded"), "without=stance"),)
    order = "name"
    form = (
        "name", "pillar", "stance", "standing", "proposed_by", "author", "instrument", "stage", "start", "audience",
    )  # fmt: skip
    parts = (Ask, Milestone)
    bulk = ("audience", "stance")


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
    form = ("name", "owner", "start", "end", "audience", "aims", "targets")


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
