"""A round that is open, with two indicators asked for 2022 and 2023."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories


def days(number):
    """The day so many days from today, as files write it."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture
def snapshot(cast):
    factories.ConfederationFactory(name="COOPS", languages="en fr it")
    found = factories.RoundFactory(
        key="snapshot", name="SNAPSHOT", collected_from=days(-9), collected_to=days(7), first_year=2022, last_year=2023
    )
    workers = factories.IndicatorFactory(key="workers", name="Workers", unit="persons", order=1)
    factories.RoundIndicatorFactory(round=found, indicator=workers)
    return found


@pytest.fixture
def workers(snapshot):
    return snapshot.indicators.get()
