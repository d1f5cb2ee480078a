"""Figures of projects and grants that follow from rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import audience_of
from umbel.core.periods import Period
from umbel.core.registry import Breakdown, Figure
from umbel.core.translations.saying import named
from umbel.projects.models import Deliverable, Heading, Project, ProjectCountry, Proof


def counting(period: Period) -> QuerySet[Any]:
    return Proof.objects.of_year(period).counting()


COUNTRIES = Breakdown(lambda _period: ProjectCountry.objects.all(), "project__key")
LINES = Breakdown(counting, "deliverable__key")
HEADINGS = Breakdown(counting, "deliverable__heading__key")


def countries() -> Iterator[Figure]:
    found = Project.objects.filter(pk__in=ProjectCountry.objects.values("project")).order_by("name")
    for project, name in named(found):
        yield Figure(
            f"projects.countries.{project.key}",
            _("Countries of %s") % name,
            COUNTRIES.part(project.key),
            rule=_("One row, one country."),
            audience=project.audience,
        )


def lines() -> Iterator[Figure]:
    found = Deliverable.objects.order_by("heading__order", "order").select_related("heading__grant")
    for line, name in named(found):
        yield Figure(
            f"grant.line.{line.key}",
            _("Delivered: %s") % name,
            LINES.part(line.key),
            rule=_("Records that prove the line, without what only supports them."),
            audience=audience_of(line),
        )


def headings() -> Iterator[Figure]:
    for heading, name in named(Heading.objects.order_by("order").select_related("grant")):
        yield Figure(
            f"grant.heading.{heading.key}",
            _("Sum of lines: %s") % name,
            HEADINGS.part(heading.key),
            rule=_("Records that prove the lines of the heading, added up."),
            audience=audience_of(heading),
        )


def proofs(nature: str, period: Period) -> QuerySet[Any]:
    """Return the records that count towards lines of a nature."""
    return Proof.objects.of_year(period).counted(nature)


def undated_lines(period: Period) -> QuerySet[Any]:
    """Return the lines all of whose records carry a date no finer than the year."""
    dated: dict[int, list[bool]] = {}
    for proof in Proof.objects.of_year(period).prefetch_related("record"):
        date = getattr(proof.record, "date", None)
        dated.setdefault(proof.deliverable_id, []).append(date is not None and date.precision != "year")
    return Deliverable.objects.filter(pk__in=[pk for pk, known in dated.items() if not any(known)])


def shared_proofs(period: Period) -> QuerySet[Any]:
    """Return one proof for each record that stands under more than one line."""
    first: dict[tuple[int, int], int] = {}
    doubled: dict[tuple[int, int], int] = {}
    rows = Proof.objects.of_year(period).order_by("pk").values_list("pk", "content_type", "object_id")
    for pk, kind, record in rows:
        if first.setdefault((kind, record), pk) != pk:
            doubled[kind, record] = first[kind, record]
    return Proof.objects.filter(pk__in=doubled.values()).prefetch_related("record")
