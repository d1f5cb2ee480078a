"""The table of records and languages: what each says in each, and which translations are older than their original."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from umbel.core.records import Record
from umbel.core.translations.models import Translation, digest, home_of


class State(models.TextChoices):
    """How a record stands in a language: the worst of its fields counts."""

    CURRENT = "current", _("current")
    STALE = "stale", _("out of date")
    MISSING = "missing", _("missing")
    EMPTY = "empty", _("nothing to translate")


ORDER = (State.MISSING, State.STALE, State.CURRENT)


@dataclass(frozen=True)
class Cell:
    """A record in one language: its state and those of its fields."""

    language: str
    state: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A record with its cells, one for each language."""

    row: Any
    cells: list[Cell]


def translated_models() -> list[Any]:
    """Return the kinds of records that declare fields to be translated."""
    models = [model for model in apps.get_models() if issubclass(model, Record) and model.translated]
    return [model for model in models if any(model._meta.get_field(name).model is model for name in model.translated)]


def lines(rows: Iterable[Any], languages: Iterable[str]) -> list[Line]:
    """Return records of one kind with their states, in one query."""
    found = list(rows)
    if not found:
        return []
    texts = Translation.objects.of(type(found[0])).filter(object_id__in=[row.pk for row in found])
    made = {
        (pk, name, code): origin
        for pk, name, code, origin in texts.values_list("object_id", "field", "language", "made_from")
    }
    return [Line(row, [_cell(row, code, made) for code in languages]) for row in found]


def _cell(row: Any, language: str, made: dict[tuple[int, str, str], str]) -> Cell:
    states: dict[str, str] = {}
    for name in row.translated:
        original = str(getattr(row, name) or "")
        if original:
            origin = made.get((row.pk, name, language))
            states[name] = (
                State.MISSING if origin is None else State.CURRENT if origin == digest(original) else State.STALE
            )
    worst = next((str(state) for state in ORDER if state in states.values()), State.EMPTY)
    return Cell(language, worst, states)


def in_state(rows: models.QuerySet[Any], language: str, state: str) -> models.QuerySet[Any]:
    """Keep the rows of which a field is missing, or out of date, in a language; "current" keeps the others."""
    if state == State.CURRENT:
        return rows.exclude(_open(rows.model, language, State.MISSING)).exclude(
            _open(rows.model, language, State.STALE)
        )
    return rows.filter(_open(rows.model, language, state))


def _open(model: Any, language: str, state: str) -> Any:
    """Return the condition that one field of a row is missing or out of date."""
    condition: Any = models.Q(pk__in=[])
    for name in model.translated:
        kind = home_of(model, name)
        made = Translation.objects.filter(
            content_type=kind, language=language, field=name, object_id=models.OuterRef("pk")
        )
        if state == State.MISSING:
            condition |= ~models.Q(**{name: ""}) & ~models.Exists(made)
        else:
            condition |= models.Exists(made.exclude(made_from=MD5(models.OuterRef(name))))
    return condition
