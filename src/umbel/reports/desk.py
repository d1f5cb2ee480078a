"""What the desk shows of reports: their chapters with passages and records told, the numbers that were printed."""

from django.utils.translation import gettext_lazy as _

from umbel.core.crud.sections import Section, section
from umbel.reports.models import Chapter, Claim, Credit, Edition, Mention, Passage, Report


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
    icon = "lock"
    columns = ("report", "number", "frozen_at", "frozen_by")
    filters = ("report",)
    is_fixed = True
    bulk = ()
