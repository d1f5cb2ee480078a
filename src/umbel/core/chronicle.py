from collections.abc import Iterator

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from umbel.core import leftovers, opening, outbox, registry, wastebasket
from umbel.core.chronology import TALLIED
from umbel.core.crud import sending
from umbel.core.folds import Latest
from umbel.core.imports import jobs
from umbel.core.models import ReportedFigure
from umbel.core.registry import FAMILIES, Breakdown, Figure, Part
from umbel.core.tidying import erased
from umbel.core.translations.saying import named
from umbel.core.work import hourly

registry.figure(
    "chronicle.entries", _("Activities of the year"), Part(TALLIED, "chronicle.entries"),
    definition=_("Everything that the confederation did and shows in its year at a glance."),
    rule=_("One row, one activity. What the editor leaves out of the listing is not counted."),
)  # fmt: skip

LABELS = {
    "advocacy": _("Advocacy"), "events": _("Events"), "network": _("Network"),
    "communication": _("Communication"), "projects": _("Projects"),
}  # fmt: skip
for _family in FAMILIES:
    registry.figure(
        f"chronicle.family.{_family}", LABELS[_family], Part(TALLIED, f"chronicle.family.{_family}"),
        rule=_("Activities of the year of this family."),
    )  # fmt: skip
for _month, _name in MONTHS.items():
    registry.figure(
        f"chronicle.month.{_month:02}", _name, Part(TALLIED, f"chronicle.month.{_month:02}"),
        rule=_("Activities of the year dated in this month."),
    )  # fmt: skip


REPORTED = Breakdown(lambda period: ReportedFigure.objects.within(period), "figure")


def reported() -> Iterator[Figure]:
    """One figure for each number that was taken from outside the records."""
    latest = {row.figure: row for row in ReportedFigure.objects.order_by("figure", "date")}
    for row, statement in named(latest.values(), "statement"):
        yield Figure(
            row.figure, statement, REPORTED.part(row.figure), fold=Latest(), reported=True, is_floor=row.is_floor,
            rule=_("The latest value reported for the period; its source stands with the row."),
            audience=row.audience,
        )  # fmt: skip


registry.family("", reported)

erased("mails", "mails", outbox.forget)
erased("deletions", "deleted records", wastebasket.forget)
erased("forms", "marks of forms", sending.forget)
erased("imports", "imports", jobs.forget)
erased("files", "files", leftovers.forget)
hourly(opening.open_due)
registry.due("core.openings", opening.openings)
