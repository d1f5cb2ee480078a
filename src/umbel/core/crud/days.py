"""The day that a line tells, in English or the reader's language: "tomorrow", "next Monday", "4 July", "Oct 2024"."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import get_day_names, get_month_names

from umbel.core.dates import PartialDate

NEAR_DAYS = {
    "en": {"the day before yesterday": -2, "yesterday": -1, "today": 0, "the day after tomorrow": 2, "tomorrow": 1},
    "fr": {"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "aujourd’hui": 0, "après-demain": 2, "demain": 1},
    "es": {"anteayer": -2, "ayer": -1, "hoy": 0, "pasado mañana": 2, "mañana": 1},
    "it": {"l'altro ieri": -2, "ieri": -1, "oggi": 0, "dopodomani": 2, "domani": 1},
    "pl": {"przedwczoraj": -2, "wczoraj": -1, "dzisiaj": 0, "dziś": 0, "pojutrze": 2, "jutro": 1},
}
COMING = {
    "en": ("next", "coming"),
    "fr": ("prochain", "prochaine"),
    "es": ("próximo", "próxima", "que viene"),
    "it": ("prossimo", "prossima"),
    "pl": ("następny", "następną", "najbliższy", "najbliższą", "przyszły", "przyszłą"),
}
GONE = {
    "en": ("last", "past"),
    "fr": ("dernier", "dernière", "passé"),
    "es": ("pasado", "pasada"),
    "it": ("scorso", "scorsa"),
    "pl": ("ostatni", "ostatnią", "zeszły", "zeszłą", "ubiegły", "ubiegłą"),
}
HAPPENED = {
    "en": ("met", "adopted", "signed", "published", "attended", "visited", "spoke", "held", "called", "was", "were"),
    "fr": ("rencontré", "adopté", "signé", "publié", "participé", "visité"),
    "es": ("reunió", "adoptado", "firmado", "publicado", "participó", "visitó"),
    "it": ("incontrato", "adottato", "firmato", "pubblicato", "partecipato", "visitato"),
    "pl": ("spotkaliśmy", "przyjęto", "podpisano", "opublikowano", "uczestniczyliśmy"),
}
BEFORE = {
    "en": ("on", "in", "of", "this"),
    "fr": ("le", "en", "du"),
    "es": ("el", "en", "del"),
    "it": ("il", "l'", "del"),
    "pl": ("w", "we"),
}
ORDINAL = r"(?:st|nd|rd|th|er|º|°)?"
OF = r"(?:\s*\.?\s+(?:of\s+|de\s+)?)"
WEEK = 7

Read = tuple[PartialDate, "re.Match[str]"]
Reader = Callable[[str, date, str], Iterator[Read]]


def find_date(line: str, today: date, language: str) -> tuple[PartialDate | None, str]:
    """Return the date that a line tells, if any, and the line without it.

    A day without a year is the last such day where the line says that something happened, else the one that is nearer.
    """
    for read in (_numbers, _months_and_days, _weekdays, _near_days):
        for day, match in read(line, today, language):
            return day, _without(line, match, language)
    return None, line


def spoken(words: dict[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    """Return words in English and in the reader's language."""
    own = words.get(language[:2], ())
    return (*words["en"], *(word for word in own if word not in words["en"]))


def _numbers(line: str, _today: date, _language: str) -> Iterator[Read]:
    for match in re.finditer(r"\b(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\b", line):
        yield from _dated(match, match[1], match[2], match[3])
    for match in re.finditer(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b", line):
        yield from _dated(match, match[3], match[2], match[1])


def _months_and_days(line: str, today: date, language: str) -> Iterator[Read]:
    months = _months(language)
    name = _one_of(months)
    patterns = (
        rf"\b(?P<day>\d{{1,2}})(?:\s*[-–]\s*\d{{1,2}})?{ORDINAL}{OF}(?P<month>{name})\b\.?(?:,?\s+(?:de\s+)?(?P<year>\d{{4}})\b)?",
        rf"\b(?P<month>{name})\b\.?\s+(?P<day>\d{{1,2}}){ORDINAL}\b(?:,?\s+(?P<year>\d{{4}})\b)?",
        rf"\b(?P<month>{name})\b\.?\s+(?:de\s+)?(?P<day>)(?P<year>\d{{4}})\b",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, line, re.IGNORECASE):
            month = months[match["month"].casefold()]
            if match["year"]:
                yield from _dated(match, match["year"], month, match["day"])
            else:
                yield from _of_some_year(match, month, today, _has_happened(line, language))


def _of_some_year(match: "re.Match[str]", month: int, today: date, has_happened: bool) -> Iterator[Read]:
    """Yield a day of a month in the year that is meant."""
    found = [day for year in (-1, 0, 1) for day, _match in _dated(match, today.year + year, month, match["day"])]
    if has_happened:
        found = [day for day in found if day.first_day <= today][-1:]
    for day in sorted(found, key=lambda each: abs(each.first_day - today))[:1]:
        yield day, match


def _weekdays(line: str, today: date, language: str) -> Iterator[Read]:
    names = _names_of_days(language)
    coming, gone = spoken(COMING, language), spoken(GONE, language)
    said = _one_of((*coming, *gone))
    pattern = rf"(?:\b(?P<before>{said})\s+)?\b(?P<name>{_one_of(names)})\b(?:\s+(?P<after>{said})\b)?"
    for match in re.finditer(pattern, line, re.IGNORECASE):
        word = (match["before"] or match["after"] or "").casefold()
        ahead = (names[match["name"].casefold()] - today.weekday()) % WEEK or (WEEK if word in coming else 0)
        is_past = word in gone or (not word and _has_happened(line, language))
        if is_past and (ahead or word in gone):
            ahead -= WEEK
        yield PartialDate.of(today + timedelta(days=ahead)), match


def _near_days(line: str, today: date, language: str) -> Iterator[Read]:
    for code in dict.fromkeys(("en", language[:2])):
        for words, ahead in NEAR_DAYS.get(code, {}).items():
            if match := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line, re.IGNORECASE):
                yield PartialDate.of(today + timedelta(days=ahead)), match


def _has_happened(line: str, language: str) -> bool:
    return bool(re.search(rf"\b(?:{_one_of(spoken(HAPPENED, language))})\b", line, re.IGNORECASE))


def _one_of(words: "dict[str, int] | tuple[str, ...]") -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@lru_cache(maxsize=16)
def _months(language: str) -> dict[str, int]:
    found = {}
    for locale in ("en", "en_GB", language.replace("-", "_")):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    found[name.rstrip(".").casefold()] = number
    return found


@lru_cache(maxsize=16)
def _names_of_days(language: str) -> dict[str, int]:
    found = {}
    for locale in ("en", language.replace("-", "_")):
        for number, name in get_day_names("wide", "format", locale).items():
            found[name.casefold()] = number
            if locale == "pl" and name.endswith("a"):
                found[f"{name[:-1]}ę".casefold()] = number  # "w środę"
    return found


def _dated(match: "re.Match[str]", year: str | int, month: str | int, day: str | None) -> Iterator[Read]:
    try:
        yield PartialDate(int(year), int(month), int(day) if day else None), match
    except ValueError:
        return


def _without(line: str, match: "re.Match[str]", language: str) -> str:
    """Return a line without the words of its date, and without the "on" before them."""
    before, after = line[: match.start()].rstrip(), line[match.end() :].lstrip()
    words = before.split()
    if words and words[-1].casefold() in spoken(BEFORE, language):
        before = " ".join(words[:-1])
    return " ".join(f"{before} {after}".split()).strip(" ,;")
