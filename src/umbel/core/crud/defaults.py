"""What a section shows, asks and narrows by where nobody declares it: it follows from the fields of the model."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from umbel.core.crud import filters
from umbel.core.crud.columns import Column, column, told_by
from umbel.core.crud.filters import Filter
from umbel.core.dates import PartialDateField
from umbel.core.prose.fields import ProseField
from umbel.core.records import Part, Record

UNSHOWN = {"id", "folded", "object_id", "content_type"}
LAST = ("key", "audience", "in_review", "review_note", "has_page")


def is_shown(field: Any) -> bool:
    """Tell whether a field is one that people read and write."""
    target = field.related_model
    is_record = target is None or issubclass(target, Record)
    return is_record and field.name not in UNSHOWN and not field.primary_key


def shown_names(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that a list can show, the one that names the row first."""
    parents = {link for link in model._meta.parents.values() if link}
    plain = [field for field in model._meta.concrete_fields if is_shown(field) and field not in parents]
    names = [field.name for field in plain if not isinstance(field, models.FileField | models.JSONField | ProseField)]
    first = told_by(model).split("__")[0]
    return [first, *(name for name in names if name not in (first, "key")), *(n for n in names if n == "key")]


def edited_names(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that a form can ask for, rarely changed ones last; `record` for a generic key."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    parents = {link for link in model._meta.parents.values() if link}
    plain = [field.name for field in fields if field.editable and is_shown(field) and field not in parents]
    return [*(["record"] if names_any(model) else []), *sorted(plain, key=lambda name: name in LAST)]


def names_any(model: type[models.Model]) -> bool:
    """Tell whether rows of a model name a record of any kind, by a generic key called `record`."""
    return any(isinstance(field, GenericForeignKey) and field.name == "record" for field in model._meta.private_fields)


def filter_names(model: type[models.Model]) -> list[str]:
    """Return the names of the fields by which a list is narrowed."""
    fields = [field for field in model._meta.concrete_fields if is_shown(field)]
    kinds = ("choice", "country", "yes")
    names = [field.name for field in fields if column(model, field.name).kind in kinds and field.name != "audience"]
    dates = {field.name for field in fields if isinstance(field, PartialDateField)}
    links = [field.name for field in fields if isinstance(field, models.ForeignKey)]
    when = ["in_force"] if {"start", "end"} <= dates else sorted(dates)[:1]
    return [*names[:3], *links[:2], *when]


def filter_of(model: type[models.Model], name: str, is_few: Any) -> Filter:
    """Return the filter of a field or a path of a model; `is_few` tells whether a chooser lists all rows of a kind."""
    if name == "in_force":
        return filters.InForce("on", _("In force on"))
    shown = column(model, name)
    label = capfirst(shown.label)
    if shown.kind == "choice":
        return filters.Choice(name, label, path=name, choices=shown.choices)
    if shown.kind == "yes":
        return filters.Choice(name, label, path=name, choices=(("yes", _("Yes")), ("no", _("No"))))
    if shown.kind == "country":
        return filters.Country(name, label, path=name)
    if shown.kind == "date":
        return filters.When(name, label, path=name)
    target = model._meta.get_field(name.split("__")[0]).related_model
    for step in name.split("__")[1:]:
        target = target._meta.get_field(step).related_model  # type: ignore[union-attr]  # -- a path of links
    few = is_few(target)
    return filters.Link(name, label, widget="select" if few else "text", path=name, model=target, few=few)


def gaps(model: type[models.Model], columns: Iterable[Column]) -> list[Filter]:
    """Return the filter for rows of which something wanted is not recorded; none where nothing is wanted."""
    wanted = [shown for shown in columns if shown.wanted and shown.path]
    fields = tuple(
        (shown.path.split("__")[0], capfirst(shown.label), _is_text(model, shown.path), shown.wanted_where)
        for shown in wanted
    )
    return [filters.Gap("without", _("Without"), fields=fields)] if fields else []


def _is_text(model: type[models.Model], path: str) -> bool:
    return "__" not in path and not model._meta.get_field(path).null


def parts_of(model: Any) -> Iterator[tuple[Any, str]]:
    """Yield the kinds of parts whose whole is the model or one of its parents, with the field that says so."""
    kinds = {model, *model._meta.get_parent_list()}
    for part in apps.get_models():
        if issubclass(part, Part):
            name = part.audience_path.split("__")[0]
            if part._meta.get_field(name).related_model in kinds:
                yield part, name


def link_to(part: Any, model: Any) -> str:
    """Return the name of the first field by which rows of a kind name rows of a model or one of its parents.

    Raises `KeyError` where there is none.
    """
    kinds = {model, *model._meta.get_parent_list()}
    for field in part._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model in kinds:
            return str(field.name)
    raise KeyError(part)
