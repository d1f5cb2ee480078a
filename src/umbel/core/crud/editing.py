"""Editing by several people: whoever saves second sees what the first one saved before anything is overwritten."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from umbel.core.prose.fields import ProseFormField
from umbel.core.prose.reading import read

State = dict[str, str]
"""A short digest of each stored value, by field; of the rows of a kind, by the prefix of their formset."""


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed in the meantime: what is on record now, and what this form says."""

    label: str
    on_record: str
    here: str


def state_of(form: forms.BaseForm, formsets: Iterable[Any] = ()) -> State:
    """Return the state of what is on record as the form found it when it was made."""
    state = {name: _digest(_plain(form.get_initial_for_field(field, name))) for name, field in form.fields.items()}
    for formset in formsets:
        rows = [[_plain(row.initial.get(name)) for name in (*row.fields, "id")] for row in formset.initial_forms]
        state[formset.prefix] = _digest(rows)
    return state


def written(state: State) -> str:
    """Return a state as the text that travels in the form."""
    return " ".join(f"{name}={digest}" for name, digest in state.items())


def changed_since(seen: str, state: State) -> list[str]:
    """Return the fields whose stored value differs from the one that the form was made with.

    A form that does not say what it saw (`seen` empty) is taken at its word.
    """
    then = dict(part.partition("=")[::2] for part in seen.split())
    return [name for name, digest in state.items() if name in then and then[name] != digest]


def overtaken(seen: str, state: State, form: forms.BaseForm, formsets: Iterable[Any] = ()) -> list[Difference]:
    """Return what a valid form would overwrite of what somebody else saved since it was made; empty where nothing."""
    return differences(changed_since(seen, state), form, formsets)


def seen_by(seen: str, state: State, differing: list[Difference]) -> str:
    """Return what a form has seen that is shown next: what is on record now where it tells of it, for it is new or
    shows both versions; else what it was made with, for nobody was told what changed since.
    """
    return written(state) if differing or not seen else seen


def differences(names: Iterable[str], form: forms.BaseForm, formsets: Iterable[Any] = ()) -> list[Difference]:
    """Return what stands on record and in the form for each of the fields that somebody else changed otherwise."""
    rows = {formset.prefix: formset for formset in formsets}
    found = []
    for name in names:
        if name in rows:
            found.append(Difference(str(rows[name].title), _("rows were changed"), _("your rows stand below")))
        else:
            field, here = form.fields[name], form.cleaned_data.get(name)
            stored = form.get_initial_for_field(field, name)
            if _plain(stored) != _plain(here):
                found.append(Difference(str(form[name].label), told(stored, field), told(here, field)))
    return found


def told(value: Any, field: Any = None) -> str:
    """Return a value of a form in words; nothing is said as such."""
    if value in (None, "", [], ()):
        return _("empty")
    if isinstance(field, ProseFormField):
        return read(str(value)).text
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(told(part, field) for part in value) or _("empty")
    rows: Any = getattr(field, "queryset", getattr(field, "rows", None))
    if rows is not None and not isinstance(value, models.Model):
        value = rows.filter(pk=value).first() or value
    elif isinstance(field, forms.ChoiceField) and rows is None:
        choices: Any = field.choices
        value = dict(choices).get(value, value)
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return [value._meta.label_lower, value.pk]
    if isinstance(value, list | tuple | models.QuerySet):
        return sorted((_plain(part) for part in value), key=str)
    return "" if value is None else str(value)


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]
