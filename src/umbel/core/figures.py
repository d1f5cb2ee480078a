"""Values of figures: evaluated for a period, with the rows behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from umbel.core import registry
from umbel.core.audience import audience_of, audiences_of
from umbel.core.formatting import rounding
from umbel.core.periods import Period
from umbel.core.registry import Figure, Growth, Ratio

Number = Decimal | int


@dataclass(frozen=True)
class Row:
    """A row behind a figure as exports show it: type (`events.event`), id (its key), text, address on the site."""

    type: str
    id: str
    text: str
    url: str

    @classmethod
    def of(cls, record: Any) -> "Row":
        return cls(record._meta.label_lower, record.handle, str(record), record.get_absolute_url())


@dataclass(frozen=True)
class Value:
    """A figure in a period: `value` is exact, `printed` is rounded by the confederation's rule; both may be `None`."""

    figure: Figure
    period: Period
    value: Number | None
    printed: Number | None

    def querysets(self) -> list[models.QuerySet[Any]]:
        """Return the sets of rows that were folded: one, or two for a ratio or a growth."""
        return _querysets(self.figure, self.period)

    def rows(self) -> Iterator[Any]:
        """Yield every row behind the value, whoever may see it."""
        for queryset in self.querysets():
            whole = queryset.model.audience_path.rpartition("__")[0]
            yield from queryset.select_related(whole) if whole else queryset

    def rows_for(self, user: Any) -> tuple[list[Row], int]:
        """Return the rows that a user may see and how many others there are."""
        mine = audiences_of(user)
        records = list(self.rows())
        seen = [Row.of(record) for record in records if audience_of(record) in mine]
        return seen, len(records) - len(seen)

    def number_of_rows(self) -> int:
        return sum(queryset.count() for queryset in self.querysets())


Memo = dict[tuple[str, Period], Number | None]


def evaluate(
    key: str | Figure,
    period: Period,
    rule: str = "half-up",
    known: Mapping[str, Figure] | None = None,
    memo: Memo | None = None,
) -> Value:
    """Return the value of a figure in a period, rounded by `rule` to the figure's digits.

    When many are evaluated in a row, `known` spares looking up the figures that a derived one rests on, and `memo`
    evaluating them twice. Raises `DeclarationError` for an unknown key. A growth or a ratio without a base is `None`,
    never zero.
    """
    figure = key if isinstance(key, Figure) else _find(key, known)
    value = _value(figure, period, known, {} if memo is None else memo)
    printed: Number | None = value
    if value is not None:
        printed = rounding(Decimal(value), figure.digits, rule)
        printed = int(printed) if figure.digits == 0 else printed
    return Value(figure, period, value, printed)


def _find(key: str, known: Mapping[str, Figure] | None) -> Figure:
    return known[key] if known and key in known else registry.get_figure(key)


def _value(figure: Figure, period: Period, known: Mapping[str, Figure] | None, memo: Memo) -> Number | None:
    if (figure.key, period) not in memo:
        memo[figure.key, period] = _computed(figure, period, known, memo)
    return memo[figure.key, period]


def _computed(figure: Figure, period: Period, known: Mapping[str, Figure] | None, memo: Memo) -> Number | None:
    match figure.derived:
        case Growth(of):
            base = _find(of, known)
            now, before = _value(base, period, known, memo), _value(base, period.previous(), known, memo)
            return (Decimal(now) - before) / before * 100 if now is not None and before else None
        case Ratio(numerator, denominator, scale):
            upper, lower = (_value(_find(key, known), period, known, memo) for key in (numerator, denominator))
            return Decimal(upper) / lower * scale if upper is not None and lower else None
    values = [value for rows in _rows(figure, period) if (value := figure.fold(rows)) is not None]
    return sum(values) if values else figure.fold.of_nothing


def _rows(figure: Figure, period: Period) -> list[models.QuerySet[Any]]:
    if figure.rows is None:
        raise registry.DeclarationError(f"{figure.key} has neither rows nor a derived rule")
    rows = figure.rows(period)
    return rows if isinstance(rows, list) else [rows]


def _querysets(figure: Figure, period: Period) -> list[models.QuerySet[Any]]:
    match figure.derived:
        case Growth(of):
            base = registry.get_figure(of)
            return _querysets(base, period) + _querysets(base, period.previous())
        case Ratio(numerator, denominator):
            keys = dict.fromkeys((numerator, denominator))
            return [rows for key in keys for rows in _querysets(registry.get_figure(key), period)]
    return _rows(figure, period)
