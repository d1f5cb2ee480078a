"""The address of a record is the one under which the site shows it."""

import pytest
from django.apps import apps
from django.urls import reverse

from tests import factories
from umbel.core.records import Record, address
from umbel.website.shelf import get_shelf
from umbel.website.urls import all_shelves

KINDS = [model for model in apps.get_models() if issubclass(model, Record)]
ON_SHELVES = [model for model in KINDS if model.shelf]


@pytest.mark.django_db
def test_a_record_knows_where_the_site_shows_it():
    event = factories.EventFactory()

    assert event.get_absolute_url() == reverse("website.shelf.show", args=["events", event.key])


def test_an_address_is_written_as_the_site_spells_it():
    assert address("events.event", "t50") == reverse("website.shelf.show", args=["events", "t50"])
    assert address("network.post", "7") == reverse("website.record.show", args=["network.post", "7"])


@pytest.mark.django_db
@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label_lower)
def test_an_address_costs_no_query(django_assert_num_queries, model):
    row = factories.FACTORIES[model]()

    with django_assert_num_queries(0):
        assert row.get_absolute_url().startswith("/")


@pytest.mark.parametrize("model", ON_SHELVES, ids=lambda model: model._meta.label_lower)
def test_every_shelf_that_a_kind_names_is_there(model):
    assert issubclass(model, get_shelf(model.shelf).model)


def test_every_shelf_holds_the_kind_that_names_it():
    members_stand_with_organisations = {"members": "organisations"}

    assert {shelf.slug for shelf in all_shelves()} == {
        *(model.shelf for model in ON_SHELVES),
        *members_stand_with_organisations,
    }
