"""No text of a record stands on a page of another language without saying which language it is in (WCAG 3.1.2)."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.text import capfirst

from tests.website.page import page_of
from umbel.core.models import Topic
from umbel.core.records import Record
from umbel.website.urls import all_shelves

pytestmark = pytest.mark.django_db

PROPER = {
    "advocacy.policyfile": {"author"},
    "advocacy.outcome": {"credited_to"},
    "communication.channel": {"name"},
    "communication.newsletter": {"name"},
    "communication.pressitem": {"outlet"},
    "core.confederation": {"name", "city", "street", "postcode"},
    "network.organisation": {"name", "long_name", "city"},
    "network.person": {"name"},
    "projects.grant": {"programme"},
    "projects.project": {"programme"},
}
"""Names of persons, organisations, programmes, papers and places, which no language changes."""
CODES = {
    "activity", "address", "country", "email", "figure", "folded", "hash", "key", "language", "languages", "licence",
    "party", "place", "website",
}  # fmt: skip
"""Fields that hold no words of a language."""
OUTSIDE = {"accounts", "reports", "website"}
UNPRINTED = {"title", "script", "style"}
LONG = 20

OTHERS = ("", "about/", "board/", "staff/", "umbrellas/", "year/2024/", "search/?q=cooperatives")
ROWS = 4
KINDS = {kind.slug: kind for kind in all_shelves()}
UNSHELVED = {
    model._meta.label_lower: model
    for model in apps.get_models()
    if issubclass(model, Record) and model.translated and not model.shelf
    if model is not Topic and model._meta.app_label not in OUTSIDE
}
"""The kinds of records that have no shelf: whoever follows a link to one finds a page of its fields."""


def is_worded(model, field):
    """Whether a field holds words in the leading language."""
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return is_text and field.name not in CODES and field.name not in PROPER.get(model._meta.label_lower, ())


@pytest.fixture(scope="module")
def texts(example):
    """What the records of the example say in the leading language, with a capital or without."""
    found, names = set(), set()
    for model in apps.get_models():
        if issubclass(model, Record) and model._meta.app_label not in OUTSIDE:
            for field in model._meta.local_concrete_fields:
                if is_worded(model, field):
                    found |= set(model._default_manager.values_list(field.name, flat=True))
    for label, fields in PROPER.items():
        for field in fields:
            names |= set(apps.get_model(label)._default_manager.values_list(field, flat=True))
    words = {text for text in found - names if " " in text}
    return words | {capfirst(text) for text in words}


def unmarked(page, texts):
    """Texts of records inside no element that says their language, on a page in another one."""
    printed = [
        text
        for text, around in page.texts
        if not any(attributes.get("lang", "fr") != "fr" for _tag, attributes in around[1:])
        and not any(tag in UNPRINTED for tag, _attributes in around)
    ]
    long = [text for text in texts if len(text) >= LONG]
    return [text for text in printed if text in texts or any(part in text for part in long)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_list_hides_the_language_of_no_text(example, texts, kind):
    assert unmarked(page_of(f"/fr{kind.url}"), texts) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_pages_of_records_hide_the_language_of_no_text(example, texts, kind):
    rows = kind.every(AnonymousUser()).order_by("pk")[:ROWS]

    assert {row.key: unmarked(page_of(f"/fr{kind.address_of(row)}"), texts) for row in rows} == {
        row.key: [] for row in rows
    }


@pytest.mark.parametrize("kind", UNSHELVED.values(), ids=UNSHELVED)
def test_pages_of_fields_hide_the_language_of_no_text(example, texts, kind):
    row = kind.objects.visible_to(AnonymousUser()).order_by("pk").first()

    assert row is None or unmarked(page_of(f"/fr/records/{kind._meta.label_lower}/{row.handle}/"), texts) == []


@pytest.mark.parametrize("address", OTHERS)
def test_other_pages_hide_the_language_of_no_text(example, texts, address):
    assert unmarked(page_of(f"/fr/{address}"), texts) == []
