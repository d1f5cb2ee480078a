from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError

from tests.factories import ConfederationFactory, ReportedFigureFactory, TopicFactory
from umbel.core.models import Confederation, ReportedFigure, current_rounding
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db


def test_the_confederation_rules_the_rounding():
    confederation = ConfederationFactory(rounding="truncate", languages="fr en")

    assert Confederation.current() == confederation
    assert current_rounding() == "truncate"
    assert confederation.language == "fr"


def test_without_a_confederation_there_is_a_hint():
    with pytest.raises(ImproperlyConfigured, match="umbel load"):
        Confederation.current()


@pytest.mark.parametrize("colour", ["red", "#12345", "#GGGGGG", "14495C"])
def test_a_colour_is_written_in_six_digits(colour):
    with pytest.raises(ValidationError, match="#14495C"):
        ConfederationFactory.build(primary_colour=colour).clean_fields()


@pytest.mark.parametrize(
    ("value", "number"),
    [(27, 27), (Decimal("27.000"), 27), (Decimal("4.800"), Decimal("4.8")), (Decimal(10000), 10000)],
)
def test_a_reported_number_shows_no_needless_decimals(value, number):
    figure = ReportedFigureFactory(statement="Members", value=value)

    assert figure.number == number
    assert str(figure) == f"Members: {number}"


def test_a_reported_figure_has_one_value_a_date():
    ReportedFigureFactory(figure="facts.jobs", date="2024")

    with pytest.raises(IntegrityError):
        ReportedFigureFactory(figure="facts.jobs", date="2024")


def test_reported_figures_are_found_by_key_and_period():
    ReportedFigureFactory(figure="facts.jobs", date="2023")
    wanted = ReportedFigureFactory(figure="facts.jobs", date="2024")
    ReportedFigureFactory(figure="facts.other", date="2024")

    assert list(ReportedFigure.objects.of("facts.jobs").within(Period.year(2024))) == [wanted]


def test_a_key_is_used_once():
    TopicFactory(key="care")

    with pytest.raises(IntegrityError):
        TopicFactory(key="care")
