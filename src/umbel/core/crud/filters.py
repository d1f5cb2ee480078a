"""What narrows a list: each filter stands in the address under its own name."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from umbel.core.codes import COUNTRIES, COUNTRY_CODES
from umbel.core.crud.columns import Column, kept, told_by
from umbel.core.dates import PartialDate, parse_written
from umbel.core.names import find_named
from umbel.core.periods import Period
from umbel.core.records import Named

LAST_YEAR = 9999
LONGEST_NUMBER = 18

Option = tuple[str, Any]
Rows = models.QuerySet[Any]


@dataclass(frozen=True)
class Filter(ABC):
    """A question that a list can be asked; `widget` is "select" or "text", or "none": it is asked by views alone.

    Of a filter `is_fixed` the options are the same for everybody.
    """

    name: str
    label: Any
    widget: str = "select"
    hint: Any = ""
    is_fixed: bool = False

    def options(self, _user: Any) -> Sequence[Option]:
        """Return the answers to choose from, values as they stand in the address."""
        return ()

    @abstractmethod
    def narrow(self, rows: Rows, value: str, user: Any) -> Rows:
        """Return the rows that fit. Raises `ValidationError` for a value that means nothing."""

    def bind(self, address: QueryDict, user: Any) -> "Bound":
        return Bound(self, address.get(self.name, "").replace("\0", "").strip()[:200], user)


class Bound:
    """A filter as an address asks it: its value, its options, what is wrong with it."""

    def __init__(self, asked: Filter, value: str, user: Any) -> None:
        self.filter, self.value, self.user = asked, value, user
        self.error = ""

    @property
    def options(self) -> Sequence[Option]:
        return self.filter.options(self.user)

    @property
    def label(self) -> str:
        return kept(self.filter, ("label", get_language()), lambda: capfirst(str(self.filter.label)))

    @property
    def options_html(self) -> SafeString:
        """The options as HTML, the one chosen marked; those of a fixed filter are written once for each language."""
        if self.filter.is_fixed:
            html = kept(self.filter, ("options", get_language()), lambda: _written(self.options))
        else:
            html = _written(self.options)
        chosen = f'<option value="{escape(self.value)}"'
        return mark_safe(html.replace(f"{chosen}>", f"{chosen} selected>", 1))  # noqa: S308 -- escaped below

    def narrow(self, rows: Rows) -> Rows:
        """Return the rows that fit; a value that means nothing narrows to no row and says why."""
        if not self.value:
            return rows
        try:
            return self.filter.narrow(rows, self.value, self.user)
        except ValidationError as error:
            self.error = " ".join(error.messages)
            return rows.none()


def settings_html(column: Column) -> SafeString:
    """Return the values that a column can be set to as options, each with its label before it."""
    options = column.choices or COUNTRIES()
    return mark_safe(_written([(value, f"{column.head}: {label}") for value, label in options]))  # noqa: S308 -- escaped there


def _written(options: Sequence[Option]) -> str:
    return "".join(f'<option value="{escape(str(value))}">{escape(str(label))}</option>' for value, label in options)


@dataclass(frozen=True)
class Choice(Filter):
    """One of the values of a field with choices, or yes or no."""

    is_fixed: bool = True
    path: str = ""
    choices: tuple[Option, ...] = ()

    def options(self, _user: Any) -> Sequence[Option]:
        return self.choices

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        if value not in {str(option) for option, _label in self.choices}:
            raise ValidationError(_("“%(value)s” is none of the values of this list.") % {"value": value})
        return rows.filter(**{self.path: {"yes": True, "no": False}.get(value, value)})


@dataclass(frozen=True)
class Country(Filter):
    """A country by its ISO code."""

    is_fixed: bool = True
    path: str = ""

    def options(self, _user: Any) -> Sequence[Option]:
        return COUNTRIES()

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        if value not in COUNTRY_CODES:
            raise ValidationError(_("“%(value)s” is not the code of a country, such as BE.") % {"value": value})
        return rows.filter(**{self.path: value})


@dataclass(frozen=True)
class Link(Filter):
    """A record that the row names: chosen from a list of few, by its name from a list of many."""

    path: str = ""
    model: Any = None
    few: bool = False

    def options(self, user: Any) -> Sequence[Option]:
        rows = self.model._default_manager.visible_to(user) if self.few else self.model._default_manager.none()
        return [(str(pk), text) for pk, text in rows.values_list("pk", told_by(self.model))]

    def narrow(self, rows: Rows, value: str, user: Any) -> Rows:
        mine = self.model._default_manager.visible_to(user)
        if self.few:
            return rows.filter(**{f"{self.path}__in": mine.filter(pk=number_in(value)).values("pk")})
        if issubclass(self.model, Named):
            return rows.filter(**{f"{self.path}__in": find_named(value, mine).values("pk")})
        return rows.filter(
            **{f"{self.path}__in": mine.filter(**{f"{told_by(self.model)}__icontains": value}).values("pk")}
        )


@dataclass(frozen=True)
class When(Filter):
    """Rows of a time: a year, a month, a day, or from one to another (`2024-01..2024-06`)."""

    path: str = ""
    widget: str = "text"
    hint: Any = field(default=gettext_lazy("2024, Oct 2024, or 2021..2024"))

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        first, mark, last = value.partition("..")
        start, end = read_date(first), read_date(last if mark else first)
        if end.last_day < start.first_day:
            raise ValidationError(_("“%(value)s” ends before it begins.") % {"value": value})
        return rows.filter(**{f"{self.path}__within": Period(start.first_day, end.last_day)})


@dataclass(frozen=True)
class InForce(Filter):
    """Dated rows that were in force on a day."""

    widget: str = "text"
    hint: Any = field(default=gettext_lazy("A day, such as 31 Dec 2024"))

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        found: Rows = rows.in_force(read_day(value))  # type: ignore[attr-defined]  # -- of records
        return found


@dataclass(frozen=True)
class Gap(Filter):
    """Rows of which something wanted is not recorded: of each field its name, its label, whether it is a text, and the
    condition under which it is wanted.
    """

    fields: tuple[tuple[str, Any, bool, models.Q | None], ...] = ()

    def options(self, _user: Any) -> Sequence[Option]:
        return [(name, label) for name, label, *_rest in self.fields]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        for name, _label, is_text, where in self.fields:
            if name == value:
                return rows.filter(where or models.Q(), **({name: ""} if is_text else {f"{name}__isnull": True}))
        raise ValidationError(_("“%(value)s” is none of the values of this list.") % {"value": value})


@dataclass(frozen=True)
class Flag(Filter):
    """Rows that fulfil a condition, asked with the value "yes"; those that do not, with "no"."""

    is_fixed: bool = True
    condition: models.Q = field(default_factory=models.Q)

    def options(self, _user: Any) -> Sequence[Option]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        if value not in ("yes", "no"):
            raise ValidationError(_("“%(value)s” is none of the values of this list.") % {"value": value})
        met = rows.model._default_manager.filter(self.condition).values("pk")
        return rows.filter(pk__in=met) if value == "yes" else rows.exclude(pk__in=met)


def read_date(text: str) -> PartialDate:
    """Read a date as somebody writes it; "today" is one. Raises `ValidationError` that says what is allowed."""
    if text in ("today", _("today")):
        return PartialDate.of(timezone.localdate())
    try:
        found = parse_written(" ".join(text.split()), (get_language() or "en").replace("-", "_"))
    except ValueError as error:
        message = _("“%(value)s” is not a date. Write 2024, Oct 2024 or 11 December 2024.")
        raise ValidationError(message % {"value": text}) from error
    if found.year == LAST_YEAR:
        raise ValidationError(_("“%(value)s” is too far away.") % {"value": text})
    return found


def read_day(text: str) -> Period:
    """Read a day, and return its year as things stood at its end; of a month or a year the last day is meant."""
    day = read_date(text).last_day
    return Period.year(day.year).as_at(day)


def number_in(text: str) -> int | None:
    """Return the number of a record that a form or an address names; `None` for what can be none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None
