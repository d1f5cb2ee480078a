"""What the audit asks of advocacy."""

import pytest

from tests.factories import ConsultationFactory, MilestoneFactory, PolicyFileFactory, PositionFactory, SeatFactory
from umbel.advocacy import checks
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


@pytest.fixture
def file():
    return PolicyFileFactory(name="Platform work")


def position(file, date):
    row = PositionFactory(title="A reply", date=date)
    row.topics.add(file)
    return row


@pytest.mark.parametrize(("sent", "is_late"), [("2024-05-31", False), ("2024-05", False), ("2024-06-01", True)])
def test_a_reply_is_late_when_it_certainly_came_after_the_close(file, sent, is_late):
    consultation = ConsultationFactory(file=file, closes="2024-05-31")
    reply = position(file, sent)

    found = list(checks.late_replies(YEAR))

    assert [finding.rows for finding in found] == ([(reply, consultation)] if is_late else [])


@pytest.mark.parametrize(("dated", "is_early"), [("2024-03-01", True), ("2024-04", False), ("2024-05-02", False)])
def test_a_position_is_early_when_it_precedes_every_milestone(file, dated, is_early):
    MilestoneFactory(file=file, date="2024-04-24", title="Vote")
    row = position(file, dated)

    found = list(checks.early_positions(YEAR))

    assert [finding.rows[0] for finding in found] == ([row] if is_early else [])


def test_a_seat_without_an_act_is_silent():
    seat = SeatFactory(kind="experts")

    found = list(checks.silent_seats(YEAR))

    assert [finding.rows for finding in found] == [(seat,)]
