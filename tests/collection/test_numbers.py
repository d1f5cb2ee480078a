from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbel.collection import numbers

LANGUAGES = ["en", "fr", "es", "it", "pl"]


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1234", "en", "1234"),
        ("1,234,567.50", "en", "1234567.5"),
        ("1 234.5", "en", "1234.5"),
        ("1 234,5", "fr", "1234.5"),
        ("1\u202f234,5", "fr", "1234.5"),
        ("1\u00a0234,5", "pl", "1234.5"),
        ("1.234,5", "es", "1234.5"),
        ("1.234", "it", "1234"),
        ("\u221212", "en", "-12"),
        ("0,05", "it", "0.05"),
    ],
)
def test_numbers_are_read_in_the_language(text, language, number):
    assert str(numbers.read(text, language)) == number


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("many", "en"),
        ("1,5", "en"),
        ("12,34,567", "en"),
        ("1 234,567.8", "en"),
        ("1.5", "it"),
        ("1234,", "fr"),
        ("1e6", "en"),
        ("٣", "en"),
        ("12345678901234567", "en"),
        ("0.00001", "en"),
        ("nan", "en"),
    ],
)
def test_what_is_no_number_in_the_language_is_refused(text, language):
    with pytest.raises(numbers.UnreadableError):
        numbers.read(text, language)


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4, allow_nan=False), st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_as_the_same(number, language):
    assert numbers.read(numbers.write(numbers.plain(number), language), language) == number


@pytest.mark.parametrize(
    ("before", "now", "is_leap"),
    [
        (None, 5, False),
        (5, None, False),
        (0, 0, False),
        (0, 1, True),
        (1, 0, True),
        (100, 199, False),
        (100, 200, True),
        (100, 51, False),
        (100, 50, True),
        (Decimal("1.5"), 3, True),
        (-100, -150, False),
        (-100, -50, True),
        (100, -100, True),
    ],
)
def test_a_number_leaps_that_doubles_halves_or_turns(before, now, is_leap):
    assert numbers.leaps(before, now) is is_leap
