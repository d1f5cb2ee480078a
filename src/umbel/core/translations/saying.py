"""What records say in the reader's language; where there is no translation the original, marked with its language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from umbel.core.languages import lead_language
from umbel.core.translations.models import Translation


@dataclass(frozen=True)
class Said:
    """A text and the language it is in; `is_fallback` where the reader asked for another one."""

    text: str
    language: str
    is_fallback: bool = False


def asked_language(language: str | None = None) -> str:
    """Return the language in which contents are wanted, without a country: the one given, else the reader's."""
    return (language or get_language() or lead_language()).split("-")[0]


def localise(rows: Iterable[Any], language: str | None = None) -> list[Any]:
    """Find out what records say in a language, all of them in one query for each kind; return the records.

    Nothing is asked where the language is the one in which the confederation writes first, nor twice for a record.
    """
    found, wanted = list(rows), asked_language(language)
    by_model: dict[Any, dict[int, Any]] = {}
    for row in found:
        if row is not None and row.translated and row.__dict__.get("_said", ("",))[0] != wanted:
            row.__dict__["_said"] = (wanted, {})
            by_model.setdefault(type(row), {}).setdefault(row.pk, []).append(row)
    if wanted == lead_language():
        return found
    for model, rows_by_pk in by_model.items():
        texts = Translation.objects.of(model).filter(language=wanted, object_id__in=list(rows_by_pk))
        for pk, field, text in texts.values_list("object_id", "field", "text"):
            for row in rows_by_pk[pk]:
                row.__dict__["_said"][1][field] = text
    return found


def said(row: Any, field: str, language: str | None = None) -> Said:
    """Return what a field of a record says in a language, by `localise` if it was called, else by one query."""
    wanted, lead = asked_language(language), lead_language()
    original = str(getattr(row, field) or "")
    if field not in row.translated or wanted == lead:
        return Said(original, lead, is_fallback=wanted != lead and bool(original))
    known = row.__dict__.get("_said")
    if known is None or known[0] != wanted:
        localise([row], wanted)
        known = row.__dict__["_said"]
    text = known[1].get(field)
    return Said(text, wanted) if text else Said(original, lead, is_fallback=bool(original))


def named(rows: Iterable[Any], field: str = "name") -> Iterator[tuple[Any, str]]:
    """Yield records with what a field of theirs says in the reader's language; one query more in translation."""
    return ((row, said(row, field).text) for row in localise(rows))
