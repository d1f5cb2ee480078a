"""Numbers as members type them: with the signs of their language, and asked about where they leap."""

import re
from decimal import Decimal

from babel import Locale

from umbel.collection.models.returns import plain
from umbel.core import formatting

DIGITS, DECIMALS = 16, 4
LEAP = 2

Number = Decimal | int


class UnreadableError(ValueError):
    """A text that is no number, or none that can be kept."""


def read(text: str, language: str) -> Number:
    """Return the number that a text says in a language: "1 234,5" in French, "1,234.5" in English.

    Thousands may be set apart by blanks in any language. Raises `UnreadableError`.
    """
    symbols = Locale.parse(language).number_symbols["latn"]
    apart, point = re.escape(symbols["group"]), re.escape(symbols["decimal"])
    shape = rf"-?(?:\d+|\d{{1,3}}(?P<apart>\s|{apart})\d{{3}}(?:(?P=apart)\d{{3}})*)(?:{point}(?P<decimals>\d+))?"
    bare = re.sub(r"\s", " ", text.strip().replace(formatting.MINUS, "-"))
    found = re.fullmatch(shape, bare, re.ASCII)
    if found is None:
        raise UnreadableError(text)
    whole = re.sub(rf"\s|{apart}", "", bare.partition(symbols["decimal"])[0])
    decimals = found["decimals"] or ""
    if len(whole.lstrip("-")) > DIGITS or len(decimals.rstrip("0")) > DECIMALS:
        raise UnreadableError(text)
    return plain(Decimal(f"{whole}.{decimals or 0}"))


def write(value: Number, language: str) -> str:
    """Return a number as `read` reads it, with as many decimals as it has."""
    decimals = -int(Decimal(value).as_tuple().exponent)
    return formatting.number(value, max(decimals, 0), language)


def leaps(before: Number | None, now: Number | None) -> bool:
    """Tell whether a number at least doubles or halves against the year before."""
    if before is None or now is None or before == now:
        return False
    size_before, size = abs(Decimal(before)), abs(Decimal(now))
    return before * now < 0 or size >= LEAP * size_before or LEAP * size <= size_before
