"""Periods: years and ranges, the instant they are seen at, and their bounds in the database."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from umbel.core.dates import PartialDate, PartialDateField
from umbel.core.periods import Period

NEAR_DAYS = st.dates(date(2022, 11, 1), date(2025, 2, 28))
PERIODS = st.tuples(NEAR_DAYS, NEAR_DAYS).map(lambda days: Period.range(min(days), max(days)))
PRECISIONS = st.sampled_from([4, 7, 10])
PARTIAL_DATES = st.builds(lambda day, size: PartialDate.parse(str(day)[:size]), NEAR_DAYS, PRECISIONS)
RANGE = Period.range(date(2024, 3, 1), date(2024, 5, 20))


def test_year_is_seen_as_things_stood_at_its_end():
    year = Period.year(2024)

    assert (year.start, year.end, year.on) == (date(2024, 1, 1), date(2024, 12, 31), date(2024, 12, 31))
    assert year.as_of == datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024", "2024"),
        ("2024-06", "2024-06-01/2024-06-30"),
        ("2024-03-01/2024-05-31", "2024-03-01/2024-05-31"),
        ("2024-03/2024-05", "2024-03-01/2024-05-31"),
        ("2023/2024", "2023-01-01/2024-12-31"),
    ],
)
def test_text_gives_the_period_and_its_label(text, label):
    assert Period.parse(text).label == label


@given(PERIODS)
def test_label_is_read_back_as_the_same_period(period):
    assert Period.parse(period.label) == period


@pytest.mark.parametrize("text", ["", "24", "2024/", "2024-05/2024-03", "9999"])
def test_other_text_is_refused(text):
    with pytest.raises(ValueError, match=r"not a date|cannot end|must end before"):
        Period.parse(text)


def test_instant_is_kept_in_utc():
    brussels = timezone(timedelta(hours=2))

    seen = Period.year(2024).as_at(datetime(2024, 7, 1, 1, 0, tzinfo=brussels))

    assert (seen.start, seen.as_of, seen.on) == (
        date(2024, 1, 1),
        datetime(2024, 6, 30, 23, 0, tzinfo=UTC),
        date(2024, 6, 30),
    )
    assert Period.year(2024).as_at(date(2024, 6, 30)).as_of == datetime(2024, 6, 30, 23, 59, 59, 999999, tzinfo=UTC)


def test_instant_needs_a_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        Period.year(2024).as_at(datetime(2024, 7, 1))  # noqa: DTZ001 -- the mistake under test


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024", "2023"),
        ("2024-03/2024-05", "2023-12/2024-02"),
        ("2024-01", "2023-12"),
        ("2024-03-11/2024-03-20", "2024-03-01/2024-03-10"),
        ("2024-03-01/2024-05-20", "2023-12-11/2024-02-29"),
    ],
)
def test_previous_period_has_the_same_length(text, before):
    assert Period.parse(text).previous() == Period.parse(before)


@given(PERIODS, PARTIAL_DATES)
def test_edges_hold_exactly_the_partial_dates_inside(period, value):
    lo, hi, straddling = period.edges()

    assert (lo <= str(value) < hi and str(value) not in straddling) == value.within(period.start, period.end)


@given(st.integers(2000, 2030), PARTIAL_DATES)
def test_bounds_of_a_year_hold_exactly_its_dates(year, value):
    lo, hi = Period.year(year).bounds()

    assert (lo <= str(value) < hi) == (value.year == year)


@given(st.integers(1, 12), st.integers(1, 12), PARTIAL_DATES)
def test_bounds_of_whole_months_hold_exactly_their_dates(one, other, value):
    period = Period.parse(f"2024-{min(one, other):02}/2024-{max(one, other):02}")
    lo, hi = period.bounds()

    assert (lo <= str(value) < hi) == value.within(period.start, period.end)


def test_bounds_are_refused_where_none_are_exact():
    with pytest.raises(ValueError, match="no exact bounds"):
        RANGE.bounds()


def test_within_looks_up_the_dates_inside(transactional_db):
    with isolate_apps("django.contrib.contenttypes"):

        class Note(models.Model):
            on = PartialDateField(null=True)

            class Meta:
                app_label = "contenttypes"

            def __str__(self):
                return str(self.on)

    texts = [None, "2024", "2024-03", "2024-05", "2024-05-01", "2024-05-20", "2024-05-21", "2024-02-29"]
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    try:
        Note.objects.bulk_create([Note(on=text) for text in texts])
        found = [str(note.on) for note in Note.objects.filter(on__within=RANGE).order_by("on")]
        others = Note.objects.exclude(on__within=RANGE).count()
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Note)

    assert (found, others) == (["2024-03", "2024-05-01", "2024-05-20"], 5)
