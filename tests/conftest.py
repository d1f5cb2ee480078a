"""Fixtures for every test; the database is the one that UMBEL_DATABASE_URL names, SQLite without it."""

import os

import pytest
from django.db import connection, connections
from hypothesis import settings

# Playwright's event loop runs in the test's own thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# The same examples each time where a run decides something; at a desk hypothesis may go on looking.
settings.register_profile("umbel", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("umbel")

CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(autouse=True, scope="module")
def languages_of_no_other_module():
    """A process remembers the languages of the confederation: what one module put on record is nothing to the next."""
    from umbel.core import languages

    languages._offered[:] = []
    yield
    languages._offered[:] = []


@pytest.fixture(autouse=True)
def languages_of_no_other_test(languages_of_no_other_module):
    """After a test the languages are those that its module put on record, whatever the test did."""
    from umbel.core import languages

    before = [*languages._offered]
    yield
    languages._offered[:] = before


@pytest.fixture(scope="session", autouse=True)
def what_is_asked_once_is_known(django_db_modify_db_settings):
    """What a process asks its database once is asked before any test counts: the kinds of record, what SQLite can do.

    A test that empties all tables would make the next one ask for the kinds anew.
    """
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType
    from django.db.backends.signals import connection_created
    from django.db.models.signals import post_migrate

    *_others, last = apps.get_app_configs()

    def recall(**_told):
        ContentType.objects.get_for_models(*apps.get_models())

    def look(connection, **_told):
        assert connection.features.supports_json_field

    post_migrate.connect(recall, sender=last, dispatch_uid="kinds of record", weak=False)
    connection_created.connect(look, dispatch_uid="what a database can do", weak=False)


@pytest.fixture(scope="session")
def browser():
    # Imported here so that a test run without a browser does not need Playwright.
    from playwright.sync_api import sync_playwright

    path = os.environ.get("UMBEL_CHROMIUM")
    if not path:
        pytest.skip("UMBEL_CHROMIUM names no browser")
    # While Playwright's event loop runs Django hands out other connections. Those of before and those of then are
    # closed at the border, else PostgreSQL would not drop the database at the end.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        connections.close_all()
        browser.close()


@pytest.fixture
def browser_page(browser):
    """A page of a fresh browser context: no cookies, no cache, and an error in the page fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def cast(db):
    """The people by seat: `cast.secretariat`, `cast.representative_a`, `cast.nobody` ..."""
    # Imported here: models can be read only once Django is set up.
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def client_of(cast):
    """A function from a seat to a browser in which whoever sits there has signed in."""
    from django.test import Client

    def sign_in(seat):
        client = Client()
        if seat != "nobody":
            client.force_login(cast.people[seat], backend="umbel.accounts.backends.PasswordBackend")
        return client

    return sign_in


@pytest.fixture
def as_secretariat(client_of):
    return client_of("secretariat")


@pytest.fixture
def as_reader(client_of):
    return client_of("reader")


@pytest.fixture
def as_nobody(client_of):
    return client_of("nobody")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Connections of a live server end with their request, else PostgreSQL could not drop the database."""
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the run; at its end no thread of a live server may hold on to it."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
