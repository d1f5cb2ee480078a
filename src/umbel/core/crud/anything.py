"""Form fields that name a record of any kind: “Event: Conference on skills”."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core.crud.fields import ChooserInput, called, near_by
from umbel.core.crud.filters import number_in
from umbel.core.crud.sections import Section, sections
from umbel.core.records import Named, Part, Record
from umbel.core.search import is_searched

PROPOSED_OF_A_KIND = 3
PROPOSED = 10


def written(row: Record) -> str:
    """Return how a record is written where any kind may stand: its kind and what it is called."""
    return f"{capfirst(str(row._meta.verbose_name))}: {row}"


def mark_of(row: Record) -> str:
    """Return what travels beside the text: the kind and the number."""
    return f"{row._meta.label_lower}:{row.pk}"


class RecordInput(ChooserInput):
    """A text box for a record of any kind; its mark travels beside it once one was proposed and taken."""

    def __init__(self) -> None:
        forms.TextInput.__init__(self, {"autocomplete": "off"})

    def lookup(self) -> str:
        return reverse("desk.lookup.any")

    def _shown(self, value: Any) -> tuple[Any, str]:
        if isinstance(value, tuple):
            return value
        return (mark_of(value), written(value)) if isinstance(value, Record) else ("", "")


class RecordField(forms.Field):
    """One record of any kind, by “kind: name” or by its name alone. Cleans to the record."""

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(widget=RecordInput(), **kwargs)
        self.user = user

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Record) or not value:
            return value or None
        mark, text = value
        if not text:
            return None
        return self._marked(mark, text) or self._named(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            row = self.to_python(data)
        except ValidationError:
            return True
        return not self.disabled and bool(row != initial)

    def _marked(self, mark: str, text: str) -> Record | None:
        """Return the record that was proposed, while its name still stands in the box."""
        label, _colon, number = mark.partition(":")
        section = next((each for each in sections() if each.model._meta.label_lower == label), None)
        pk = number_in(number)
        row: Record | None = section.rows(self.user).filter(pk=pk).first() if section and pk is not None else None
        return row if row is not None and written(row) == text else None

    def _named(self, text: str) -> Record:
        found: list[Record] = [
            row for section, name in readings(text) for row in called(section.rows(self.user), name)[:2]
        ]
        known = {(_root(type(row)), row.pk): row for row in found}
        if len(known) == 1:
            [row] = known.values()
            return row
        if known:
            names = ", ".join(f"“{written(row)}”" for row in list(known.values())[:4])
            raise ValidationError(_("Several records are called so: write %(names)s.") % {"names": names})
        raise ValidationError(_("No record is called “%(text)s”. Write its kind and name.") % {"text": text})


def _root(model: Any) -> Any:
    """Return the table in which rows of a kind have their number: of a meeting, that of events."""
    return next(iter(model._meta.get_parent_list()), model)


def readings(text: str) -> Iterator[tuple[Section, str]]:
    """Yield what a text may mean: the kind that it names with the rest, else any kind that has names of its own."""
    kind, colon, name = text.partition(":")
    named = [each for each in sections() if each.one.casefold() == kind.strip().casefold()] if colon else []
    if named and name.strip():
        yield from ((section, name.strip()) for section in named)
    else:
        yield from ((section, text.strip()) for section in sections() if _is_called(section.model))


def _is_called(model: Any) -> bool:
    if issubclass(model, Part):
        return False
    try:
        model._meta.get_field("name" if issubclass(model, Named) else "title")
    except FieldDoesNotExist:
        return False
    return True


def proposed(text: str, user: Any) -> list[dict[str, str]]:
    """Return the records to propose while somebody types, of any kind: what travels and what is read."""
    found: list[Record] = []
    for section, name in readings(text):
        if is_searched(section.model) or not _is_called(section.model):
            found += near_by(section.rows(user), name)[:PROPOSED_OF_A_KIND]
        if len(found) >= PROPOSED:
            break
    whole = {(_root(type(row)), row.pk): row for row in found}
    return [{"number": mark_of(row), "text": written(row)} for row in list(whole.values())[:PROPOSED]]
