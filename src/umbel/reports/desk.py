"""What the desk shows of reports: their chapters with passages and records told, the numbers that were printed."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from umbel.core.crud.sections import Button, Section, section
from umbel.reports.models import Chapter, Claim, Credit, Edition, GrantReport, Mention, Passage, Report


@section
class ReportSection(Section):
    model = Report
    slug = "report-records"
    label = _("Reports")
    group, place, icon = "account", 10, "newspaper"
    columns = ("title", "year", "published", "language", "audience")
    end, sub = "year", "published"
    filters = ("published", "audience")
    order = "-year"
    form = (
        "title", "year", "published", "language", "audience", "spotlight", "design", "photographs", "funder",
        "funding_notice", "notice",
    )  # fmt: skip
    parts = (Chapter, Credit)
    few = True

    def buttons(self, row: Report, user: Any) -> Sequence[Button]:
        freezing = [Button(_("Freeze an edition"), "lock", reverse("reports.freeze", args=[row.year]))]
        return [
            Button(_("On the site"), "eye", reverse("reports.report.show", args=[row.year])),
            *(freezing if user.has_perm("reports.add_edition") else []),
        ]


@section
class ChapterSection(Section):
    model = Chapter
    slug = "chapters"
    icon = "book-open"
    columns = ("title", "layout", "report", "order")
    filters = ("report", "layout")
    order = "order"
    form = ("report", "title", "layout", "contents_line", "order", "key")
    more = ("order", "key")
    parts = (Passage, Mention)
    bulk = ()
    few = True


@section
class PassageSection(Section):
    model = Passage
    slug = "passages"
    icon = "file-text"
    columns = ("title", "slot", "chapter", "signed_by")
    filters = ("chapter",)
    form = ("chapter", "slot", "title", "text", "signed_by", "order")
    bulk = ()


@section
class MentionSection(Section):
    model = Mention
    slug = "records-told"
    label = _("Records told")
    icon = "link"
    columns = ("chapter",)
    form = ("chapter", "record")
    bulk = ()


@section
class CreditSection(Section):
    model = Credit
    slug = "credits"
    label = _("Authors and editors")
    icon = "users"
    columns = ("person", "role", "report")
    form = ("report", "person", "role", "order")
    bulk = ("role",)


@section
class ClaimSection(Section):
    model = Claim
    slug = "claims"
    group, place, icon = "account", 30, "flag"
    columns = ("statement", "value", "place", "figure", "is_floor", "report")
    end, sub = "value", "place"
    filters = ("report", "is_floor")
    order = "statement"
    form = (
        "report", "key", "statement", "place", "value", "is_floor", "digits", "unit", "measure", "figure", "note",
    )  # fmt: skip
    more = ()
    bulk = ()


@section
class EditionSection(Section):
    model = Edition
    slug = "editions-of-reports"
    group, place, icon = "account", 20, "lock"
    columns = ("report", "number", "frozen_at", "frozen_by")
    filters = ("report",)
    unasked = ("figures", "printed")
    is_fixed = True
    bulk = ()

    def buttons(self, row: Edition, _user: Any) -> Sequence[Button]:
        if not row.printed:
            return ()
        return [Button(_("On the site"), "eye", reverse("reports.edition.show", args=[row.report.year, row.number]))]


@section
class GrantReportSection(Section):
    model = GrantReport
    slug = "reports-to-funders"
    group, place, icon = "account", 25, "lock"
    columns = ("grant", "year", "number", "frozen_at", "frozen_by")
    filters = ("grant",)
    order = "-year"
    unasked = ("printed",)
    is_fixed = True
    bulk = ()

    def buttons(self, row: GrantReport, _user: Any) -> Sequence[Button]:
        return [Button(_("What the funder sees"), "eye", f"{row.get_absolute_url()}?edition={row.number}")]
