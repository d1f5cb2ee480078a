"""Which files there are: each app declares its own in `sheets.py`, one file for one kind of record."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Literal

from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.utils.module_loading import autodiscover_modules

from umbel.core.exchange.columns import (
    AliasColumn,
    Column,
    KeyColumn,
    ListColumn,
    RecordColumn,
    ValueColumn,
    has_own_key,
)
from umbel.core.exchange.values import DeclarationError
from umbel.core.names import Alias
from umbel.core.records import Named

Model = type[models.Model]
Format = Literal["yaml", "csv"]

_sheets: dict[str, "Sheet"] = {}


@dataclass(frozen=True, eq=False)
class Sheet:
    """A kind of record in files: a file of its own, or a list inside the rows of another kind (a part).

    `key` names the columns by which a row is recognised; those of a part do so within its whole. `whole` is the
    foreign key of a part to its whole, "" where the rows belong to the file as such. `single` is a file of one
    mapping. Rows are referred to as `refer_as` where other records name them with their type.
    """

    name: str
    model: Model
    key: tuple[str, ...]
    parts: tuple["Sheet", ...] = ()
    exclude: tuple[str, ...] = ()
    format: Format = "yaml"
    single: bool = False
    refer_as: Model | None = None
    whole: str = ""
    is_part: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.{self.format}"

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns by name: those of the key first, the audience and the lists last."""
        return make_columns(self.model, self.key, {*self.exclude, self.whole})

    @cached_property
    def key_columns(self) -> list[Column]:
        return [self.columns[name] for name in self.key]

    @cached_property
    def fields(self) -> list[str]:
        """Everything that a row may hold: columns, then parts."""
        return [*self.columns, *(part.name for part in self.parts)]

    @property
    def flat_parts(self) -> list["Sheet"]:
        """The parts that a table can hold: lists of one column."""
        return [part for part in self.parts if part.lone_column]

    @property
    def flat_fields(self) -> list[str]:
        """Everything that a row of a table may hold."""
        return [*self.columns, *(part.name for part in self.flat_parts)]

    @property
    def lone_column(self) -> Column | None:
        """The column of a part whose rows hold nothing else: such rows are a plain list of its values."""
        columns = list(self.columns.values())
        return columns[0] if self.is_part and len(columns) == 1 and not self.parts else None

    @property
    def is_keyed(self) -> bool:
        """Whether a row's own key is enough to find it, whatever it is a part of."""
        return has_own_key(self.model)


def sheet(name: str, model: Model, **options: Any) -> Sheet:
    """Declare the file `<name>.yaml` (or `format="csv"`) for a model; the columns are derived from its fields.

    Options as in `Sheet`. Raises `DeclarationError` for a name declared twice, a key that is no column, a part
    without one clear foreign key to its whole, or a field that files cannot hold.
    """
    if name in _sheets:
        raise DeclarationError(f"two apps declare the file {name}")
    options.setdefault("key", ("key",))
    made = _with_parts(Sheet(name=name, model=model, **options))
    _sheets[name] = made
    return made


def part(name: str, model: Model, key: Iterable[str], **options: Any) -> Sheet:
    """Describe rows that stand as a list inside the rows of another kind, for `sheet(parts=[…])`."""
    return Sheet(name=name, model=model, key=tuple(key), is_part=True, **options)


def make_columns(model: Model, key: Iterable[str], exclude: Iterable[str]) -> dict[str, Column]:
    """Return the columns for the fields of a model: those of the key first, the audience and the lists last."""
    hidden, made = set(exclude), []
    for generic in model._meta.private_fields:
        if isinstance(generic, GenericForeignKey):
            hidden |= {generic.ct_field, generic.fk_field}
            made.append(RecordColumn(generic))
    columns: list[Column] = [*made]
    for field in model._meta.concrete_fields:
        if field.editable and not field.primary_key and field.name not in hidden:
            columns.append(KeyColumn(field) if isinstance(field, models.ForeignKey) else ValueColumn(field))
    order = [*key]
    columns.sort(key=lambda one: (order.index(one.name) if one.name in order else len(order), one.name == "audience"))
    columns.extend(ListColumn(field) for field in model._meta.many_to_many if field.name not in hidden)
    if issubclass(model, Named):
        columns.append(AliasColumn(model, Alias._meta.get_field("name").max_length or 0))
    return {column.name: column for column in columns}


def _with_parts(whole: Sheet) -> Sheet:
    bound = tuple(_with_parts(replace(part, whole=_whole_of(part, whole))) for part in whole.parts)
    made = replace(whole, parts=bound, key=tuple(whole.key), exclude=tuple(whole.exclude))
    if missing := [name for name in made.key if name not in made.columns]:
        raise DeclarationError(f"{made.name}: the key names {', '.join(missing)}, which is no column")
    if made.is_keyed and made.key != ("key",):
        raise DeclarationError(f"{made.name}: its rows have a key of their own, so that is what tells them apart")
    return made


def _whole_of(part: Sheet, whole: Sheet) -> str:
    links = [
        field.name
        for field in part.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(whole.model, field.remote_field.model)
    ]
    if len(links) > 1:
        raise DeclarationError(f"{part.name}: {', '.join(links)} could each lead to the whole")
    if not links and not whole.single:
        raise DeclarationError(f"{part.name} has no foreign key to {whole.name}")
    return links[0] if links else ""


@cache
def discover() -> None:
    """Import `sheets.py` of every installed app, from the lowest layer up."""
    autodiscover_modules("sheets")


def every_sheet() -> list[Sheet]:
    """Return the files of all apps, in the order in which they are declared."""
    discover()
    return list(_sheets.values())


def with_parts(sheets: Iterable[Sheet]) -> Iterable[Sheet]:
    """Yield sheets and, after each, its parts and theirs."""
    for one in sheets:
        yield one
        yield from with_parts(one.parts)


@cache
def sheet_of(model: Model) -> Sheet | None:
    """Return the sheet or part that holds the rows of a model, if any."""
    return next((one for one in with_parts(every_sheet()) if one.model is model), None)


def family(model: Model) -> list[Model]:
    """Return a model and the concrete models from which it inherits its table, itself first."""
    return [model, *model._meta.get_parent_list()]


@cache
def named_parts() -> frozenset[Model]:
    """Return the models without a key of their own to which rows refer by their whole and their key within it."""
    columns = (column for one in with_parts(every_sheet()) for column in one.columns.values())
    named = {column.model for column in columns if isinstance(column, KeyColumn | ListColumn)}
    return frozenset(model for model in named if not has_own_key(model))


@cache
def referable() -> dict[str, Model]:
    """Return the types of record that others may name as "type/key", with the model that is stored for each."""
    kinds = {}
    for one in with_parts(every_sheet()):
        if one.is_keyed:
            kinds[str(one.model._meta.model_name)] = one.refer_as or one.model
    return kinds
