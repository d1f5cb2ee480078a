"""What is searched: the models that say so, the fields in which, and the number of each record in the index."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db import models

from umbel.core.prose.fields import ProseField
from umbel.core.prose.reading import plain
from umbel.core.records import Record

Model = type[Any]

HELD_BACK = ""
"""The audience of entries whose records are asked each time who may see them: today fewer than their audience."""

PLACES = 40
"""The bits of a number that hold the key of the record; the 22 above them stand for its table."""


class NotSearchedError(LookupError):
    """A model is asked for that does not say in `searched` that its records are found."""


@dataclass(frozen=True)
class Parts:
    """A text of the rows that belong to a record: their model, the field that names the whole, that of the text."""

    model: Model
    whole: str
    text: str


@dataclass(frozen=True)
class Subject:
    """A model whose records are found."""

    model: Model

    @cached_property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @cached_property
    def root(self) -> Model:
        """The model whose table all kinds of the record share: of a meeting, the event."""
        return root_of(self.model)

    @cached_property
    def texts(self) -> list[str]:
        """The fields that are searched beside the name."""
        return [name for name in self.model.searched if "__" not in name]

    @cached_property
    def parts(self) -> list[Parts]:
        return [_parts(self.model, path) for path in self.model.searched if "__" in path]

    @cached_property
    def kind_field(self) -> str:
        """The field that tells apart the kinds of an act, where there is one."""
        return next((name for name in ("kind", "form") if name in _fields(self.model)), "")

    @cached_property
    def date_field(self) -> str:
        return next((name for name in ("date", "start") if name in _fields(self.model)), "")

    @cached_property
    def title_field(self) -> str:
        return next(name for name in ("name", "title", "claim") if name in _fields(self.model))

    @cached_property
    def handle_field(self) -> str:
        """The field by which the address names a row, where it does not by its number."""
        return next((name for name in ("key", "path") if name in _fields(self.model)), "")

    @cached_property
    def prose(self) -> frozenset[str]:
        """The fields that hold a text with markup."""
        return frozenset(name for name in self.texts if isinstance(self.model._meta.get_field(name), ProseField))

    @cached_property
    def translated(self) -> list[str]:
        """The fields that are searched in all languages."""
        return [name for name in self.model.translated if name == self.title_field or name in self.texts]

    @cached_property
    def columns(self) -> list[str]:
        """The fields that the index reads of a row."""
        optional = [name for name in ("place", "country") if name in _fields(self.model)]
        named = [self.title_field, "audience", self.kind_field, self.date_field, self.handle_field, *optional]
        return [name for name in dict.fromkeys([*named, *self.texts, *self.model.held_back_by]) if name]

    @cached_property
    def is_told(self) -> bool:
        """Whether a row has more text than its name."""
        return bool(self.texts) or "place" in self.columns

    @cached_property
    def has_lower(self) -> bool:
        """Whether other kinds derive from this one."""
        return bool(_links_down(self.model))

    def url(self, pk: int, handle: str) -> str:
        """Return the address of a record of this kind, without reading it; it is out where it can be held back."""
        key = {self.handle_field: handle} if self.handle_field else {}
        row = self.model(pk=pk, **key)
        return str(row.public_address if self.model.held_back_by else row.get_absolute_url())

    def said(self, name: str, text: Any) -> str:
        """Return what a field says as plain words."""
        return plain(text) if name in self.prose else str(text)

    def audience(self, row: dict[str, Any]) -> str:
        """Return for whom a row is meant, given as its values; `HELD_BACK` where that is not all that counts."""
        if not self.model.held_back_by:
            return str(row["audience"])
        is_out = self.model(**{name: row[name] for name in self.model.held_back_by}).is_out
        return str(row["audience"]) if is_out else HELD_BACK

    def rows(self) -> models.QuerySet[Any]:
        """Return the rows that are of this very kind, not of one derived from it."""
        lower = {link.get_accessor_name(): None for link in _links_down(self.model)}
        rows: models.QuerySet[Any] = self.model._base_manager.filter(**lower)
        return rows


def _fields(model: Model) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def _links_down(model: Model) -> list[Any]:
    return [link for link in model._meta.related_objects if link.one_to_one and link.parent_link]


def _parts(model: Model, path: str) -> Parts:
    name, text = path.split("__")
    link = model._meta.get_field(name)
    return Parts(link.related_model, link.field.name, text)


def root_of(model: Model) -> Model:
    """Return the topmost searched model of a family of tables."""
    parents = [parent for parent in model._meta.get_parent_list() if _is_declared(parent)]
    root: Model = parents[-1] if parents else model._meta.concrete_model
    return root


def _is_declared(model: Model) -> bool:
    return issubclass(model, Record) and model.searched is not None


@cache
def subjects() -> dict[str, Subject]:
    """Return what is searched by label, each model before those derived from it."""
    found = [model for model in apps.get_models() if _is_declared(model)]
    found.sort(key=lambda model: len(model._meta.get_parent_list()))
    return {subject.label: subject for subject in map(Subject, found)}


@cache
def families() -> dict[Model, list[Subject]]:
    """Return the kinds of record by the table that they share."""
    found: dict[Model, list[Subject]] = {}
    for subject in subjects().values():
        found.setdefault(subject.root, []).append(subject)
    return found


@cache
def wholes() -> dict[Model, list[tuple[Subject, Parts]]]:
    """Return, by model of parts, in which kinds of record their text is searched."""
    found: dict[Model, list[tuple[Subject, Parts]]] = {}
    for subject in subjects().values():
        for parts in subject.parts:
            found.setdefault(parts.model, []).append((subject, parts))
    return found


def is_searched(model: Model) -> bool:
    """Tell whether the records of a model are found by the search."""
    return model._meta.label_lower in subjects()


def subject_of(model: Model) -> Subject:
    """Return what is searched of a model. Raises `NotSearchedError`."""
    if not is_searched(model):
        raise NotSearchedError(f"{model._meta.label} does not say in “searched” that its records are found")
    return subjects()[model._meta.label_lower]


def first_number(root: Model) -> int:
    """Return the first number of a table in the index; the next table begins 2**40 later."""
    return (crc32(root._meta.label_lower.encode()) & 0x3FFFFF) << PLACES


def entry_number(root: Model, pk: int) -> int:
    return first_number(root) + pk


def pk_of(number: int) -> int:
    return number & ((1 << PLACES) - 1)


def ranges(roots: Iterable[Model]) -> list[tuple[int, int]]:
    """Return the first and the last number of each of some tables."""
    return [(first_number(root), first_number(root) + (1 << PLACES) - 1) for root in roots]
