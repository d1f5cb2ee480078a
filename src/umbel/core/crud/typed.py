"""What was typed into the form of a record, in words: the labels of its fields and the names of what was chosen."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.text import capfirst

from umbel.core.crud.editing import told
from umbel.core.crud.forms import form_of
from umbel.core.crud.rows import rows_of
from umbel.core.crud.sections import Section, get_section

FORMS = ("desk.record.add", "desk.record.edit")
IN_A_ROW = re.compile(r"(?P<rows>[\w-]+)-(?P<number>\d+)-(?P<name>\w+)", re.ASCII)

Fields = dict[str, tuple[str, Any]]


def in_words(address: str, typed: list[tuple[str, str]], user: Any) -> list[tuple[str, str]]:
    """Return names and values of the form at an address as people read them; other forms have the names in words.

    Several values of a field stand in one line.
    """
    section = _section(address)
    known = _fields(section, user) if section else {}
    lines: dict[str, list[str]] = {}
    for label, value in (_said(name, value, known) for name, value in typed):
        lines.setdefault(label, []).append(value)
    return [(label, ", ".join(values)) for label, values in lines.items()]


def _section(address: str) -> Section | None:
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return get_section(found.kwargs["section"]) if found.url_name in FORMS else None


def _fields(section: Section, user: Any) -> Fields:
    """Return the fields of a new record's form by name, and those of its rows as `speakers-person` with their title."""
    row = section.model()
    found: Fields = {name: ("", field) for name, field in form_of(section)(instance=row, user=user).fields.items()}
    for rows in rows_of(section, row, user):
        found |= {f"{rows.prefix}-{name}": (str(rows.title), field) for name, field in rows.empty_form.fields.items()}
    return found


def _said(name: str, value: str, known: Fields) -> tuple[str, str]:
    in_row = IN_A_ROW.fullmatch(name)
    title, field = known.get(f"{in_row['rows']}-{in_row['name']}" if in_row else name, ("", None))
    if field is None:
        return capfirst(name.replace("-", " ").replace("_", " ")), value
    label = capfirst(str(field.label or name))
    return f"{title} {int(in_row['number']) + 1}: {label}" if in_row else label, _value(value, field)


def _value(value: str, field: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return told(True)
    if isinstance(field, forms.ModelChoiceField) and not value.isdecimal():
        return value
    return told(value, field) if isinstance(field, forms.ChoiceField) else value
