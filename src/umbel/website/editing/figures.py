"""Figures for texts: found by their names, proposed where somebody types a number that one of them has."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from umbel.core.crud.access import desk
from umbel.core.figures import Memo, evaluate
from umbel.core.formatting import reading_language
from umbel.core.models import Confederation, ReportedFigure, current_rounding
from umbel.core.names import fold
from umbel.core.periods import Period
from umbel.core.registry import Figure, figures
from umbel.reports.citing import printed
from umbel.website.freshness import Store, last_change

YEARS = range(1800, 2201)
SHOWN, PROPOSED = 30, 5
LEAST = 2
"""Smaller numbers are words of the language more often than figures."""

Told = dict[str, Any]
_of_year: Store[list[Told]] = Store(8)


@desk
def find(request: HttpRequest) -> JsonResponse:
    """Return figures of a year: by words of their names (`q`), by their keys (`keys`), or by numbers (`numbers`)."""
    year = _year(request.GET.get("year", ""))
    if "keys" in request.GET:
        wanted = set(request.GET["keys"].split(",")[:200])
        return JsonResponse({"year": year, "rows": _evaluated(year, reading_language(), wanted)})
    known = of_year(year)
    if "numbers" in request.GET:
        numbers = [int(text) for text in request.GET["numbers"].split(",")[:200] if text.isdecimal() and len(text) < 13]
        return JsonResponse({"year": year, "rows": suggested(numbers, known, year)})
    words = fold(request.GET.get("q", "")[:100]).split()
    found = [told for told in known if all(word in told["found_by"] for word in words)]
    return JsonResponse({"year": year, "rows": found[:SHOWN]})


def suggested(numbers: list[int], known: list[Told], year: int) -> list[Told]:
    """Return the figures of the year whose value is one of some typed numbers; years and 0 and 1 suggest nothing."""
    wanted = {str(number): number for number in numbers if number >= LEAST and abs(number - year) > PROPOSED}
    found: dict[int, list[Told]] = {}
    for told in sorted(known, key=_is_of_the_listing):
        if told["raw"] in wanted and not told["key"].startswith("chronicle.month."):
            found.setdefault(wanted[told["raw"]], []).append(told)
    return [{**told, "number": number} for number in numbers for told in found.get(number, [])[:PROPOSED]]


def _is_of_the_listing(told: Told) -> bool:
    """Tell figures of the whole year's listing, which are seldom what somebody means, from those of a subject."""
    return str(told["key"]).startswith("chronicle.")


def of_year(year: int) -> list[Told]:
    """Return all figures of a year with their values, made once for each state of the records."""
    language = reading_language()
    key = (last_change(), year, language)
    made = _of_year.get(key)
    return _of_year.put(key, _evaluated(year, language)) if made is None else made


def _evaluated(year: int, language: str, keys: set[str] | None = None) -> list[Told]:
    period = Period.year(year)
    every, rule = figures(), current_rounding()
    memo = Memo({figure.key: figure for figure in every})
    sources = dict(ReportedFigure.objects.filter(date__within=period).values_list("figure", "source"))
    return [
        _told(figure, period, language, evaluate(figure, period, rule, memo=memo), sources)
        for figure in every
        if keys is None or figure.key in keys
    ]


def _told(figure: Figure, period: Period, language: str, value: Any, sources: dict[str, str]) -> Told:
    text = printed(value, language)
    return {
        "key": figure.key,
        "label": str(figure.label),
        "value": text,
        "raw": "" if value.printed is None else str(value.printed),
        "unit": figure.unit,
        "rule": str(figure.rule or figure.definition),
        "kind": figure.kind,
        "source": sources.get(figure.key, ""),
        "period": period.label,
        "url": f"{settings.SITE_URL}/figures/{period.label}/{figure.key}/",
        "found_by": f"{fold(str(figure.label))} {figure.key}",
    }


def _year(asked: str) -> int:
    if asked.isdecimal() and int(asked) in YEARS:
        return int(asked)
    own = Confederation.objects.first()
    return own.reporting_year if own else 2000
