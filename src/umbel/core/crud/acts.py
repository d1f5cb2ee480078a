"""Which acts name a record: events with it, letters that it signed, meetings with it; for lists and filters."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.crud.filters import Filter, Option, Rows
from umbel.core.crud.prepared import Prepared
from umbel.core.periods import Period
from umbel.core.records import Act, Part


@dataclass(frozen=True)
class Naming:
    """A kind of row by which acts name a record: the model, the path to the record, to the act and to its date."""

    model: Any
    path: str
    act: str
    date: str


@cache
def naming(model: Any) -> list[Naming]:
    """Return the ways in which acts name rows of a model: by a link of their own, or by rows that belong to them."""
    return list(_naming(model))


def _naming(model: type[models.Model]) -> Iterator[Naming]:
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if relation.one_to_one:
            continue
        if issubclass(other, Act):
            yield Naming(other, relation.field.name, "pk", "date")
        elif issubclass(other, Part):
            whole = other.audience_path.split("__")[0]
            if issubclass(other._meta.get_field(whole).related_model, Act):
                yield Naming(other, relation.field.name, f"{whole}_id", f"{whole}__date")


def this_year() -> Period:
    return Period.year(timezone.localdate().year)


def acts_of(model: type[models.Model]) -> Callable[[Sequence[int]], dict[str, dict[int, Any]]]:
    """Return what loads the columns `acts` (how many acts of this year name a row) and `last_act` (its date)."""

    query = Prepared(lambda numbers, year: _all_told(model, numbers, year))

    def load(numbers: Sequence[int]) -> dict[str, dict[int, Any]]:
        acts: dict[int, int] = defaultdict(int)
        last: dict[int, Any] = {}
        for pk, date, number in query.rows(numbers, this_year()) if naming(model) else ():
            acts[pk] += number
            if date is not None:
                last[pk] = max(last.get(pk, date), date)
        return {"acts": {pk: number for pk, number in acts.items() if number}, "last_act": last}

    return load


def _all_told(model: type[models.Model], numbers: Sequence[int], year: Period) -> Any:
    first, *others = (_told(way, numbers, year) for way in naming(model))
    return first.union(*others, all=True)


def _told(way: Naming, numbers: Sequence[int], year: Period) -> Any:
    """Return for each row the date of its last act in one way, and how many acts of a year name it in this way."""
    rows = way.model._default_manager.filter(**{f"{way.path}__in": numbers}).order_by()
    in_year = models.Q(**{f"{way.date}__within": year})
    return rows.values_list(way.path).annotate(last=Max(way.date), number=Count(way.act, distinct=True, filter=in_year))


@dataclass(frozen=True)
class InTouch(Filter):
    """Rows that an act of this year names, or none does."""

    widget: str = "none"
    is_fixed: bool = True

    def options(self, _user: Any) -> Sequence[Option]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        found = models.Q()
        model: Any = rows.model
        for way in naming(model):
            named = way.model._default_manager.filter(
                **{f"{way.date}__within": this_year(), f"{way.path}__isnull": False}
            )
            found |= models.Q(pk__in=named.order_by().values(way.path))
        return rows.exclude(found) if value == "no" else rows.filter(found)
