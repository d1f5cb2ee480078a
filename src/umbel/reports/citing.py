"""Figures as a document cites them: evaluated once, formatted once, numbered by the registry."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from umbel.core import registry
from umbel.core.figures import Memo, Value, evaluate
from umbel.core.formatting import figure as format_figure
from umbel.core.formatting import words
from umbel.core.models import current_rounding
from umbel.core.periods import Period
from umbel.core.registry import Figure

WORDS_UP_TO = 20


def address(key: str, period: Period) -> str:
    """Return the address of a figure's page on the site."""
    return f"{settings.SITE_URL}{path(key, period.end.year)}"


def path(key: str, year: int) -> str:
    """Return the path of a figure's page; on a page under `/fr/` it stays there."""
    return f"{reverse('reports.figure.list', args=[year])}{quote(key)}/"


def printed(value: Value, language: str) -> str:
    """Return a value as every surface prints it: "3,599", "over 80", "+9.6%", or a dash when there is none."""
    figure = value.figure
    text = format_figure(value.printed, figure.unit, figure.digits, language, signed=figure.is_change)
    return _("over %s") % text if figure.is_floor else text


@dataclass
class Citations:
    """The figures that a document prints: `cite` gives a reference, `as_dict` all of them by reference."""

    period: Period
    language: str = "en"
    remarks: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rule: str = current_rounding()
        self.values: dict[str, Value] = {}
        self.memo = Memo()

    @cached_property
    def known(self) -> dict[str, Figure]:
        """Every figure by key, in the order of the registry."""
        return {figure.key: figure for figure in registry.figures()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number under which each figure is printed."""
        return {key: number for number, key in enumerate(self.known, start=1)}

    def _evaluate(self, figure: Figure, period: Period) -> Value:
        if figure.derived:
            self.memo.known = self.known
        return evaluate(figure, period, self.rule, memo=self.memo)

    def cite(self, key: str, year: int | None = None) -> str:
        """Return the reference of a figure, of another year where one is given.

        Raises `DeclarationError` when no app declares the key.
        """
        other = year is not None and year != self.period.end.year
        ref = f"{key}@{year}" if other else key
        if ref not in self.values:
            period = Period.year(year) if year is not None and other else self.period
            self.values[ref] = self._evaluate(self._find(key), period)
        return ref

    def _find(self, key: str) -> Figure:
        figure = registry.declared(key) or self.known.get(key)
        if figure is None:
            raise registry.DeclarationError(f"no app declares a figure {key}")
        return figure

    def value(self, key: str) -> Any:
        return self.values[self.cite(key)].printed

    def as_dict(self, numbered: bool = True) -> dict[str, dict[str, Any]]:
        """Return what was cited, ready to print; `numbered` adds the number of each figure in the registry."""
        return {ref: self._entry(value, numbered) for ref, value in self.values.items()}

    def _entry(self, value: Value, numbered: bool) -> dict[str, Any]:
        text, key = printed(value, self.language), value.figure.key
        return {
            "n": self.numbers[key] if numbered else 0,
            "key": key,
            "period": value.period.label,
            "value": text,
            "raw": None if value.printed is None else str(value.printed),
            **self._in_words(value, text),
            "label": str(value.figure.label),
            "kind": value.figure.kind,
            "rows": value.number_of_rows(),
            "note": self.remarks.get(key, "") if value.period == self.period else "",
            "url": address(key, value.period),
        }

    def _in_words(self, value: Value, text: str) -> dict[str, str]:
        number = value.printed
        if not isinstance(number, int) or value.figure.is_floor or not 0 <= number <= WORDS_UP_TO:
            return {"word": text, "Word": text, "ordinal": text}
        word = words(number, self.language)
        ordinal = words(number, self.language, ordinal=True) if number else text
        return {"word": word, "Word": word[0].upper() + word[1:], "ordinal": ordinal}
