"""The cast walks the table of addresses, with the example year loaded."""

import time
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.cast import SEATS, assemble
from tests.house.access import ACCESS, ALL, GUARDED, MORE, STAFF
from tests.house.tree import ROOT

MODEL_BACKEND = "umbel.accounts.backends.PasswordBackend"


def names(patterns):
    """Every URL name below some patterns, those of included modules among them."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from names(pattern.url_patterns)


@pytest.fixture(scope="module")
def browsers(django_db_setup, django_db_blocker):
    """The browser of each seat, with the example year on record beside the cast."""
    with django_db_blocker.unblock(), transaction.atomic():
        # The cast comes first: its Board then is the Board that the example fills.
        cast = assemble()
        call_command("load", str(ROOT / "examples" / "cecop-2024"), stdout=StringIO())
        yield {seat: _browser(cast, seat) for seat in SEATS}
        transaction.set_rollback(True)


def _browser(cast, seat):
    """A browser in which somebody has just typed their password."""
    client = Client()
    if seat != "nobody":
        client.force_login(cast.people[seat], backend=MODEL_BACKEND)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(cast.people[seat].pk)
        session.save()
    return client


def status(browser, path):
    """The status of a page; one that has moved for good counts as where it is now."""
    answer = browser.get(path)
    return answer.status_code if answer.status_code != 301 else status(browser, answer.url)


def test_access_table_names_every_address_once():
    assert sorted(address.name for address in ACCESS) == sorted(names(get_resolver().url_patterns))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*ACCESS, *GUARDED, *MORE], ids=str)
def test_address_opens_for_its_audience_and_not_for_others(browsers, address):
    path = address.path

    answers = {seat: status(browser, path) for seat, browser in browsers.items()}

    assert answers == {seat: address.expected(seat) for seat in SEATS}


# Pages that stand for themselves: a mail as it was sent, suggestions under a field of search.
BARE = {"desk.outbox.html", "website.search.suggest"}


@pytest.mark.django_db
def test_quick_capture_stands_on_every_page_that_the_secretary_general_walks(browsers):
    pages = {}
    for address in [*ACCESS, *MORE]:
        if address.expected("secretary_general") == 200 and address.name not in BARE:
            page = browsers["secretary_general"].get(address.path, follow=True)
            if page["Content-Type"].startswith("text/html") and page.status_code == 200:
                pages[str(address)] = page.content.count(b'action="/desk/capture/"')

    assert len(pages) > 60
    assert {name: many for name, many in pages.items() if many != 1} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("seat", sorted(ALL - STAFF))
def test_quick_capture_is_not_there_for_others(browsers, seat):
    paths = ("/", "/members/", "/figures/2024/", "/audit/2024/", "/reports/2024/", "/my/")

    shown = [
        b"desk/capture" in browsers[each].get(path).content for path in paths for each in ("secretary_general", seat)
    ]

    assert shown == [True, False] * len(paths)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for address in ACCESS if address.is_door], ids=str)
def test_a_door_leads_visitors_to_the_sign_in_page(browsers, address):
    answer = browsers["nobody"].get(address.path)

    assert urlsplit(answer.url).path == (reverse("account_login") if address.name != "account_logout" else "/")


HIDDEN = [
    ("nobody", "/records/communication.issue/o03a/", "/records/communication.issue/nothing/"),
    ("nobody", "/newsletters/o03a/", "/newsletters/nothing/"),
    ("nobody", "/documents/general-assembly-2024-papers/", "/documents/nothing/"),
    ("funder", "/documents/general-assembly-2024-papers/", "/documents/nothing/"),
    ("representative_b", "/my/organisation/member-a/edit/", "/my/organisation/nothing/edit/"),
    ("representative_a", "/desk/events/1/", "/desk/events/999999/"),
    ("nobody", "/desk/events/1/", "/desk/events/999999/"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("seat", "hidden", "nowhere"), HIDDEN)
def test_what_is_hidden_and_what_is_not_there_look_alike(browsers, seat, hidden, nowhere):
    """The two answers differ in the address that they carry to sign-in only."""
    answers = [browsers[seat].get(path) for path in (hidden, nowhere)]

    pages = [answer.content.decode().replace(path, "") for answer, path in zip(answers, (hidden, nowhere), strict=True)]
    assert pages[0] == pages[1]
    assert [answer.status_code for answer in answers] in ([404, 404], [302, 302])


@pytest.mark.django_db
@pytest.mark.parametrize("seat", SEATS)
def test_engine_room_is_shut_unless_the_operator_opens_it(browsers, seat):
    assert browsers[seat].get("/engine-room/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "delete"])
@pytest.mark.parametrize("address", ACCESS, ids=str)
def test_without_a_valid_form_no_address_changes_a_record(browsers, address, method):
    from umbel.core.changelog import Change

    before = Change.objects.count()
    browser = Client()
    browser.cookies.load(browsers["secretary_general"].cookies.output(header="").strip())

    with transaction.atomic():
        getattr(browser, method)(address.path)
        after = Change.objects.count()
        transaction.set_rollback(True)

    assert after == before
