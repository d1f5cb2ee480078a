"""Rows within a period and in force on a day, told on memberships; every dated record goes by the same rule."""

from datetime import date

import pytest

from tests.factories import EventFactory, MembershipFactory, PositionFactory, TopicFactory
from umbel.advocacy.models import Position
from umbel.core.periods import Period
from umbel.events.models import Event
from umbel.network.models import Membership

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)
JUNE_15 = YEAR.as_at(date(2024, 6, 15))


@pytest.mark.parametrize(
    ("start", "end", "at_the_end", "in_june"),
    [
        (None, None, True, True),
        ("2020", None, True, True),
        ("2024", None, True, True),
        ("2024-06", None, True, True),
        ("2024-06-15", None, True, True),
        ("2024-06-16", None, True, False),
        ("2024-07", None, True, False),
        ("2024-12-31", None, True, False),
        ("2025", None, False, False),
        ("2025-01-01", None, False, False),
        (None, "2023", False, False),
        (None, "2023-12-31", False, False),
        (None, "2024", True, True),
        (None, "2024-06", False, True),
        (None, "2024-06-14", False, False),
        (None, "2024-06-15", False, True),
        (None, "2024-12", True, True),
        (None, "2024-12-30", False, True),
        (None, "2024-12-31", True, True),
        (None, "2025", True, True),
        ("2024-12-31", "2024-12-31", True, False),
    ],
)
def test_in_force_at_the_edges_of_partial_dates(start, end, at_the_end, in_june):
    MembershipFactory(start=start, end=end)

    assert Membership.objects.in_force(YEAR).exists() is at_the_end
    assert Membership.objects.in_force(JUNE_15).exists() is in_june


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        (None, None, True),
        ("2024-12-31", None, True),
        ("2025", None, False),
        (None, "2024", True),
        (None, "2024-01", True),
        (None, "2024-01-01", True),
        (None, "2023-12-31", False),
        (None, "2023-12", False),
        (None, "2023", False),
        ("2024-03", "2024-04", True),
        ("2020", "2030", True),
    ],
)
def test_overlapping_is_in_force_at_any_time(start, end, overlaps):
    MembershipFactory(start=start, end=end)

    assert Membership.objects.overlapping(YEAR).exists() is overlaps


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        ("2024", True),
        ("2024-01-01", True),
        ("2024-12-31", True),
        ("2024-12", True),
        ("2023-12-31", False),
        ("2025-01-01", False),
        ("2025", False),
        (None, False),
    ],
)
def test_within_keeps_what_lies_wholly_inside(day, inside):
    EventFactory(date=day)

    assert Event.objects.within(YEAR).exists() is inside


def test_acts_are_listed_or_left_out():
    listed = PositionFactory()
    PositionFactory(in_review=False, review_note="Told under the campaign.")

    assert list(Position.objects.listed()) == [listed]


def test_acts_about_a_topic():
    care, skills = TopicFactory(key="care"), TopicFactory(key="skills")
    on_both, on_care, _ = PositionFactory.create_batch(3)
    on_both.topics.add(care, skills)
    on_care.topics.add(care)

    assert set(Position.objects.about("care")) == {on_both, on_care}
    assert list(Position.objects.about("skills")) == [on_both]


def test_a_record_goes_by_its_key_and_a_part_by_its_number():
    event, membership = EventFactory(key="t01"), MembershipFactory()

    assert (event.handle, membership.handle) == ("t01", str(membership.pk))
    assert event.get_absolute_url() == "/events/t01/"
