import pytest
from django.db import IntegrityError

from tests.factories import GroupFactory, GroupMeetingFactory, GroupOutputFactory
from umbel.core.figures import evaluate
from umbel.core.periods import Period
from umbel.groups.models import Group, GroupMeeting

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


def test_a_steering_committee_is_not_a_working_group():
    working = GroupMeetingFactory(group=GroupFactory(key="procurement", kind="working"))
    GroupMeetingFactory(group=GroupFactory(key="elections", kind="steering"), kind="steering")

    keys = ("active", "meetings", "meetings.procurement", "meetings.elections")
    assert list(Group.objects.working()) == [working.group]
    assert list(GroupMeeting.objects.of_working_groups()) == [working]
    assert [evaluate(f"groups.{key}", YEAR).value for key in keys] == [1, 1, 1, 1]


def test_a_group_is_active_while_it_is_in_being():
    GroupFactory(end="2023")
    GroupFactory(start="2025")
    ended = GroupFactory(end="2024-01")

    assert list(evaluate("groups.active", YEAR).rows()) == [ended]


def test_a_result_is_told_once_a_group():
    output = GroupOutputFactory()

    with pytest.raises(IntegrityError):
        GroupOutputFactory(group=output.group, text=output.text)
