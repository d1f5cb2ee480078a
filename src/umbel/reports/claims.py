"""Printed numbers held against the records, by the arithmetic of rounded values.

A number printed with d decimals stands for an interval: half a unit of the last digit to both sides when it was
rounded to the nearest, one unit away from zero when it was cut off (XBRL Calculations 1.1 knows the same two modes).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Q

from umbel.core import registry
from umbel.core.figures import Memo, Value, evaluate
from umbel.core.models import current_rounding
from umbel.core.periods import Period
from umbel.core.registry import Figure
from umbel.reports.models import Claim, Report


class State(StrEnum):
    """What became of a claim."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    ROUNDING = "rounding"
    MISSING = "missing"
    DOUBLED = "doubled"


@dataclass(frozen=True)
class Finding:
    """A claim with the value on record: `recorded` is `None` when there is no figure or it has no value."""

    claim: Claim
    state: State
    value: Value | None


def compare(printed: Decimal, digits: int, exact: Decimal, rule: str = "half-up") -> State:
    """Tell whether an exact value can be printed as `printed` with `digits` decimals.

    Returns AGREES when the rounding `rule` gives it, ROUNDING when only the other way does (cutting off instead of the
    nearest, or the reverse), else CONTRADICTS.
    """
    unit = Decimal(1).scaleb(-digits)
    nearest = abs(exact - printed) <= unit / 2
    cut = abs(printed) <= abs(exact) < abs(printed) + unit and printed * exact >= 0
    if cut if rule == "truncate" else nearest:
        return State.AGREES
    return State.ROUNDING if (nearest or cut) and exact != exact.to_integral_value() else State.CONTRADICTS


def judge(claim: Claim, value: Value | None, rule: str) -> Finding:
    """Return what the value on record says of one claim."""
    if value is None:
        return Finding(claim, State.MISSING, None)
    if value.value is None:
        return Finding(claim, State.MISSING, value)
    exact, is_floor = Decimal(value.value), value.figure.is_floor
    if claim.is_floor and not is_floor:
        return Finding(claim, State.AGREES if exact > claim.value else State.CONTRADICTS, value)
    if is_floor and not claim.is_floor:
        return Finding(claim, State.CONTRADICTS, value)
    return Finding(claim, compare(claim.value, claim.digits, exact, rule), value)


def judge_all(
    report: Report,
    figure: str = "",
    known: Mapping[str, Figure] | None = None,
    values: Mapping[str, Value] | None = None,
) -> list[Finding]:
    """Return the claims of a report with their state; claims of one measure that differ are DOUBLED where they agree.

    `figure` keeps the claims held against one figure and those of the same measure; `known` spares listing all
    figures and `values` evaluating those that were evaluated for the year of the report.
    """
    rule, period = current_rounding(), report.period
    claims = report.claims.all()
    if figure:
        measures = claims.filter(figure=figure).exclude(measure="").values("measure")
        claims = claims.filter(Q(figure=figure) | Q(measure__in=measures))
    if known is None:
        known = {each.key: each for each in registry.figures()}
    memo = Memo(known)
    found = [judge(claim, _value(claim.figure, period, rule, memo, values or {}), rule) for claim in claims]
    doubled = {claim.pk for stated in conflicts(finding.claim for finding in found).values() for claim in stated}
    return [
        Finding(finding.claim, State.DOUBLED, finding.value)
        if finding.state in (State.AGREES, State.MISSING) and finding.claim.pk in doubled
        else finding
        for finding in found
    ]


def _value(key: str, period: Period, rule: str, memo: Memo, values: Mapping[str, Value]) -> Value | None:
    if key not in memo.known:
        return None
    return values.get(key) or evaluate(memo.known[key], period, rule, memo=memo)


def conflicts(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the measures for which claims print different values, with the claims."""
    measures: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.measure:
            measures[claim.measure].append(claim)
    return {
        measure: stated
        for measure, stated in measures.items()
        if not all(_compatible(stated[0], other) for other in stated[1:])
    }


def _compatible(one: Claim, other: Claim) -> bool:
    coarse = min(one.digits, other.digits)
    return abs(one.value - other.value) <= Decimal(1).scaleb(-coarse) / 2
