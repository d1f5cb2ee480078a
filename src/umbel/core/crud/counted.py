"""What is known about a record beside its own fields: the figures that count it, what links to it, its history."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import NotSupportedError, connection, models
from django.db.models import Value
from django.utils.translation import get_language

from umbel.core import registry
from umbel.core.changelog import Change
from umbel.core.crud.columns import told_by
from umbel.core.crud.defaults import names_any
from umbel.core.crud.filters import Link
from umbel.core.crud.prepared import Prepared
from umbel.core.crud.sections import Section, section_of
from umbel.core.periods import Period
from umbel.core.records import Part, Record

LINKS_SHOWN = 12
FIGURES_AT_ONCE = 100
ROWS_KEPT = 5000


@dataclass(frozen=True)
class Links:
    """Rows of one kind that name a record: at most a dozen of them, whether there are more, and the list of them all,
    where the section has a filter that narrows to it.
    """

    section: Section
    rows: list[tuple[str, str]]
    is_more: bool
    url: str


def counting(model: type[models.Model], numbers: Sequence[int], period: Period) -> list[registry.Figure]:
    """Return the figures of a period that count one of some rows of a model, in the order of their declaration.

    All are asked in one query.
    """
    family = {model, *model._meta.get_parent_list()}
    asked: list[tuple[registry.Figure, Any]] = []
    for figure in _figures() if numbers else ():
        if figure.rows and not family.isdisjoint(_models_of.get(figure.key, family)):
            parts = _built(figure, period)
            _models_of[figure.key] = frozenset(part.model for part in parts)
            asked += [(figure, part.filter(pk__in=numbers)) for part in parts if part.model in family]
    places = _places_with_rows([rows for _figure, rows in asked])
    counted = {asked[place][0].key: asked[place][0] for place in sorted(places)}
    return list(counted.values())


_models_of: dict[str, frozenset[Any]] = {}
"""Of which models a figure counts rows; found out once."""

_known: tuple[str, dict[str, list[registry.Figure]]] = ("", {})
"""The figures as they were at a line of the change log, by the language of their labels: both follow from records."""

_rows_of: dict[tuple[str, Period], list[Any]] = {}
"""The rows of figures that are told without looking into the tables; they stay the same."""


def _figures() -> list[registry.Figure]:
    global _known
    last = Change.objects.order_by("-pk").values_list("hash", flat=True).first() or ""
    if not last or _known[0] != last:
        _known = (last, {})
    language = get_language()
    if language not in _known[1]:
        _known[1][language] = registry.figures()
    return _known[1][language]


def _built(figure: registry.Figure, period: Period) -> list[Any]:
    """Return the querysets of a figure that has some."""
    if (figure.key, period) in _rows_of:
        return _rows_of[figure.key, period]
    looked: list[str] = []

    def watch(execute: Any, sql: str, *more: Any) -> Any:
        looked.append(sql)
        return execute(sql, *more)

    assert figure.rows is not None  # noqa: S101 -- asked for by the caller
    with connection.execute_wrapper(watch):
        found = figure.rows(period)
        parts = found if isinstance(found, list) else [found]
    if not looked and len(_rows_of) < ROWS_KEPT:
        _rows_of[figure.key, period] = parts
    return parts


def _places_with_rows(querysets: list[Any]) -> set[int]:
    """Return the places of the querysets that have a row."""
    found: set[int] = set()
    for start in range(0, len(querysets), FIGURES_AT_ONCE):
        asked = [
            rows.order_by().values_list(Value(start + place, models.IntegerField()))
            for place, rows in enumerate(querysets[start : start + FIGURES_AT_ONCE])
        ]
        try:
            found |= {place for (place,) in asked[0].union(*asked[1:])}
        except NotSupportedError:
            found |= {start + place for place, rows in enumerate(asked) if rows.exists()}
    return found


def linking(row: Record, user: Any) -> list[Links]:
    """Return the records that name this one, by kind, within what the user may see."""
    ways = list(_relations(row))
    asked = [(model, model._default_manager.visible_to(user).filter(condition)) for model, condition, _name in ways]
    found: dict[Any, list[int]] = {}
    names: dict[Any, set[str]] = {}
    for start in range(0, len(asked), FIGURES_AT_ONCE):
        numbers = [
            rows.order_by().values_list(Value(start + place, models.IntegerField()), "pk")
            for place, (_model, rows) in enumerate(asked[start : start + FIGURES_AT_ONCE])
        ]
        for place, pk in sorted(numbers[0].union(*numbers[1:])):
            found.setdefault(asked[place][0], []).append(pk)
            names.setdefault(asked[place][0], set()).add(ways[place][2])
    return [_links(model, numbers, _list_of(model, names[model], row)) for model, numbers in found.items()]


def _list_of(model: Any, names: set[str], row: Record) -> str:
    """Return the address of the list of rows that name a record, "" where no filter narrows by the fields `names`."""
    section = section_of(model)
    for asked in section.asked:
        if isinstance(asked, Link) and asked.widget != "none" and names == {asked.path}:
            value = str(row.pk) if asked.few else str(getattr(row, told_by(type(row)), ""))
            return f"{section.url}?{urlencode({asked.name: value})}" if value else ""
    return ""


def _links(model: Any, numbers: list[int], url: str) -> Links:
    section = section_of(model)
    links = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    rows = model._default_manager.filter(pk__in=numbers).select_related(*links)[:LINKS_SHOWN]
    shown = [(str(row), section_of(type(row)).url_of(row.pk)) for row in map(_told, rows)]
    return Links(section, list(dict.fromkeys(shown)), len(set(numbers)) > LINKS_SHOWN, url)


def _told(row: Any) -> Any:
    """Return the record that tells a row: itself, or what it belongs to where it has no name of its own."""
    path = told_by(type(row))
    return getattr(row, row.audience_path.split("__")[0]) if isinstance(row, Part) and "__" in path else row


def _relations(row: Record) -> Iterator[tuple[Any, models.Q, str]]:
    """Yield the kinds of rows that can name a record, with the condition that they name this one, and the field."""
    own_parts = {part for part, _link in section_of(type(row)).part_links}
    for model, name in _naming(type(row)):
        if model not in own_parts:
            yield model, models.Q(**{name: row.pk}), name
    kinds = [ContentType.objects.get_for_model(model).pk for model in (type(row), *row._meta.get_parent_list())]
    for model in _naming_any():
        if model not in own_parts:
            yield model, models.Q(content_type__in=kinds, object_id=row.pk), "record"


@cache
def _naming(model: type[Record]) -> list[tuple[Any, str]]:
    relations = [relation for relation in model._meta.related_objects if not relation.one_to_one]
    return [(each.related_model, each.field.name) for each in relations if issubclass(each.related_model, Record)]


@cache
def _naming_any() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Record) and names_any(model)]


def history(row: Record) -> models.QuerySet[Change]:
    """Return the lines of the change log on a record, the last one first; those under an earlier key are among them.

    What stood under one of these keys before this record did is another record.
    """
    kinds = [model._meta.label_lower for model in (type(row), *row._meta.get_parent_list())]
    handle, until, own = str(row.handle), models.Q(), models.Q(pk__in=[])
    while handle:
        lines = Change.objects.filter(until, type__in=kinds, record=handle)
        turns = lines.filter(models.Q(act__in=(Change.Act.ADD, Change.Act.DELETE)) | models.Q(before__has_key="key"))
        begun, renamed = _beginnings(turns.order_by("-pk"))
        first = renamed.pk if renamed else 0
        for kind in kinds:
            own |= until & models.Q(type=kind, record=handle, pk__gte=begun.get(kind, first))
        handle, until = (str(renamed.before["key"]), models.Q(pk__lt=first)) if renamed else ("", until)
    return Change.objects.filter(own).order_by("-pk")


def _beginnings(turns: Iterable[Change]) -> tuple[dict[str, int], Change | None]:
    """Return with which line a record begins under a key, by its kind, and the line that gave it the key, if any.

    A record that was brought back is added as it was deleted: it goes on. Any other that is added there is a new one.
    """
    begun: dict[str, int] = {}
    added: dict[str, Change] = {}
    for line in turns:
        if line.type in begun:
            continue
        if line.act == Change.Act.CHANGE:
            return begun, line
        last = added.pop(line.type, None)
        if last is None and line.act == Change.Act.ADD:
            added[line.type] = line
        elif last is None or line.act == Change.Act.ADD or last.after != line.before:
            begun[line.type] = last.pk if last else line.pk + 1
    return {**{kind: line.pk for kind, line in added.items()}, **begun}, None


def last_changes(
    model: type[Record], name: str = "changed"
) -> Callable[[Sequence[int], Any], dict[str, dict[int, Any]]]:
    """Return what loads the instant of the last change of rows with a key, for a column so called."""

    lines = Change.objects.filter(type=model._meta.label_lower, record=models.OuterRef("key")).order_by("-pk")
    last = models.Subquery(lines.values("at")[:1])
    query = Prepared(
        lambda numbers: model._default_manager.filter(pk__among=numbers).order_by().values_list("pk", last)
    )
    return lambda numbers, _user: {name: dict(query.rows(numbers))}
