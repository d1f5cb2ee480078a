"""Numbers, dates, countries and lists as text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbel.core import formatting
from umbel.core.dates import PartialDate

THIN = "\N{NARROW NO-BREAK SPACE}"
FIXED = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "digits", "rule", "expected"),
    [
        ("9.625", 1, "half-up", "9.6"),
        ("0.25", 1, "half-up", "0.3"),
        ("-0.25", 1, "half-up", "-0.3"),
        ("0.25", 1, "half-even", "0.2"),
        ("-0.39", 1, "truncate", "-0.3"),
        ("-0.04", 1, "half-up", "0.0"),
        ("1250", -2, "half-up", "1.3E+3"),
    ],
)
def test_rounding_follows_the_rule(value, digits, rule, expected):
    assert str(formatting.rounding(Decimal(value), digits, rule)) == expected


def test_rounding_refuses_another_rule():
    with pytest.raises(ValueError, match="allowed are half-up, half-even, truncate"):
        formatting.rounding(Decimal(1), 0, "up")


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3), st.sampled_from(["half-up", "half-even"]))
def test_rounding_moves_by_half_a_unit_at_most(value, digits, rule):
    assert abs(formatting.rounding(value, digits, rule) - value) <= Decimal(5).scaleb(-digits - 1)


@pytest.mark.parametrize(
    ("value", "digits", "language", "expected"),
    [
        (3599, 0, "en", "3,599"),
        (3599, 0, "fr", f"3{THIN}599"),
        (Decimal("-0.4"), 1, "en", "−0.4"),
        (Decimal("-0.04"), 1, "en", "0.0"),
        (0.1, 2, "de", "0,10"),
        (1249, -2, "en", "1,200"),
    ],
)
def test_number_is_written_as_readers_expect(value, digits, language, expected):
    assert formatting.number(value, digits, language) == expected


@pytest.mark.parametrize(
    ("value", "language", "signed", "expected"),
    [
        (Decimal("-0.378"), "en", False, "−0.4%"),
        (Decimal("9.625"), "en", True, "+9.6%"),
        (Decimal("-0.378"), "fr", True, f"−0,4{FIXED}%"),
        (0, "en", True, "0.0%"),
    ],
)
def test_percentage_is_given_in_per_cent(value, language, signed, expected):
    assert formatting.percent(value, 1, language, signed) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((None, "%", 1), "—"),
        ((33.3333, "%", 1), "33.3%"),
        ((7300,), "7,300"),
        ((12, "km"), f"12{FIXED}km"),
        ((5, "", 0, "en", True), "+5"),
        ((Decimal("-0.378"), "%", 1, "en", False, "truncate"), "−0.3%"),
    ],
)
def test_figure_has_its_unit(arguments, expected):
    assert formatting.figure(*arguments) == expected


@pytest.mark.parametrize(
    ("text", "language", "style", "expected"),
    [
        ("2024-12-11", "en", "long", "11 December 2024"),
        ("2024-12-11", "en", "short", "11 Dec"),
        ("2024-12-11", "en", "month", "Dec 2024"),
        ("2024-10", "en", "long", "October 2024"),
        ("2024-10", "en", "short", "Oct 2024"),
        ("2024", "en", "short", "2024"),
        ("2024-12-11", "fr", "long", "11 décembre 2024"),
        ("2024-10", "de", "long", "Oktober 2024"),
    ],
)
def test_partial_date_shows_what_is_known(text, language, style, expected):
    assert formatting.partial_date(PartialDate.parse(text), language, style) == expected


def test_numbers_in_words():
    assert [formatting.words(15), formatting.words(15, ordinal=True), formatting.words(21, "fr")] == [
        "fifteen",
        "fifteenth",
        "vingt et un",
    ]


def test_country_has_its_name_in_the_language():
    assert [formatting.country("BE"), formatting.country("BE", "fr")] == ["Belgium", "Belgique"]


def test_unknown_country_is_refused():
    with pytest.raises(ValueError, match="allowed are ISO 3166-1 codes"):
        formatting.country("QQ")


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_list_reads_as_a_sentence(items, expected):
    assert formatting.join(items) == expected


@pytest.mark.parametrize("language", ["el", "bg", "hr"])
def test_a_language_without_words_for_numbers_gets_digits(language):
    assert (formatting.words(8, language), formatting.words(8, language, ordinal=True)) == ("8", "8")
