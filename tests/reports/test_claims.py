"""Printed numbers held against exact ones, by the arithmetic of rounded values."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.factories import (
    ChannelCountFactory,
    ChannelFactory,
    ClaimFactory,
    ConfederationFactory,
    ReportedFigureFactory,
    ReportFactory,
    VideoFactory,
)
from umbel.core.models import Confederation
from umbel.reports.claims import State, compare, conflicts, judge_all

NUMBERS = st.decimals(min_value=-100_000, max_value=100_000, places=6, allow_nan=False, allow_infinity=False)
DIGITS = st.integers(min_value=0, max_value=3)


def rounded(value, digits, rule):
    return value.quantize(Decimal(1).scaleb(-digits), rounding=rule)


@given(NUMBERS, DIGITS, st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_number_rounded_to_the_nearest_agrees(exact, digits, rule):
    assert compare(rounded(exact, digits, rule), digits, exact) == State.AGREES


@given(NUMBERS, DIGITS)
def test_number_cut_off_agrees_or_is_named_as_cut_off(exact, digits):
    printed = rounded(exact, digits, ROUND_DOWN)
    nearest = abs(exact - printed) * 2 <= Decimal(1).scaleb(-digits)

    expected = State.AGREES if nearest else State.ROUNDING

    assert compare(printed, digits, exact) == expected


@given(NUMBERS, DIGITS)
def test_number_cut_off_agrees_where_cutting_off_is_the_rule(exact, digits):
    assert compare(rounded(exact, digits, ROUND_DOWN), digits, exact, "truncate") == State.AGREES


@given(NUMBERS, DIGITS, st.integers(min_value=1, max_value=1000))
def test_number_a_unit_or_more_away_contradicts(exact, digits, units):
    unit = Decimal(1).scaleb(-digits)
    printed = rounded(exact, digits, ROUND_HALF_UP)

    away = printed + units * unit if printed >= 0 else printed - units * unit

    assume(abs(away - exact) >= unit)
    assert compare(away, digits, exact) == State.CONTRADICTS


@given(NUMBERS, DIGITS)
def test_sign_does_not_change_the_verdict(exact, digits):
    printed = rounded(exact, digits, ROUND_DOWN)

    assert compare(-printed, digits, -exact) == compare(printed, digits, exact)


@pytest.mark.parametrize(
    ("printed", "digits", "exact", "state"),
    [
        ("9.6", 1, "9.625", State.AGREES),
        ("-0.3", 1, "-0.377", State.ROUNDING),
        ("-0.4", 1, "-0.377", State.AGREES),
        ("0.3", 1, "-0.377", State.CONTRADICTS),
        ("7", 0, "7.194", State.AGREES),
        ("30.8", 1, "30.81", State.AGREES),
        ("10", 0, "8", State.CONTRADICTS),
        ("8", 0, "9", State.CONTRADICTS),
        ("0", 0, "0.9", State.ROUNDING),
        ("0", 0, "-0.9", State.ROUNDING),
        ("2.5", 1, "2.55", State.AGREES),
        ("2.5", 1, "2.551", State.ROUNDING),
        ("2.7", 1, "2.6", State.CONTRADICTS),
    ],
)
def test_printed_number_stands_for_an_interval(printed, digits, exact, state):
    assert compare(Decimal(printed), digits, Decimal(exact)) == state


@pytest.fixture
def report(db):
    ConfederationFactory()
    return ReportFactory(year=2024)


def claimed(report, *figures, **fields):
    """One claim for each pair of a figure and the value printed for it."""
    return [ClaimFactory(report=report, figure=figure, value=Decimal(value), **fields) for figure, value in figures]


def states(report):
    return [finding.state for finding in judge_all(report)]


def test_claim_without_a_figure_has_no_record(report):
    claimed(report, ("", 3))

    assert states(report) == [State.MISSING]


def test_claim_on_a_figure_without_a_value_has_no_record(report):
    claimed(report, ("communication.website_users", 7300))

    assert states(report) == [State.MISSING]


def test_claim_counts_rows_of_its_own_year_only(report):
    VideoFactory(date="2024")
    VideoFactory(date="2023-12")
    claimed(report, ("communication.videos", 1), ("communication.videos", 2))

    assert states(report) == [State.AGREES, State.CONTRADICTS]


def test_claim_on_a_figure_that_no_app_declares_has_no_record(report):
    claimed(report, ("communication.songs", 1))

    [finding] = judge_all(report)

    assert (finding.state, finding.value) == (State.MISSING, None)


def test_confederation_that_cuts_off_agrees_with_what_was_cut_off(report):
    Confederation.objects.update(rounding="truncate")
    x = ChannelFactory(key="x")
    for date, value in (("2023", 5573), ("2024", 5552)):
        ChannelCountFactory(channel=x, date=date, value=value)
    claimed(report, ("communication.growth.x", "-0.3"), ("communication.growth.x", "-0.4"), digits=1)

    assert states(report) == [State.AGREES, State.ROUNDING]


@pytest.mark.parametrize(
    ("printed_as_floor", "recorded_as_floor", "state"),
    [
        (True, True, State.AGREES),
        (True, False, State.CONTRADICTS),
        (False, True, State.CONTRADICTS),
        (False, False, State.AGREES),
    ],
)
def test_over_eighty_and_eighty_are_two_things(report, printed_as_floor, recorded_as_floor, state):
    ReportedFigureFactory(figure="facts.signatories", value=80, is_floor=recorded_as_floor)
    claimed(report, ("facts.signatories", 80), is_floor=printed_as_floor)

    assert states(report) == [state]


def test_over_eighty_agrees_with_any_exact_number_over_eighty(report):
    ReportedFigureFactory(figure="facts.signatories", value=81)
    claimed(report, ("facts.signatories", 80), ("facts.signatories", 81), is_floor=True)

    assert states(report) == [State.AGREES, State.CONTRADICTS]


def test_two_values_of_one_measure_are_named_even_where_each_has_its_record(report):
    ReportedFigureFactory(figure="facts.subscribers", value=3411)
    ReportedFigureFactory(figure="facts.reach", value=3495)
    claimed(report, ("facts.subscribers", 3411), ("facts.reach", 3495), measure="mailing-list")

    assert states(report) == [State.DOUBLED, State.DOUBLED]


def test_contradiction_outweighs_a_second_value(report):
    claimed(report, ("communication.videos", 3), ("", 4), measure="videos")

    assert states(report) == [State.CONTRADICTS, State.DOUBLED]


def test_one_value_of_one_measure_in_two_places_is_no_conflict(report):
    VideoFactory()
    claims = claimed(report, ("communication.videos", 1), ("communication.videos", 1), measure="videos")

    assert conflicts(claims) == {}
    assert states(report) == [State.AGREES, State.AGREES]


def test_coarser_value_of_one_measure_is_no_conflict(report):
    fine = ClaimFactory(report=report, measure="growth", value=Decimal("7.2"), digits=1)
    coarse = ClaimFactory(report=report, measure="growth", value=Decimal(7), digits=0)

    assert conflicts([fine, coarse]) == {}


def test_claims_without_a_measure_are_never_in_conflict(report):
    assert conflicts(claimed(report, ("", 3), ("", 4))) == {}
