"""What a file says before anybody asks what it means: rows of cells, each with its line."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


class Misfit(ValueError):
    """A cell that does not fit its column; the message says what would."""


@dataclass(frozen=True)
class Mapping:
    """A row as a file gives it: cells by field name."""

    line: int
    cells: dict[str, "Cell"] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One value: text, a list, a mapping, or None where nothing stands. `is_flat` marks a cell of a table (CSV)."""

    line: int
    value: "str | list[Cell] | Mapping | None"
    is_flat: bool = False

    @property
    def text(self) -> str:
        """The text without space around it. Raises `Misfit` for a list or a mapping."""
        if self.value is None:
            return ""
        if isinstance(self.value, str):
            return tidy(self.value)
        raise Misfit(_("write one value here, not a list"))

    @property
    def items(self) -> list["Cell"]:
        """The items of a list; in a table they are separated by semicolons. Raises `Misfit` for anything else."""
        if self.value is None:
            return []
        if isinstance(self.value, list):
            return self.value
        if self.is_flat and isinstance(self.value, str):
            return [Cell(self.line, item, is_flat=True) for item in split(self.value)]
        raise Misfit(_("write a list here"))


class Plain(str):
    """Text that a file shows without quotes: a number, a date, true or false."""

    __slots__ = ()


def tidy(text: str, one_line: bool = False) -> str:
    """Return text as files hold it: no space around it, lines ended by a line feed, or on one line."""
    if "\n" in text or "\r" in text:
        text = re.sub(r"\s*[\r\n]\s*", " ", text) if one_line else text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


Content = str | list[str]


def split(text: str) -> list[str]:
    """Return the items of a list in a table: `a; b`, with quotes round an item that holds a semicolon itself."""
    found = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    return [item.strip() for item in found if item.strip()]


def joined(items: Iterable[str]) -> str:
    """Return items as a table holds them; the reverse of `split`."""
    return "; ".join(_quoted(item) if set(item) & set(';"') else item for item in items)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'
