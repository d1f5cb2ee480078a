"""A role of the secretariat ends with the post in the confederation's own organisation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.cast import SECRETARIAT, end
from umbel.accounts.models import User

pytestmark = pytest.mark.django_db


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def house(db):
    factories.ConfederationFactory(reporting_year=2024)
    return factories.OrganisationFactory(key="house", kind="self")


def seated(user, house, **post):
    person, _made = (user.person, False) if hasattr(user, "person") else (factories.PersonFactory(user=user), True)
    factories.PostFactory(person=person, organisation=house, kind="staff", **post)


@pytest.mark.parametrize("seat", SECRETARIAT)
def test_the_role_counts_to_the_end_of_the_last_day(cast, client_of, house, seat):
    browser = client_of(seat)
    seated(cast.people[seat], house, end=in_days(0))
    on_the_last_day = browser.get("/desk/").status_code

    end(cast.people[seat].person.posts.all(), in_days(-1))

    assert (on_the_last_day, browser.get("/desk/").status_code) == (200, 404)
    assert User.objects.get(pk=cast.people[seat].pk).role == seat


@pytest.mark.parametrize(
    ("posts", "status"),
    [
        ([], 200),
        ([{"end": -1}], 404),
        ([{"end": -1}, {"end": None}], 200),
        ([{"end": -1}, {"start": 9}], 200),
        ([{"end": -9}, {"end": -1}], 404),
    ],
)
def test_the_role_counts_as_long_as_one_post_is_not_over(cast, client_of, house, posts, status):
    for number, post in enumerate(posts):
        days = {name: in_days(day) for name, day in post.items() if day is not None}
        seated(cast.people["advocacy"], house, title=f"Officer {number}", **days)

    assert client_of("advocacy").get("/desk/").status_code == status


def test_a_post_that_ended_elsewhere_ends_no_role(cast, client_of, house):
    seated(cast.people["advocacy"], cast.member_a, end=in_days(-1))

    assert client_of("advocacy").get("/desk/").status_code == 200


def test_whoever_left_keeps_nothing_by_role(cast, client_of, house):
    seated(cast.people["administrator"], house, end=in_days(-1))
    browser = client_of("administrator")
    paper = factories.DocumentFactory(audience="secretariat")

    paths = ("/desk/users/", "/desk/outbox/", "/start/name/", "/desk/organisations/add/", paper.get_absolute_url())

    assert [browser.get(path).status_code for path in paths] == [404] * len(paths)


def test_whoever_left_is_what_else_they_are(cast, client_of, house):
    user = cast.people["advocacy"]
    seated(user, house, end=in_days(-1))
    seated(user, cast.member_a, title="Delegate")
    paper = factories.DocumentFactory(audience="members")

    assert client_of("advocacy").get(paper.get_absolute_url(), follow=True).status_code == 200


def test_a_superuser_is_one_whatever_post_ended(cast, client_of, house):
    seated(cast.superuser, house, end=in_days(-1))

    assert client_of("superuser").get("/desk/").status_code == 200
