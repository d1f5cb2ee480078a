"""Partial dates: text, order and comparison, and the fields that hold them."""

import sqlite3
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Max
from django.forms import modelform_factory
from django.test.utils import isolate_apps
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from umbel.core.dates import PartialDate, PartialDateField, PartialDateFormField

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
PRECISIONS = st.sampled_from(["year", "month", "day"])


def partial(day: date, precision: str) -> PartialDate:
    return PartialDate.parse(str(day)[: {"year": 4, "month": 7, "day": 10}[precision]])


PARTIAL_DATES = st.builds(partial, DAYS, PRECISIONS)
NEAR_DATES = st.builds(partial, st.dates(date(2023, 11, 1), date(2024, 3, 31)), PRECISIONS)


@given(PARTIAL_DATES)
def test_text_is_read_back_as_the_same_date(value):
    assert PartialDate.parse(str(value)) == value


@pytest.mark.parametrize(
    ("text", "precision", "first_day", "last_day"),
    [
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", "month", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-06-11", "day", date(2024, 6, 11), date(2024, 6, 11)),
        ("0999", "year", date(999, 1, 1), date(999, 12, 31)),
    ],
)
def test_precision_says_which_days_are_meant(text, precision, first_day, last_day):
    value = PartialDate.parse(text)

    assert (value.precision, value.first_day, value.last_day, str(value)) == (
        precision,
        first_day,
        last_day,
        text,
    )


@pytest.mark.parametrize("text", ["", "24", "2024-6", "2024-06-11T10:00", " 2024", "2024\n", "２０２４", "June 2024"])
def test_other_text_is_refused_with_the_forms_allowed(text):
    with pytest.raises(ValueError, match="allowed are 2024, 2024-06 and 2024-06-11"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["0000", "2024-13", "2024-00", "2023-02-29"])
def test_dates_outside_the_calendar_are_refused(text):
    with pytest.raises(ValueError, match="not in the calendar"):
        PartialDate.parse(text)


def test_a_day_needs_a_month():
    with pytest.raises(ValueError, match="needs a month"):
        PartialDate(2024, None, 11)


@given(NEAR_DATES, NEAR_DATES)
def test_order_is_by_first_day_then_the_coarser_first(one, other):
    depth = {"year": 0, "month": 1, "day": 2}

    assert (one < other) == ((one.first_day, depth[one.precision]) < (other.first_day, depth[other.precision]))
    assert (one < other, one == other, one > other).count(True) == 1


@given(st.lists(PARTIAL_DATES | NEAR_DATES))
def test_order_of_the_stored_text_in_the_database_is_the_order_of_the_dates(values):
    database = sqlite3.connect(":memory:")
    database.execute("create table t (d varchar(10))")
    database.executemany("insert into t values (?)", [(str(value),) for value in values])
    rows = database.execute("select d from t order by d").fetchall()
    database.close()

    assert [text for (text,) in rows] == [str(value) for value in sorted(values)]


@given(NEAR_DATES, NEAR_DATES)
def test_certainly_before_tells_only_what_holds_for_all_days_meant(one, other):
    possible = {one.first_day < other.last_day, one.last_day < other.first_day}

    assert one.certainly_before(other) == (possible.pop() if len(possible) == 1 else None)


@pytest.mark.parametrize(("text", "expected"), [("2024", False), ("2024-03", True), ("2024-05", False)])
def test_within_needs_every_day_meant(text, expected):
    assert PartialDate.parse(text).within(date(2024, 3, 1), date(2024, 5, 20)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("Oct 2024", "2024-10"),
        ("Sept. 2024", "2024-09"),
        ("october  2024", "2024-10"),
        ("2024-10", "2024-10"),
        ("11 December 2024", "2024-12-11"),
        (" 2024-12-11 ", "2024-12-11"),
    ],
)
def test_form_field_reads_dates_as_people_write_them(text, expected):
    assert str(PartialDateFormField().clean(text)) == expected


def test_form_field_knows_the_months_of_the_active_language():
    with translation.override("fr"):
        assert PartialDateFormField().clean("11 décembre 2024") == PartialDate(2024, 12, 11)


@pytest.mark.parametrize("text", ["11.12.2024", "Brumaire 2024", "last year"])
def test_form_field_names_what_is_allowed(text):
    with pytest.raises(ValidationError, match="Allowed are a day, a month or a year"):
        PartialDateFormField().clean(text)


@pytest.mark.parametrize("text", ["32 Oct 2023", "30 February 2024", "2024-02-30"])
def test_form_field_says_when_a_date_is_not_in_the_calendar(text):
    with pytest.raises(ValidationError, match="A month alone is fine"):
        PartialDateFormField().clean(text)


def test_form_field_may_be_left_empty():
    assert PartialDateFormField(required=False).clean(" ") is None


@pytest.fixture
def memo(transactional_db):
    """A throw-away model with a partial date and an optional one, with its table."""
    with isolate_apps("django.contrib.contenttypes"):

        class Memo(models.Model):
            on = PartialDateField()
            until = PartialDateField("the last day", null=True, blank=True)

            class Meta:
                app_label = "contenttypes"

            def __str__(self):
                return str(self.on)

    with connection.schema_editor() as editor:
        editor.create_model(Memo)
    yield Memo
    with connection.schema_editor() as editor:
        editor.delete_model(Memo)


TEXTS = ["2024-05", "2023-12-31", "2024-05-11", "2025", "2024", "2024-06"]


@pytest.fixture
def memos(memo):
    memo.objects.bulk_create([memo(on=text) for text in TEXTS])
    return memo.objects


def test_column_sorts_as_python_does(memos):
    stored = list(memos.order_by("on").values_list("on", flat=True))

    assert stored == sorted(PartialDate.parse(text) for text in TEXTS)


@pytest.mark.parametrize("bound", [PartialDate(2024, 5), "2024-05", date(2024, 5, 1)])
def test_lookups_take_partial_dates_text_and_days(memos, bound):
    later = memos.filter(on__gt=bound).order_by("on")

    assert [str(memo.on) for memo in later] == ["2024-05-11", "2024-06", "2025"]


def test_expressions_and_aggregates_give_partial_dates(memos):
    memos.update(until=F("on"))

    assert memos.filter(until=F("on")).count() == len(TEXTS)
    assert memos.aggregate(last=Max("until")) == {"last": PartialDate(2025)}


def test_reading_always_gives_a_partial_date(memo):
    assert [memo(on=value).on for value in ("2024-05", date(2024, 5, 1), None)] == [
        PartialDate(2024, 5),
        PartialDate(2024, 5, 1),
        None,
    ]


def test_model_form_saves_and_sees_no_change_in_the_same_date(memos):
    form_class = modelform_factory(memos.model, fields=["on", "until"])
    form = form_class({"on": "Oct 2024", "until": ""})
    saved = form.save()

    assert (memos.get(pk=saved.pk).on, memos.get(pk=saved.pk).until) == (PartialDate(2024, 10), None)
    assert form_class({"on": "2024-10", "until": ""}, instance=saved).has_changed() is False
    assert 'value="2024-10"' in str(form_class(instance=saved)["on"])


def test_wrong_text_is_refused_by_the_model(memo):
    with pytest.raises(ValueError, match="not a date"):
        memo.objects.filter(on="October")
    with pytest.raises(ValidationError, match="not a date"):
        PartialDateField().clean("October", None)


def test_migrations_write_the_field_without_its_length():
    text, imports = MigrationWriter.serialize(PartialDateField(null=True))

    assert text == "umbel.core.dates.PartialDateField(null=True)"
    assert imports == {"import umbel.core.dates"}


def test_column_compares_byte_by_byte_on_postgresql():
    postgresql = SimpleNamespace(
        vendor="postgresql",
        data_types={"CharField": "varchar(%(max_length)s)"},
        data_type_check_constraints={},
        ops=SimpleNamespace(quote_name=str),
    )

    parameters = PartialDateField().db_parameters(postgresql)

    assert (parameters["type"], parameters["collation"]) == ("varchar(10)", "C")
