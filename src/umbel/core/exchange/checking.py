"""Holds filled rows against the rules of their models before anything is stored."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from umbel.core.exchange.columns import Model, field_of
from umbel.core.exchange.rows import Row
from umbel.core.exchange.sheets import every_sheet, family, with_parts
from umbel.core.exchange.stock import Stock


@dataclass(frozen=True)
class Unique:
    """Attributes whose values may stand only once in a table, by a constraint or by the field itself."""

    table: Model
    names: tuple[str, ...]
    constraint: models.UniqueConstraint | None = field(default=None, compare=False)

    @property
    def nulls_differ(self) -> bool:
        return self.constraint is None or self.constraint.nulls_distinct is not False

    def applies_to(self, instance: Any) -> bool:
        """Whether the condition of the constraint, if it has one, holds for a record."""
        if self.constraint is None or self.constraint.condition is None:
            return True
        return bool(self.constraint.condition.check(instance._get_field_expression_map(meta=self.table._meta)))

    @property
    def message(self) -> str:
        """What the constraint itself has to say, if anything."""
        constraint = self.constraint
        if constraint is None or constraint.violation_error_message == constraint.default_violation_error_message:
            return ""
        return str(constraint.violation_error_message)


def check(rows: list[Row], removed: set[int], stock: Stock) -> None:
    """Tell every row what it breaks: rules of its model, its constraints, rules about several rows.

    `rows` are those of all files with their parts, `removed` the `id()` of record objects that will go.
    """
    sound = [row for row in rows if row.is_sound and row.is_altered]
    for row in sound:
        _check_alone(row)
    _check_together(sound, rows, removed, stock)


def _check_alone(row: Row) -> None:
    try:
        row.instance.clean()
    except ValidationError as error:
        _tell(row, error)
    for model, constraints in row.instance.get_constraints():
        for constraint in constraints:
            if not isinstance(constraint, models.UniqueConstraint):
                try:
                    constraint.validate(model, row.instance)
                except ValidationError as error:
                    _tell(row, error, _suspect(row, constraint))


def _tell(row: Row, error: ValidationError, field: str = "") -> None:
    if not hasattr(error, "error_dict"):
        row.tell(" ".join(error.messages), field)
        return
    for name, messages in error.message_dict.items():
        row.tell(" ".join(messages), field if name == NON_FIELD_ERRORS else name)


def _suspect(row: Row, constraint: Any) -> str:
    """Return the field of a broken constraint that the file gives last, the likeliest to be wrong."""
    named: set[str] = getattr(getattr(constraint, "condition", None), "referenced_base_fields", set())
    return next((name for name in reversed(row.raw.cells) if name in named), "")


def _check_together(sound: list[Row], rows: list[Row], removed: set[int], stock: Stock) -> None:
    by_instance = {id(row.instance): row for row in rows if row.is_sound}
    altered = {id(row.instance) for row in sound}
    for unique in dict.fromkeys(unique for row in sound for unique in uniques(row.sheet.model)):
        kept = (one for one in _everything(unique.table, by_instance, stock) if id(one) not in removed)
        for alike in _alike(unique, kept):
            if any(id(one) in altered for one in alike):
                alike.sort(key=lambda one: id(one) in altered)
                _tell_alike(alike, unique, by_instance)


def uniques(model: Model) -> Iterator[Unique]:
    """Yield what must be unique among the rows of a model, in each of the tables that hold them."""
    for table in family(model):
        for one in table._meta.local_concrete_fields:
            if one.unique and not one.primary_key and one.editable:
                yield Unique(table, (one.attname,))
        for constraint in table._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
                names = tuple(field_of(table, name).attname for name in constraint.fields)
                yield Unique(table, names, constraint)


def _alike(unique: Unique, instances: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield groups of records that are alike in what must be unique."""
    groups: dict[Hashable, list[Any]] = defaultdict(list)
    for one in instances:
        values = tuple(getattr(one, name) for name in unique.names)
        if not (unique.nulls_differ and None in values):
            groups[values].append(one)
    for group in groups.values():
        if len(group) > 1 and len(alike := [one for one in group if unique.applies_to(one)]) > 1:
            yield alike


def _everything(table: Model, by_instance: dict[int, Row], stock: Stock) -> Iterator[Any]:
    """Yield the records that share a table: those on record first, then the new ones in the order of the files."""
    kinds = [sheet.model for sheet in with_parts(every_sheet()) if issubclass(sheet.model, table)]
    for kind in dict.fromkeys([table, *kinds]):
        yield from stock.rows(kind).values()
    for row in by_instance.values():
        if row.is_new and isinstance(row.instance, table):
            yield row.instance


def _tell_alike(alike: list[Any], unique: Unique, by_instance: dict[int, Row]) -> None:
    first = by_instance.get(id(alike[0]))
    if first:
        text = _("says the same thing as %s") % first.place
    else:
        told = _("the same is on record already: %(kind)s “%(text)s”")
        text = told % {"kind": alike[0]._meta.verbose_name, "text": alike[0]}
    for one in alike[1:]:
        if row := by_instance.get(id(one)):
            columns = {attname: column.name for column in row.sheet.columns.values() for attname in column.attnames}
            name = next((columns[name] for name in reversed(unique.names) if name in columns), "")
            row.tell(" ".join(filter(None, [unique.message, text])), name)


def saving_order(rows: list[Row]) -> list[Row]:
    """Return rows so that each stands after those new ones to which it refers; tell those that refer in a circle."""
    ordered: dict[int, Row] = {}
    for row in rows:
        _place(row, ordered, [])
    return list(ordered.values())


def _place(row: Row, ordered: dict[int, Row], above: list[Row]) -> None:
    if id(row) in ordered:
        return
    if row in above:
        row.tell(_("refers to itself in a circle"))
        return
    for target in row.links.values():
        if isinstance(target, Row) and target.is_new:
            _place(target, ordered, [*above, row])
    ordered[id(row)] = row
