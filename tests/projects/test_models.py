import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from tests.factories import (
    DeliverableFactory,
    EventFactory,
    GrantFactory,
    HeadingFactory,
    OrganisationFactory,
    ProjectCountryFactory,
    ProjectFactory,
    ProjectPhaseFactory,
    ProofFactory,
)
from umbel.core.figures import evaluate
from umbel.core.periods import Period
from umbel.projects.models import Deliverable, Grant, Project, Proof

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


@pytest.mark.parametrize(
    ("start", "end", "is_active"),
    [
        (None, None, True),
        ("2024-12", None, True),
        ("2025", None, False),
        (None, "2024-01", True),
        (None, "2023", False),
    ],
)
def test_a_project_is_active_while_it_runs(start, end, is_active):
    ProjectFactory(start=start, end=end)

    assert Project.objects.active(YEAR).exists() is is_active
    assert evaluate("projects.active", YEAR).value == int(is_active)


@pytest.mark.parametrize(("year", "ordinal"), [(2021, None), (2022, 1), (2024, 3), (2025, 4), (2026, None)])
def test_a_grant_counts_its_years(year, ordinal):
    GrantFactory(first_year=2022, last_year=2025)
    period = Period.year(year)

    found = [(grant.ordinal, grant.length) for grant in Grant.objects.running(period)]

    assert found == ([(ordinal, 4)] if ordinal else [])
    assert evaluate("grant.year", period).value == ordinal


def test_the_years_of_a_grant_are_in_order():
    with pytest.raises(ValidationError, match="not before the first"):
        GrantFactory.build(funder=OrganisationFactory(), first_year=2025, last_year=2024).validate_constraints()
    with pytest.raises(IntegrityError):
        GrantFactory(first_year=2025, last_year=2024)


def test_lines_and_proofs_are_those_of_the_year():
    line = DeliverableFactory(heading=HeadingFactory(year=2024))
    proof = ProofFactory(deliverable=line)
    ProofFactory(deliverable=DeliverableFactory(heading=HeadingFactory(year=2023)))

    assert list(Deliverable.objects.of_year(YEAR)) == [line]
    assert list(Proof.objects.of_year(YEAR)) == [proof]


def test_what_only_supports_a_line_is_not_counted():
    line = DeliverableFactory(key="d01", nature="event")
    counted = ProofFactory(deliverable=line)
    ProofFactory(deliverable=line, supports=True)
    ProofFactory(deliverable=DeliverableFactory(nature="campaign"))

    assert list(Proof.objects.counted("event")) == [counted]
    assert [line.delivered for line in Deliverable.objects.filter(key="d01").with_delivered()] == [1]
    assert [evaluate(f"grant.{key}", YEAR).value for key in ("events", "campaigns", "line.d01")] == [1, 1, 1]


def test_a_record_proves_a_line_once():
    proof = ProofFactory()

    with pytest.raises(IntegrityError):
        ProofFactory(deliverable=proof.deliverable, record=proof.record)


def test_a_record_that_proves_two_lines_is_told_once():
    event = EventFactory()
    ProofFactory(record=event)
    ProofFactory(record=event)
    ProofFactory()

    assert evaluate("grant.shared", YEAR).value == 1


def test_a_record_that_proves_a_line_is_not_deleted():
    proof = ProofFactory()

    with pytest.raises(ProtectedError):
        proof.record.delete()


def test_lines_with_undated_evidence_only():
    undated, dated = DeliverableFactory(), DeliverableFactory()
    ProofFactory(deliverable=undated, record=EventFactory(date="2024"))
    ProofFactory(deliverable=dated, record=EventFactory(date="2024"))
    ProofFactory(deliverable=dated, record=EventFactory(date="2024-05"))
    DeliverableFactory()

    assert list(evaluate("grant.undated", YEAR).rows()) == [undated]


def test_a_project_has_a_country_and_a_phase_once():
    country, phase = ProjectCountryFactory(project=ProjectFactory(key="skift")), ProjectPhaseFactory()

    assert evaluate("projects.countries.skift", YEAR).value == 1
    assert phase.project.phases.get() == phase
    with pytest.raises(IntegrityError):
        ProjectCountryFactory(project=country.project, country=country.country)
