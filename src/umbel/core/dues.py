"""Which dated rows are near a day: the question that whatever falls due asks."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from umbel.core.dates import PartialDate

AT_MOST = 200


def near(rows: Any, field: str, today: date, *, ahead: int = 60, behind: int = 0) -> list[tuple[PartialDate, Any]]:
    """Return the rows whose partial date ends at most so many days after or before a day, each with its date.

    A date known to the month or the year is meant to its last day. The nearest in time come first, at most 200.
    """
    first, last = today - timedelta(days=behind), today + timedelta(days=ahead)
    days = Q(**{f"{field}__gte": first.isoformat(), f"{field}__lte": last.isoformat()})
    years = [str(year) for year in {first.year, last.year} if first <= date(year, 12, 31) <= last]
    whole = Q(**{f"{field}__in": [*years, first.isoformat()[:7]]})
    found = [(getattr(row, field), row) for row in rows.filter(days | whole).order_by(field, "pk")[:AT_MOST]]
    return sorted(
        (pair for pair in found if first <= pair[0].last_day <= last), key=lambda pair: (pair[0].last_day, pair[1].pk)
    )
