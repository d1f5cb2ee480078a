from decimal import Decimal
from functools import reduce

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import (
    ChannelCountFactory,
    ChannelFactory,
    EventFactory,
    GroupMeetingFactory,
    MandateFactory,
    OrganisationFactory,
    PolicyFileFactory,
    PositionFactory,
    ReportedFigureFactory,
    SiteFigureFactory,
    VideoFactory,
)
from umbel.communication.models import ChannelCount
from umbel.core import registry
from umbel.core.dates import PartialDate
from umbel.core.figures import Memo, Row, evaluate
from umbel.core.folds import Count, Distinct, Latest, Sum
from umbel.core.periods import Period
from umbel.core.registry import DeclarationError, Figure, Growth, Ratio
from umbel.governance.models import Mandate
from umbel.website.generation import generate

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


def counts(*values, channel="lantern", start=2024):
    """Followers of a channel, one value a year up to `start`, the latest first."""
    lantern = ChannelFactory(key=channel)
    return [ChannelCountFactory(channel=lantern, date=str(start - n), value=value) for n, value in enumerate(values)]


def test_count_is_the_number_of_rows():
    VideoFactory.create_batch(3)

    assert evaluate("communication.videos", YEAR).value == 3


def test_distinct_counts_different_values_and_leaves_out_empty_ones():
    for country in ("IT", "IT", "ES", ""):
        MandateFactory(organisation=OrganisationFactory(country=country))
    MandateFactory(organisation=None)

    assert Distinct("organisation__country")(Mandate.objects.all()) == 2
    assert Distinct("organisation")(Mandate.objects.all()) == 4


def test_sum_adds_a_column_up_and_is_nothing_without_rows():
    counts(300, 200)

    assert Sum("value")(ChannelCount.objects.all()) == 500
    assert Sum("value")(ChannelCount.objects.none()) is None


def test_latest_is_the_value_of_the_last_date_the_finer_after_the_coarser():
    channel = ChannelFactory()
    for day, value in (("2024", 1), ("2024-06", 2), ("2024-06-30", 3), ("2023-12-31", 4)):
        ChannelCountFactory(channel=channel, date=day, value=value)

    assert Latest()(ChannelCount.objects.all()) == 3
    assert Latest()(ChannelCount.objects.none()) is None


def test_a_figure_of_several_kinds_of_rows_adds_them_up():
    VideoFactory.create_batch(2)
    EventFactory(in_review=False)
    PositionFactory()

    assert evaluate("chronicle.entries", YEAR).value == 3


def test_a_ratio_divides_two_figures():
    SiteFigureFactory(measure="views", value=23000, date="2024")
    SiteFigureFactory(measure="users", value=7300, date="2024")

    value = evaluate("communication.views_per_user", YEAR)

    assert (value.value, value.printed) == (Decimal(23000) / 7300, Decimal("3.15"))
    assert [row.value for row in value.rows()] == [23000, 7300]


@pytest.mark.parametrize(
    ("now", "before", "printed"),
    [(1096, 1000, "9.6"), (996, 1000, "-0.4"), (1000, 1000, "0.0"), (3599, 3283, "9.6"), (0, 1000, "-100.0")],
)
def test_growth_compares_with_the_period_before(now, before, printed):
    counts(now, before)

    assert evaluate("communication.growth.lantern", YEAR).printed == Decimal(printed)


def test_growth_rests_on_the_rows_of_both_periods():
    now, before, _ = counts(110, 100, 90)

    value = evaluate("communication.growth.lantern", YEAR)

    assert list(value.rows()) == [now, before]
    assert value.number_of_rows() == 2


@pytest.mark.parametrize("values", [(), (110,), (110, 0)])
def test_growth_without_a_base_is_nothing_not_zero(values):
    counts(*values)
    ChannelCountFactory(channel=ChannelFactory(key="other"), date="2020")
    figure = Figure("growth", "Growth", derived=Growth("communication.followers.lantern")) if values else None

    value = evaluate(figure or Figure("growth", "Growth", derived=Growth("communication.followers.other")), YEAR)

    assert (value.value, value.printed) == (None, None)


def test_growth_without_a_value_of_now_is_nothing():
    counts(100, start=2023)

    assert evaluate("communication.growth.lantern", YEAR).value is None


@pytest.mark.parametrize("users", [None, 0])
def test_a_ratio_without_a_base_is_nothing_not_zero(users):
    SiteFigureFactory(measure="views", value=23000, date="2024")
    if users is not None:
        SiteFigureFactory(measure="users", value=users, date="2024")

    assert evaluate("communication.views_per_user", YEAR).value is None


@pytest.mark.parametrize(("rule", "printed"), [("half-up", "-0.4"), ("half-even", "-0.4"), ("truncate", "-0.3")])
def test_a_figure_is_printed_by_the_rule_of_the_confederation(rule, printed):
    counts(99_650, 100_000)

    value = evaluate("communication.growth.lantern", YEAR, rule)

    assert (value.value, value.printed) == (Decimal("-0.35"), Decimal(printed))


def test_a_figure_without_decimals_is_a_whole_number():
    ReportedFigureFactory(figure="facts.share", value=Decimal("7.5"), date="2024")

    value = evaluate("facts.share", YEAR)

    assert (value.value, value.printed, type(value.printed)) == (Decimal("7.5"), 8, int)


@given(now=st.integers(0, 10**9), before=st.integers(1, 10**9))
def test_growth_undone_gives_the_value_of_now(now, before):
    growth = (Decimal(now) - before) / before * 100

    assert round(before * (1 + growth / 100)) == now


def test_an_unknown_figure_is_an_error():
    with pytest.raises(DeclarationError, match="no app declares a figure"):
        evaluate("core.nothing", YEAR)


def test_a_figure_with_neither_rows_nor_rule_is_an_error():
    with pytest.raises(DeclarationError, match="neither rows nor"):
        evaluate(Figure("core.nothing", "Nothing"), YEAR)


def test_a_period_and_an_instant_decide_what_is_counted():
    MandateFactory(start="2022-06", end="2024-06")
    MandateFactory(start="2024-07")

    at_the_end, in_june = YEAR, YEAR.as_at(PartialDate(2024, 6).last_day)

    assert [evaluate("governance.board", period).value for period in (at_the_end, in_june)] == [1, 1]
    assert [mandate.start.year for mandate in evaluate("governance.board", in_june).rows()] == [2022]


def test_rows_that_are_not_for_the_reader_are_numbered_only(cast):
    seen = VideoFactory(key="seen", title="Seen")
    VideoFactory.create_batch(2, audience="secretariat")
    value = evaluate("communication.videos", YEAR)

    rows, others = value.rows_for(cast.reader)

    assert rows == [Row("communication.video", "seen", "Seen", seen.get_absolute_url())]
    assert (value.value, others) == (3, 2)
    assert [len(value.rows_for(cast.secretariat)[0]), value.rows_for(cast.secretariat)[1]] == [3, 0]


def test_a_count_of_no_kind_of_row_is_zero():
    assert evaluate(Figure("core.nothing", "Nothing", lambda period: []), YEAR).value == 0


def value_at(row, path):
    return reduce(lambda part, name: getattr(part, name, None), path.split("__"), row)


def refold(fold, rows):
    """A fold done again in Python, row by row."""
    match fold:
        case Count():
            return len(rows)
        case Distinct(column):
            return len({value_at(row, column) for row in rows} - {None, ""})
        case Sum(column):
            return sum(value_at(row, column) for row in rows) if rows else None
        case Latest(column, by):
            last = max(rows, key=lambda row: (value_at(row, by), row.pk), default=None)
            return None if last is None else value_at(last, column)


def recount(figure):
    match figure.derived:
        case Growth(of):
            now, before = (recount_of(of, period) for period in (YEAR, YEAR.previous()))
            return (Decimal(now) - before) / before * 100 if now is not None and before else None
        case Ratio(numerator, denominator, scale):
            upper, lower = recount_of(numerator, YEAR), recount_of(denominator, YEAR)
            return Decimal(upper) / lower * scale if upper is not None and lower else None
    return recount_of(figure.key, YEAR)


def recount_of(key, period):
    value = evaluate(key, period)
    parts = [refold(value.figure.fold, list(rows)) for rows in value.querysets() or [[]]]
    told = [part for part in parts if part is not None]
    return sum(told) if told else None


@pytest.mark.parametrize("span", ["2024", "2023", "2024-03/2024-05"])
def test_figures_evaluated_together_are_what_each_is_alone(span):
    generate(250, 2024, seed=7)
    period, known = Period.parse(span), {figure.key: figure for figure in registry.figures()}
    memo = Memo(known)

    together = [evaluate(figure, period, memo=memo) for figure in known.values()]
    alone = [evaluate(figure, period, known=known) for figure in known.values()]

    assert [(value.value, value.number_of_rows()) for value in together] == [
        (value.value, len(list(value.rows()))) for value in alone
    ]


def test_many_figures_take_a_query_for_each_whole_not_for_each_part():
    def asked():
        memo = Memo({figure.key: figure for figure in registry.figures()})
        with CaptureQueriesContext(connection) as queries:
            for figure in memo.known.values():
                evaluate(figure, YEAR, memo=memo).number_of_rows()
        return len(memo.known), len(queries)

    sizes = []
    for count in (1, 3):
        PolicyFileFactory.create_batch(count)
        GroupMeetingFactory.create_batch(count)
        ChannelCountFactory.create_batch(count, date="2024")
        sizes.append(asked())

    assert sizes[0][0] < sizes[1][0]
    assert sizes[0][1] == sizes[1][1]


def test_every_figure_is_the_fold_of_the_rows_that_a_reader_can_open():
    generate(250, 2024, seed=7)
    values = [evaluate(figure, YEAR) for figure in registry.figures()]

    assert {value.figure.key: value.value for value in values} == {
        value.figure.key: recount(value.figure) for value in values
    }
    assert [value.figure.key for value in values if value.number_of_rows() != len(list(value.rows()))] == []
    assert len([value for value in values if value.value]) > 100


def test_every_row_of_every_figure_can_be_shown():
    generate(120, 2024, seed=8)
    rows = [Row.of(record) for figure in registry.figures() for record in evaluate(figure, YEAR).rows()]

    assert len(rows) > 500
    assert [row for row in rows if not (row.type and row.id and row.text and row.url.startswith("/"))] == []
