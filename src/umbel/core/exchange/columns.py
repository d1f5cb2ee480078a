"""The columns of a file, derived from the fields of a model: what they read, refuse and write."""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from umbel.core.exchange.cells import Cell, Content, Misfit, tidy
from umbel.core.exchange.problems import not_allowed
from umbel.core.exchange.values import DeclarationError, conversions, no_longer_than, settled, storable

Model = type[models.Model]


class Target(Protocol):
    """A row that another one refers to: its number (id, negative until it is stored), its object if at hand."""

    @property
    def number(self) -> int: ...

    @property
    def instance(self) -> Any: ...


class Finder(Protocol):
    """Finds rows by what files call them, in the files as well as on record."""

    def find(self, model: Model, handle: str) -> Target:
        """Return a row by its key. Raises `Misfit`, which names the nearest keys."""

    def find_record(self, text: str) -> tuple[int, Target]:
        """Return the content type (id) and the row that "type/key" names. Raises `Misfit`."""


class Namer(Protocol):
    """Knows what files call a row on record."""

    def name(self, model: Model, number: int) -> str:
        """Return the key of a row by its id. Raises `KeyError` when it is not on record."""

    def name_record(self, content_type: int, number: int) -> str:
        """Return "type/key". Raises `KeyError`."""

    def linked(self, field: Any, number: int) -> list[int]:
        """Return the ids that a row names in a many-to-many field."""

    def aliases(self, model: Model, number: int) -> list[str]:
        """Return the other spellings of a row."""


class Intake(Protocol):
    """A row that is being filled from a file."""

    values: dict[str, Any]
    links: dict[str, Target]
    lists: dict[str, list[Target]]
    aliases: list[str]

    def tell(self, text: str, field: str = "", line: int = 0) -> None:
        """Note a problem of this row."""


class Column(ABC):
    """One field of a row in a file; `attnames` are the attributes of the record in which its value is kept."""

    attnames: tuple[str, ...] = ()

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def fill(self, row: Intake, cell: Cell | None, finder: Finder, /) -> None:
        """Read a cell (None: not given) into a row; what does not fit is told to the row."""

    @abstractmethod
    def content(self, instance: Any, namer: Namer, /) -> Content:
        """Return what a file says of a record here, empty for nothing. Raises `KeyError` for a lost reference."""

    def is_default(self, _instance: Any) -> bool:
        """Whether a file may leave the value out."""
        return False


class ValueColumn(Column):
    """A value of its own: text, number, date, one of several choices."""

    def __init__(self, field: Any) -> None:
        super().__init__(field.name)
        self.field = field
        self.attnames = (field.attname,)
        self.convert, self.write = conversions(field)
        if field.has_default() and field.blank and field.get_default() not in field.empty_values:
            raise DeclarationError(f"{field}: may be empty and has a default: files cannot tell the two apart")

    @cached_property
    def choices(self) -> dict[str, str] | None:
        return {str(value): label for value, label in self.field.flatchoices} if self.field.choices else None

    def fill(self, row: Intake, cell: Cell | None, _finder: Finder) -> None:
        try:
            row.values[self.field.attname] = self.value(cell.text if cell else "")
        except Misfit as misfit:
            row.tell(str(misfit), self.name, cell.line if cell else 0)

    def value(self, text: str) -> Any:
        """Return the value that a text stands for, the default for none. Raises `Misfit`."""
        if not text:
            if self.field.has_default() or self.field.blank:
                return self.field.get_default()
            raise Misfit(_("this field is required"))
        if self.choices is not None and text not in self.choices:
            raise Misfit(not_allowed(text, self.choices))
        value = self.convert(self.field, text)
        told = settled(self.field, value)
        try:
            self.field.run_validators(told if isinstance(value, str) else value)
        except ValidationError as error:
            raise Misfit(" ".join(error.messages)) from error
        return told

    def content(self, instance: Any, _namer: Namer) -> Content:
        value = settled(self.field, getattr(instance, self.field.attname))
        return "" if value is None or value == "" else self.write(value)

    def is_default(self, instance: Any) -> bool:
        value = self.field.value_from_object(instance)
        return bool(value == self.field.get_default()) or value in (None, "")


class KeyColumn(Column):
    """A reference to one record, by its key."""

    def __init__(self, field: Any) -> None:
        super().__init__(field.name)
        self.field = field
        self.attnames = (field.attname,)
        self.model: Model = field.remote_field.model

    def fill(self, row: Intake, cell: Cell | None, finder: Finder) -> None:
        try:
            text = cell.text if cell else ""
            if text:
                target = finder.find(self.model, text)
                row.values[self.field.attname], row.links[self.name] = target.number, target
            elif self.field.null:
                row.values[self.field.attname] = None
            else:
                raise Misfit(_("this field is required"))
        except Misfit as misfit:
            row.tell(str(misfit), self.name, cell.line if cell else 0)

    def content(self, instance: Any, namer: Namer) -> Content:
        number = getattr(instance, self.field.attname)
        return "" if number is None else namer.name(self.model, number)

    def is_default(self, instance: Any) -> bool:
        return getattr(instance, self.field.attname) is None


class RecordColumn(Column):
    """A reference to a record of any kind, as "type/key"."""

    def __init__(self, field: Any) -> None:
        super().__init__(field.name)
        self.attnames = (f"{field.ct_field}_id", field.fk_field)
        self.may_be_empty = field.model._meta.get_field(field.fk_field).null

    def fill(self, row: Intake, cell: Cell | None, finder: Finder) -> None:
        try:
            text = cell.text if cell else ""
            if not text and self.may_be_empty:
                row.values.update(dict.fromkeys(self.attnames))
                return
            if not text:
                raise Misfit(_("this field is required"))
            kind, target = finder.find_record(text)
            row.values.update(zip(self.attnames, (kind, target.number), strict=True))
            row.links[self.name] = target
        except Misfit as misfit:
            row.tell(str(misfit), self.name, cell.line if cell else 0)

    def content(self, instance: Any, namer: Namer) -> Content:
        """Return "type/key"; of what may be empty nothing, too, where the record is gone."""
        kind, number = (getattr(instance, name) for name in self.attnames)
        if not self.may_be_empty:
            return namer.name_record(kind, number)
        try:
            return namer.name_record(kind, number) if number is not None else ""
        except KeyError:
            return ""

    def is_default(self, instance: Any) -> bool:
        return getattr(instance, self.attnames[1]) is None


class ListColumn(Column):
    """References to several records, as a list of their keys."""

    def __init__(self, field: Any) -> None:
        super().__init__(field.name)
        self.field = field
        self.model: Model = field.remote_field.model

    def fill(self, row: Intake, cell: Cell | None, finder: Finder) -> None:
        found: list[Target] = []
        row.lists[self.name] = found
        for item in _items(row, self.name, cell):
            try:
                target = finder.find(self.model, item.text)
                if any(target.number == other.number for other in found):
                    raise Misfit(_("“%s” stands twice in the list") % item.text)
                found.append(target)
            except Misfit as misfit:
                row.tell(str(misfit), self.name, item.line)

    def content(self, instance: Any, namer: Namer) -> Content:
        return sorted(namer.name(self.model, number) for number in namer.linked(self.field, instance.pk))


class AliasColumn(Column):
    """Other spellings of the record's name, as a list."""

    def __init__(self, model: Model, length: int) -> None:
        super().__init__("aliases")
        self.model = model
        self.length = length

    def fill(self, row: Intake, cell: Cell | None, _finder: Finder) -> None:
        row.aliases = []
        for item in _items(row, self.name, cell):
            try:
                text = no_longer_than(self.length, storable(None, tidy(item.text, one_line=True)))
                if text in row.aliases:
                    raise Misfit(_("“%s” stands twice in the list") % text)
                row.aliases.append(text)
            except Misfit as misfit:
                row.tell(str(misfit), self.name, item.line)

    def content(self, instance: Any, namer: Namer) -> Content:
        return sorted(tidy(name, one_line=True) for name in namer.aliases(self.model, instance.pk))


def _items(row: Intake, name: str, cell: Cell | None) -> list[Cell]:
    try:
        return cell.items if cell else []
    except Misfit as misfit:
        row.tell(str(misfit), name, cell.line if cell else 0)
        return []


def field_of(model: Model, name: str) -> Any:
    """Return a field of a model by its name."""
    return model._meta.get_field(name)


def has_own_key(model: Model) -> bool:
    """Whether the rows of a model carry a key that is theirs alone."""
    return any(field.name == "key" and getattr(field, "unique", False) for field in model._meta.get_fields())
