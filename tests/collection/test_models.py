import pytest
from django.db import IntegrityError

from tests.factories import PublicationFactory, RoundFactory, RoundIndicatorFactory
from umbel.collection.models import RoundIndicator
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db


def test_an_indicator_is_asked_once_a_round():
    asked = RoundIndicatorFactory()

    with pytest.raises(IntegrityError):
        RoundIndicatorFactory(round=asked.round, indicator=asked.indicator)


def test_indicators_come_out_when_their_round_is_published():
    out = RoundIndicatorFactory(round=RoundFactory(publication=PublicationFactory(date="2024-06")))
    RoundIndicatorFactory(round=RoundFactory(publication=PublicationFactory(date="2025-01")))
    RoundIndicatorFactory()

    assert list(RoundIndicator.objects.published(Period.year(2024))) == [out]
