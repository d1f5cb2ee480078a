"""Seats around the confederation that can be asked for a second step, beside the roles of the secretariat."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tests.cast import SEATS
from umbel.network.models import Post

pytestmark = pytest.mark.django_db
PASSWORD = "a very long walk in Rome"
SET_UP = "/account/second-step/"


@pytest.fixture(autouse=True)
def _no_limit_is_used_up(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


def signed_in(user):
    """A browser in which somebody has just typed their password."""
    user.set_password(PASSWORD)
    user.save()
    browser = Client()
    browser.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return browser


def is_led_to_the_set_up(user):
    answer = signed_in(user).get("/my/preferences/")
    return (answer.status_code, answer.get("Location")) == (302, SET_UP)


@pytest.mark.parametrize(
    ("named", "seats"),
    [
        ("board", {"board"}),
        ("members", {"representative_a", "representative_b", "affiliate", "board"}),
        ("participants", {"participant", "board"}),
        ("funder", {"funder"}),
    ],
)
def test_a_seat_that_needs_a_second_step_reaches_its_set_up_alone(cast, settings, named, seats):
    settings.MFA_ROLES = frozenset({named})

    led = {seat for seat in SEATS if seat != "nobody" and is_led_to_the_set_up(cast.people[seat])}

    assert led == seats


def test_a_seat_with_a_second_step_goes_everywhere(cast, settings):
    settings.MFA_ROLES = frozenset({"board"})
    browser = signed_in(cast.board)
    before = browser.get("/my/preferences/").status_code
    Authenticator.objects.create(user=cast.board, type="totp", data={})

    assert (before, browser.get("/my/preferences/").status_code) == (302, 200)


def test_whoever_has_left_the_seat_is_asked_no_more(cast, settings):
    settings.MFA_ROLES = frozenset({"members"})
    Post.objects.filter(person__user=cast.representative_a).update(end="2020")

    assert is_led_to_the_set_up(cast.representative_a) is False


@pytest.mark.parametrize("name", ["public", "secretariat", "gardener"])
def test_a_seat_that_there_is_not_is_told_by_the_check(settings, name):
    from umbel.accounts.apps import mfa_roles_are_roles

    settings.MFA_ROLES = frozenset({"board", "members", "participants", "funder", "finance", name})

    assert [error.msg for error in mfa_roles_are_roles()] == [f"UMBEL_MFA_ROLES names a role that there is not: {name}"]
