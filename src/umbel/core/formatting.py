"""Numbers, dates, countries and lists as text, the same for the web, the PDF and the exports.

Patterns, names and signs are those of Unicode CLDR, through Babel; English is British English.
``language`` is a code such as "en", "fr" or "pt-br"; an unknown one raises ``babel.UnknownLocaleError``.
"""

from collections.abc import Sequence
from copy import copy
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import NumberPattern, format_decimal, format_percent
from django.utils.translation import get_language

from umbel.core.dates import PartialDate

Number = Decimal | int | float
DateStyle = Literal["long", "short", "month"]

MINUS = "\N{MINUS SIGN}"
NO_DATA = "\N{EM DASH}"
ROUNDING_RULES = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "truncate": ROUND_DOWN}


def rounding(value: Decimal, digits: int = 0, rule: str = "half-up") -> Decimal:
    """Return ``value`` with ``digits`` decimals (negative: tens, hundreds), by the confederation's one rule.

    "half-up" moves a half away from zero, "half-even" to the even neighbour, "truncate" cuts. The result is
    never a negative zero. Raises ValueError for another rule.
    """
    if rule not in ROUNDING_RULES:
        raise ValueError(f"“{rule}” is not a rounding rule; allowed are {', '.join(ROUNDING_RULES)}")
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUNDING_RULES[rule])
    return rounded if rounded else abs(rounded)


def number(value: Number, digits: int = 0, language: str = "en", rule: str = "half-up") -> str:
    """Return a number with exactly ``digits`` decimals: "3,599", "−0.4"; in French "3 599", "−0,4"."""
    locale = _locale(language)
    rounded = rounding(_decimal(value), digits, rule)
    pattern = _with_decimals(locale.decimal_formats[None], digits)
    return format_decimal(rounded, format=pattern, locale=locale).replace("-", MINUS)


def percent(value: Number, digits: int = 1, language: str = "en", signed: bool = False, rule: str = "half-up") -> str:
    """Return a percentage given in per cent (9.6, not 0.096): "9.6%"; in French "9,6 %" with its own space.

    With ``signed`` a positive value has a plus sign, as growth is printed; zero never has a sign.
    """
    locale = _locale(language)
    rounded = rounding(_decimal(value), digits, rule)
    pattern = _with_decimals(locale.percent_formats[None], digits)
    text = format_percent(rounded.scaleb(-2), format=pattern, locale=locale).replace("-", MINUS)
    return f"+{text}" if signed and rounded > 0 else text


def figure(
    value: Number | None,
    unit: str = "",
    digits: int = 0,
    language: str = "en",
    signed: bool = False,
    rule: str = "half-up",
) -> str:
    """Return the value of a figure with its unit: the one formatter of all printed figures.

    ``unit`` is "" (a plain number), "%" (the value in per cent) or a word or sign that follows the number
    after a no-break space. None, a value that cannot be told, is an em dash.
    """
    if value is None:
        return NO_DATA
    if unit == "%":
        return percent(value, digits, language, signed, rule)
    text = number(value, digits, language, rule)
    if signed and rounding(_decimal(value), digits, rule) > 0:
        text = f"+{text}"
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text


def words(value: int, language: str = "en", ordinal: bool = False) -> str:
    """Return a whole number in words: "fifteen", with ``ordinal`` "fifteenth".

    A language whose words num2words does not know, Greek among them, gets digits.
    """
    from num2words import num2words  # noqa: PLC0415 -- 3 MB of languages, which a process pays that writes a report

    try:
        text: str = num2words(value, lang=language.replace("-", "_"), to="ordinal" if ordinal else "cardinal")
    except NotImplementedError:
        return number(value, language=language)
    return text


@lru_cache(maxsize=4096)
def partial_date(value: PartialDate, language: str = "en", style: DateStyle = "long") -> str:
    """Return a date as far as it is known; a year is always "2024".

    "long" gives "11 December 2024" and "October 2024"; "short" gives "11 Dec" (for lists under their year)
    and "Oct 2024"; "month" gives "Dec 2024" and "Oct 2024".
    """
    locale = _locale(language)
    if value.precision == "year":
        return str(value.year)
    if value.precision == "day" and style == "long":
        return format_date(value.first_day, format="long", locale=locale)
    if value.precision == "day" and style == "short":
        return format_skeleton("MMMd", value.first_day, locale=locale)
    return format_skeleton("yMMMM" if style == "long" else "yMMM", value.first_day, locale=locale)


def country(code: str, language: str = "en") -> str:
    """Return the CLDR name of the country with an ISO 3166-1 alpha-2 code; ValueError for an unknown code."""
    name = _locale(language).territories.get(code)
    if name is None:
        raise ValueError(f"“{code}” is not the code of a country; allowed are ISO 3166-1 codes such as BE")
    return str(name)


def join(items: Sequence[str], language: str = "en") -> str:
    """Return the items as a list in a sentence: "a, b and c"; the empty string for none."""
    return format_list([str(item) for item in items], locale=_locale(language))


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale("en", "GB") if language == "en" else Locale.parse(language.replace("-", "_"))


def _decimal(value: Number) -> Decimal:
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def _with_decimals(pattern: NumberPattern, digits: int) -> NumberPattern:
    exact = copy(pattern)
    exact.frac_prec = (max(digits, 0), max(digits, 0))
    return exact


def language_name(code: str, language: str = "en") -> str:
    """Return the name of a language, with a capital: "English", "Polish". ValueError for an unknown code."""
    name = _locale(code).get_display_name(_locale(language)) if "-" in code else _locale(language).languages.get(code)
    if name is None:
        raise ValueError(f"“{code}” is not the code of a language; allowed are ISO 639 codes such as en")
    return str(name[:1].upper() + name[1:])


def reading_language() -> str:
    """Return the language of the reader, without a country, as the functions here take it."""
    return (get_language() or "en").split("-")[0]
