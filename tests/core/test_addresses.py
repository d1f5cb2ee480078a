"""The address of a record is the one under which the site shows it."""

import pytest
from django.urls import reverse

from tests.factories import EventFactory
from umbel.core.records import address


@pytest.mark.django_db
def test_a_record_knows_where_the_site_shows_it():
    event = EventFactory()

    assert event.get_absolute_url() == reverse("website.record.show", args=["events.event", event.key])


def test_an_address_is_written_as_the_site_spells_it():
    assert address("events.event", "t50") == reverse("website.record.show", args=["events.event", "t50"])
