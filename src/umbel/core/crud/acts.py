"""Which acts name a record: events with it, letters that it signed, meetings with it; for lists and filters."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Count, Max, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.crud.filters import Filter, Option, Rows
from umbel.core.crud.prepared import Numbers, Prepared
from umbel.core.models import Confederation
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


def in_year(path: str, present: int) -> models.Q:
    """Return the condition that a partial date lies in the year on which the confederation reports.

    Before there is a confederation that is the `present` year. The year is looked up by the query itself.
    """
    told = models.Subquery(Confederation.objects.order_by("pk").values("reporting_year")[:1])
    year = Coalesce(told, Value(present), output_field=models.IntegerField())
    first, after = (Cast(number, models.CharField()) for number in (year, year + 1))
    return models.Q(**{f"{path}__gte": first, f"{path}__lt": after})


def acts_of(model: type[models.Model]) -> Callable[[Sequence[int], Any], dict[str, dict[int, Any]]]:
    """Return what loads the columns `acts` (how many acts of the reporting year name a row), `last_act` (its date)."""

    query = Prepared(lambda numbers, year: _all_told(model, numbers, year))

    def load(numbers: Sequence[int], _user: Any) -> dict[str, dict[int, Any]]:
        acts: dict[int, int] = defaultdict(int)
        last: dict[int, Any] = {}
        for pk, date, number in query.rows(numbers, timezone.localdate().year) if naming(model) else ():
            acts[pk] += number
            if date is not None:
                last[pk] = max(last.get(pk, date), date)
        return {"acts": {pk: number for pk, number in acts.items() if number}, "last_act": last}

    return load


def _all_told(model: type[models.Model], numbers: Numbers, present: int) -> Any:
    first, *others = (_told(way, numbers, present) for way in naming(model))
    return first.union(*others, all=True)


def _told(way: Naming, numbers: Numbers, present: int) -> Any:
    """Return for each row the date of its last act in one way, and how many of the reporting year name it so."""
    rows = way.model._default_manager.filter(**{f"{way.path}__pk__among": numbers}).order_by()
    number = Count(way.act, distinct=True, filter=in_year(way.date, present))
    return rows.values_list(way.path).annotate(last=Max(way.date), number=number)


@dataclass(frozen=True)
class InTouch(Filter):
    """Rows that an act of the reporting year names, or none does."""

    widget: str = "none"
    is_fixed: bool = True

    def options(self, _user: Any) -> Sequence[Option]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        found = models.Q()
        model: Any = rows.model
        for way in naming(model):
            condition = in_year(way.date, timezone.localdate().year)
            named = way.model._default_manager.filter(condition, **{f"{way.path}__isnull": False})
            found |= models.Q(pk__in=named.order_by().values(way.path))
        return rows.exclude(found) if value == "no" else rows.filter(found)
