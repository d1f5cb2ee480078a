"""Two records of one person who has two accounts: which one stays is said, never lost on the way."""

from datetime import UTC, datetime

import pytest

from tests import factories
from umbel.accounts.models import User
from umbel.core.models import Merge
from umbel.network.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    last = datetime(2024, 5, 9, 10, 30, tzinfo=UTC)
    accounts = [
        factories.UserFactory(email="ada@example.org", role="finance"),
        factories.UserFactory(email="lovelace@example.org", last_login=last),
    ]
    return [factories.PersonFactory(name="Ada Lovelace", user=account) for account in accounts]


def compare(browser, people):
    kept, gone = people
    return browser.get(f"/desk/people/{kept.pk}/merge/", {"with-number": gone.pk})


def merge(browser, people, account=""):
    kept, gone = people
    return browser.post(f"/desk/people/{kept.pk}/merge/", {"with-number": gone.pk, "account": account}, follow=True)


def state():
    people = sorted(Person.objects.filter(name="Ada Lovelace").values_list("user__email", flat=True))
    return people, list(User.objects.filter(is_active=False).values_list("email", flat=True))


BEFORE = (["ada@example.org", "lovelace@example.org"], [])


def test_both_accounts_are_shown_with_their_last_sign_in(client_of, people):
    page = compare(client_of("administrator"), people)

    words = " ".join(page.text.split())
    assert [line["account"] for line in page.context["accounts"]] == [person.user for person in people]
    assert '<b>ada@example.org</b> · finance officer <span class="origin">never signed in</span>' in words
    assert '<b>lovelace@example.org</b> <span class="origin">last sign-in 9 May 2024, ' in words


@pytest.mark.parametrize(("chosen", "closed"), [(0, "lovelace@example.org"), (1, "ada@example.org")])
def test_an_administrator_chooses_which_account_stays(client_of, people, chosen, closed):
    browser = client_of("administrator")

    merge(browser, people, people[chosen].user.pk)
    after = state()
    browser.post("/desk/merges/undo/", {"merge": Merge.objects.get().pk})

    assert after == ([people[chosen].user.email], [closed])
    assert state() == BEFORE


def test_without_a_choice_nothing_is_merged(client_of, people):
    answer = merge(client_of("administrator"), people)

    assert "Both have an account: say which one stays" in answer.text
    assert state() == BEFORE


def test_a_membership_officer_leaves_two_open_accounts_to_the_administrator(client_of, people):
    browser = client_of("membership")

    page = compare(browser, people)
    answer = merge(browser, people, people[0].user.pk)

    assert (page.context["is_stuck"], 'name="account"' in page.text) == (True, False)
    assert "Both have an account: say which one stays" in answer.text
    assert state() == BEFORE


def test_a_membership_officer_merges_once_one_of_the_accounts_is_closed(client_of, people):
    User.objects.filter(pk=people[0].user.pk).update(is_active=False)

    merge(client_of("membership"), people)

    assert state() == (["lovelace@example.org"], ["ada@example.org"])


def test_a_merge_that_closed_an_account_is_undone_by_an_administrator_alone(client_of, people):
    merge(client_of("administrator"), people, people[0].user.pk)
    number = Merge.objects.get().pk

    answers = [
        client_of(seat).post("/desk/merges/undo/", {"merge": number}) for seat in ("membership", "administrator")
    ]

    assert [answer.status_code for answer in answers] == [404, 302]
    assert state() == BEFORE


def test_nobody_closes_their_own_account_by_a_merge(cast, client_of, people):
    Person.objects.filter(pk=people[1].pk).update(user=cast.people["administrator"])
    pair = list(Person.objects.filter(name="Ada Lovelace").order_by("pk"))

    page = compare(client_of("administrator"), pair)
    merge(client_of("administrator"), pair, pair[0].user.pk)

    assert [line["may_stay"] for line in page.context["accounts"]] == [False, True]
    assert state() == (["ada@example.org", "administrator@example.org"], [])
