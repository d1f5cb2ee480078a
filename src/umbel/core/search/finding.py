"""Finds records: the best first, by the same order in both databases, and no more than one may see."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import F, Value
from django.db.models.expressions import RawSQL

from umbel.core import registry
from umbel.core.audience import audiences_of, circled
from umbel.core.dates import PartialDate
from umbel.core.names import Alias
from umbel.core.search.engines import Statement, engine
from umbel.core.search.models import SearchEntry
from umbel.core.search.subjects import (
    HELD_BACK,
    Subject,
    first_number,
    pk_of,
    ranges,
    root_of,
    subject_of,
    subjects,
)
from umbel.core.search.words import Wanted, words_of

MOST = 500
"""Of so many matching records the best are told exactly; of more, those whose name begins with the words come first."""

ENOUGH = 200
"""So many whose name begins with the words are enough; so many of a kind are counted where more than `MOST` match."""

MANY = 400
"""So many are counted at most of a table that holds several kinds."""

COLUMNS = "e.id, e.type, e.audience, e.date, e.name, e.other_folded, e.name_words, e.other_words"
EXACT, BEGINNING, IN_NAME, IN_TEXT = range(4)


class Candidate(NamedTuple):
    """A matching record, as far as its place among the others depends on it."""

    id: int
    type: str
    audience: str
    date: str
    name: str
    other_folded: str
    name_words: str
    other_words: str

    def tier(self, wanted: Wanted) -> int:
        names = (self.name, *self.other_folded.split("\n")) if self.other_folded else (self.name,)
        if wanted.name in names:
            return EXACT
        if any(name.startswith(wanted.name) for name in names):
            return BEGINNING
        return IN_NAME if wanted.is_in(f"{self.name_words} {self.other_words}") else IN_TEXT


@dataclass(frozen=True)
class Hit:
    """A record found. `alias` is the spelling that matched where the name itself did not."""

    type: str
    pk: int
    kind: registry.Kind
    title: str
    url: str
    date: PartialDate | None
    place: str
    country: str
    alias: str


@dataclass(frozen=True)
class Facet:
    """How many records of a kind match; `is_more` says that there are more than counted."""

    type: str
    count: int
    is_more: bool


@dataclass(frozen=True)
class Found:
    """What a search found: a page of hits, how many there are in all, how many of each kind and of each year.

    `is_more` says that more than `total` match, of which only the best `total` can be paged through. `years`, the
    newest first, are empty where more matched than were read.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
    facets: list[Facet] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)


def find(
    text: str, user: Any, *, kinds: Sequence[str] = (), year: int | None = None, limit: int = 20, offset: int = 0
) -> Found:
    """Return the records that match all words of a text and that a user may see, the best first.

    The last word may be the beginning of one. `kinds` are labels of models, such as "events.event"; the facets count
    the other kinds too, and the years the other years. Best is what is called so (by its name, another spelling of it
    or its name in another language), then what begins so, then what has all words in its name, then the rest; of
    equals the newest, then by name.
    """
    wanted = Wanted.of(text)
    if not wanted:
        return Found()
    found, is_more = _candidates(wanted, user, (), None)
    if is_more:
        found, is_more, facets = _of_many(found, wanted, user, kinds, year)
        years = _years(found) if year is None and not is_more else []
    else:
        of_kinds = _of_kinds(found, kinds)
        facets, years = _facets(_of_year(found, year)), _years(of_kinds)
        found = _of_year(of_kinds, year)
    ordered = _ordered(found, wanted)[:MOST]
    page = _seen(ordered[offset : offset + limit], user)
    return Found(_hits(page, wanted), len(ordered), is_more, facets, years)


def _of_many(
    found: list[Candidate], wanted: Wanted, user: Any, kinds: Sequence[str], year: int | None
) -> tuple[list[Candidate], bool, list[Facet]]:
    """Return what `find` reads where more match than are read at once: the year and the kinds are asked by themselves.

    `found` are the best of all.
    """
    is_more = True
    if year is not None:
        found, is_more = _candidates(wanted, user, (), year)
    facets = _tally(wanted, user, year) if is_more else _facets(found)
    if kinds and is_more:
        known = [facet.type for facet in facets if facet.type in kinds]
        found, is_more = _candidates(wanted, user, known, year) if known else ([], False)
    return _of_kinds(found, kinds), is_more, facets


def _of_kinds(found: list[Candidate], kinds: Sequence[str]) -> list[Candidate]:
    return [one for one in found if one.type in kinds] if kinds else found


def _of_year(found: list[Candidate], year: int | None) -> list[Candidate]:
    return found if year is None else [one for one in found if one.date.startswith(f"{year:04}")]


def narrow(rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
    """Keep the rows of one model that match all words of a text; without a text, all of them.

    The index is asked at once: few matches are named by their keys, of many the rows ask for themselves.
    Raises `NotSearchedError` for a model whose records are not found by the search.
    """
    root = subject_of(rows.model).root
    wanted = Wanted.of(text)
    if not wanted:
        return rows.none() if text.strip() else rows
    sql, params = engine().numbers(wanted, ranges([root])[0])
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {MOST + 1}", params)
        numbers = [number for (number,) in cursor.fetchall()]
    if len(numbers) <= MOST:
        return rows.filter(pk__in=[pk_of(number) for number in numbers])
    rows = rows.alias(entry=F("pk") + first_number(root))
    return rows.filter(entry__in=RawSQL(sql, params))  # noqa: S611 -- the text is a parameter


def _conditions(audiences: Iterable[str], places: Sequence[Subject], year: int | None) -> Statement:
    """Return what an entry has to fulfil beside its words: its audience, its kind, its year."""
    values = sorted(audiences)
    sql = f" AND e.audience IN ({_marks(values)})"
    if len(places) < len(subjects()):
        sql, values = f"{sql} AND e.type IN ({_marks(places)})", [*values, *(subject.label for subject in places)]
    if year is not None:
        sql, values = f"{sql} AND e.date >= %s AND e.date < %s", [*values, f"{year:04}", f"{year + 1:04}"]
    return sql, values


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def _places(kinds: Sequence[str], year: int | None) -> list[Subject]:
    """Return where to look: nothing that has no date is of a year."""
    found = [subjects()[kind] for kind in kinds if kind in subjects()] if kinds else subjects().values()
    return [subject for subject in found if year is None or subject.date_field]


def _candidates(wanted: Wanted, user: Any, kinds: Sequence[str], year: int | None) -> tuple[list[Candidate], bool]:
    """Return matching records that the user may see, and whether there are more than these.

    Of many the best are those whose names begin so; when they are enough the others are not looked at. A year holds
    acts only, and not so many.
    """
    places = _places(kinds, year)
    where = _conditions(audiences_of(user) | circled(user) | {HELD_BACK}, places, year)
    asked = engine().beginning(COLUMNS, wanted.name)
    best = [] if year is not None else _rows(asked, where, engine().by_name, ENOUGH)
    found = [] if (is_more := len(best) == ENOUGH) else _matching(wanted, places, where)
    is_more = is_more or len(found) > MOST
    if is_more and year is None:
        best += _called(wanted, where)
    found = list({row.id: row for row in [*best, *found]}.values())
    return _within_rights(found, user), is_more


def _matching(wanted: Wanted, places: Sequence[Subject], where: Statement) -> list[Candidate]:
    tables = dict.fromkeys(subject.root for subject in places)
    some = [None] if len(places) == len(subjects()) else ranges(tables)
    asked = (engine().matching(COLUMNS, wanted, numbers) for numbers in some)
    return [row for one in asked for row in _rows(one, where, engine().by_number, MOST + 1)]


def _called(wanted: Wanted, where: Statement) -> list[Candidate]:
    """Return records another name of which begins so."""
    aliases = Alias.objects.filter(**engine().lookups("folded", wanted.name)).order_by("folded")
    named, params = aliases.values_list("content_type", "object_id")[:ENOUGH].query.sql_with_params()
    firsts = _firsts()
    cases = " ".join(["WHEN %s THEN %s"] * (len(firsts) // 2))
    number = f"SELECT called.object_id + CASE called.content_type {cases} END FROM ({named}) AS called"  # noqa: S608 -- marks alone
    asked = f"SELECT {COLUMNS} FROM core_searchentry AS e WHERE e.id IN ({number})"  # noqa: S608 -- marks alone
    return _rows((asked, [*firsts, *params]), where, engine().by_name, ENOUGH)


def _firsts() -> list[int]:
    """Return the kinds of record as generic keys name them, each followed by the first number of its entries."""
    models = [subject.model for subject in subjects().values()]
    kinds = ContentType.objects.get_for_models(*models)
    return [number for model, kind in kinds.items() for number in (kind.pk, first_number(root_of(model)))]


def _rows(asked: Statement, where: Statement, order: str, most: int) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(f"{asked[0]}{where[0]} {order} LIMIT {most}", [*asked[1], *where[1]])
        return list(starmap(Candidate, cursor.fetchall()))


def _within_rights(found: list[Candidate], user: Any) -> list[Candidate]:
    """Leave out what is meant for circles (the participants of a group) to which the user does not belong.

    So is what was held back when it was saved and still is.
    """
    mine = audiences_of(user)
    doubtful = [one for one in found if one.audience not in mine]
    if not doubtful:
        return found
    seen = {one.id for one in _seen(doubtful, user)}
    return [one for one in found if one.audience in mine or one.id in seen]


def _seen(found: list[Candidate], user: Any) -> list[Candidate]:
    """Keep what the records themselves let the user see, in one query: the index is not believed in this."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for one in found:
        wanted[one.type].append(pk_of(one.id))
    sources = [_visible(subjects()[kind], pks, user) for kind, pks in wanted.items() if kind in subjects()]
    if not sources:
        return []
    seen = set(sources[0].union(*sources[1:], all=True))
    return [one for one in found if (one.type, pk_of(one.id)) in seen]


def _visible(subject: Subject, pks: Sequence[int], user: Any) -> models.QuerySet[Any]:
    rows = subject.model._default_manager.visible_to(user).filter(pk__in=pks).order_by()
    kind = Value(subject.label, output_field=models.CharField())
    visible: models.QuerySet[Any] = rows.annotate(entry_type=kind).values_list("entry_type", "pk")
    return visible


def _ordered(found: list[Candidate], wanted: Wanted) -> list[Candidate]:
    found = sorted(found, key=attrgetter("name", "id"))
    found.sort(key=attrgetter("date"), reverse=True)
    found.sort(key=lambda one: one.tier(wanted))
    return found


def _facets(found: Iterable[Candidate]) -> list[Facet]:
    counts = Counter(one.type for one in found)
    return [Facet(kind, count, False) for kind, count in counts.most_common()]


def _years(found: Iterable[Candidate]) -> list[tuple[int, int]]:
    counts = Counter(one.date[:4] for one in found if one.date)
    return [(int(year), count) for year, count in sorted(counts.items(), reverse=True)]


def _tally(wanted: Wanted, user: Any, year: int | None) -> list[Facet]:
    """Count what matches by kind, up to `ENOUGH` of each; not what is meant for a circle only, or was held back."""
    places = _places((), year)
    tables = Counter(subject.root for subject in places)
    some = [(ranges([root])[0], MANY if kinds > 1 else ENOUGH + 1) for root, kinds in tables.items()]
    with connection.cursor() as cursor:
        cursor.execute(*engine().counting(wanted, some, _conditions(audiences_of(user), places, year)))
        counts = Counter(dict(cursor.fetchall()))
    return [Facet(kind, min(count, ENOUGH), count > ENOUGH) for kind, count in counts.most_common()]


def _hits(page: Sequence[Candidate], wanted: Wanted) -> list[Hit]:
    columns = ("type", "sort", "title", "handle", "date", "place", "country", "other_names")
    rows = SearchEntry.objects.filter(pk__in=[one.id for one in page]).values_list("pk", *columns)
    told = {pk: dict(zip(columns, values, strict=True)) for pk, *values in rows}
    held = _held_back(page)
    return [_hit(one, told[one.id], wanted, held.get(one.id)) for one in page if one.id in told]


def _held_back(page: Sequence[Candidate]) -> dict[int, Any]:
    """Return the records that were held back when they were saved: only they know where they are found today."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for one in page:
        if one.audience == HELD_BACK:
            found[one.type].append(one)
    rows: dict[int, Any] = {}
    for kind, some in found.items():
        told = subjects()[kind].model._base_manager.in_bulk([pk_of(one.id) for one in some])
        rows |= {one.id: told.get(pk_of(one.id)) for one in some}
    return rows


def _hit(one: Candidate, told: dict[str, Any], wanted: Wanted, row: Any) -> Hit:
    subject = subjects()[told["type"]]
    return Hit(
        subject.label,
        pk_of(one.id),
        kind_of(subject, told["sort"]),
        told["title"],
        row.get_absolute_url() if row is not None else subject.url(pk_of(one.id), told["handle"]),
        PartialDate.parse(told["date"]) if told["date"] else None,
        told["place"],
        told["country"],
        "" if wanted.is_in(one.name_words) else _alias(told["other_names"], wanted),
    )


def _alias(names: str, wanted: Wanted) -> str:
    return next((name for name in names.split("\n") if wanted.is_in(words_of(name))), "")


def kind_of(subject: Subject, sort: str = "") -> registry.Kind:
    """Return what sort of record it is: of an act as the year at a glance calls it, else by its model, without icon."""
    for model in (subject.model, *subject.model._meta.get_parent_list()):
        kinds = registry.kinds_of(model._meta.label_lower)
        if found := kinds.get(sort) or kinds.get(""):
            return found
    return registry.Kind(subject.model._meta.verbose_name, "", "")
