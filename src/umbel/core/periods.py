"""The span of days that a figure or a report is about, with the instant at which it looks."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler

from umbel.core.dates import PartialDate, PartialDateField

if TYPE_CHECKING:
    # Django's lookups are generic for the type checker only.
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup

ONE_DAY = timedelta(days=1)
END_OF_LAST_DAY = datetime.min.replace(tzinfo=UTC)
"""Stands in the constructor for the default instant, which depends on the last day."""


@dataclass(frozen=True, slots=True)
class Period:
    """All days from ``start`` to ``end``, both included, seen as things stood at ``as_of``.

    ``as_of`` is an aware datetime, kept in UTC; by default the last microsecond of ``end`` in UTC.
    Raises ValueError where the end lies before the start or after the year 9998, or where the
    instant has no time zone.
    """

    start: date
    end: date
    as_of: datetime = END_OF_LAST_DAY

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")
        if self.end.year == date.max.year:
            raise ValueError(f"a period must end before the year {date.max.year}")
        if self.as_of.tzinfo is None:
            raise ValueError("the instant of a period needs a time zone")
        as_of = _last_instant(self.end) if self.as_of is END_OF_LAST_DAY else self.as_of.astimezone(UTC)
        object.__setattr__(self, "as_of", as_of)

    @classmethod
    def year(cls, year: int) -> Self:
        """Return the calendar year, as things stood at its end."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def range(cls, start: date, end: date) -> Self:
        """Return the days from ``start`` to ``end``, both included, as things stood at the end."""
        return cls(start, end)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2024", "2024-06" or an ISO 8601 interval "2024-03-01/2024-05-31" (or "2024-03/2024-05").

        The interval includes its last day. Raises ValueError for anything else.
        """
        first, slash, last = text.partition("/")
        start = PartialDate.parse(first)
        return cls(start.first_day, (PartialDate.parse(last) if slash else start).last_day)

    def as_at(self, instant: datetime | date) -> Self:
        """Return the same days seen at ``instant``: an aware datetime, or a day, meaning its end in UTC."""
        return replace(self, as_of=instant if isinstance(instant, datetime) else _last_instant(instant))

    def previous(self) -> Self:
        """Return the period of the same length just before, as things stood at its end.

        Whole months are followed back by as many whole months (so a year by the year before), other
        spans by as many days.
        """
        end = self.start - ONE_DAY
        if self.start.day != 1 or (self.end + ONE_DAY).day != 1:
            return type(self)(end - (self.end - self.start), end)
        after = self.end + ONE_DAY
        months = 2 * _month_number(self.start) - _month_number(after)
        return type(self)(date(months // 12, months % 12 + 1, 1), end)

    @property
    def is_year(self) -> bool:
        """Whether the period is one calendar year."""
        return self.start == date(self.end.year, 1, 1) and self.end == date(self.start.year, 12, 31)

    @property
    def label(self) -> str:
        """The year ("2024") or the ISO 8601 interval ("2024-03-01/2024-05-31"); ``parse`` reads both."""
        return f"{self.start.year:04}" if self.is_year else f"{self.start}/{self.end}"

    @property
    def on(self) -> date:
        """The day of ``as_of`` in UTC, for records that are dated by day."""
        return self.as_of.date()

    def __str__(self) -> str:
        return self.label

    def bounds(self) -> tuple[str, str]:
        """Return ISO texts (lo, hi): ``lo <= text < hi`` holds for exactly the partial dates inside.

        Any year and any span of whole months within one year has such bounds. A span that ends within
        a month or year of which it holds the first day has none, as the coarse text ("2024-05") sorts
        among the days: raises ValueError. The lookup ``within`` works for every period.
        """
        lo, hi, straddling = self.edges()
        if straddling:
            raise ValueError(f"{self.label} has no exact bounds; use the lookup “within”")
        return lo, hi

    def edges(self) -> tuple[str, str, tuple[str, ...]]:
        """Return (lo, hi, straddling): inside are the texts ``lo <= text < hi`` not in ``straddling``.

        ``straddling`` holds at most two texts, a year and a month that begin inside and end outside.
        """
        last_year, last_month = PartialDate(self.end.year), PartialDate(self.end.year, self.end.month)
        coarse = [PartialDate(self.start.year), PartialDate(self.start.year, self.start.month)]
        first = min(filter(self._holds, coarse), default=PartialDate.of(self.start))
        lo, after = str(first), self.end + ONE_DAY
        hi = PartialDate(after.year, after.month if after.day > 1 or after.month > 1 else None)
        if after.day > 1:
            hi = PartialDate.of(after)
        outside = (str(each) for each in (last_year, last_month) if not self._holds(each))
        return lo, str(hi), tuple(text for text in outside if lo <= text < str(hi))

    def _holds(self, day: PartialDate) -> bool:
        return day.within(self.start, self.end)


def _last_instant(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


@PartialDateField.register_lookup
class Within(_Lookup):
    """``filter(adopted_on__within=period)``: the whole of the partial date lies in the period."""

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the comparison with the edges of the period."""
        column, column_params = self.process_lhs(compiler, connection)
        lo, hi, straddling = self.rhs.edges()
        sql = f"({column} >= %s AND {column} < %s"
        params: list[Any] = [*column_params, lo, *column_params, hi]
        for text in straddling:
            sql += f" AND {column} <> %s"
            params += [*column_params, text]
        return sql + ")", tuple(params)
