"""Personal data are erased some years after the last function of a person; the desk tells before."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from tests import factories
from umbel.accounts.models import User
from umbel.core.models import Change
from umbel.network import retention
from umbel.network.models import Contact, Invitation

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2012, 1, 1, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def own(db):
    return factories.ConfederationFactory(name="COOPS", retention_years=3)


def in_days(number):
    """The last day of a function whose data are erased so many days from now."""
    return retention.since(timezone.localdate() + timedelta(days=number), 3) - timedelta(days=1)


def former(name="Former", end="2019-06-30", **fields):
    """Somebody who signs in, and whose mandate is over."""
    user = factories.UserFactory(email=f"{name.lower()}@example.org", name=name, date_joined=LONG_AGO, **fields)
    person = factories.PersonFactory(name=name, user=user)
    factories.MandateFactory(person=person, start="2015", end=end)
    return user


def told(page):
    return [
        (each.person.name, each.on - timezone.localdate(), each.contacts, each.account)
        for each in page.context["erasures"]
    ]


def test_account_of_a_former_board_member_is_erased_and_the_mandate_stays_with_the_name(client, capsys):
    user = former()
    user.vouch()
    user.set_password("a very long walk in Rome")
    user.save()
    client.post("/account/login/", {"login": user.email, "password": "a very long walk in Rome"})
    signed_in = client.get("/my/preferences/").status_code
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})

    call_command("tidy")

    user = User.objects.get()
    assert (user.email, user.name, user.is_active, user.has_usable_password()) == (
        f"erased-{user.pk}@account.invalid", "Former", False, False,
    )  # fmt: skip
    assert (Authenticator.objects.count(), user.emailaddress_set.count(), Session.objects.count()) == (0, 0, 0)
    assert (signed_in, client.get("/my/preferences/").status_code) == (200, 302)
    mandate = factories.MandateFactory._meta.model.objects.get()
    assert (mandate.person.name, mandate.person.user) == ("Former", None)
    assert "1 accounts" in capsys.readouterr().out


def test_an_account_is_erased_once(capsys):
    former()

    call_command("tidy")
    call_command("tidy")

    assert "0 accounts" in capsys.readouterr().out.splitlines()[1]


def test_the_log_keeps_no_email_of_an_account():
    user = former()
    user.email = "other@example.org"
    user.save()

    call_command("tidy")

    lines = Change.objects.filter(type="accounts.user")
    assert len(lines) == 3
    assert [line.pk for line in lines if "@" in f"{line.text}{line.before}{line.after}"] == []


@pytest.mark.parametrize(
    ("account", "post"),
    [
        ({"role": "finance"}, None),
        ({"is_superuser": True}, None),
        ({}, {"end": None}),
        ({}, {"start": "2100", "end": None}),
        ({}, {"end": "2100-01-01"}),
    ],
)
def test_whoever_has_a_role_or_a_post_now_or_to_come_keeps_the_account(account, post):
    user = former(**account)
    if post:
        factories.PostFactory(person=user.person, **post)

    call_command("tidy")

    assert list(User.objects.values_list("email", "is_active")) == [("former@example.org", True)]


def test_an_account_without_a_function_is_kept_as_long_as_a_contact():
    person = factories.PersonFactory(user=factories.UserFactory())
    factories.ContactFactory(person=person)
    factories.UserFactory(date_joined=LONG_AGO)

    call_command("tidy")

    assert (User.objects.filter(is_active=True).count(), Contact.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"sent_at": 103}, 1),
        ({"sent_at": 105}, 0),
        ({"sent_at": 105, "accepted_at": 89}, 1),
        ({"sent_at": 105, "accepted_at": 91}, 0),
        ({"sent_at": 105, "withdrawn_at": 89}, 1),
        ({"sent_at": 91, "withdrawn_at": 91}, 0),
    ],
)
def test_invitations_are_erased_ninety_days_after_they_are_over(fields, left):
    ago = {name: timezone.now() - timedelta(days=days) for name, days in fields.items()}
    Invitation.objects.create(email="ada@example.org", name="Ada", **ago)

    call_command("tidy")

    assert Invitation.objects.count() == left


def test_the_desk_tells_before_what_will_be_erased(client_of):
    """Ada's account goes in five days, her telephone number is on record for less long; Bob's time is not near."""
    ada, late = former("Ada", end=in_days(5)), former("Late", end="2019")
    former("Bob", end=in_days(70))
    factories.ContactFactory(person=ada.person, recorded_on="2015")
    factories.ContactFactory(person=ada.person, kind="phone", value="02 543 10 33", recorded_on=in_days(40))
    browser = client_of("membership")

    page = browser.get("/desk/erasures/")

    assert told(page) == [
        (late.name, timedelta(0), 0, "late@example.org"),
        ("Ada", timedelta(days=5), 1, "ada@example.org"),
        ("Ada", timedelta(days=40), 1, ""),
    ]
    assert f"will be erased on {(timezone.localdate() + timedelta(days=5)):%-d %B %Y}" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_what_will_be_erased_asks_as_much_for_three_as_for_one(client_of, django_assert_num_queries, count):
    browser = client_of("membership")
    browser.get("/desk/erasures/")
    for number in range(count):
        former(f"Former{number}")

    with django_assert_num_queries(16):
        assert len(told(browser.get("/desk/erasures/"))) == count


def test_what_will_be_erased_is_erased_on_that_day(monkeypatch):
    user = former(end=in_days(5))
    today = timezone.localdate()

    for days in (4, 5):
        monkeypatch.setattr(retention.timezone, "localdate", lambda days=days: today + timedelta(days=days))
        assert retention.erase_accounts() == days - 4

    assert User.objects.get(pk=user.pk).is_active is False
