"""Markup in every text of every kind of record stays text: on the desk, on the site, in feeds and in mails."""

import re
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core import mail
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client
from django.utils import timezone

from tests import factories
from umbel.communication.models import Subscriber
from umbel.communication.views import send as send_confirmation
from umbel.core.crud.sections import section_of
from umbel.core.dates import PartialDateField
from umbel.core.models import Confederation
from umbel.core.records import Named, Record
from umbel.network.invitations import send_link
from umbel.network.models import Invitation
from umbel.website.shelf import shelves
from umbel.website.starting.posting import send_test

pytestmark = pytest.mark.django_db

PAYLOADS = (
    '"><script>alert(1)</script></script><img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    '"><img src=x>',
)
ALIVE = re.compile(r"""<script>alert|</script></script>|alert\(1\)</script>|<img src=x|"&gt;&lt;(script|img)""")
# Read by the program and not told: keys, codes, colours, addresses of pages.
READ = {"key", "folded", "figure", "activity", "languages", "primary_colour", "accent_colour", "hash"}
PATHS = {("website.page", "path"), ("website.redirect", "from_path"), ("website.menuitem", "place")}
ON_THE_DESK = ["/desk/", "/desk/capture/?q=met+alert"]
ON_THE_SITE = ["/", "/about/", "/search/?q=alert", "/search/suggest/?q=alert", "/year/2024/"]
FILES = ["/search.json?q=alert", "/year/2024.csv", "/sitemap.xml"]


def kinds():
    """The kinds of records in which people write; what is frozen is written by the program."""
    records = [each for each in apps.get_models() if issubclass(each, Record) and each in factories.FACTORIES]
    return [each for each in records if texts_of(each) and not section_of(each).is_fixed]


def texts_of(model):
    """The names of the fields of a kind in which people write, with the markup that fits in."""
    found = {}
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, PartialDateField)
        is_read = field.choices or field.name in READ or (model._meta.label_lower, field.name) in PATHS
        fitting = [text for text in PAYLOADS if len(text) <= (field.max_length or len(text))]
        if is_text and not is_read and fitting:
            found[field.name] = fitting[0]
    return found


def written_into(row, texts):
    """Store the texts that the database takes; return the names of their fields."""
    taken = []
    for name, text in texts.items():
        before = getattr(row, name)
        try:
            with transaction.atomic():
                setattr(row, name, text)
                row.save()
            taken.append(name)
        except (DataError, IntegrityError):
            setattr(row, name, before)
    if isinstance(row, Named):
        row.aliases.create(name=PAYLOADS[0])
    return taken


@pytest.fixture(params=kinds(), ids=lambda model: model._meta.label_lower)
def row(request, cast):
    """A record of each kind, with markup in its texts."""
    if request.param is not Confederation:
        factories.ConfederationFactory()
    made = factories.FACTORIES[request.param]()
    texts = texts_of(request.param)
    assert written_into(made, texts) == list(texts)
    return made


def linked_to(row):
    linked = [getattr(row, field.name) for field in row._meta.concrete_fields if field.is_relation]
    return [each for each in linked if isinstance(each, Record)]


def desk_pages(row):
    section = section_of(type(row))
    own = [f"{section.url_of(row.pk)}{page}" for page in ("", "history/", "delete/", "merge/")]
    around = [section.url, f"{section.url}?q=alert", f"{section.url}add/?from={row.pk}", f"{section.url}alike/"]
    return [*own, *around, *(section_of(type(each)).url_of(each.pk) for each in linked_to(row)), *ON_THE_DESK]


def public_pages(row):
    pages = [each.get_absolute_url() for each in (row, *linked_to(row))]
    return [*pages, *(shelf.url for shelf in shelves() if shelf.model is type(row)), *ON_THE_SITE]


def files_of(row):
    return [
        f"{shelf.url.removesuffix('/')}.{form}"
        for shelf in shelves()
        if shelf.model is type(row)
        for form in shelf.forms
    ]


def text_of(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def alive_on(client, addresses):
    """What a browser would take for markup, and what fails, with the addresses."""
    found = []
    for address in addresses:
        answer = client.get(address, follow=True)
        is_page = answer["Content-Type"].startswith("text/html")
        if match := is_page and ALIVE.search(text_of(answer)):
            found.append((address, match[0]))
        if answer.status_code not in (200, 404):
            found.append((address, answer.status_code))
    return found


def test_markup_in_every_text_stays_text(as_secretariat, row):
    section, visitor = section_of(type(row)), Client()

    assert alive_on(as_secretariat, [*desk_pages(row), row.get_absolute_url(), "/search/?q=alert"]) == []
    assert alive_on(visitor, public_pages(row)) == []
    assert alive_in(visitor, [*files_of(row), *FILES]) == []

    as_secretariat.post(f"{section.url_of(row.pk)}delete/")
    assert alive_on(as_secretariat, [section.url, "/desk/bin/", "/desk/"]) == []


def alive_in(client, addresses):
    """What readers of a file take for markup, and files that a browser could take for a page, with the addresses."""
    found = []
    for address in addresses:
        answer = client.get(address)
        kind, text = answer["Content-Type"], text_of(answer)
        if answer.status_code != 200 or answer["X-Content-Type-Options"] != "nosniff" or kind.startswith("text/html"):
            found.append((address, answer.status_code, kind))
        if "xml" in kind:
            found += [(address, told) for told in read_as_markup(text) if ALIVE.search(told)]
    return found


def read_as_markup(feed):
    """The texts of a feed that readers take for HTML."""
    return [each.text or "" for each in ElementTree.fromstring(feed).iter() if each.get("type") == "html"]


def test_markup_in_mails_stays_text():
    markup = PAYLOADS[0]
    own = factories.ConfederationFactory(name=markup)
    subscriber = Subscriber.objects.create(email="ada@example.org", language="en")
    subscriber.wanted.add(factories.NewsletterFactory(name=markup))
    organisation = factories.OrganisationFactory(name=markup)
    invitation = Invitation(email="ada@example.org", name=markup, organisation=organisation, sent_at=timezone.now())

    send_confirmation(subscriber, "token")
    send_link(invitation, "https://example.org/")
    send_test("ada@example.org", own)

    written = [body for each in mail.outbox for body, kind in getattr(each, "alternatives", []) if kind == "text/html"]
    assert len(mail.outbox) == 3
    assert [ALIVE.search(body) for body in written] == [None, None]
