"""Who may open which address: one table for the whole site, and the cast walks it with the example year loaded."""

import time
from io import StringIO
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.cast import SEATS, SECRETARIAT, assemble
from tests.house.tree import ROOT
from umbel.accounts.models import User

MODEL_BACKEND = "umbel.accounts.backends.PasswordBackend"
ALL = set(SEATS)
NONE = set()
SIGNED_IN = ALL - {"nobody"}
STAFF = {*SECRETARIAT, "superuser"}
MEMBERS = {"representative_a", "representative_b", *STAFF}
PEOPLE_KEEPERS = {"secretary_general", "membership", "administrator", "superuser"}
SITE_KEEPERS = {"secretary_general", "communication", "administrator", "superuser"}
SPEAKERS = {"representative_a", "representative_b", "affiliate"}
ADMINISTRATORS = {"administrator", "superuser"}
KEEPERS = {"secretary_general", *ADMINISTRATORS}
NETWORK_KEEPERS = {"membership", "advocacy", *KEEPERS}


def reader():
    """The number of the reader's account."""
    return User.objects.get(email="reader@example.org").pk


class Address(NamedTuple):
    """An address of the example year, who may open it, and what happens then and to others.

    `answer` is what its audience gets: 200, or 302 and 405 where it only leads on or takes no reading. Others get 404,
    as if there were nothing, unless `others` says otherwise. Of a door everybody knows that it is there: a visitor is
    led to the sign-in page, and only who has signed in without the right gets 404. An argument that only the records
    of the test know is a function.
    """

    name: str
    arguments: list
    audience: set
    answer: int = 200
    others: int = 404
    is_door: bool = False

    @property
    def path(self):
        return reverse(self.name, args=[argument() if callable(argument) else argument for argument in self.arguments])

    def expected(self, seat):
        if seat in self.audience:
            return self.answer
        return 302 if self.is_door and seat == "nobody" else self.others

    def __str__(self):
        return " ".join([self.name, *(getattr(argument, "__name__", str(argument)) for argument in self.arguments)])


def door(name, audience, *arguments, answer=200, others=404):
    return Address(name, list(arguments), audience, answer, others, is_door=True)


# Each URL name once.
ACCESS = [
    Address("website.home", [], ALL),
    Address("website.colours", [], ALL),
    Address("website.search", [], ALL),
    Address("website.search.listing", [], ALL),
    Address("website.search.suggest", [], ALL),
    Address("website.year.show", [2024], ALL),
    Address("website.year.listing", [2024], ALL),
    Address("website.record.show", ["core.membershipcategory", "full-members"], ALL),
    Address("website.shelf.list", ["positions"], ALL),
    Address("website.shelf.file", ["positions", "csv"], ALL),
    Address("website.shelf.show", ["events", "t50"], ALL),
    Address("website.about", [], ALL),
    Address("website.board", [], ALL),
    Address("website.staff", [], ALL),
    Address("website.umbrellas", [], ALL),
    Address("website.robots", [], ALL),
    Address("website.sitemap.index", [], ALL),
    Address("website.sitemap.part", ["positions", 1], ALL),
    Address("reports.figure.list", [2024], ALL),
    Address("reports.figure.table", [2024, "csv"], ALL),
    Address("reports.figure.show", [2024, "advocacy.positions"], ALL),
    Address("reports.figure.rows", [2024, "advocacy.positions", "json"], ALL),
    Address("reports.audit.show", [2024], ALL),
    Address("reports.audit.json", [2024], ALL),
    Address("reports.report.show", [2024], ALL),
    Address("reports.report.file", [2024, "report.pdf"], ALL),
    # The entrance; whoever has signed in is led on.
    Address("account_login", [], {"nobody"}, others=302),
    Address("account_signup", [], {"nobody"}, others=302),
    Address("account_confirm_login_code", [], NONE, others=302),
    Address("mfa_login_webauthn", [], NONE, others=302),
    Address("mfa_authenticate", [], NONE, others=302),
    Address("socialaccount_signup", [], NONE, others=302),
    Address("socialaccount_login_cancelled", [], ALL),
    Address("socialaccount_login_error", [], ALL, answer=401),
    Address("openid_connect_login", ["no-such-provider"], NONE),
    Address("openid_connect_callback", ["no-such-provider"], NONE),
    Address("account_inactive", [], ALL),
    Address("account_email_verification_sent", [], ALL),
    Address("account_confirm_email", ["no-such-key"], ALL),
    Address("account_reset_password", [], ALL),
    Address("account_reset_password_done", [], ALL),
    Address("account_reset_password_from_key", ["1", "no-such-key"], ALL),
    Address("account_reset_password_from_key_done", [], ALL),
    Address("network.invitation.accept", ["no-such-token"], ALL, answer=410),
    Address("accounts.demo.sign_in_as", [], NONE),
    # One's own account.
    door("account_logout", SIGNED_IN),
    door("accounts.home", SIGNED_IN, answer=302),
    door("account_email", SIGNED_IN),
    door("account_change_password", SIGNED_IN),
    door("account_set_password", SIGNED_IN, answer=302),
    door("account_reauthenticate", SIGNED_IN),
    door("usersessions_list", SIGNED_IN),
    door("accounts.session.end", SIGNED_IN, 1, answer=405),
    door("socialaccount_connections", SIGNED_IN),
    door("mfa_index", SIGNED_IN),
    door("mfa_activate_totp", SIGNED_IN),
    door("mfa_deactivate_totp", NONE),
    door("mfa_reauthenticate", SIGNED_IN, answer=302),
    door("mfa_view_recovery_codes", NONE),
    door("mfa_generate_recovery_codes", SIGNED_IN),
    door("mfa_download_recovery_codes", NONE),
    door("mfa_list_webauthn", SIGNED_IN),
    door("mfa_add_webauthn", SIGNED_IN),
    door("mfa_edit_webauthn", NONE, 1),
    door("mfa_remove_webauthn", NONE, 1),
    door("mfa_reauthenticate_webauthn", SIGNED_IN, answer=302),
    # Who looks after people.
    door("network.user.list", PEOPLE_KEEPERS),
    door("network.user.invite", PEOPLE_KEEPERS),
    door("network.user.edit", ADMINISTRATORS, reader),
    door("network.invitation.own", SPEAKERS),
    door("network.invitation.act", SIGNED_IN, 1, "resend", answer=405),
    # The desk.
    door("desk.home", STAFF),
    door("desk.bin", STAFF),
    door("desk.bin.restore", STAFF, answer=405),
    door("desk.import.list", STAFF),
    door("desk.import.new", STAFF),
    door("desk.import.blank", STAFF - {"communication", "finance"}, "network.organisation", "xlsx"),
    door("desk.import.show", NONE, 1),
    door("desk.import.progress", NONE, 1),
    door("desk.import.errors", NONE, 1),
    door("desk.capture", STAFF),
    door("desk.capture.file", STAFF, answer=405),
    door("desk.merges", STAFF),
    door("desk.merges.undo", STAFF, answer=405),
    door("desk.outbox", KEEPERS),
    door("desk.outbox.show", NONE, 1),
    door("desk.outbox.html", NONE, 1),
    door("desk.outbox.resend", KEEPERS, 1, answer=405),
    door("desk.lookup", STAFF, "network.organisation"),
    door("desk.lookup.any", STAFF),
    door("desk.record.list", STAFF, "organisations"),
    door("desk.record.download", STAFF, "organisations", "csv"),
    door("desk.record.bulk", STAFF, "organisations", answer=405),
    door("desk.record.views", STAFF, "organisations", answer=405),
    door("desk.record.columns", STAFF, "organisations", answer=405),
    door("desk.record.add", NETWORK_KEEPERS, "organisations"),
    door("desk.record.alike", NETWORK_KEEPERS, "organisations"),
    door("desk.record.merge", NONE, "organisations", 0),
    door("desk.record.edit", NONE, "organisations", 0),
    door("desk.record.delete", NONE, "organisations", 0),
    door("desk.record.history", NONE, "organisations", 0),
    # Files of records, the first day, the components.
    Address("desk.file.show", ["library.document", 0, "file"], NONE),
    door("starting.start", KEEPERS, answer=302),
    door("starting.step", KEEPERS, "name"),
    door("starting.aside", SIGNED_IN, answer=405),
    Address("starting.colours", [], NONE),
    Address("styleguide", [], ALL),
    # What the communications officer edits.
    Address("website.page.show", ["no-such-page"], NONE),
    Address("website.photo.show", [1, "no-such-mark", 480], NONE),
    door("desk.prose.figures", STAFF),
    door("desk.prose.photos", STAFF),
    door("desk.page.preview", NONE, 1),
    door("desk.page.revisions", NONE, 1),
    door("desk.page.restore", STAFF, 1, answer=405),
    door("desk.site", SITE_KEEPERS),
    door("desk.site.begin", STAFF, answer=405),
    door("desk.languages", STAFF),
    door("desk.languages.edit", NONE, "website.page", 1, "fr"),
    door("desk.links", SITE_KEEPERS),
    # Newsletters.
    Address("communication.subscribe", [], ALL),
    Address("communication.subscribe.sent", [], ALL),
    Address("communication.confirm", ["no-such-token"], ALL, answer=410),
    Address("communication.leave", ["no-such-token"], NONE),
    door("communication.readers", SITE_KEEPERS),
]

# Addresses under the same names that not everybody, or nobody, may open.
GUARDED = [
    Address("website.shelf.show", ["newsletters", "o03a"], MEMBERS),
    Address("website.shelf.show", ["documents", "general-assembly-2024-papers"], MEMBERS),
    Address("website.shelf.show", ["documents", "mutual-learning-sessions-2024-papers"], MEMBERS),
    Address("website.record.show", ["events.event", "t99"], NONE),
    Address("website.record.show", ["accounts.user", "1"], NONE),
    Address("website.record.show", ["core.change", "1"], NONE),
    Address("website.record.show", ["auth.permission", "1"], NONE),
    Address("website.record.show", ["sessions.session", "1"], NONE),
    Address("website.record.show", ["network.invitation", "1"], NONE),
    Address("website.record.show", ["mfa.authenticator", "1"], NONE),
    Address("website.record.show", ["no.such", "1"], NONE),
    door("desk.lookup", NONE, "no-such-kind"),
    door("desk.record.list", NONE, "no-such-section"),
    door("desk.record.download", NONE, "no-such-section", "csv"),
    door("desk.record.download", NONE, "organisations", "exe"),
    Address("reports.report.show", [1999], NONE),
    Address("reports.figure.show", [2024, "advocacy.songs"], NONE),
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
@pytest.mark.parametrize("address", [*ACCESS, *GUARDED], ids=str)
def test_address_opens_for_its_audience_and_not_for_others(browsers, address):
    path = address.path

    answers = {seat: status(browser, path) for seat, browser in browsers.items()}

    assert answers == {seat: address.expected(seat) for seat in SEATS}


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for address in ACCESS if address.is_door], ids=str)
def test_a_door_leads_visitors_to_the_sign_in_page(browsers, address):
    answer = browsers["nobody"].get(address.path)

    assert urlsplit(answer.url).path == (reverse("account_login") if address.name != "account_logout" else "/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [address for address in GUARDED if address.name == "website.record.show" and not address.audience],
    ids=str,
)
def test_what_is_hidden_and_what_is_not_there_look_alike(browsers, address):
    """The page of a record for members and of none at all differ in the address that they carry to sign-in only."""
    hidden = reverse("website.record.show", args=["communication.issue", "o03a"])
    nowhere = address.path

    pages = [browsers["nobody"].get(path).content.decode().replace(path, "") for path in (hidden, nowhere)]

    assert pages[0] == pages[1]
    assert "opens after signing in" in pages[0]


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
