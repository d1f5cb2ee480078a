import pytest

from tests.factories import (
    EventFactory,
    EventPartnerFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    UserFactory,
)
from umbel.core.audience import Audience, Role, audience_of, audiences_of, is_in_audience, is_secretariat, keeps

EVERYBODY = {"public"}
MEMBERS = {"public", "members"}
SECRETARIAT = set(Audience.values) - {"administrator"}


@pytest.mark.parametrize(
    ("seat", "audiences"),
    [
        ("nobody", EVERYBODY),
        ("reader", EVERYBODY),
        ("affiliate", EVERYBODY),
        ("participant", EVERYBODY),
        ("funder", EVERYBODY),
        ("representative_a", MEMBERS),
        ("representative_b", MEMBERS),
        ("board", {"public", "board", "members"}),
        ("secretary_general", SECRETARIAT),
        ("membership", SECRETARIAT),
        ("advocacy", SECRETARIAT),
        ("communication", SECRETARIAT),
        ("finance", SECRETARIAT),
        ("administrator", set(Audience.values)),
        ("superuser", set(Audience.values)),
    ],
)
def test_a_seat_gives_its_audiences(cast, seat, audiences):
    assert audiences_of(cast.people[seat]) == audiences


def test_without_a_user_there_is_the_public():
    assert audiences_of(None) == EVERYBODY


@pytest.mark.django_db
def test_an_unknown_role_keeps_nothing():
    assert [keeps(user, "events") for user in (None, UserFactory(role="gardener"), UserFactory(role=Role.NONE))] == [
        False,
        False,
        False,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("membership", "post", "audiences"),
    [
        ({}, {}, MEMBERS),
        ({"end": "2020"}, {}, EVERYBODY),
        ({"start": "2999"}, {}, EVERYBODY),
        ({}, {"end": "2020-06"}, EVERYBODY),
        ({}, {"start": "2999-01-01"}, EVERYBODY),
        ({"start": "2000", "end": "2999"}, {"start": "2001", "end": "2998"}, MEMBERS),
    ],
)
def test_who_speaks_for_a_member_holds_a_post_today_where_a_membership_runs_today(membership, post, audiences):
    user, organisation = UserFactory(), OrganisationFactory()
    MembershipFactory(organisation=organisation, **membership)
    PostFactory(person=PersonFactory(user=user), organisation=organisation, **post)

    assert audiences_of(user) == audiences


@pytest.mark.django_db
def test_audiences_are_asked_once_a_request(django_assert_num_queries):
    user = UserFactory()

    with django_assert_num_queries(2):
        audiences_of(user)
    with django_assert_num_queries(0):
        audiences_of(user)


@pytest.mark.django_db
def test_a_part_is_seen_by_whoever_sees_the_whole():
    partner = EventPartnerFactory(event=EventFactory(audience="board"))

    assert audience_of(partner) == "board"


def test_the_predicates_read_the_audiences(cast):
    kept = EventFactory(audience="secretariat")

    assert [is_in_audience(cast.people[seat], kept) for seat in ("secretariat", "reader")] == [True, False]
    assert [is_secretariat(cast.people[seat]) for seat in ("secretariat", "superuser", "board")] == [True, True, False]
    assert is_in_audience(cast.secretariat, None) is False
