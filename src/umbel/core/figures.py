"""Values of figures: evaluated for a period, with the rows behind them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from umbel.core import registry
from umbel.core.audience import audience_of, audiences_of
from umbel.core.folds import Count, Fold
from umbel.core.formatting import rounding
from umbel.core.periods import Period
from umbel.core.registry import Figure, Growth, Part, Ratio, Whole

Number = Decimal | int
COUNT = Count()


@dataclass(frozen=True, slots=True)
class Row:
    """A row behind a figure as exports show it: type (`events.event`), id (its key), text, address on the site."""

    type: str
    id: str
    text: str
    url: str

    @classmethod
    def of(cls, record: Any) -> "Row":
        if isinstance(record, Row):
            return record
        return cls(record._meta.label_lower, record.handle, str(record), record.get_absolute_url())


class Memo:
    """What was read for figures that are evaluated in a row, so that nothing is asked twice.

    `known` holds figures by key. Where they are many, the parts of a whole are read together: so many queries as there
    are wholes, not figures.
    """

    def __init__(self, known: Mapping[str, Figure] | None = None, is_of_many: bool = True) -> None:
        self.known, self.is_of_many = known or {}, is_of_many
        self._values: dict[tuple[str, Period], Number | None] = {}
        self._rows: dict[tuple[str, Period], int] = {}
        self._parts: dict[tuple[Whole, Fold, Period], Callable[[Any], Number | None]] = {}

    def find(self, key: str) -> Figure:
        return self.known[key] if key in self.known else registry.get_figure(key)

    def value(self, figure: Figure, period: Period) -> Number | None:
        if (figure.key, period) not in self._values:
            self._values[figure.key, period] = self._computed(figure, period)
        return self._values[figure.key, period]

    def number_of_rows(self, figure: Figure, period: Period) -> int:
        """Return how many rows are folded, those of both numbers of a derived figure."""
        match figure.derived:
            case Growth(of):
                base = self.find(of)
                return self.number_of_rows(base, period) + self.number_of_rows(base, period.previous())
            case Ratio(numerator, denominator):
                keys = dict.fromkeys((numerator, denominator))
                return sum(self.number_of_rows(self.find(key), period) for key in keys)
        if figure.fold == COUNT:
            return int(self.value(figure, period) or 0)
        if (figure.key, period) not in self._rows:
            self._rows[figure.key, period] = int(self._folded(figure, COUNT, period) or 0)
        return self._rows[figure.key, period]

    def _computed(self, figure: Figure, period: Period) -> Number | None:
        match figure.derived:
            case Growth(of):
                base = self.find(of)
                now, before = self.value(base, period), self.value(base, period.previous())
                return (Decimal(now) - before) / before * 100 if now is not None and before else None
            case Ratio(numerator, denominator, scale):
                upper, lower = (self.value(self.find(key), period) for key in (numerator, denominator))
                return Decimal(upper) / lower * scale if upper is not None and lower else None
        return self._folded(figure, figure.fold, period)

    def _folded(self, figure: Figure, fold: Fold, period: Period) -> Number | None:
        if self.is_of_many and isinstance(figure.rows, Part):
            return self._numbers(figure.rows.whole, fold, period)(figure.rows.part)
        values = [value for rows in _rows(figure, period) if (value := fold(rows)) is not None]
        return sum(values) if values else fold.of_nothing

    def _numbers(self, whole: Whole, fold: Fold, period: Period) -> Callable[[Any], Number | None]:
        if (whole, fold, period) not in self._parts:
            self._parts[whole, fold, period] = whole.numbers(period, fold)
        return self._parts[whole, fold, period]


@dataclass(frozen=True)
class Value:
    """A figure in a period: `value` is exact, `printed` is rounded by the confederation's rule; both may be `None`."""

    figure: Figure
    period: Period
    value: Number | None
    printed: Number | None
    memo: Memo = field(repr=False, compare=False)

    def querysets(self) -> list[models.QuerySet[Any]]:
        """Return the sets of rows that were folded: one, or two for a ratio or a growth."""
        return _querysets(self.figure, self.period, self.memo)

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
        return self.memo.number_of_rows(self.figure, self.period)


def evaluate(
    key: str | Figure,
    period: Period,
    rule: str = "half-up",
    known: Mapping[str, Figure] | None = None,
    memo: Memo | None = None,
) -> Value:
    """Return the value of a figure in a period, rounded by `rule` to the figure's digits.

    `known` spares looking up the figures that a derived one rests on. With a `memo`, for many figures in a row, nothing
    is asked twice, and the parts of a whole are read together. Raises `DeclarationError` for an unknown key. A growth
    or a ratio without a base is `None`, never zero.
    """
    memo = Memo(known, is_of_many=False) if memo is None else memo
    figure = key if isinstance(key, Figure) else memo.find(key)
    value = memo.value(figure, period)
    printed: Number | None = value
    if value is not None:
        printed = rounding(Decimal(value), figure.digits, rule)
        printed = int(printed) if figure.digits == 0 else printed
    return Value(figure, period, value, printed, memo)


def _rows(figure: Figure, period: Period) -> list[models.QuerySet[Any]]:
    if figure.rows is None:
        raise registry.DeclarationError(f"{figure.key} has neither rows nor a derived rule")
    rows = figure.rows(period)
    return rows if isinstance(rows, list) else [rows]


def _querysets(figure: Figure, period: Period, memo: Memo) -> list[models.QuerySet[Any]]:
    match figure.derived:
        case Growth(of):
            base = memo.find(of)
            return _querysets(base, period, memo) + _querysets(base, period.previous(), memo)
        case Ratio(numerator, denominator):
            keys = dict.fromkeys((numerator, denominator))
            return [rows for key in keys for rows in _querysets(memo.find(key), period, memo)]
    return _rows(figure, period)
