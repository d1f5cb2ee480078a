"""What a mandate opens, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import DocumentFactory
from umbel.core.audience import Audience, audiences_of
from umbel.governance.models import Mandate
from umbel.network.models import Membership

pytestmark = pytest.mark.django_db


def opens(browser, row):
    return browser.get(row.get_absolute_url()).status_code == 200


def test_whoever_sits_on_the_board_for_a_member_sees_what_is_for_members(cast, client_of):
    paper, other = DocumentFactory(audience="members"), DocumentFactory(audience="secretariat")

    assert [opens(client_of("board"), row) for row in (paper, other)] == [True, False]
    assert audiences_of(cast.board) == {Audience.PUBLIC, Audience.MEMBERS, Audience.BOARD}


@pytest.mark.parametrize("model", [Mandate, Membership])
def test_mandate_or_membership_that_ended_yesterday_opens_nothing_for_members(client_of, model):
    paper = DocumentFactory(audience="members")

    model.objects.update(end=timezone.localdate() - timedelta(days=1))

    assert not opens(client_of("board"), paper)


def test_mandate_for_no_member_opens_the_board_alone(cast):
    Mandate.objects.update(organisation=None)

    assert audiences_of(cast.board) == {Audience.PUBLIC, Audience.BOARD}
