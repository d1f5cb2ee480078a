"""The kinds of record that can be brought in, with their columns: what the sheets of the apps say, one row a record."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from umbel.core.exchange.columns import Column, KeyColumn, ListColumn, RecordColumn, ValueColumn, field_of, has_own_key
from umbel.core.exchange.sheets import Sheet, every_sheet, family, sheet_of, with_parts
from umbel.core.exchange.values import DeclarationError
from umbel.core.names import fold
from umbel.core.records import Named, Part

Model = type[models.Model]
LANGUAGES = ("en", "fr", "es", "it", "pl")
"""The languages of the interface, in which headers and values may be written."""

NAMING = ("name", "title", "claim")
TELLING = ("country", "date")


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of record as a table holds it: its own columns and, for a part, the one that names its whole."""

    sheet: Sheet

    @property
    def model(self) -> Any:
        return self.sheet.model

    @property
    def name(self) -> str:
        """What addresses and commands call it: `network.organisation`."""
        return str(self.model._meta.label_lower)

    @property
    def label(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns by name, that of the whole first."""
        whole = [KeyColumn(field_of(self.model, self.sheet.whole))] if self.sheet.whole else []
        return {column.name: column for column in [*whole, *self.sheet.columns.values()]}

    @cached_property
    def key(self) -> list[str]:
        """The names of the columns by which a row is recognised."""
        whole = [self.sheet.whole] if self.sheet.whole and not self.sheet.is_keyed else []
        return [*whole, *self.sheet.key]

    @cached_property
    def key_attributes(self) -> list[str]:
        return [name for column in self.key for name in self.columns[column].attnames]

    @property
    def is_named(self) -> bool:
        """Whether people call the records by a name, so that two can look alike."""
        return issubclass(self.model, Named)

    @cached_property
    def naming(self) -> str:
        """The column out of which a key is made where a row has none, "" where that cannot be."""
        return next((name for name in NAMING if name in self.columns), "") if self.key == ["key"] else ""

    @cached_property
    def telling(self) -> list[str]:
        """The columns that tell records of one name apart."""
        return [name for name in TELLING if name in self.columns] if self.naming else []

    @cached_property
    def tables(self) -> list[Any]:
        """The models whose tables hold a record of the kind, the one that it inherits from first."""
        return list(reversed(family(self.model)))

    def may(self, user: Any) -> bool:
        """Tell whether a user may bring in records of this kind, new ones and changes of others."""
        return all(user.has_perm(self.model.get_perm(act)) for act in ("add", "change"))


@cache
def _kinds() -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for sheet in with_parts(every_sheet()):
        kind = Kind(sheet)
        if not sheet.single and _names_its_whole(sheet):
            found.setdefault(kind.name, kind)
    return found


def _names_its_whole(sheet: Sheet) -> bool:
    """Tell whether a row can say to which record it belongs: a return is known by two others, and its values cannot."""
    if not sheet.whole:
        return True
    whole = field_of(sheet.model, sheet.whole).related_model
    above = sheet_of(whole)
    return has_own_key(whole) or bool(above and above.whole)


def every_kind() -> list[Kind]:
    return list(_kinds().values())


def kind_of(name: str) -> Kind | None:
    """Return a kind by its name (`network.organisation`), its file's name (`organisations`) or its model's name."""
    known = _kinds()
    if name in known:
        return known[name]
    named = [kind for kind in known.values() if name in (kind.sheet.name, str(kind.model._meta.model_name))]
    return named[0] if len(named) == 1 else None


def kinds_for(user: Any) -> list[Kind]:
    return [kind for kind in every_kind() if kind.may(user)]


def parts_for(user: Any, kind: Kind) -> list[Kind]:
    """Return the kinds that a user brings in whose rows belong to records of a kind: memberships of organisations."""
    parts = [each for each in kinds_for(user) if issubclass(each.model, Part)]
    return [
        part
        for part in parts
        if part.model._meta.get_field(part.model.audience_path.split("__")[0]).related_model is kind.model
    ]


def label(kind: Kind, name: str) -> str:
    """Return what people call a column, in the active language."""
    if name == "aliases":
        return _("Other spellings")
    field: Any = next((one for one in kind.model._meta.get_fields() if one.name == name), None)
    return capfirst(str(getattr(field, "verbose_name", name)))


@cache
def spellings(kind: Kind) -> dict[str, str]:
    """Return the columns by the folded names under which headers may name them, in every language."""
    found: dict[str, str] = {}
    for name in kind.columns:
        found.setdefault(fold(name), name)
        found.setdefault(fold(name.replace("_", " ")), name)
    for language in LANGUAGES:
        with override(language):
            for name in kind.columns:
                found.setdefault(fold(label(kind, name)), name)
    return found


def is_required(column: Column) -> bool:
    """Whether a new record cannot be without a value in this column."""
    if isinstance(column, ValueColumn):
        return not (column.field.has_default() or column.field.blank)
    return not column.field.null if isinstance(column, KeyColumn) else isinstance(column, RecordColumn)


def allowed_values(column: Column) -> list[tuple[str, str]]:
    """Return the values of a column with choices, each with its label in the active language."""
    field = getattr(column, "field", None)
    if not isinstance(column, ValueColumn) or field is None or not field.choices:
        return []
    return [(str(value), str(text)) for value, text in field.flatchoices if str(value)]


def hint(column: Column) -> str:
    """Return in words what a column takes."""
    if isinstance(column, KeyColumn):
        return _("key or name of: %s") % column.model._meta.verbose_name
    if isinstance(column, ListColumn):
        return _("keys or names of: %s, separated by semicolons") % column.model._meta.verbose_name_plural
    if isinstance(column, RecordColumn):
        return _("type/key")
    if not isinstance(column, ValueColumn):
        return _("separated by semicolons")
    return str(column.field.help_text or "")


def whole_kind(name: str) -> Kind:
    """Return a kind by its name. Raises `DeclarationError` for one that is not declared any more."""
    found = kind_of(name)
    if found is None:
        raise DeclarationError(f"{name} is no kind of record that can be brought in")
    return found
