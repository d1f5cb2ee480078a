"""How the values of a field are read from text and written as text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext as _

from umbel.core.dates import PartialDate, PartialDateField
from umbel.core.exchange.cells import Misfit, Plain, tidy
from umbel.core.prose.fields import ProseField
from umbel.core.prose.written import as_html

YES, NO = ("true", "yes", "1"), ("false", "no", "0")


class DeclarationError(ValueError):
    """A sheet that its app declares wrongly."""


def storable(_field: Any, text: str) -> str:
    if "\0" in text:
        raise Misfit(_("holds a character that cannot be stored"))
    return text


def settled(field: Any, value: Any) -> Any:
    """Return a value of a field as it compares alike, whether it comes from a file or from the database."""
    if isinstance(field, (models.CharField, models.TextField)) and isinstance(value, str):
        return tidy(value, one_line=isinstance(field, models.CharField))
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    return value


def no_longer_than(length: int | None, text: str) -> str:
    if length is not None and len(text) > length:
        told = _("has %(length)d characters; at most %(limit)d are allowed")
        raise Misfit(told % {"length": len(text), "limit": length})
    return text


def _file(field: Any, text: str) -> str:
    try:
        validate_file_name(text, allow_relative_path=True)
    except SuspiciousFileOperation as error:
        raise Misfit(_("“%s” is not a path inside the media directory") % text) from error
    return no_longer_than(field.max_length, storable(field, text))


def _partial_date(_field: Any, text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        told = _("“%s” is not a date; write a day, a month or a year: 2024-12-11, 2024-12, 2024")
        raise Misfit(told % text) from error


def _boolean(_field: Any, text: str) -> bool:
    if text.casefold() not in YES + NO:
        raise Misfit(_("“%s” is not allowed; write true or false") % text)
    return text.casefold() in YES


def _integer(field: Any, text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 18:
        raise Misfit(_("“%s” is not a whole number; write digits only") % text)
    low, high = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
    if not low <= int(text) <= high:
        told = _("%(value)s is out of range; allowed: %(low)d to %(high)d")
        raise Misfit(told % {"value": text, "low": low, "high": high})
    return int(text)


def _decimal(_field: Any, text: str) -> Decimal:
    whole, dot, fraction = text.removeprefix("-").partition(".")
    digits = whole + fraction
    if not (whole and digits.isascii() and digits.isdecimal()) or len(digits) > 40 or bool(dot) != bool(fraction):
        raise Misfit(_("“%s” is not a number; write digits with a point: 3411 or 9.6") % text)
    return Decimal(text)


def _number(value: Any) -> Plain:
    text = format(value, "f")
    return Plain(text.rstrip("0").rstrip(".") if "." in text else text)


def _prose(field: Any, text: str) -> str:
    return as_html(storable(field, text))


Conversion = tuple[Callable[[Any, str], Any], Callable[[Any], str]]

_CONVERSIONS: list[tuple[type[Any], Conversion]] = [
    (PartialDateField, (_partial_date, lambda value: Plain(value))),
    (models.BooleanField, (_boolean, lambda value: Plain(str(value).lower()))),
    (models.IntegerField, (_integer, lambda value: Plain(value))),
    (models.DecimalField, (_decimal, _number)),
    (models.FileField, (_file, str)),
    (ProseField, (_prose, str)),
    (models.TextField, (storable, str)),
    (models.CharField, (storable, str)),
]


def conversions(field: Any) -> Conversion:
    for kind, conversion in _CONVERSIONS:
        if isinstance(field, kind):
            return conversion
    raise DeclarationError(f"{field}: files cannot hold a {type(field).__name__}; exclude it")
