"""How rows become a number. A fold works on exactly the rows that a reader can open."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from django.db import models


class Fold(Protocol):
    """Turns a queryset into a number, or `None` when there is nothing to tell; `of_nothing` is the value of no rows."""

    of_nothing: ClassVar[int | None]

    def __call__(self, rows: models.QuerySet[Any]) -> Decimal | int | None: ...

    def grouped(self, rows: models.QuerySet[Any], part: str) -> dict[Any, Decimal | int | None]:
        """Return the number of each part, by the value of a column of the rows: one query for all parts."""
        ...


def _plain(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    return rows.order_by().prefetch_related(None)


@dataclass(frozen=True)
class Count:
    """The number of rows."""

    of_nothing: ClassVar[int | None] = 0

    def __call__(self, rows: models.QuerySet[Any]) -> int:
        return rows.count()

    def grouped(self, rows: models.QuerySet[Any], part: str) -> dict[Any, Decimal | int | None]:
        return dict(_plain(rows).values_list(part).annotate(n=models.Count("pk")))


@dataclass(frozen=True)
class Distinct:
    """The number of different values of a column; empty values are not counted."""

    of_nothing: ClassVar[int | None] = 0

    column: str

    def __call__(self, rows: models.QuerySet[Any]) -> int:
        return int(self._told(rows).order_by().aggregate(n=models.Count(self.column, distinct=True))["n"])

    def grouped(self, rows: models.QuerySet[Any], part: str) -> dict[Any, Decimal | int | None]:
        return dict(_plain(self._told(rows)).values_list(part).annotate(n=models.Count(self.column, distinct=True)))

    def _told(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.exclude(**{self.column: ""}) if self._is_text(rows) else rows

    def _is_text(self, rows: models.QuerySet[Any]) -> bool:
        model, found = rows.model, None
        for part in self.column.split("__"):
            found = model._meta.get_field(part)
            model = found.related_model or model
        return isinstance(found, models.CharField)


@dataclass(frozen=True)
class Sum:
    """The sum of a column; `None` when there is no row."""

    of_nothing: ClassVar[int | None] = None

    column: str

    def __call__(self, rows: models.QuerySet[Any]) -> Decimal | int | None:
        value: Decimal | int | None = rows.order_by().aggregate(n=models.Sum(self.column))["n"]
        return value

    def grouped(self, rows: models.QuerySet[Any], part: str) -> dict[Any, Decimal | int | None]:
        return dict(_plain(rows).values_list(part).annotate(n=models.Sum(self.column)))


@dataclass(frozen=True)
class Latest:
    """The value of the latest dated row, as for followers of a channel; `None` when there is no row."""

    of_nothing: ClassVar[int | None] = None

    column: str = "value"
    by: str = "date"

    def __call__(self, rows: models.QuerySet[Any]) -> Decimal | int | None:
        value: Decimal | int | None = rows.order_by(f"-{self.by}", "-pk").values_list(self.column, flat=True).first()
        return value

    def grouped(self, rows: models.QuerySet[Any], part: str) -> dict[Any, Decimal | int | None]:
        return dict(_plain(rows).order_by(self.by, "pk").values_list(part, self.column))
