"""Quick capture: from one line of what happened to the form that records it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from babel.dates import get_month_names
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.crud.listing import matching
from umbel.core.crud.sections import Section, sections
from umbel.core.dates import PartialDate
from umbel.core.names import Alias, fold
from umbel.core.records import Named

LONGEST_NAME = 7
LONGEST_LINE = 400
NEAR = 3
ABOUT = ("about", "on the subject of", "sur", "sobre", "su", "riguardo a", "na temat", "o")
WORD_BEFORE = r"(?:\b(?:on|in|le|el|il|en|w)\s+)?"
DAY_BEFORE = r"(?:\b(\d{1,2})(?:st|nd|rd|th|er)?\s+(?:de\s+)?)?"
DAYS = {0: ("today", "aujourd'hui", "hoy", "oggi", "dzisiaj"), 1: ("yesterday", "hier", "ayer", "ieri", "wczoraj")}


@dataclass(frozen=True)
class Understood:
    """What was understood of a line: the kind of record, the values of its fields, and what is like it on record.

    `named` holds the records that the line names, by the field that takes them; `others` kinds that it may be as well.
    """

    text: str
    section: Section
    date: PartialDate | None = None
    named: dict[str, list[Any]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    others: list[Section] = field(default_factory=list)
    alike: list[Any] = field(default_factory=list)

    def url(self, section: Section | None = None) -> str:
        """Return the address of the form with what was understood already in it."""
        chosen = section or self.section
        told = [(name, row.pk) for name, rows in self.named.items() for row in rows] + list(self.values.items())
        known = set(chosen.edited)
        return f"{chosen.url}add/?{urlencode([(name, value) for name, value in told if name in known])}"


def understand(text: str, user: Any, today: date, language: str = "en") -> Understood | None:
    """Read a line such as "met DG EMPL on 4 July about skills"; `None` where no kind of record can be captured.

    Names are found under every spelling, within what the user may see. A day without a year is the last such day up
    to `today`.
    """
    line = " ".join(text.split())[:LONGEST_LINE]
    kinds = _kinds(line, user)
    if not line or not kinds:
        return None
    section, others = kinds[0], kinds[1:]
    day, rest = find_date(line, today, language)
    about = _about(rest)
    named = _named(section, rest, about, user)
    values = _values(section, rest, about, day)
    return Understood(line, section, day, named, values, others, _alike(section, named, day, user))


def _kinds(line: str, user: Any) -> list[Section]:
    """Return the kinds that the line may be, the likeliest first: the words that name one stand early and are many."""
    words = f" {fold(line)} "
    found = []
    for section in sections():
        meta = section.model._meta
        if section.captures and user.has_perm(f"{meta.app_label}.add_{meta.model_name}"):
            places = [(words.find(f" {fold(word)} "), -len(word)) for word in section.captures]
            known = [place for place in places if place[0] >= 0]
            found.append((min(known, default=(len(words), 0)), section))
    return [section for _place, section in sorted(found, key=lambda pair: pair[0])]


def find_date(line: str, today: date, language: str) -> tuple[PartialDate | None, str]:
    """Return the date that a line tells, if any, and the line without it."""
    for ago, names in DAYS.items():
        for name in names:
            if match := re.search(rf"\b{re.escape(name)}\b", line, re.IGNORECASE):
                return PartialDate.of(today - timedelta(days=ago)), _without(line, match)
    for pattern in (r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b",):
        if (match := re.search(pattern, line)) and (day := _dated(*match.groups())):
            return day, _without(line, match)
    if match := re.search(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b", line):
        if day := _dated(match[3], match[2], match[1]):
            return day, _without(line, match)
    return _written(line, today, language)


def _written(line: str, today: date, language: str) -> tuple[PartialDate | None, str]:
    months = _months(language)
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    pattern = rf"{WORD_BEFORE}{DAY_BEFORE}\b({names})\b\.?(?:\s+(?:de\s+)?(\d{{4}}))?"
    for match in re.finditer(pattern, line, re.IGNORECASE):
        month = months[match[2].casefold()]
        if not match[1] and not match[3]:
            continue  # "march" and "may" are words too
        year = int(match[3]) if match[3] else today.year
        day = _dated(str(year), str(month), match[1])
        if day and not match[3] and day.first_day > today:
            day = _dated(str(year - 1), str(month), match[1])
        if day:
            return day, _without(line, match)
    return None, line


def _months(language: str) -> dict[str, int]:
    found = {}
    for locale in ("en", "en_GB", language):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                found[name.rstrip(".").casefold()] = number
    return found


def _dated(year: str, month: str | None, day: str | None) -> PartialDate | None:
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:
        return None


def _without(line: str, match: "re.Match[str]") -> str:
    rest = f"{line[: match.start()]} {line[match.end() :]}"
    rest = re.sub(r"\b(on|le|el|il|in)\s*(?=$|\s(?:about|with|in)\b)", "", " ".join(rest.split()), flags=re.IGNORECASE)
    return " ".join(rest.split())


def _about(line: str) -> str:
    """Return the words after "about"."""
    for word in ABOUT:
        _before, found, after = f" {line} ".partition(f" {word} ")
        if found:
            return after.strip()
    return ""


def _named(section: Section, line: str, about: str, user: Any) -> dict[str, list[Any]]:
    """Return the records that a line names, by the field of the section's form that can take them."""
    found: dict[str, list[Any]] = {}
    taken: set[Any] = set()
    for name in section.edited:
        field_of = section.model._meta.get_field(name)
        target = field_of.related_model
        if target is None or not issubclass(target, Named):
            continue
        rows = [row for row in named_in(line, target, user) if row not in taken]
        if not rows and about:
            rows = list(matching(target._default_manager.visible_to(user), about)[:1])
        chosen = rows if field_of.many_to_many else rows[:1]
        if chosen:
            found[name] = chosen
            taken.update(chosen)
    return found


def named_in(line: str, model: type[models.Model], user: Any) -> list[Any]:
    """Return the records of a kind whose name or other spelling stands in a line, the longest names first."""
    words = fold(line).split()
    spans = {" ".join(words[i : i + n]) for n in range(1, LONGEST_NAME + 1) for i in range(len(words) - n + 1)}
    rows = model._default_manager.visible_to(user)  # type: ignore[attr-defined]  # -- of records
    by_name = {row: row.folded for row in rows.filter(folded__in=spans)}
    spelt = Alias.objects.filter(folded__in=spans, content_type__model=model._meta.model_name)
    for alias in spelt.filter(content_type__app_label=model._meta.app_label):
        if row := rows.filter(pk=alias.object_id).first():
            by_name.setdefault(row, alias.folded)
    return list(_outermost(by_name))


def _outermost(found: dict[Any, str]) -> Iterator[Any]:
    """Yield the rows whose name is not part of a longer name that stands in the line too."""
    for row, name in sorted(found.items(), key=lambda pair: -len(pair[1])):
        longer = [other for other in found.values() if other != name and f" {name} " in f" {other} "]
        if not longer:
            yield row


def _values(section: Section, line: str, about: str, day: PartialDate | None) -> dict[str, str]:
    names = set(section.edited)
    title = line[:1].upper() + line[1:]
    told = {"title": title, "name": title, "subject": about, "date": str(day or "")}
    return {name: value for name, value in told.items() if value and name in names}


def _alike(section: Section, named: dict[str, list[Any]], day: PartialDate | None, user: Any) -> list[Any]:
    """Return records of the kind that name the same and lie in the same month: perhaps the act is on record."""
    rows = section.rows(user)
    single = {name: found[0] for name, found in named.items() if found}
    if day is None or not single or "date" not in section.edited:
        return []
    near = models.Q()
    for name, row in single.items():
        near |= models.Q(**{name: row})
    return list(rows.filter(near, date__startswith=str(day)[:7]).distinct()[:NEAR])


def labels(understood: Understood) -> Iterable[tuple[Any, list[Any]]]:
    """Return what was understood of each field: its label, and the records that it names."""
    meta = understood.section.model._meta
    return [(meta.get_field(name).verbose_name, rows) for name, rows in understood.named.items()]


NOTHING = _("Nothing was understood. Write what happened, with whom and when: “met DG EMPL on 4 July about skills”.")
