from functools import partial

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.core.folds import Latest
from umbel.projects import checks, figures, listings
from umbel.projects.models import Deliverable, Grant, Project

registry.figure(
    "projects.active", _("European projects"), lambda period: Project.objects.active(period),
    definition=_("Projects in which the confederation coordinates or is a partner."),
    rule=_("Projects running at any time of the period; grants that pay for the confederation's own work are not projects."),
)  # fmt: skip
registry.family("projects.countries.", figures.countries)

registry.figure(
    "grant.lines",
    _("Lines of the grant"),
    lambda period: Deliverable.objects.of_year(period),
    rule=_("Lines of the work programme of the year."),
)
for _nature, _key, _label in (
    (Deliverable.Nature.PUBLICATION, "publications", _("Publications under the grant")),
    (Deliverable.Nature.EVENT, "events", _("Events under the grant")),
    (Deliverable.Nature.CAMPAIGN, "campaigns", _("Campaigns under the grant")),
):
    registry.figure(
        f"grant.{_key}", _label, partial(figures.proofs, _nature),
        rule=_("Rule grant: records that prove lines of this nature, each as often as a line counts it; a campaign is not an event."),
    )  # fmt: skip
registry.figure(
    "grant.undated",
    _("Lines with undated evidence"),
    figures.undated_lines,
    rule=_("Lines all of whose records are dated to the year only."),
)
registry.figure(
    "grant.shared",
    _("Records that prove two lines"),
    figures.shared_proofs,
    rule=_("Evidence of a record that stands under more than one line."),
)
registry.figure(
    "grant.year", _("Year of the grant"),
    lambda period: Grant.objects.filter(first_year__lte=period.end.year, last_year__gte=period.end.year).annotate(ordinal=Value(period.end.year + 1) - F("first_year")),
    fold=Latest("ordinal", by="pk"), rule=_("Which year of the agreement the period is, counted from its first."),
)  # fmt: skip
registry.figure(
    "grant.years", _("Years of the grant"),
    lambda period: Grant.objects.filter(first_year__lte=period.end.year, last_year__gte=period.end.year).annotate(length=F("last_year") - F("first_year") + 1),
    fold=Latest("length", by="pk"), rule=_("From the first to the last year of the agreement, both included."),
)  # fmt: skip
registry.family("grant.line.", figures.lines)
registry.family("grant.heading.", figures.headings)

registry.listing("projects.projects", listings.projects)
registry.listing("projects.grants", listings.grants)
registry.check(
    "grant.unproven",
    _("Lines of the grant without evidence"),
    checks.unproven_lines,
    _("Attach the record that proves the line."),
)
registry.check(
    "grant.shared",
    _("Records that prove two lines of the grant"),
    checks.shared_evidence,
    _("Decide under which line it counts."),
)
registry.check(
    "grant.headings",
    _("Headings that add up different things"),
    checks.mixed_headings,
    _("Print the parts apart."),
)
registry.check(
    "grant.targets",
    _("Lines delivered short of what was promised"),
    checks.short_lines,
    _("Attach what is missing or tell the funder."),
)
