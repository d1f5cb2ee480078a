"""What a draft still hides: typed numbers, words that age, fragments said twice, names spelt another way."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from umbel.core import registry
from umbel.core.figures import Value
from umbel.core.formatting import join, words
from umbel.core.models import Alias
from umbel.core.registry import Finding
from umbel.reports.models import Passage, Report
from umbel.reports.prose import PLACEHOLDER
from umbel.reports.tables import evaluate_all

TYPED = re.compile(r"(?<![\w.,-])\d[\d,.]*\d|(?<![\w.,-])\d(?!\w)")
BRACES = re.compile(r"\{[^{}]*\}")
YEAR = re.compile(r"(19|20)\d\d")
AGEING = re.compile(r"\b(last year|this year|next year|these first months|recently|nowadays|so far)\b", re.IGNORECASE)
FRAGMENT = 6
SUGGESTED = 3
WORDS = range(2, 21)


def unknown_figures(report: Report) -> Iterator[Finding]:
    """Braces in a passage that are no placeholder, and placeholders of figures that no app declares."""
    braces = [(passage, text) for passage in _passages(report) for text in BRACES.findall(passage.text)]
    keys = {text: placeholder.group(1) for _passage, text in braces if (placeholder := PLACEHOLDER.fullmatch(text))}
    unknown = registry.unknown(keys.values())
    for passage, text in braces:
        if text not in keys or keys[text] in unknown:
            told = {"text": text, "passage": _place(passage)}
            yield Finding(_("“%(text)s” in %(passage)s names no figure.") % told, (passage,))


def typed_numbers(report: Report, is_suggesting: bool = True) -> Iterator[Finding]:
    """Numbers typed in a passage, as digits or as words, with the figures of the year that have this value.

    Years and the days of dates are no figures; `words` are those of the report's language, from two to twenty.
    """
    spelt = {word: number for number in WORDS if not (word := words(number, report.language)).isdecimal()}
    pattern = re.compile(rf"\b({'|'.join(spelt)})\b", re.IGNORECASE)
    values: list[Value] | None = None if is_suggesting else []
    for passage in _passages(report):
        text = _without_dates(PLACEHOLDER.sub(" ", passage.text))
        found = [(match.group(), _number(match.group())) for match in TYPED.finditer(text)]
        if spelt:
            found += [(match.group(), spelt[match.group().lower()]) for match in pattern.finditer(text)]
        for typed, number in found:
            if values is None:
                values = evaluate_all(report.period)
            yield Finding(_suggestion(passage, typed, number, values), (passage,))


def _suggestion(passage: Passage, typed: str, number: float, values: list[Value]) -> str:
    keys = [f"{{{value.figure.key}}}" for value in values if value.printed is not None and value.printed == number]
    told = {"typed": typed, "passage": _place(passage), "figures": join(keys[:SUGGESTED])}
    if not keys:
        return _("“%(typed)s” in %(passage)s is typed; no figure of the year has this value.") % told
    return _("“%(typed)s” in %(passage)s is typed; perhaps %(figures)s.") % told


def _number(text: str) -> float:
    return float(text.replace(",", "")) if text.replace(",", "").replace(".", "", 1).isdigit() else -1


def _without_dates(text: str) -> str:
    """Return a text without years and without days before the name of a month."""
    return re.sub(r"\b\d{1,2} (?=[A-Z][a-z]+\b)", " ", YEAR.sub(" ", text))


def ageing_words(report: Report) -> Iterator[Finding]:
    """Words such as “last year”, which mean another year when the report is read; English texts only."""
    for passage in _passages(report):
        for match in AGEING.finditer(passage.text) if report.language == "en" else ():
            told = {"word": match.group(), "passage": _place(passage), "year": report.year}
            yield Finding(_("“%(word)s” in %(passage)s: name the year (%(year)s).") % told, (passage,))


def repeated_fragments(report: Report) -> Iterator[Finding]:
    """Runs of six words that stand in two passages."""
    first: dict[tuple[str, ...], Passage] = {}
    for passage in _passages(report):
        told = re.findall(r"\w+", PLACEHOLDER.sub(" ", passage.text).lower())
        runs = [tuple(told[at : at + FRAGMENT]) for at in range(len(told) - FRAGMENT + 1)]
        again = [at for at, run in enumerate(runs) if first.setdefault(run, passage) != passage]
        starts = [at for before, at in pairwise([-FRAGMENT, *again]) if at - before > 1]
        for at in starts:
            names = {"text": " ".join(runs[at]), "one": _place(first[runs[at]]), "other": _place(passage)}
            yield Finding(_("“%(text)s …” stands in %(one)s and in %(other)s.") % names, (first[runs[at]], passage))


def other_spellings(report: Report) -> Iterator[Finding]:
    """Names written as an alias in a passage, with the name that the directory prints; parts of a name may stand."""
    passages = list(_passages(report))
    whole = "\n".join(passage.text for passage in passages)
    named = [pk for pk, name in Alias.objects.values_list("pk", "name") if name in whole]
    aliases = [(alias.name, alias.record) for alias in Alias.objects.filter(pk__in=named).prefetch_related("record")]
    for passage in passages:
        for name, record in aliases:
            if record and name not in record.name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", passage.text):
                told = {"alias": name, "passage": _place(passage), "name": record.name}
                yield Finding(
                    _("“%(alias)s” in %(passage)s is printed “%(name)s” elsewhere.") % told, (passage, record)
                )


def _passages(report: Report) -> Any:
    return (
        Passage.objects.filter(chapter__report=report)
        .select_related("chapter__report")
        .order_by("chapter__order", "order")
    )


def _place(passage: Passage) -> str:
    return f"“{passage.chapter}” ({passage.slot})"
