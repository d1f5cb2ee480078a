import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories import BodyFactory, MandateFactory, MeetingFactory, OrganisationFactory, PersonFactory
from umbel.core.figures import evaluate
from umbel.core.periods import Period
from umbel.events.models import Event
from umbel.governance.models import Mandate, Meeting

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


@pytest.mark.parametrize(
    ("role", "presides"),
    [("president", True), ("vice-president", True), ("vice-president-treasurer", True), ("member", False)],
)
def test_the_presidency_is_part_of_the_board(role, presides):
    mandate = MandateFactory(role=role)

    assert mandate.is_in_presidency is presides
    assert Mandate.objects.presidency().exists() is presides
    assert list(Mandate.objects.board()) == [mandate]


def test_other_bodies_have_no_presidency_of_the_board():
    MandateFactory(body=BodyFactory(kind="committee"), role="president")

    assert not Mandate.objects.presidency().exists()
    assert not Mandate.objects.board().exists()


def test_the_board_is_who_holds_a_mandate_at_the_instant():
    MandateFactory(start="2022-06", end="2024-05")
    now = MandateFactory(start="2024-06", end="2028-05")

    assert list(Mandate.objects.board().in_force(YEAR)) == [now]


@pytest.mark.parametrize("start", [None, "2022-06"])
def test_a_mandate_begins_once_a_date(start):
    mandate = MandateFactory(start=start)

    with pytest.raises(IntegrityError):
        MandateFactory(body=mandate.body, person=mandate.person, start=start)


@pytest.mark.parametrize(("start", "end"), [("2024-06", "2024"), ("2024-06-11", "2024-06"), ("2024", "2024-06")])
def test_a_mandate_may_end_when_it_may_have_begun(start, end):
    assert MandateFactory(start=start, end=end).pk


def test_a_mandate_ends_after_it_has_begun():
    with pytest.raises(ValidationError, match="end is not before the beginning"):
        MandateFactory.build(
            body=BodyFactory(), person=PersonFactory(), start="2024-06", end="2024-05"
        ).validate_constraints()
    with pytest.raises(IntegrityError):
        MandateFactory(start="2024-06", end="2024-05")


def test_meetings_go_by_their_body():
    board = MeetingFactory(body=BodyFactory(kind="board"))
    assembly = MeetingFactory(body=BodyFactory(kind="assembly"))

    assert list(Meeting.objects.of_board()) == [board]
    assert list(Meeting.objects.of_assembly()) == [assembly]
    assert set(Event.objects.all()) == {board.event_ptr, assembly.event_ptr}


def test_seats_by_country_add_up_to_the_board():
    for country in ("IT", "IT", "ES", ""):
        MandateFactory(organisation=OrganisationFactory(country=country))
    MandateFactory(organisation=None)

    values = [
        evaluate(f"governance.{key}", YEAR).printed
        for key in ("board", "board_seats.it", "board_seats.es", "board_countries", "board_organisations")
    ]

    assert values == [5, 2, 1, 2, 4]
    assert str(evaluate("governance.board_share.it", YEAR).printed) == "40.0"
