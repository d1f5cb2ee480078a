"""What a line of the change log says, in words: labels of fields, of choices, names of records instead of numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core.changelog import Change
from umbel.core.crud.columns import say_date
from umbel.core.crud.editing import told
from umbel.core.dates import PartialDate, PartialDateField
from umbel.core.prose.fields import ProseField
from umbel.core.prose.reading import read
from umbel.core.records import Record

Names = Mapping[tuple[Any, int], str]


@dataclass(frozen=True)
class Told:
    """One field of a line: its label, what it held and what it holds."""

    label: str
    before: str
    after: str


def tell(lines: Iterable[Change], user: Any, language: str) -> list[tuple[Change, list[Told]]]:
    """Return lines with what each says; records that the user may not see are named as such."""
    known = list(lines)
    names = _names(known, user)
    return [(line, _told(line, names, language)) for line in known]


def _told(line: Change, names: Names, language: str) -> list[Told]:
    fields = _fields(line.type)
    found = []
    order = {name: place for place, name in enumerate(fields)}
    for name in sorted({*line.before, *line.after}, key=lambda name: order.get(name, len(order))):
        field = fields.get(name)
        label = capfirst(str(field.verbose_name)) if field else name.replace("_", " ").capitalize()
        sides = [_value(field, side.get(name), names, language) for side in (line.before, line.after)]
        found.append(Told(label, *sides))
    return found


def _value(field: Any, value: Any, names: Names, language: str) -> str:
    if field is None or value in (None, "", []):
        return told(value)
    if field.is_relation:
        numbers = value if isinstance(value, list) else [value]
        hidden = _("a record that you may not see")
        return ", ".join(names.get((field.related_model, int(number)), hidden) for number in numbers)
    if isinstance(field, PartialDateField):
        return say_date(PartialDate.parse(str(value)), language)
    if field.choices:
        words = {str(key): str(label) for key, label in field.flatchoices}
        return capfirst(words.get(str(value), str(value)))
    return read(value).text if isinstance(field, ProseField) else told(value)


@cache
def _fields(type: str) -> dict[str, Any]:
    """Return the fields of a kind by their names in the log; links to many stand there under that of their table."""
    try:
        meta = apps.get_model(type)._meta
    except LookupError:
        return {}
    linked = {str(field.remote_field.through._meta.model_name): field for field in meta.many_to_many}
    return {field.name: field for field in meta.concrete_fields} | linked


def _names(lines: list[Change], user: Any) -> dict[tuple[Any, int], str]:
    """Return the names of all records that lines name, one query for each kind of record."""
    wanted: dict[Any, set[int]] = {}
    for line in lines:
        for name, field in _fields(line.type).items():
            for side in (line.before, line.after):
                if field.is_relation and field.related_model and side.get(name):
                    held = side[name] if isinstance(side[name], list) else [side[name]]
                    wanted.setdefault(field.related_model, set()).update(map(int, held))
    found: dict[tuple[Any, int], str] = {}
    for model, numbers in wanted.items():
        rows = model._default_manager
        mine = rows.visible_to(user) if issubclass(model, Record) else rows.all()
        found |= {(model, row.pk): str(row) for row in _with_links(mine.filter(pk__in=numbers))}
    return found


def _with_links(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    links = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return rows.select_related(*links) if links else rows
