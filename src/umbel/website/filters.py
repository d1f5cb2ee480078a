"""What narrows a list of the site; answers stand in the address by their keys, so that addresses last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Subquery
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core import formatting
from umbel.core.codes import COUNTRY_CODES, is_language
from umbel.core.crud.filters import Choice, Filter, Option, Rows, read_date
from umbel.core.formatting import reading_language
from umbel.core.models import Confederation, Topic
from umbel.core.periods import Period
from umbel.core.translations.saying import localise
from umbel.website.freshness import kept
from umbel.website.telling import name_of

__all__ = ["ByKey", "Choice", "Countries", "Filter", "Kinds", "Languages", "Occurring", "OfTopic", "Times", "Years"]

NONE_OF = gettext_lazy("“%(value)s” is none of the values of this list.")


@dataclass(frozen=True)
class ByKey(Filter):
    """A record that the row names, by its key; `lookup` leads from the row to it."""

    lookup: str = ""
    model: Any = None

    def options(self, user: Any) -> Sequence[Option]:
        return kept(("keys", self.model), lambda: self._options(user))

    def _options(self, user: Any) -> list[Option]:
        rows = self.model._default_manager.visible_to(user).only("key", "name")
        return [(row.key, name_of(row)) for row in localise(rows)]

    def narrow(self, rows: Rows, value: str, user: Any) -> Rows:
        found = self.model._default_manager.visible_to(user).filter(key=value).values("pk")
        return rows.filter(**{f"{self.lookup}__in": found})


@dataclass(frozen=True)
class OfTopic(ByKey):
    """The file or campaign that an act serves."""

    model: Any = Topic
    lookup: str = "topics"


@dataclass(frozen=True)
class Kinds(Choice):
    """One of the kinds of a record, with a capital."""

    def options(self, _user: Any) -> Sequence[Option]:
        return [(value, capfirst(str(label))) for value, label in self.choices]


@dataclass(frozen=True)
class Years(Filter):
    """A year of those on record, or a month of one (`2024-11`)."""

    lookup: str = "date"
    model: Any = None

    def options(self, user: Any) -> Sequence[Option]:
        return kept(("years", self.model, self.lookup), lambda: self._options(user))

    def _options(self, user: Any) -> list[Option]:
        dated = self.model._default_manager.visible_to(user).filter(**{f"{self.lookup}__isnull": False})
        ends: Any = {
            name: Subquery(dated.order_by(order).values(self.lookup)[:1])
            for name, order in (("first", self.lookup), ("last", f"-{self.lookup}"))
        }
        own: Any = Confederation.objects.annotate(**ends)
        found = own.values_list("first", "last").first()
        if not found or not found[0]:
            return []
        first, last = (int(str(day)[:4]) for day in found)
        return [(str(year), str(year)) for year in range(last, first - 1, -1)]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        day = read_date(value)
        if day.year == 9999:
            raise ValidationError(NONE_OF % {"value": value})
        return rows.filter(**{f"{self.lookup}__within": Period(day.first_day, day.last_day)})


@dataclass(frozen=True)
class Countries(Filter):
    """A country of those that occur; `lookup` leads to its code."""

    lookup: str = "country"
    rows: Any = None

    def options(self, user: Any) -> Sequence[Option]:
        return kept(("countries", self.name, self.rows), lambda: self._options(user))

    def _options(self, user: Any) -> list[Option]:
        codes = self.rows(user).order_by().values_list(self.lookup, flat=True).distinct()
        named = ((code, formatting.country(code, reading_language())) for code in codes if code)
        return sorted(named, key=lambda pair: pair[1])

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        if value not in COUNTRY_CODES:
            raise ValidationError(_("“%(value)s” is not the code of a country, such as BE.") % {"value": value})
        if "__" not in self.lookup:
            return rows.filter(**{self.lookup: value})
        return rows.filter(pk__in=rows.model._default_manager.filter(**{self.lookup: value}).values("pk"))


@dataclass(frozen=True)
class Occurring(Filter):
    """A value of those that occur; `lookup` leads to it from the rows that a person may see (`rows`)."""

    lookup: str = ""
    rows: Any = None

    def options(self, user: Any) -> Sequence[Option]:
        return kept(("occurring", self.name, self.rows), lambda: self._options(user))

    def _options(self, user: Any) -> list[Option]:
        values = self.rows(user).order_by().values_list(self.lookup, flat=True).distinct()
        return sorted(((value, self.told(value)) for value in values if value), key=lambda pair: pair[1])

    def told(self, value: str) -> str:
        return value

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        return rows.filter(pk__in=rows.model._default_manager.filter(**{self.lookup: value}).values("pk"))


@dataclass(frozen=True)
class Languages(Occurring):
    """A language by its code, of those in which something is there."""

    def told(self, value: str) -> str:
        return formatting.language_name(value, reading_language())

    def narrow(self, rows: Rows, value: str, user: Any) -> Rows:
        is_language(value)
        return super().narrow(rows, value, user)


@dataclass(frozen=True)
class Times(Filter):
    """What is still to come, or what is past, on this day."""

    def options(self, _user: Any) -> Sequence[Option]:
        return [("upcoming", _("To come")), ("past", _("Past"))]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        events: Any = rows
        day = timezone.localdate()
        if value in ("upcoming", "past"):
            found: Rows = events.ahead(day) if value == "upcoming" else events.over(day)
            return found
        raise ValidationError(NONE_OF % {"value": value})
