import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from tests.factories import (
    AddresseeFactory,
    AppointmentFactory,
    AskFactory,
    EventFactory,
    EvidenceFactory,
    JointLetterFactory,
    MilestoneFactory,
    PillarFactory,
    PolicyFileFactory,
    PositionFactory,
    SeatFactory,
    SignatoryFactory,
)
from umbel.advocacy.models import Appointment, Position
from umbel.core.figures import evaluate
from umbel.core.models import Topic
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


def test_a_contribution_is_not_a_position_paper():
    papers = [PositionFactory(kind=kind) for kind in ("reaction", "opinion", "paper")]
    contribution = PositionFactory(kind="contribution")

    assert set(Position.objects.papers()) == set(papers)
    assert list(Position.objects.contributions()) == [contribution]
    assert [evaluate(f"advocacy.{key}", YEAR).value for key in ("positions", "contributions")] == [3, 1]


@pytest.mark.parametrize(("bound", "number"), [("", None), ("exact", 17), ("over", 80)])
def test_the_signatories_of_a_letter_are_unknown_exact_or_over(bound, number):
    letter = JointLetterFactory(signatories_bound=bound, signatories_number=number)

    letter.validate_constraints()
    assert letter.pk


@pytest.mark.parametrize(("bound", "number"), [("", 17), ("exact", None), ("over", None)])
def test_a_number_of_signatories_says_whether_it_is_a_bound(bound, number):
    with pytest.raises(ValidationError, match="exact or a lower bound"):
        JointLetterFactory.build(signatories_bound=bound, signatories_number=number).validate_constraints()
    with pytest.raises(IntegrityError):
        JointLetterFactory(signatories_bound=bound, signatories_number=number)


def test_a_lower_bound_is_a_figure_that_says_over():
    JointLetterFactory(key="care", signatories_bound="over", signatories_number=80)
    JointLetterFactory(key="tax", signatories_bound="exact", signatories_number=17)

    figures = [evaluate(f"advocacy.signatories.{key}", YEAR) for key in ("care", "tax")]

    assert [(value.value, value.figure.is_floor, value.figure.kind) for value in figures] == [
        (80, True, "reported"),
        (17, False, "reported"),
    ]


def test_a_letter_names_an_addressee_once():
    addressee = AddresseeFactory()

    with pytest.raises(IntegrityError):
        AddresseeFactory(letter=addressee.letter, name=addressee.name)


def test_a_signatory_signs_once():
    signatory = SignatoryFactory()

    with pytest.raises(IntegrityError):
        SignatoryFactory(letter=signatory.letter, organisation=signatory.organisation)


@pytest.mark.parametrize(
    ("date", "end", "is_held"),
    [
        (None, None, True),
        ("2020", None, True),
        ("2024-12-31", None, True),
        ("2025-01", None, False),
        ("2020", "2023", False),
        ("2020", "2024", True),
        ("2020", "2024-12", True),
        ("2020", "2024-11", False),
    ],
)
def test_a_seat_is_held_from_its_appointment(date, end, is_held):
    AppointmentFactory(seat=SeatFactory(kind="board"), date=date, end=end)

    assert Appointment.objects.on_boards().in_force(YEAR).exists() is is_held


def test_seats_elsewhere_are_not_seats_on_boards():
    board = AppointmentFactory(seat=SeatFactory(kind="board"))
    for kind in ("experts", "dialogue", "jury"):
        AppointmentFactory(seat=SeatFactory(kind=kind))

    assert list(Appointment.objects.on_boards()) == [board]


def test_seats_on_boards_are_counted_by_person():
    term = AppointmentFactory(seat=SeatFactory(kind="board"), holder__key="linden")
    AppointmentFactory(seat=SeatFactory(kind="board"), holder=term.holder)
    AppointmentFactory(seat=SeatFactory(kind="board"), holder__key="maple")

    keys = ("external_seats", "external_seats.linden", "external_seats.maple")
    assert [evaluate(f"advocacy.{key}", YEAR).value for key in keys] == [3, 2, 1]


def test_a_policy_file_is_a_topic_that_acts_can_serve():
    file = PolicyFileFactory(key="care", pillar=PillarFactory(key="rights"))
    position, event = PositionFactory(), EventFactory()
    for act in (position, event):
        act.topics.add(file)
    PolicyFileFactory(key="tax", pillar=file.pillar)

    keys = ("files", "files.rights", "files.across", "acts.rights", "acts_of.care", "acts_of.tax")
    assert Topic.objects.get(key="care").policyfile == file
    assert [evaluate(f"advocacy.{key}", YEAR).value for key in keys] == [2, 2, 0, 2, 2, 0]


def test_an_ask_stands_once_a_file():
    ask = AskFactory()

    with pytest.raises(IntegrityError):
        AskFactory(file=ask.file, text=ask.text)


def test_a_milestone_stands_once_a_file():
    milestone = MilestoneFactory()

    with pytest.raises(IntegrityError):
        MilestoneFactory(file=milestone.file)


def test_a_record_supports_an_outcome_once():
    evidence = EvidenceFactory()

    with pytest.raises(IntegrityError):
        EvidenceFactory(outcome=evidence.outcome, record=evidence.record)


def test_evidence_is_not_deleted_from_under_its_outcome():
    evidence = EvidenceFactory()

    with pytest.raises(ProtectedError):
        evidence.record.delete()
