"""What the desk shows of projects and of the grants that pay for the work."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.core.crud.columns import Column
from umbel.core.crud.sections import Section, View, section
from umbel.events.desk import FORM, GatheringSection
from umbel.events.models import EventPartner, Speaker
from umbel.projects.models import (
    Deliverable,
    Grant,
    Heading,
    Project,
    ProjectCountry,
    ProjectMeeting,
    ProjectPhase,
    Proof,
)


def delivered(numbers: Sequence[int], _user: Any) -> dict[str, dict[int, Any]]:
    """Return how many records count towards lines of a grant."""
    lines = Deliverable.objects.filter(pk__in=numbers).with_delivered().order_by()
    return {"delivered": dict(lines.values_list("pk", "delivered"))}


@section
class ProjectSection(Section):
    model = Project
    slug = "projects"
    group, place, icon = "work", 100, "briefcase"
    columns = ("name", "role", "programme", "coordinator", "start", "end")
    wanted = ("start", "end")
    end, sub = "end", "role"
    filters = ("role", "coordinator", "in_force")
    views = (View(_("Running today"), "on=today"),)
    order = "name"
    form = (
        "name", "role", "coordinator", "programme", "start", "end", "audience", "headline", "website", "lead", "text",
        "subject", "method", "dimensions",
    )  # fmt: skip
    parts = (ProjectPhase, ProjectCountry)
    bulk = ("audience", "role")


@section
class ProjectPhaseSection(Section):
    model = ProjectPhase
    slug = "phases-of-projects"
    icon = "layers"
    columns = ("name", "project", "start", "end")
    form = ("project", "name", "start", "end", "order")
    bulk = ()


@section
class ProjectMeetingSection(GatheringSection):
    model = ProjectMeeting
    slug = "project-meetings"
    icon = "calendar"
    columns = ("title", "date", "project", "part", "place", "country")
    sub = "project"
    filters = ("project", "date", "part")
    order = "-date"
    form = ("title", "project", *FORM[1:])
    parts = (EventPartner, Speaker)


@section
class GrantSection(Section):
    model = Grant
    slug = "grants"
    group, place, icon = "work", 110, "sprout"
    columns = ("name", "funder", "first_year", "last_year", "amount", "signed")
    wanted = ("amount",)
    end, sub = "last_year", "funder"
    filters = ("funder", "signed")
    order = "-first_year"
    form = (
        "name", "funder", "programme", "strand", "first_year", "last_year", "signed", "amount", "audience", "notice",
    )  # fmt: skip
    parts = (Heading,)


@section
class HeadingSection(Section):
    model = Heading
    slug = "headings-of-grants"
    icon = "layers"
    columns = ("name", "year", "counts", "grant")
    filters = ("grant", "counts")
    order = "-year"
    form = ("grant", "year", "name", "counts", "order", "key")
    more = ("order", "key")
    parts = (Deliverable,)
    bulk = ("counts",)
    few = True


@section
class DeliverableSection(Section):
    model = Deliverable
    slug = "deliverables"
    label = _("Deliverables")
    group, place, icon = "work", 120, "circle-check"
    columns = (
        "name", "heading", "heading__year", "nature", "target",
        Column("delivered", _("delivered"), kind="number", load=delivered),
    )  # fmt: skip
    end, sub = "delivered", "heading"
    filters = ("heading", "nature", "heading__grant")
    order = "heading"
    form = ("heading", "name", "nature", "target", "order", "key")
    more = ("order", "key")
    parts = (Proof,)
    bulk = ("nature",)


@section
class ProofSection(Section):
    model = Proof
    slug = "evidence-of-lines"
    label = _("Evidence")
    icon = "paperclip"
    columns = ("deliverable", "supports")
    filters = ("supports", "deliverable")
    form = ("deliverable", "record", "supports")
    bulk = ()
