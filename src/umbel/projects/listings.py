"""Projects and grants as pages and print lay them out."""

from typing import Any

from umbel.core.periods import Period
from umbel.projects.models import Deliverable, Grant, Heading, Project, ProjectMeeting, Proof


def projects(period: Period) -> list[dict[str, Any]]:
    """Return the projects of the period.

    `[{"key", "name", "headline", "role", "subject", "method", "dimensions", "programme", "coordinator", "start", "end",
    "countries": [codes], "figure" or None, "phases": [names], "meetings": [{"title", "date"}]}]`
    """
    met: dict[int, list[dict[str, Any]]] = {}
    rows = ProjectMeeting.objects.within(period).values_list("project", "title", "date", "has_page")
    for key, title, date, has_page in rows:
        met.setdefault(key, []).append({"title": title, "date": date, "has_page": has_page})
    found = Project.objects.active(period).select_related("coordinator").prefetch_related("countries", "phases")
    return [
        {
            "key": project.key,
            "name": project.name,
            "headline": project.headline,
            "role": project.get_role_display(),
            "subject": project.subject,
            "method": project.method,
            "dimensions": project.dimensions,
            "programme": project.programme,
            "coordinator": project.coordinator.name if project.coordinator else "",
            "start": project.start,
            "end": project.end,
            "countries": [row.country for row in project.countries.all()],
            "figure": f"projects.countries.{project.key}" if project.countries.all() else None,
            "phases": [phase.name for phase in project.phases.all()],
            "meetings": met.get(project.pk, []),
        }
        for project in found
    ]


def grants(period: Period) -> list[dict[str, Any]]:
    """Return the grants with a work programme in the period, heading by heading and line by line.

    `[{"key", "name", "funder", "programme", "strand", "notice", "first_year", "last_year", "amount", "headings"}]`, a
    heading `{"key", "name", "figure", "parts": [figure keys], "lines": [...]}`, a line `{"number", "key", "name",
    "target", "figure", "evidence", "also": [numbers], "undated"}`, a piece of evidence `{"type", "id", "kind", "text",
    "date", "url", "supports"}`
    """
    year = period.end.year
    found = Grant.objects.filter(headings__year=year).distinct().select_related("funder")
    return [
        {
            "key": grant.key,
            "name": grant.name,
            "funder": grant.funder.name,
            "programme": grant.programme,
            "strand": grant.strand,
            "notice": grant.notice,
            "first_year": grant.first_year,
            "last_year": grant.last_year,
            "amount": grant.amount,
            "headings": _headings(grant, year),
        }
        for grant in found
    ]


PARTS = {
    Heading.Counts.EVENTS: ["grant.events", "grant.campaigns"],
    Heading.Counts.PUBLICATIONS: ["grant.publications"],
}


def _headings(grant: Grant, year: int) -> list[dict[str, Any]]:
    headings = list(grant.headings.filter(year=year).prefetch_related("deliverables__proofs__record"))
    number, lines = {}, [line for heading in headings for line in heading.deliverables.all()]
    for position, line in enumerate(lines, start=1):
        number[line.pk] = position
    under: dict[tuple[int, int], list[int]] = {}
    for line in lines:
        for proof in line.proofs.all():
            under.setdefault((proof.content_type_id, proof.object_id), []).append(line.pk)
    return [
        {
            "key": heading.key,
            "name": heading.name,
            "figure": f"grant.heading.{heading.key}",
            "parts": PARTS.get(Heading.Counts(heading.counts), []),
            "lines": [_line(line, number, under) for line in heading.deliverables.all()],
        }
        for heading in headings
    ]


def _line(line: Deliverable, number: dict[int, int], under: dict[tuple[int, int], list[int]]) -> dict[str, Any]:
    proofs = list(line.proofs.all())
    others = {pk for proof in proofs for pk in under[proof.content_type_id, proof.object_id]} - {line.pk}
    return {
        "number": number[line.pk],
        "key": line.key,
        "name": line.name,
        "target": line.target,
        "figure": f"grant.line.{line.key}",
        "evidence": [_evidence(proof) for proof in proofs],
        "also": sorted(number[pk] for pk in others),
        "undated": bool(proofs) and all(_is_undated(proof) for proof in proofs),
    }


def _evidence(proof: Proof) -> dict[str, Any]:
    record: Any = proof.record
    return {
        "type": record._meta.label_lower,
        "id": record.handle,
        "kind": str(record._meta.verbose_name),
        "text": str(record),
        "date": getattr(record, "date", None),
        "url": proof.get_absolute_url(),
        "supports": proof.supports,
    }


def _is_undated(proof: Proof) -> bool:
    date = getattr(proof.record, "date", None)
    return date is None or date.precision == "year"
