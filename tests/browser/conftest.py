"""The site as a browser meets it: served for real, the example year on record, loaded once for a module."""

import time
from io import StringIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.cast import SEATS, assemble
from tests.house.access import open_event
from tests.house.tree import ROOT


# The browser comes first: once its event loop runs, Django hands out other connections than before.
@pytest.fixture(scope="module")
def site(browser, django_db_setup, django_db_blocker):
    """The address of the running site, without a slash at its end."""
    with django_db_blocker.unblock():
        call_command("load", str(ROOT / "examples" / "cecop-2024"), stdout=StringIO())
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def house(browser, django_db_setup, django_db_blocker):
    """The running site with the cast beside the example year: `house.url`, `house.cast`, `house.cookies(seat)`."""
    with django_db_blocker.unblock():
        cast = assemble()
        call_command("load", str(ROOT / "examples" / "cecop-2024"), stdout=StringIO())
        shown = factories.ContactFactory(person=cast.representative_b.person, audience="members")
        open_event()
        server = LiveServer("localhost")
        try:
            yield House(server.url, cast, shown.value)
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


class House:
    """The site and who may come in; `contact` is what the representative of member B shows to members.

    Sessions are made here, outside of any test: what a test stores is gone at its end.
    """

    def __init__(self, url, cast, contact):
        self.url, self.cast, self.contact = url, cast, contact
        self.sessions = {seat: _session(cast.people[seat]) for seat in SEATS if seat != "nobody"}

    def cookies(self, seat):
        """The cookies of somebody who has just typed their password, none for nobody."""
        return [] if seat == "nobody" else [{"name": "sessionid", "value": self.sessions[seat], "url": self.url}]


def _session(user):
    client = Client()
    client.force_login(user, backend="umbel.accounts.backends.PasswordBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return session.session_key


@pytest.fixture
def come_in(browser, house):
    """A function that opens an address as somebody of the cast; what the page complains of is in `page.complaints`."""
    contexts = []

    def opened(seat, path, width=1280, scheme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        context.add_cookies(house.cookies(seat))
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
        page.goto(f"{house.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def exported(site, tmp_path_factory):
    """The report written to a folder, as `umbel report 2024 --out` does."""
    folder = tmp_path_factory.mktemp("report")
    call_command("report", "2024", out=folder, stdout=StringIO())
    return folder


@pytest.fixture
def open_page(browser):
    """A function that opens an address and returns the page; what the page complains of is in `page.complaints`."""
    contexts = []

    def opened(address, width=1280, scheme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
        page.on("requestfailed", lambda request: page.complaints.append(f"failed: {request.url}"))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


FOCUSED = """() => { const e = document.activeElement; return [e.name, e.id, e.getAttribute('aria-label'),
    (e.labels && e.labels[0] && e.labels[0].textContent.trim()) || e.textContent.trim()]; }"""


@pytest.fixture
def seats(browser, transactional_db):
    """The cast of a small confederation, in a database that the page and the test share."""
    factories.ConfederationFactory(name="COOPS", reporting_year=2024)
    return assemble()


@pytest.fixture
def sit_down(browser, seats, live_server, settings):
    """A function that opens a page as somebody of the cast, with hands off the mouse: `press`, `reach`, `fill`."""
    settings.SITE_URL = live_server.url
    contexts = []

    def opened(seat, path):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        if seat != "nobody":
            user, session = seats.people[seat], SessionStore()
            session["_auth_user_id"] = str(user.pk)
            session["_auth_user_backend"] = "umbel.accounts.backends.PasswordBackend"
            session["_auth_user_hash"] = user.get_session_auth_hash()
            session.save()
            context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return Hands(page)

    yield opened
    for context in contexts:
        context.close()


class Hands:
    """Somebody at the keyboard: Tab until what is meant has the focus, then keys."""

    def __init__(self, page):
        self.page = page

    def reach(self, name, most=160):
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if name in self.page.evaluate(FOCUSED):
                return
        raise AssertionError(f"{name} cannot be reached; the focus is on {self.page.evaluate(FOCUSED)}")

    def press(self, name, key="Enter"):
        """Press a button or follow a link, and wait for the page to which it leads."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, name, text):
        self.reach(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
