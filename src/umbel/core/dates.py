"""Dates known to the day, the month or only the year, and the model and form fields that hold them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypeVar

from babel.dates import get_month_names
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

Precision = Literal["year", "month", "day"]

ISO_TEXT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
WRITTEN_TEXT = re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[^\W\d_]+)\.?\s+(?P<year>\d{4})")


class NotInCalendarError(ValueError):
    """The text or the numbers have the form of a date, but the calendar has no such date."""


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the day, or the month and the day, may be unknown.

    ``year`` is 1 to 9999, ``month`` 1 to 12 or None, ``day`` 1 to 31 or None; a day needs a month.
    Raises NotInCalendarError, a ValueError, where the calendar has no such date. The text form is
    ISO 8601 with reduced precision ("2024", "2024-06", "2024-06-11"); the order is the order of these
    texts: by first day, and on the same first day the coarser date first.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a date with a day needs a month")
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as error:
            raise NotInCalendarError(f"“{self}” is not in the calendar: {error}") from error

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ISO 8601 text: "2024", "2024-06" or "2024-06-11". Anything else raises ValueError."""
        return _parse_iso(text)

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the date known to the day that equals ``day`` (of a datetime, its date part)."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    @property
    def precision(self) -> Precision:
        """What is known: "year", "month" or "day"."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """The earliest day this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day this date can mean."""
        if self.month is not None and self.day is not None:
            return date(self.year, self.month, self.day)
        if self.month is None or self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def certainly_before(self, other: "PartialDate") -> bool | None:
        """Say whether this date lies before ``other``: True, False, or None where it cannot be told."""
        if self.last_day < other.first_day:
            return True
        return False if self.first_day >= other.last_day else None

    def within(self, start: date, end: date) -> bool:
        """Say whether every day this date can mean lies from ``start`` to ``end``, both included."""
        return start <= self.first_day and self.last_day <= end


@lru_cache(maxsize=16384)
def _parse_iso(text: str) -> PartialDate:
    match = ISO_TEXT.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a date; allowed are 2024, 2024-06 and 2024-06-11")
    return PartialDate(*(int(part) for part in match.groups() if part))


def parse_written(text: str, language: str = "en") -> PartialDate:
    """Read a date as people write it: ISO text, "Oct 2024", "October 2024" or "11 December 2024".

    Month names are the full and short ones of CLDR, in English and in ``language``, in any case.
    Raises ValueError where the text has another form, names no month or is not in the calendar.
    """
    match = WRITTEN_TEXT.fullmatch(text)
    if match is None:
        return PartialDate.parse(text)
    month = _months(language).get(match["month"].casefold())
    if month is None:
        raise ValueError(f"“{match['month']}” is not the name of a month")
    return PartialDate(int(match["year"]), month, int(match["day"]) if match["day"] else None)


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    names = {}
    for locale in ("en", "en_GB", language):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                names[name.rstrip(".").casefold()] = number
    return names


def _as_partial_date(value: object) -> PartialDate | None:
    """Turn what code may hand to the field into its Python value; ValueError where it is no date."""
    if value is None or value == "":
        return None
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.of(value)
    return PartialDate.parse(str(value))


class PartialDateFormField(forms.CharField):
    """A text box for a partial date; cleans to a PartialDate, or to None when left empty."""

    default_error_messages: ClassVar[Any] = {
        "invalid": _(
            "“%(value)s” is not a date Umbel can read. Allowed are a day, a month or a year: "
            "“11 December 2024”, “2024-12-11”, “Oct 2024”, “2024-10” or “2024”."
        ),
        "calendar": _("“%(value)s” is not in the calendar. A month alone is fine: “Oct 2024”."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_value", None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the PartialDate that ``value`` writes; ValidationError names the forms allowed."""
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        if text is None:
            return None
        language = (get_language() or "en").replace("-", "_")
        try:
            return parse_written(" ".join(text.split()), language)
        except ValueError as error:
            code = "calendar" if isinstance(error, NotInCalendarError) else "invalid"
            raise ValidationError(self.error_messages[code], code=code, params={"value": text}) from error


class PartialDateAttribute(DeferredAttribute):
    """Lets code assign "2024-10" or a ``datetime.date``: reading always gives a PartialDate or None."""

    def __set__(self, instance: models.Model, value: object) -> None:
        if isinstance(value, str | date):
            value = _as_partial_date(value)
        instance.__dict__[self.field.attname] = value


_Set_contra = TypeVar("_Set_contra", contravariant=True)
_Get_co = TypeVar("_Get_co", covariant=True)

if TYPE_CHECKING:

    class _Field(models.Field[_Set_contra, _Get_co]):
        _pyi_private_set_type: "PartialDate | date | str | Combinable"
        _pyi_private_get_type: PartialDate
        _pyi_lookup_exact_type: "PartialDate | date | str"
else:
    # Django's fields are generic for the type checker only.
    class _Field(models.Field):
        def __class_getitem__(cls, _types):
            return cls


def present_day() -> PartialDate:
    """Return the day of today, as a field takes it that says since when something is on record."""
    return PartialDate.of(timezone.localdate())


class PartialDateField(_Field[_Set_contra, _Get_co]):
    """A column for a PartialDate, kept as ISO 8601 text of at most 10 characters.

    The column compares byte by byte (SQLite's default; collation "C" on PostgreSQL), so that the
    order of the text is the order of the dates. Values and lookups take a PartialDate, a
    ``datetime.date`` or ISO text; other text raises ValueError, ValidationError in ``clean()``.
    """

    description = _("Date known to the day, the month or the year")
    descriptor_class = PartialDateAttribute
    default_error_messages: ClassVar[Any] = {
        "invalid": _("“%(value)s” is not a date; allowed are “2024-12-11”, “2024-12” and “2024”."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave out the length: it is not the caller's to choose."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        """Return "CharField", so that database functions treat the column as text."""
        return "CharField"

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Return the column's type, on PostgreSQL with the collation whose order is that of the dates."""
        parameters: dict[str, Any] = {**super().db_parameters(connection)}
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def to_python(self, value: Any) -> PartialDate | None:
        """Return the PartialDate that ``value`` stands for; ValidationError where it is no date."""
        try:
            return _as_partial_date(value)
        except ValueError as error:
            message = self.error_messages["invalid"]
            raise ValidationError(message, code="invalid", params={"value": value}) from error

    def from_db_value(self, value: str | None, *_context: object) -> PartialDate | None:
        """Turn the stored text into a PartialDate."""
        return None if value is None else _parse_iso(value)

    def get_prep_value(self, value: Any) -> Any:
        """Return the text to store or compare with; expressions pass through."""
        value = super().get_prep_value(value)
        if hasattr(value, "resolve_expression"):
            return value
        date_known = _as_partial_date(value)
        return None if date_known is None else str(date_known)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the ISO text for serialisers; the empty string for None."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a PartialDateFormField."""
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})
