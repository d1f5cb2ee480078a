"""Signing in, and what protects an account."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories import UserFactory
from umbel.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a very long walk in Rome"


@pytest.fixture(autouse=True)
def _no_limit_is_used_up():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ada():
    user = User.objects.create_user("ada@example.org", PASSWORD, name="Ada")
    user.vouch()
    return user


def sign_in(client, email, password=PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def told(answer):
    return re.findall(r"<p>([^<]*)</p></div>", answer.content.decode())


@pytest.mark.parametrize("email", ["ada@example.org", "Ada@Example.Org", " ada@example.org"])
def test_email_and_password_sign_in(client, ada, email):
    answer = sign_in(client, email)

    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_next_page_leads_on_this_site_only(client, ada):
    answers = [
        Client().post("/account/login/", {"login": ada.email, "password": PASSWORD, "next": path}).url
        for path in ("/year/2024/", "https://elsewhere.example/")
    ]

    assert answers == ["/year/2024/", "/"]


def test_an_unknown_email_and_a_wrong_password_look_alike(client, ada):
    unknown = sign_in(client, "nobody@example.org")
    wrong = sign_in(client, ada.email, "not my password")

    assert told(unknown) == told(wrong) == ["The email address and/or password you specified are not correct."]


def test_the_page_of_a_forgotten_password_does_not_tell_who_has_an_account(ada):
    pages = [
        Client().post("/account/password/reset/", {"email": email}, follow=True).content.decode()
        for email in (ada.email, "nobody@example.org")
    ]

    assert pages[0] == pages[1]
    assert [sent.to for sent in mail.outbox] == [[ada.email]]


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(client, ada):
    client.post("/account/password/reset/", {"email": ada.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = {"password1": "another walk in Milan", "password2": "another walk in Milan"}
    client.post(form, new)
    again = Client().get(link, follow=True)

    assert [is_signed_in_with(ada, word) for word in (PASSWORD, new["password1"])] == [False, True]
    assert "This link is no longer good" in again.content.decode()


def is_signed_in_with(user, password):
    client = Client()
    sign_in(client, user.email, password)
    return is_signed_in(client)


def test_after_five_wrong_passwords_the_right_one_has_to_wait(ada):
    for _ in range(5):
        sign_in(Client(), ada.email, "not my password")

    client = Client()
    answer = sign_in(client, ada.email)

    assert told(answer) == ["Too many failed login attempts. Try again later."]
    assert not is_signed_in(client)


def test_limits_are_counted_for_all_processes_together(ada, settings):
    """What one process counts stands in the database, where the others read it."""
    from django.db import connection

    sign_in(Client(), ada.email, "not my password")

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM umbel_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] == 2  # by address of the network, and by e-mail


def test_an_email_that_was_never_proved_has_to_be_first(client):
    User.objects.create_user("new@example.org", PASSWORD)

    first = sign_in(client, "new@example.org")
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    client.post(link)
    sign_in(client, "new@example.org")

    assert first.url == "/account/confirm-email/"
    assert is_signed_in(client)


def test_a_closed_account_does_not_sign_in(client, ada):
    User.objects.update(is_active=False)

    sign_in(client, ada.email)

    assert not is_signed_in(client)


def test_nobody_registers_alone(client):
    page = client.get("/account/signup/").content.decode()
    client.post("/account/signup/", {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert "Accounts are made by invitation" in page
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "password1234", "ada@example.org", "123456789012"])
def test_a_weak_password_is_refused(client, ada, password):
    client.force_login(ada)

    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password})

    assert User.objects.get().check_password(PASSWORD)


def test_a_device_is_signed_out_from_another(ada):
    here, there = Client(HTTP_USER_AGENT="Desk"), Client(HTTP_USER_AGENT="Telephone")
    for client in (here, there):
        sign_in(client, ada.email)
    page = here.get("/account/sessions/")
    [other] = [session for session in page.context["sessions"] if session.user_agent == "Telephone"]

    here.post(f"/account/sessions/{other.pk}/end/")

    assert [client.get("/account/email/").status_code for client in (here, there)] == [200, 302]
    assert [session.user_agent for session in here.get("/account/sessions/").context["sessions"]] == ["Desk"]
    assert [is_signed_in(client) for client in (here, there)] == [True, False]


def test_nobody_ends_the_session_of_somebody_else(ada):
    sign_in(hers := Client(), ada.email)
    session = hers.get("/account/sessions/").context["sessions"][0]
    other = Client()
    other.force_login(UserFactory())

    answer = other.post(f"/account/sessions/{session.pk}/end/")

    assert (answer.status_code, hers.get("/account/email/").status_code) == (404, 200)
    assert hers.get("/account/sessions/").context["sessions"] == [session]
    assert session not in other.get("/account/sessions/").context["sessions"]


def test_a_new_email_counts_once_its_link_was_opened(client, ada):
    sign_in(client, ada.email)

    client.post("/account/email/", {"email": "Countess@example.org", "action_add": ""})
    before = User.objects.get().email
    client.post(re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1])

    assert (before, User.objects.get().email) == ("ada@example.org", "countess@example.org")


def test_a_role_that_needs_a_second_step_reaches_its_set_up_alone(client_of, settings):
    settings.MFA_ROLES = frozenset({"finance", "administrator"})
    paths = ["/account/password/reset/", "/account/password/change/", "/account/second-step/"]

    answers = {
        seat: [client_of(seat).get(path).status_code for path in paths]
        for seat in ("finance", "superuser", "reader", "nobody")
    }

    assert answers == {
        "finance": [302, 302, 200],
        "superuser": [302, 302, 200],
        "reader": [200, 200, 200],
        "nobody": [200, 302, 302],
    }


def test_who_has_a_second_step_goes_everywhere(cast, client_of, settings):
    settings.MFA_ROLES = frozenset({"finance"})
    Authenticator.objects.create(user=cast.finance, type="recovery_codes", data={})
    with_codes_only = client_of("finance").get("/account/inactive/")
    Authenticator.objects.create(user=cast.finance, type="totp", data={})

    assert (with_codes_only.status_code, client_of("finance").get("/account/inactive/").status_code) == (302, 200)
    assert with_codes_only.url == "/account/second-step/"


def test_a_role_that_there_is_not_is_told_by_the_check(settings):
    from umbel.accounts.apps import mfa_roles_are_roles

    settings.MFA_ROLES = frozenset({"finance", "gardener"})

    assert [error.msg for error in mfa_roles_are_roles()] == [
        "UMBEL_MFA_ROLES names a role that there is not: gardener"
    ]


def test_the_session_cookie_stays_with_this_site(client, ada):
    sign_in(client, ada.email)

    cookie = client.cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_there_is_no_sign_in_as_others_but_in_a_demonstration(client, ada, settings):
    ada.preferences = {"demo": "speaks for a member"}
    ada.save()
    answers = []
    for demo in (False, True):
        settings.DEMO = demo
        client = Client()
        answers.append((client.post("/account/as/", {"user": ada.pk}).status_code, is_signed_in(client)))

    assert answers == [(404, False), (302, True)]


def test_in_a_demonstration_only_its_cast_can_be_taken(client, ada, settings):
    settings.DEMO = True
    UserFactory(name="Bea", preferences={"demo": "speaks for a member"})

    answer = client.post("/account/as/", {"user": ada.pk})

    page = client.get("/account/as/").text
    assert (answer.status_code, is_signed_in(client)) == (404, False)
    assert [f'value="{user.pk}"' in page for user in User.objects.order_by("name")] == [False, True]
