"""What a line of the change log says, in words: labels of fields, of choices, names of records instead of numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core.changelog import Change
from umbel.core.comparing import Piece, compared, shortened
from umbel.core.crud.columns import say_date
from umbel.core.crud.defaults import names_any
from umbel.core.crud.editing import told
from umbel.core.dates import PartialDate, PartialDateField
from umbel.core.prose.fields import ProseField
from umbel.core.prose.reading import read
from umbel.core.records import Record

LONG = 60
GENERIC = ("content_type", "object_id")

Names = Mapping[tuple[Any, int], str]


@dataclass(frozen=True)
class Told:
    """One field of a line: its label, what it held and what it holds, and its name in the form of the record."""

    label: str
    before: str
    after: str
    name: str = ""
    is_text: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """Both sides as one: texts word by word, of anything else what went and what came."""
        nothing = told(None)
        before, after = ("" if side == nothing else side for side in (self.before, self.after))
        if self.is_text and before and after:
            return shortened(compared(before, after))
        return [Piece(kind, side) for kind, side in (("gone", before), ("come", after)) if side]

    @property
    def is_long(self) -> bool:
        """Whether the two sides read better as one text than beside each other."""
        return self.is_text and max(len(self.before), len(self.after)) > LONG


def tell(lines: Iterable[Change], user: Any, language: str) -> list[tuple[Change, list[Told]]]:
    """Return lines with what each says; records that the user may not see are named as such."""
    known = list(lines)
    names = _names(known, user)
    return [(line, _told(line, names, language)) for line in known]


def _told(line: Change, names: Names, language: str) -> list[Told]:
    fields = fields_of(line.type)
    found = []
    order = {name: place for place, name in enumerate(fields)}
    for name in sorted({*line.before, *line.after}, key=lambda name: order.get(name, len(order))):
        field = fields.get(name)
        before, after = (_value(field, side.get(name), names, language) for side in (line.before, line.after))
        found.append(Told(label_of(field, name), before, after, asked_as(field), _is_text(field)))
    return found


def label_of(field: Any, name: str) -> str:
    """Return what a field of the log is called; one that is no field of the record goes by its name there."""
    return str(capfirst(str(field.verbose_name))) if field else name.replace("_", " ").capitalize()


def asked_as(field: Any) -> str:
    """Return the name under which the form of a record asks for a field of the log, "" for what is no field."""
    if field is None:
        return ""
    return "record" if field.name in GENERIC and names_any(field.model) else str(field.name)


def _is_text(field: Any) -> bool:
    return field is None or (isinstance(field, models.CharField | models.TextField) and not field.choices)


def _value(field: Any, value: Any, names: Names, language: str) -> str:
    if value in (None, "", []):
        return told(value)
    if field is None or isinstance(field, ProseField):
        return "\n\n".join(read(value).blocks) if str(value).startswith("<") else told(value)
    if field.is_relation:
        numbers = value if isinstance(value, list) else [value]
        hidden = _("a record that you may not see")
        return ", ".join(names.get((field.related_model, int(number)), hidden) for number in numbers)
    if isinstance(field, PartialDateField):
        return say_date(PartialDate.parse(str(value)), language)
    if isinstance(field, models.DateTimeField):
        at = timezone.localtime(datetime.fromisoformat(str(value)))
        return f"{say_date(PartialDate.of(at.date()), language)}, {at:%H:%M}"
    if field.choices:
        words = {str(key): str(label) for key, label in field.flatchoices}
        return capfirst(words.get(str(value), str(value)))
    return told(value)


@cache
def fields_of(type: str) -> dict[str, Any]:
    """Return the fields of a kind of record by their names in the log; links to many go by that of their table."""
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
        for name, field in fields_of(line.type).items():
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
