"""A role of the secretariat comes with a post in the confederation's own organisation, and ends with it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests import factories
from umbel.accounts.models import User
from umbel.network.models import Post

pytestmark = pytest.mark.django_db
PASSWORD = "a very long walk in Rome"
LIST, INVITE = "/desk/users/", "/desk/users/invite/"


@pytest.fixture
def house(cast):
    factories.ConfederationFactory(reporting_year=2024)
    return factories.OrganisationFactory(key="house", name="The House", kind="self")


def invite(browser, **more):
    """Invite Ada and let her take up the invitation; return her account."""
    browser.post(INVITE, {"name": "Ada", "email": "ada@example.org", **more})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    Client().post(link, {"password": PASSWORD, "again": PASSWORD})
    return User.objects.get(email="ada@example.org")


def posts_of(user):
    posts = Post.objects.filter(person__user=user)
    return [(str(post.organisation), post.kind, post.title, str(post.start), post.end) for post in posts]


@pytest.mark.parametrize(("function", "title"), [("Head of money", "Head of money"), ("", "Finance officer")])
def test_an_invitation_with_a_role_makes_a_post_in_the_house(client_of, house, function, title):
    ada = invite(client_of("administrator"), role="finance", function=function)

    assert posts_of(ada) == [("The House", "staff", title, timezone.localdate().isoformat(), None)]


def test_a_role_given_by_invitation_ends_with_the_post(client_of, house):
    ada = invite(client_of("administrator"), role="finance")
    browser = Client()
    browser.force_login(ada, backend="umbel.accounts.backends.PasswordBackend")
    before = browser.get("/desk/").status_code

    yesterday = timezone.localdate() - timedelta(days=1)
    for post in Post.objects.filter(person__user=ada):
        post.start, post.end = "2020", yesterday.isoformat()
        post.save()

    assert (before, browser.get("/desk/").status_code) == (200, 404)


def test_an_invitation_with_a_role_lengthens_no_post_in_the_house(client_of, house):
    ends = (timezone.localdate() + timedelta(days=9)).isoformat()
    post = factories.PostFactory(organisation=house, person__name="Ada Lovelace", title="Trainee", end=ends)

    ada = invite(client_of("administrator"), role="finance", person="Ada Lovelace")

    assert list(Post.objects.filter(person__user=ada)) == [post]
    assert str(Post.objects.get(pk=post.pk).end) == ends


def test_an_invitation_with_a_role_names_another_organisation_where_that_is_meant(client_of, cast, house):
    ada = invite(client_of("administrator"), role="finance", organisation="Member A")

    assert [post[:2] for post in posts_of(ada)] == [("Member A", "representative")]


def test_an_invitation_without_a_role_makes_no_post_in_the_house(client_of, house):
    assert posts_of(invite(client_of("administrator"))) == []


def test_an_invitation_with_a_role_makes_no_post_where_the_house_is_not_on_record(cast, client_of):
    ada = invite(client_of("administrator"), role="finance")

    assert (ada.role, posts_of(ada)) == ("finance", [])


def without_a_post(browser):
    return {account.email for account in browser.get(LIST, {"without": "post"}).context["leaf"].rows}


def test_accounts_with_a_role_and_no_post_are_marked_and_listed(cast, client_of, house):
    for name, end in (("advocacy", None), ("finance", "2020"), ("reader", None)):
        person = factories.PersonFactory(user=cast.people[name])
        factories.PostFactory(person=person, organisation=house, end=end)
    factories.PostFactory(person=factories.PersonFactory(user=cast.people["membership"]), organisation=cast.member_a)
    browser = client_of("administrator")

    marked = {account.email for account in browser.get(LIST).context["leaf"].rows if account.is_unbound}

    names = {"secretary_general", "membership", "communication", "administrator"}
    assert marked == without_a_post(browser) == {f"{name}@example.org" for name in names}
    assert browser.get(LIST).text.count("no post in the secretariat") == 4


def test_closed_accounts_and_superusers_need_no_post(cast, client_of, house):
    User.objects.filter(email="finance@example.org").update(is_active=False)
    User.objects.filter(email="superuser@example.org").update(role="advocacy")

    found = without_a_post(client_of("administrator"))

    assert {"finance@example.org", "superuser@example.org"} & found == set()


@pytest.mark.parametrize(("seat", "number"), [("administrator", 6), ("secretary_general", 0)])
def test_home_of_the_desk_tells_the_administrator_of_roles_without_a_post(client_of, house, seat, number):
    gaps = client_of(seat).get("/desk/").context["missing"]

    told = [(gap.number, gap.url) for gap in gaps if gap.url.startswith(LIST)]
    assert told == ([(number, "/desk/users/?without=post")] if number else [])
