"""What is wrong with the files of an import, said so that it can be found and put right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEW = 25


@dataclass(frozen=True)
class Place:
    """Where something stands: file, line (from 1; 0 is the whole file) and field, as far as they are known."""

    file: str
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        text = self.file
        if self.line:
            text = _("%(file)s line %(line)d") % {"file": text, "line": self.line}
        if self.field:
            text = _("%(place)s, field %(field)s") % {"place": text, "field": self.field}
        return text


@dataclass(frozen=True)
class Problem:
    """One thing to put right, with its place."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"

    def as_data(self) -> dict[str, Any]:
        """Return the problem as JSON shows it: file, line, field, text."""
        where = self.place
        return {"file": where.file, "line": where.line, "field": where.field, "text": self.text}


class LoadError(Exception):
    """The files cannot be loaded; `problems` says all that was found. Nothing has been changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

    @property
    def summary(self) -> str:
        number = len(self.problems)
        return ngettext("%d error; nothing was changed", "%d errors; nothing was changed", number) % number


def allowed(values: Iterable[str]) -> str:
    return ", ".join(value for value in values if value)


def nearest(text: str, values: Iterable[str], number: int = 3) -> str:
    """Return the values spelt most like `text`, the nearest first, joined by commas."""
    return ", ".join(get_close_matches(text, list(values), number, cutoff=0.0))


def not_allowed(text: str, values: Iterable[str]) -> str:
    """Say that a value is not allowed and which are: all of them, or the three nearest of a long list."""
    known = [value for value in values if value]
    if len(known) > FEW:
        return _("“%(value)s” is not allowed; nearest: %(nearest)s") % {"value": text, "nearest": nearest(text, known)}
    return _("“%(value)s” is not allowed; allowed: %(allowed)s") % {"value": text, "allowed": allowed(known)}
