from functools import partial

from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.core.folds import Latest
from umbel.projects import checks, dues, figures, listings
from umbel.projects.models import Deliverable, Grant, Project

Nature = Deliverable.Nature
PROVEN = _("Rule grant: records that prove lines of this nature; a campaign is not an event.")
registry.figure(
    "projects.active", _("European projects"), lambda period: Project.objects.active(period),
    definition=_("Projects in which the confederation coordinates or is a partner."),
    rule=_("Projects running at any time of the period; grants for the confederation's own work are not projects."),
)  # fmt: skip
registry.family("projects.countries.", figures.countries)
registry.figure(
    "grant.lines", _("Lines of the grant"), lambda period: Deliverable.objects.of_year(period),
    rule=_("Lines of the work programme of the year."),
)  # fmt: skip
registry.figure(
    "grant.publications", _("Publications under the grant"), partial(figures.proofs, Nature.PUBLICATION), rule=PROVEN
)
registry.figure("grant.events", _("Events under the grant"), partial(figures.proofs, Nature.EVENT), rule=PROVEN)
registry.figure(
    "grant.campaigns", _("Campaigns under the grant"), partial(figures.proofs, Nature.CAMPAIGN), rule=PROVEN
)
registry.figure(
    "grant.undated", _("Lines with undated evidence"), figures.undated_lines,
    rule=_("Lines all of whose records are dated to the year only."),
)  # fmt: skip
registry.figure(
    "grant.shared", _("Records that prove two lines"), figures.shared_proofs,
    rule=_("Evidence of a record that stands under more than one line."),
)  # fmt: skip
registry.figure(
    "grant.year", _("Year of the grant"), lambda period: Grant.objects.running(period), fold=Latest("ordinal", by="pk"),
    rule=_("Which year of the agreement the period is, counted from its first."),
)  # fmt: skip
registry.figure(
    "grant.years", _("Years of the grant"),
    lambda period: Grant.objects.running(period), fold=Latest("length", by="pk"),
    rule=_("From the first to the last year of the agreement, both included."),
)  # fmt: skip
registry.family("grant.line.", figures.lines)
registry.family("grant.heading.", figures.headings)
registry.listing("projects.projects", listings.projects)
registry.listing("projects.grants", listings.grants)
registry.check("grant.unproven", checks.unproven_lines, *checks.UNPROVEN)
registry.check("grant.shared", checks.shared_evidence, *checks.SHARED)
registry.check("grant.headings", checks.mixed_headings, *checks.MIXED)
registry.check("grant.targets", checks.short_lines, *checks.SHORT)
for _name in ("deliverables", "grants", "projects"):
    registry.due(f"projects.{_name}", getattr(dues, _name))
