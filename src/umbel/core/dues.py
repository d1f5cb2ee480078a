"""Which dated rows are near a day: the question that whatever falls due asks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Q

from umbel.core.dates import PartialDate

AT_MOST = 200


@dataclass(frozen=True)
class Span:
    """The days around a day in which something falls due: so many before it and after it."""

    first: date
    last: date

    @classmethod
    def around(cls, today: date, *, ahead: int = 60, behind: int = 0) -> Self:
        return cls(today - timedelta(days=behind), today + timedelta(days=ahead))

    def asked(self, field: str) -> Q:
        """Return the condition that a partial date may end in the span: a month or a year is meant to its last day."""
        days = Q(**{f"{field}__gte": self.first.isoformat(), f"{field}__lte": self.last.isoformat()})
        years = [
            str(year) for year in {self.first.year, self.last.year} if self.first <= date(year, 12, 31) <= self.last
        ]
        return days | Q(**{f"{field}__in": [*years, self.first.isoformat()[:7]]})

    def holds(self, on: PartialDate | None) -> bool:
        return on is not None and self.first <= on.last_day <= self.last


def near(rows: Any, field: str, today: date, *, ahead: int = 60, behind: int = 0) -> list[tuple[PartialDate, Any]]:
    """Return the rows whose partial date ends at most so many days after or before a day, each with its date.

    The nearest in time come first, at most 200.
    """
    span = Span.around(today, ahead=ahead, behind=behind)
    found = [(getattr(row, field), row) for row in rows.filter(span.asked(field)).order_by(field, "pk")[:AT_MOST]]
    return sorted((pair for pair in found if span.holds(pair[0])), key=lambda pair: (pair[0].last_day, pair[1].pk))
