"""Meetings of a group are numbered by the meetings before them."""

import pytest

from tests.factories import AppointmentFactory, ConfederationFactory, GroupFactory, GroupMeetingFactory, SeatFactory

pytestmark = pytest.mark.django_db


def test_meetings_are_numbered_within_their_group():
    group = GroupFactory()
    october = GroupMeetingFactory(group=group, date="2024-10", key="b")
    september = GroupMeetingFactory(group=group, date="2024-09", key="c")
    GroupMeetingFactory(date="2024-01")

    assert [september.number, october.number] == [1, 2]


def test_the_page_of_a_meeting_tells_its_number(client):
    ConfederationFactory()
    meeting = GroupMeetingFactory(date="2024-09")

    page = client.get(meeting.get_absolute_url()).content.decode()

    assert "Meeting of the group, number" in page


def test_terms_on_a_seat_are_numbered_by_date():
    seat = SeatFactory(kind="experts")
    second = AppointmentFactory(seat=seat, date="2024-06")
    first = AppointmentFactory(seat=seat, date="2019")

    assert [first.derived_facts()[0][1], second.derived_facts()[0][1]] == [1, 2]
