"""How rows become a number. A fold works on exactly the rows that a reader can open."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from django.db import models


class Fold(Protocol):
    """Turns a queryset into a number, or `None` when there is nothing to tell; `of_nothing` is the value of no rows."""

    of_nothing: ClassVar[int | None]

    def __call__(self, rows: models.QuerySet[Any]) -> Decimal | int | None: ...


@dataclass(frozen=True)
class Count:
    """The number of rows."""

    of_nothing: ClassVar[int | None] = 0

    def __call__(self, rows: models.QuerySet[Any]) -> int:
        return rows.count()


@dataclass(frozen=True)
class Distinct:
    """The number of different values of a column; empty values are not counted."""

    of_nothing: ClassVar[int | None] = 0

    column: str

    def __call__(self, rows: models.QuerySet[Any]) -> int:
        values = rows.exclude(**{self.column: ""}) if self._is_text(rows) else rows
        return int(values.order_by().aggregate(n=models.Count(self.column, distinct=True))["n"])

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


@dataclass(frozen=True)
class Latest:
    """The value of the latest dated row, as for followers of a channel; `None` when there is no row."""

    of_nothing: ClassVar[int | None] = None

    column: str = "value"
    by: str = "date"

    def __call__(self, rows: models.QuerySet[Any]) -> Decimal | int | None:
        value: Decimal | int | None = rows.order_by(f"-{self.by}", "-pk").values_list(self.column, flat=True).first()
        return value
