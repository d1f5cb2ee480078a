"""The year at a glance: one union over the entries of a period, not a copy."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Substr

from umbel.core import registry
from umbel.core.audience import Audience, audiences_of
from umbel.core.dates import PartialDate
from umbel.core.folds import Fold
from umbel.core.models import Topic
from umbel.core.periods import Period
from umbel.core.records import address
from umbel.core.registry import Beside, Entry, Kind

FEW_TOPICS = 5
NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the listing. `kind` is its label, family and icon; `part` our own part in a gathering."""

    source: Entry
    kind: Kind
    pk: int
    key: str
    title: str
    date: PartialDate
    place: str
    country: str
    has_page: bool
    part: str = ""
    beside: Beside = NOTHING

    @property
    def countries(self) -> tuple[str, ...]:
        return self.beside.countries or ((self.country,) if self.country else ())

    @property
    def kind_key(self) -> str:
        """The kind as addresses name it, in any language: "events.event.webinar"."""
        return self.source.key_of(self.kind)

    @property
    def part_label(self) -> str:
        return str(self.source.parts.get(self.part, ""))

    @property
    def url(self) -> str:
        return address(self.source.name, self.key)


def acts(
    period: Period,
    family: str = "",
    topics: tuple[str, ...] = (),
    month: int = 0,
    sources: frozenset[str] | None = None,
) -> list[QuerySet[Any]]:
    """Return the sets of listed acts of a period, one for each source that may hold any.

    `family` keeps acts of one family, `topics` those that serve at least one of these topics (keys), `month` those of
    one month of the period's year, `sources` those of these sources (names).
    """
    if month:
        last = monthrange(period.end.year, month)[1]
        period = Period.range(date(period.end.year, month, 1), date(period.end.year, month, last))
    found = []
    for source in registry.entries():
        kinds = [name for name, kind in source.kinds.items() if kind.family == family or not family]
        if not kinds or (sources is not None and source.name not in sources):
            continue
        rows = source.rows().filter(date__within=period, in_review=True)
        if source.column and len(kinds) < len(source.kinds):
            rows = rows.filter(**{f"{source.column}__in": kinds})
        found.append(_serving(rows, topics) if topics else rows)
    return found


def _serving(rows: QuerySet[Any], topics: tuple[str, ...]) -> QuerySet[Any]:
    """Keep acts that serve a topic; links of few topics are fewer than acts of a year, those of many are more."""
    name, links = rows.model._meta.model_name, rows.model.topics.through.objects.filter(topic__key__in=topics)
    if len(topics) > FEW_TOPICS:
        return rows.filter(Exists(links.filter(**{name: OuterRef("pk")})))
    return rows.filter(pk__in=links.values(name))


def sources_of_topics() -> dict[str, set[str]]:
    """Return, by key of topic, the names of the sources that hold an act serving it: one query a source."""
    found: dict[str, set[str]] = {}
    for source in registry.entries():
        links = source.rows().model.topics.through.objects.filter(topic=OuterRef("pk"))
        for topic in Topic.objects.filter(Exists(links)).order_by().values_list("key", flat=True):
            found.setdefault(topic, set()).add(source.name)
    return found


def topics_of(period: Period) -> list[tuple[str, int, str, PartialDate]]:
    """Return the source, primary key, topic and date of each listed act of a period that serves a topic: one query.

    An act that serves several topics stands there once for each of them.
    """
    told = [
        rows.filter(topics__isnull=False)
        .order_by()
        .annotate(entry_source=Value(rows.model._meta.label_lower, output_field=CharField()))
        .values_list("entry_source", "pk", "topics__key", "date")
        for rows in acts(period)
    ]
    return list(told[0].union(*told[1:], all=True)) if told else []


def by_topic(period: Period) -> dict[str, list[PartialDate]]:
    """Return the dates of the listed acts of a period by the key of each topic that they serve."""
    dates: dict[str, list[PartialDate]] = {}
    for _source, _pk, topic, day in topics_of(period):
        dates.setdefault(topic, []).append(day)
    return {topic: sorted(days) for topic, days in dates.items()}


class Tallied:
    """The listed acts as a whole: all of them, by family and by month, told by the keys of their figures."""

    def rows(self, period: Period, part: str) -> list[QuerySet[Any]]:
        _chronicle, name, *which = part.split(".")
        if name == "month":
            return acts(period, month=int(which[0]))
        return acts(period, family=which[0]) if name == "family" else acts(period)

    def numbers(self, period: Period, _fold: Fold, /) -> Callable[[str], int]:
        of_period, of_year = tally(period), {} if period.is_year else tally(Period.year(period.end.year))
        return lambda part: (of_year if of_year and ".month." in part else of_period).get(part, 0)


class Serving:
    """The listed acts by the topics that they serve; a part names keys of topics, and the sources that may hold any."""

    def rows(self, period: Period, part: tuple[tuple[str, ...], frozenset[str]]) -> list[QuerySet[Any]]:
        topics, sources = part
        return acts(period, topics=topics, sources=sources)

    def numbers(self, period: Period, _fold: Fold, /) -> Callable[[tuple[tuple[str, ...], frozenset[str]]], int]:
        known: dict[str, set[tuple[str, int]]] = {}
        for source, pk, topic, _day in topics_of(period):
            known.setdefault(topic, set()).add((source, pk))
        return lambda part: len(set[tuple[str, int]]().union(*(known.get(topic, ()) for topic in part[0])))


TALLIED, SERVING = Tallied(), Serving()


def lines(period: Period, user: Any = None, listed: bool = True) -> list[Line]:
    """Return the entries of a period that a user may see, by date and key; one query and one for each `beside`.

    `listed=False` gives the acts that the editor left out instead.
    """
    return _with_beside(bare_lines(period, user, listed), audiences_of(user))


def bare_lines(period: Period, user: Any = None, listed: bool = True) -> list[Line]:
    """Return the same as `lines` without what stands beside the titles, in one query."""
    found = [_line(row) for row in _read("SELECT * FROM ({union}) AS acts", period, audiences_of(user), listed)]
    return sorted(found, key=lambda line: (line.date, line.key))


def tally(period: Period) -> dict[str, int]:
    """Return how many listed acts a period has, by the keys `chronicle.entries`, `.family.*` and `.month.*` of figures.

    One query, whoever may see the acts; the same numbers as folding the rows of each figure.
    """
    counted = Counter({"chronicle.entries": 0})
    for name, kind, month, number in _read(TALLY, period, frozenset(Audience.values), True):
        counted["chronicle.entries"] += number
        counted[f"chronicle.family.{registry.get_entry(name).kinds[kind].family}"] += number
        if month.startswith(f"{period.end.year}-"):
            counted[f"chronicle.month.{month[5:]}"] += number
    return counted


TALLY = "SELECT entry_source, entry_kind, SUBSTR(date, 1, 7), COUNT(*) FROM ({union}) AS acts GROUP BY 1, 2, 3"
ANY = Period.year(1)
ANY_LOW, ANY_HIGH = ANY.bounds()


def _read(query: str, period: Period, audiences: frozenset[str], listed: bool) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query over the union of all entries of a period."""
    union, params = _union(audiences, listed)
    low, high, straddling = period.edges()
    bounds = {ANY_LOW: low, ANY_HIGH: high}
    if straddling:
        outside = ", ".join(["%s"] * len(straddling))
        union = f"SELECT * FROM ({union}) AS near WHERE date NOT IN ({outside})"  # noqa: S608  # -- placeholders only
    with connection.cursor() as cursor:
        cursor.execute(query.format(union=union), [*(bounds.get(value, value) for value in params), *straddling])
        yield from cursor


def years(user: Any = None) -> list[int]:
    """Return the years in which listed acts are dated that a user may see, the last one first: one query."""
    seen = {"in_review": True, "audience__in": sorted(audiences_of(user)), "date__isnull": False}
    year = Substr("date", 1, 4, output_field=CharField())
    told = [
        source.rows().filter(**seen).order_by().annotate(entry_year=year).values_list("entry_year").distinct()
        for source in registry.entries()
    ]
    found = told[0].union(*told[1:]) if told else ()
    return sorted((int(text) for (text,) in found), reverse=True)


@lru_cache(maxsize=64)
def _union(audiences: frozenset[str], listed: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the union over all entries as SQL with parameters, the bounds of the period left open.

    Putting the query together takes longer than running it, and it is the same for every period.
    """
    sources = []
    for source in registry.entries():
        rows = source.rows().filter(date__within=ANY, in_review=listed, audience__in=sorted(audiences)).order_by()
        text = CharField()
        told = {
            "entry_source": Value(source.name, output_field=text),
            "entry_kind": F(source.column) if source.column else Value("", output_field=text),
            "entry_part": F(source.part) if source.part else Value("", output_field=text),
        }
        columns = (*list(told)[:2], "pk", "key", "title", "date", "place", "country", "has_page", "entry_part")
        sources.append(rows.annotate(**told).values_list(*columns))
    if not sources:
        raise registry.DeclarationError("no app declares an entry")
    sql, params = sources[0].union(*sources[1:], all=True).query.sql_with_params()
    return sql, tuple(params)


def records(found: list[Line]) -> dict[tuple[str, int], Any]:
    """Return the records behind lines by source and primary key, one query a source."""
    wanted: dict[str, list[int]] = {}
    for line in found:
        wanted.setdefault(line.source.name, []).append(line.pk)
    rows = ((name, registry.get_entry(name).rows().in_bulk(pks)) for name, pks in wanted.items())
    return {(name, pk): record for name, known in rows for pk, record in known.items()}


def _line(row: tuple[Any, ...]) -> Line:
    name, kind, pk, key, title, date, place, country, has_page, part = row
    source = registry.get_entry(name)
    day = PartialDate.parse(date)
    return Line(source, source.kinds[kind], pk, key, title, day, place, country, bool(has_page), part)


def _with_beside(found: list[Line], audiences: frozenset[str]) -> list[Line]:
    texts: dict[tuple[str, int], Beside] = {}
    for source in registry.entries():
        pks = [line.pk for line in found if line.source is source]
        if source.beside and pks:
            texts.update({(source.name, pk): beside for pk, beside in source.beside(pks, audiences).items()})
    return [
        replace(line, beside=texts[key]) if (key := (line.source.name, line.pk)) in texts else line for line in found
    ]
