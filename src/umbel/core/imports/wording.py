"""Understands what people write in tables: labels for codes, yes and no, dates and numbers as they are used to them."""

import re
from contextlib import suppress
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import override

from umbel.core.dates import NotInCalendarError, PartialDate, PartialDateField, parse_written
from umbel.core.exchange.cells import Misfit, tidy
from umbel.core.exchange.columns import ValueColumn
from umbel.core.imports.kinds import LANGUAGES
from umbel.core.names import fold

YES = frozenset("yes y x oui si sí sì tak vrai verdadero vero prawda".split())
NO = frozenset("no n non nie faux falso falsch fałsz".split())
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}([ \u00a0\u202f'’]\d{3})+([.,]\d+)?", re.ASCII)
COMMA = re.compile(r"-?\d+,(\d{1,2}|\d{4,})", re.ASCII)
REMEMBERED = 4096


@cache
def labels_of(field: Any) -> dict[str, str]:
    """Return the values of a field with choices by their folded labels in every language, and by themselves folded."""
    found = {fold(str(value)): str(value) for value, _label in field.flatchoices}
    for language in LANGUAGES:
        with override(language):
            for value, label in field.flatchoices:
                found.setdefault(fold(str(label)), str(value))
    return found


def plain(column: ValueColumn, text: str) -> str:
    """Return a text as files of Umbel write it, or as it is where it means nothing to anybody."""
    field = column.field
    if field.choices:
        return text if text in (column.choices or ()) else labels_of(field).get(fold(text), text)
    if isinstance(field, PartialDateField):
        return _date(text)
    if isinstance(field, models.BooleanField):
        word = text.casefold()
        return "true" if word in YES else "false" if word in NO else text
    if isinstance(field, models.IntegerField | models.DecimalField):
        return _number(text)
    return text


def _date(text: str) -> str:
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        with suppress(NotInCalendarError):
            return str(PartialDate(year, month, day))
    for language in LANGUAGES:
        try:
            return str(parse_written(text, language))
        except ValueError:
            continue
    return text


def _number(text: str) -> str:
    if GROUPED.fullmatch(text):
        text = re.sub(r"[ \u00a0\u202f'’]", "", text)
    return text.replace(",", ".") if COMMA.fullmatch(text) else text


class Parser:
    """Turns the texts of one column into values by the rules of its sheet, and remembers those that come again."""

    def __init__(self, column: ValueColumn) -> None:
        self.column = column
        self._known: dict[str, Any] = {}

    def __call__(self, text: str) -> Any:
        """Return the value, or the `Misfit` that says why there is none."""
        try:
            return self._known[text]
        except KeyError:
            value = self._value(text)
            if len(self._known) < REMEMBERED:
                self._known[text] = value
            return value

    def _value(self, text: str) -> Any:
        try:
            return self.column.value(plain(self.column, tidy(text)))
        except Misfit as misfit:
            return misfit
