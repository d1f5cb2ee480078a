"""Who may open which address: one table for the whole site, and the cast walks it with the example year loaded."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.cast import SEATS, assemble
from tests.house.tree import ROOT

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
ALL = set(SEATS)
MEMBERS = {"representative_a", "representative_b", "secretariat", "superuser"}
NONE = set()

# Each URL name once, with the arguments of an address of the example year and those who may open it.
ACCESS = [
    ("website.home", [], ALL),
    ("website.colours", [], ALL),
    ("website.year.show", [2024], ALL),
    ("website.year.listing", [2024], ALL),
    ("website.record.show", ["events.event", "t50"], ALL),
    ("reports.figure.list", [2024], ALL),
    ("reports.figure.table", [2024, "csv"], ALL),
    ("reports.figure.show", [2024, "advocacy.positions"], ALL),
    ("reports.figure.rows", [2024, "advocacy.positions", "json"], ALL),
    ("reports.audit.show", [2024], ALL),
    ("reports.audit.json", [2024], ALL),
    ("reports.report.show", [2024], ALL),
    ("reports.report.file", [2024, "report.pdf"], ALL),
]

# Addresses under the same names that not everybody, or nobody, may open.
GUARDED = [
    ("website.record.show", ["communication.issue", "o03a"], MEMBERS),
    ("website.record.show", ["library.document", "general-assembly-2024-papers"], MEMBERS),
    ("website.record.show", ["library.document", "mutual-learning-sessions-2024-papers"], MEMBERS),
    ("website.record.show", ["events.event", "t99"], NONE),
    ("website.record.show", ["accounts.user", "1"], NONE),
    ("website.record.show", ["core.change", "1"], NONE),
    ("website.record.show", ["auth.permission", "1"], NONE),
    ("website.record.show", ["sessions.session", "1"], NONE),
    ("website.record.show", ["no.such", "1"], NONE),
    ("reports.report.show", [1999], NONE),
    ("reports.figure.show", [2024, "advocacy.songs"], NONE),
]


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
    client = Client()
    if seat != "nobody":
        client.force_login(cast.people[seat], backend=MODEL_BACKEND)
    return client


def test_access_table_names_every_address_once():
    assert sorted(name for name, _, _ in ACCESS) == sorted(names(get_resolver().url_patterns))


def test_access_table_names_no_address_twice():
    listed = [name for name, _, _ in ACCESS]

    assert len(listed) == len(set(listed))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "arguments", "audience"),
    [*ACCESS, *GUARDED],
    ids=[" ".join(map(str, [name, *arguments])) for name, arguments, _ in [*ACCESS, *GUARDED]],
)
def test_address_opens_for_its_audience_and_is_not_there_for_others(browsers, name, arguments, audience):
    address = reverse(name, args=arguments)

    answers = {seat: browser.get(address).status_code for seat, browser in browsers.items()}

    assert answers == {seat: 200 if seat in audience else 404 for seat in SEATS}


@pytest.mark.django_db
@pytest.mark.parametrize("seat", SEATS)
def test_engine_room_is_shut_unless_the_operator_opens_it(browsers, seat):
    assert browsers[seat].get("/engine-room/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "delete"])
@pytest.mark.parametrize(("name", "arguments", "_audience"), ACCESS, ids=[name for name, _, _ in ACCESS])
def test_nothing_can_be_changed_by_an_address(browsers, name, arguments, _audience, method):
    """Records are kept on the command line and in the engine room; no address of the site writes."""
    from umbel.core.changelog import Change

    before = Change.objects.count()

    getattr(browsers["secretariat"], method)(reverse(name, args=arguments))

    assert Change.objects.count() == before
