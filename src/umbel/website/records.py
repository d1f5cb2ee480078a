"""A page for any record: its fields, what belongs to it, what points at it."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core import formatting, registry
from umbel.core.dates import PartialDateField
from umbel.core.merging import spellings
from umbel.core.models import Alias
from umbel.core.names import find_named
from umbel.core.prose.fields import ProseField
from umbel.core.prose.reading import read
from umbel.core.records import Act, Named, Record, naming
from umbel.core.translations.marks import joined
from umbel.core.translations.saying import localise
from umbel.library.models import Document, Photo, Placement
from umbel.reports.models import Claim, Credit, Mention
from umbel.website.pages.attached import papers
from umbel.website.telling import called, calling, name_of, wording

HIDDEN = {
    "id",
    "key",
    "name",
    "title",
    "folded",
    "audience",
    "in_review",
    "has_page",
    "user",
    "order",
    "permission",
    "people",
    "consent",
    "consent_on",
    "consent_how",
    "frozen_by",
    "hash",
    "object_id",
    "content_type",
    "figures",
    "printed",
    "counted",
    "account_holder",
    "iban",
    "yearly_fee",
}
UNTOLD = (Credit, Claim, Photo)
PLACED = (Document, Placement)


def find(kind: str, handle: str, user: Any) -> Record:
    """Return the record of an address, which may also spell its name or an alias of it.

    Raises `Http404` where there is none, or none that the user may see.
    """
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise Http404(kind) from error
    if not issubclass(model, Record):
        raise Http404(kind)
    rows = model._default_manager.visible_to(user)
    row = _row(model, rows, handle)
    if row is None and issubclass(model, Named):
        spelt = find_named(handle, rows)[:2]
        row = spelt[0] if len(spelt) == 1 else None
    if row is None:
        raise Http404(handle)
    return whole(row)


def _row(model: type[Record], rows: models.QuerySet[Any], handle: str) -> Any:
    if "key" in {field.name for field in model._meta.concrete_fields}:
        return rows.filter(key=handle).first()
    if model.handle is not Record.handle:
        return next((row for row in rows if row.handle == handle), None)
    return rows.filter(pk=handle).first() if handle.isdecimal() else None


def whole(row: Record) -> Record:
    """Return a gathering as the meeting that it is, of a body, a group, a project or a seat."""
    for relation in row._meta.related_objects:
        if relation.one_to_one and relation.parent_link and hasattr(row, str(relation.get_accessor_name())):
            return whole(getattr(row, str(relation.get_accessor_name())))
    return row


def describe(row: Record, user: Any, language: str) -> dict[str, Any]:
    """Return what `website/record.html` shows: the name, the facts, the groups of rows around it."""
    date = getattr(row, "date", None)
    return {
        "record": row,
        "title": called(row).text,
        "named": _named(row),
        "kind": capfirst(_kind(row)),
        "source": _source(row),
        "is_act": isinstance(row, Act),
        "date": formatting.partial_date(date, language) if date else "",
        "undated": isinstance(row, Act) and (date is None or date.precision == "year"),
        "facts": [*_facts(row, user, language), *_derived(row), *_others(row, user)],
        "papers": papers(row, user),
        "groups": _merged([*_parts(row, user), *_pointing(row, user)]),
    }


def _merged(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for group in groups:
        found.setdefault(group["label"], []).extend(group["rows"])
    return [{"label": label, "rows": rows} for label, rows in found.items()]


def _source(row: Record) -> registry.Kind | None:
    """Return the kind of act that a row is in the year at a glance."""
    for source in registry.entries():
        model = apps.get_model(source.name)
        if isinstance(row, model):
            return source.kinds.get(getattr(row, source.column) if source.column else "")
    return None


def _kind(row: Record) -> str:
    source = _source(row)
    return str(source.label if source else row._meta.verbose_name)


def _facts(row: Record, user: Any, language: str) -> Iterator[dict[str, Any]]:
    for field in row._meta.concrete_fields:
        if field.name in HIDDEN or field.name == "date" or field.primary_key or isinstance(field, models.FileField):
            continue
        value = getattr(row, field.name)
        if value is None or value == "" or (isinstance(field, models.ForeignKey) and not _may_see(value, user)):
            continue
        yield {"label": capfirst(str(field.verbose_name)), **_shown(row, field, value, language)}


def _derived(row: Record) -> Iterator[dict[str, Any]]:
    for label, value in row.derived_facts():
        yield {"label": capfirst(str(label)), "text": str(value)}


def _shown(row: Record, field: Any, value: Any, language: str) -> dict[str, Any]:
    if isinstance(value, Record):
        return {"rows": [_linked(value)]}
    if isinstance(field, ProseField):
        return {"text": read(str(value)).text}
    if isinstance(field, models.DateTimeField):
        return {"text": date_format(timezone.localtime(value), "j F Y, H:i T")}
    if isinstance(field, PartialDateField):
        return {"text": formatting.partial_date(value, language)}
    if field.choices:
        return {"text": capfirst(str(getattr(row, f"get_{field.name}_display")()))}
    if field.name == "country":
        return {"text": formatting.country(value, language)}
    if isinstance(value, bool):
        return {"text": _("yes") if value else _("no")}
    return {"text": wording(row, field.name, capital=False) if field.name in row.translated else str(value)}


def _others(row: Record, user: Any) -> Iterator[dict[str, Any]]:
    """Yield the records that a row names in a list, what it points at, and the other spellings of its name."""
    for field in (each for each in row._meta.many_to_many if each.name not in HIDDEN):
        if named := [_linked(other) for other in localise(getattr(row, field.name).all()) if _may_see(other, user)]:
            yield {"label": capfirst(str(field.verbose_name)), "rows": named}
    for generic in row._meta.private_fields:
        target = getattr(row, generic.name) if isinstance(generic, GenericForeignKey) else None
        if target is not None and _may_see(target, user):
            yield {"label": _("Record"), "rows": [_linked(target)]}
    if isinstance(row, Named) and (told := spellings(alias.name for alias in Alias.objects.of(row))):
        yield {"label": _("Also written"), "text": ", ".join(told)}


def _parts(row: Record, user: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows that name this one, by kind; of a part the record at its other end is linked."""
    for relation in row._meta.related_objects:
        model = relation.related_model
        if relation.one_to_one or not issubclass(model, Record) or issubclass(model, (*UNTOLD, *PLACED)):
            continue
        rows = model._default_manager.visible_to(user).filter(**{relation.field.name: row}).distinct()
        if found := _listed(rows, relation.field.name):
            yield {"label": capfirst(str(model._meta.verbose_name_plural)), "rows": found}


def _pointing(row: Record, user: Any) -> Iterator[dict[str, Any]]:
    """Yield what cites this row without a foreign key: evidence, lines of a grant, chapters of a report."""
    for model in apps.get_models():
        if (
            model in PLACED
            or not issubclass(model, Record)
            or not any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields)
        ):
            continue
        rows = model._default_manager.visible_to(user).filter(**naming(row))
        if found := _listed(rows, "record"):
            label = _("Told in") if model is Mention else _("Evidence for")
            yield {"label": label, "rows": found}


def _listed(rows: Iterable[Any], this: str) -> list[dict[str, Any]]:
    found, listed = {}, [row for row in localise(rows) if str(row)]
    localise(end for row in listed for end in _known_ends(row))
    for row in listed:
        shown = _other_end(row, this)
        found[shown["text"], shown["url"]] = shown
    return list(found.values())


def _other_end(row: Record, this: str) -> dict[str, Any]:
    """Return a row as a line of a list: itself when it has a name, else the record at its other end."""
    if isinstance(row, Named | Act):
        return {**_linked(row), "date": getattr(row, "date", None)}
    ends = [field.name for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    other = next(
        (end for name in ends if name not in (this, "content_type") and isinstance(end := getattr(row, name), Record)),
        None,
    )
    shown = {"text": _named(row), "url": (other or row).get_absolute_url(), "date": getattr(row, "date", None)}
    if this == "record" and other is not None:
        shown |= {"text": _named(other), "meta": capfirst(str(other._meta.verbose_name))}
    return shown


def _named(row: Any) -> str:
    """Return what a row is called; a name made of other texts, as that of an edition is, with the language of each."""
    name = str(row)
    field = calling(type(row))
    if field and name == getattr(row, field):
        return name_of(row)
    parts = [(str(getattr(row, field)), partial(wording, row, field, capital=False)) for field in row.translated]
    parts += [(str(end), partial(_named, end)) for end in _known_ends(row)]
    for part, told in parts:
        if part and part in name:
            before, after = name.split(part, 1)
            return joined("", (before, told(), after))
    return name


def _known_ends(row: Any) -> list[Record]:
    """Return the records that a row names, as far as they have been asked for."""
    return [end for end in row._state.fields_cache.values() if isinstance(end, Record)]


def _linked(row: Any) -> dict[str, Any]:
    return {"text": _named(row), "url": row.get_absolute_url()}


def _may_see(value: Any, user: Any) -> bool:
    return not isinstance(value, Record) or type(value)._default_manager.visible_to(user).filter(pk=value.pk).exists()
