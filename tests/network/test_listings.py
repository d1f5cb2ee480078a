"""Members as pages and print lay them out."""

import pytest

from tests.factories import MembershipFactory
from umbel.core.periods import Period
from umbel.network.listings import changes

pytestmark = pytest.mark.django_db


def test_changes_name_who_joined_and_who_left():
    MembershipFactory(organisation__name="Always", start="2001")
    MembershipFactory(organisation__name="New", start="2024-03")
    MembershipFactory(organisation__name="Gone", start="2001", end="2024-02-28")

    assert changes(Period.year(2024)) == {"came": ["New"], "left": ["Gone"]}


def test_without_a_change_nobody_is_named():
    MembershipFactory(start="2001")

    assert changes(Period.year(2024)) == {"came": [], "left": []}
