"""How the site says a record in one line: what it is called, where it leads, when, of what kind."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core import formatting, registry
from umbel.core.audience import audience_of, audiences_of
from umbel.core.dates import PartialDate
from umbel.core.formatting import reading_language
from umbel.core.languages import lead_language
from umbel.core.records import Told
from umbel.core.registry import Kind
from umbel.core.translations.marks import marked
from umbel.core.translations.models import Translation, home_of
from umbel.core.translations.saying import Said, asked_language, said

ONLINE = "online"
NEWEST = (F("date").desc(nulls_last=True), "-pk")
"""The order of dated rows, the newest first, those without a date last; an index on the date serves it."""
Line = dict[str, Any]
TEXT = ("content_type_id", "field", "object_id", "text")


def country(code: str) -> str:
    return formatting.country(code, reading_language()) if code else ""


def countries(codes: Iterable[str]) -> str:
    return formatting.join(sorted({country(code) for code in codes if code}), reading_language())


def where(row: Any) -> str:
    """Return "Imola, Italy", "Online", or nothing."""
    place = _("Online") if row.place == ONLINE else row.place
    return ", ".join(part for part in (place, country(row.country)) if part)


def date(day: PartialDate | None) -> str:
    return formatting.partial_date(day, reading_language()) if day else ""


def span(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return "2024", "2021–2024", "since 2021", "until June 2024", or nothing where neither is known."""
    if start and start == end:
        return date(start)
    if start and end:
        return f"{date(start)} – {date(end)}"
    if start:
        return _("since %(date)s") % {"date": date(start)}
    return _("until %(date)s") % {"date": date(end)} if end else ""


@cache
def source_of(model: type[models.Model]) -> registry.Entry | None:
    """Return the source of the year at a glance to which rows of a model belong."""
    labels = {kind._meta.label_lower for kind in (model, *model._meta.get_parent_list())}
    return next((source for source in registry.entries() if source.name in labels), None)


def kind_of(row: models.Model) -> Kind:
    """Return what a row is, with its icon: the kind of act, else the name of its model."""
    source = source_of(type(row))
    if source is None:
        return Kind(row._meta.verbose_name, "network", "file-text")
    return source.kinds[getattr(row, source.column) if source.column else ""]


def may_see(row: models.Model | None, user: Any) -> bool:
    """Tell, without a query, whether a row that another one names may be named to a user."""
    return row is not None and audience_of(row) in audiences_of(user)


def seen(rows: Iterable[Any], user: Any, *ends: str) -> list[Any]:
    """Keep the rows whose other ends, loaded with them, the user may see; an end that is empty hides nothing."""
    return [
        row for row in rows if all(end is None or may_see(end, user) for end in (getattr(row, name) for name in ends))
    ]


def called(row: Any) -> Said:
    """Return what a row is called in the reader's language; a name that no language changes is nobody's fallback."""
    field, name = calling(type(row)), str(row)
    return said(row, field) if field and name == getattr(row, field) else Said(name, "")


def calling(model: Any) -> str:
    """Return the field by which rows of a model are called and which languages change; "" where none does."""
    return next((field for field in ("title", "name", "claim", "text") if field in model.translated), "")


def titles(records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return what records are called in the reader's language where that is on record: one query for all their kinds.

    Records are named by the label of their model and their number; of the leading language nothing is asked.
    """
    known, wanted = set(records), asked_language()
    if wanted == lead_language() or not known:
        return {}
    models_of = {label: apps.get_model(label) for label, _pk in known}
    homes = {
        label: (home_of(model, field).pk, field) for label, model in models_of.items() if (field := calling(model))
    }
    rows = Translation.objects.filter(
        language=wanted,
        content_type__in={kind for kind, _field in homes.values()},
        object_id__in={pk for _label, pk in known},
    )
    texts = {(kind, field, pk): text for kind, field, pk, text in rows.values_list(*TEXT)}
    found = {(label, pk): (*homes[label], pk) for label, pk in known if label in homes}
    return {record: texts[text] for record, text in found.items() if text in texts}


def foreign() -> str:
    """Return the leading language where the reader reads another one: that of a text without a translation."""
    return "" if asked_language() == lead_language() else lead_language()


def words(row: Any, field: str) -> Line:
    """Return a text of a record, with a capital: `text`, and `tongue` where it is not in the reader's language."""
    told = said(row, field)
    return {"text": capfirst(told.text), "tongue": tongue_of(told)}


def wording(row: Any, field: str, *, capital: bool = True) -> str:
    """Return a text of a record that carries its language where that is not the reader's."""
    told = said(row, field)
    return marked(capfirst(told.text) if capital else told.text, tongue_of(told))


def name_of(row: Any) -> str:
    """Return what a row is called; that carries its language where that is not the reader's."""
    told = called(row)
    return marked(told.text, tongue_of(told))


def lede(row: Any, field: str) -> Line:
    """Return a text of a record as what its page opens with."""
    told = words(row, field)
    return {"lede": told["text"], "lede_tongue": told["tongue"]}


def tongue_of(told: Said) -> str:
    """Return the language of a text where it is not the reader's, else nothing."""
    return told.language if told.is_fallback else ""


def line(row: Any, **more: Any) -> Line:
    """Return a row as a line of a list; `more` adds to what it says.

    `tongue` is the language of the text where that is not the reader's. Call `localise` with the rows before.
    """
    told = called(row)
    return {"text": told.text, "tongue": tongue_of(told), "url": row.get_absolute_url(), **more}


def opening(row: Any) -> Line:
    """Return the introduction of a record as `lead`, with `lead_tongue` where it is not in the reader's language."""
    if not isinstance(row, Told) or not row.lead:
        return {}
    told = said(row, "lead")
    return {"lead": told.text, "lead_tongue": tongue_of(told)}


def act(row: Any, **more: Any) -> Line:
    """Return an act as a line with its date, kind and place."""
    kind = kind_of(row)
    return line(
        row,
        date=row.date,
        kind=capfirst(str(kind.label)),
        icon=kind.icon,
        family=kind.family,
        meta=where(row),
        **more,
    )


def leaf(day: PartialDate | None) -> dict[str, str]:
    """Return a date as a leaf of a calendar: "11" over "Dec", "Nov" over "2024"; `iso` is for machines."""
    if day is None:
        return {"upper": "—", "lower": "", "iso": ""}
    month, year = (
        formatting.partial_date(day, reading_language(), "month").rsplit(" ", 1) if day.month else ("", str(day.year))
    )
    upper, lower = (str(day.day), month) if day.day else (month or year, year if month else "")
    return {"upper": upper, "lower": lower, "iso": str(day)}


def initials(name: str) -> str:
    """Return the first letters of the first and the last name."""
    parts = name.split()
    return f"{parts[0][0]}{parts[-1][0] if len(parts) > 1 else ''}" if parts else ""


def domain(address: str) -> dict[str, str] | None:
    """Return the address of a site with its name: `www.example.org` under `https://www.example.org`."""
    if not address:
        return None
    url = address if address.startswith(("https://", "http://")) else f"https://{address}"
    return {"text": url.split("://", 1)[1].rstrip("/"), "url": url}
