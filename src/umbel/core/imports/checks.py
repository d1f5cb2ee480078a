"""Holds rows against the rules of their model: its own, its constraints, what may stand only once."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from umbel.core.bulk import AT_ONCE, batches
from umbel.core.exchange.checking import Unique, uniques
from umbel.core.imports.conditions import NotUnderstoodError, holds
from umbel.core.imports.finding import Finder
from umbel.core.imports.kinds import Kind
from umbel.core.imports.lines import Line

Constraints = list[tuple[Any, Any]]


class Held(Mapping[str, Any]):
    """The values of a record by field name, read when they are asked for; of a foreign key its id."""

    def __init__(self, instance: Any, attributes: dict[str, str]) -> None:
        self.instance = instance
        self.attributes = attributes

    def __getitem__(self, name: str) -> Any:
        return self.instance.__dict__.get(self.attributes[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.attributes)

    def __len__(self) -> int:
        return len(self.attributes)

    def __contains__(self, name: object) -> bool:
        return name in self.attributes


class Rules:
    """The rules of one kind of record, for the rows of one file."""

    def __init__(self, kind: Kind, finder: Finder) -> None:
        self.kind = kind
        self.finder = finder
        model = kind.model
        self._has_clean = model.clean is not models.Model.clean
        self._checks: Constraints = [
            (table, constraint)
            for table in kind.tables
            for constraint in table._meta.constraints
            if not isinstance(constraint, models.UniqueConstraint)
        ]
        self._attributes = {field.name: field.attname for field in model._meta.concrete_fields}
        self._uniques = list(uniques(model))
        self._seen: dict[Unique, dict[Hashable, int]] = defaultdict(dict)

    def check_alone(self, line: Line) -> None:
        """Tell a line what it breaks by itself."""
        if self._has_clean:
            try:
                line.instance.clean()
            except ValidationError as error:
                _tell(line, error)
        if not self._checks:
            return
        values = self._values(line.instance)
        for table, constraint in self._checks:
            if not self._keeps(line.instance, table, constraint, values):
                field = self._suspect(line, constraint)
                line.tell(str(constraint.get_violation_error_message()), field)

    def _values(self, instance: Any) -> "Held":
        return Held(instance, self._attributes)

    def _keeps(self, instance: Any, table: Any, constraint: Any, values: Held) -> bool:
        try:
            return holds(constraint.condition, values) is not False
        except (NotUnderstoodError, AttributeError):
            try:
                constraint.validate(table, instance)
            except ValidationError:
                return False
            return True

    def _suspect(self, line: Line, constraint: Any) -> str:
        """Return the column of a broken constraint that the file gives last, the likeliest to be wrong."""
        named: set[str] = getattr(getattr(constraint, "condition", None), "referenced_base_fields", set())
        return next((name for name in reversed(line.given) if name in named), "")

    def check_together(self, lines: list[Line]) -> None:
        """Tell lines what stands already, in the file or on record, and may stand only once."""
        for unique in self._uniques:
            told = [(found, line) for line in lines if line.is_sound and (found := self._standing(unique, line))]
            taken = self._taken(unique, [values for values, _line in told])
            for values, line in told:
                first = self._first(unique, values, line.number)
                holder = taken.get(values)
                if first != line.number:
                    self._tell_twice(line, unique, _("says the same thing as row %d of the file") % first)
                elif holder is not None and holder != line.instance.pk:
                    self._tell_twice(line, unique, self._taken_by(unique, holder))

    def _first(self, unique: Unique, values: tuple[Any, ...], number: int) -> int:
        """Return the row that said this first; what rows are recognised by is watched elsewhere."""
        if list(unique.names) == self.kind.key_attributes:
            return number
        return self._seen[unique].setdefault(values, number)

    def _standing(self, unique: Unique, line: Line) -> tuple[Any, ...] | None:
        """Return the values of a line that must be its own, `None` where the rule does not concern it."""
        values = tuple(getattr(line.instance, name) for name in unique.names)
        if unique.nulls_differ and None in values:
            return None
        condition = unique.constraint.condition if unique.constraint else None
        if condition is None:
            return values
        try:
            return values if holds(condition, self._values(line.instance)) else None
        except NotUnderstoodError:
            return values if unique.applies_to(line.instance) else None

    def _taken(self, unique: Unique, wanted: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
        """Return the ids of the records that hold one of the wanted values."""
        rows = unique.table._base_manager.all()
        if unique.constraint and unique.constraint.condition:
            rows = rows.filter(unique.constraint.condition)
        found: dict[tuple[Any, ...], int] = {}
        for some in batches(wanted, AT_ONCE // len(unique.names)):
            among = {
                f"{name}__in": {values[index] for values in some} - {None} for index, name in enumerate(unique.names)
            }
            nullable = {name for index, name in enumerate(unique.names) if None in {values[index] for values in some}}
            narrowed = rows.filter(
                **{path: v for path, v in among.items() if path.removesuffix("__in") not in nullable}
            )
            for number, *values in narrowed.values_list("pk", *unique.names):
                found[tuple(values)] = number
        return found

    def _taken_by(self, unique: Unique, number: int) -> str:
        row = self.finder.visible(unique.table).filter(pk=number).first()
        if row is None:
            return _("another record has this already")
        kind = row._meta.verbose_name
        return _("the same is on record already: %(kind)s “%(text)s”") % {"kind": kind, "text": row}

    def _tell_twice(self, line: Line, unique: Unique, text: str) -> None:
        by_attribute = {name: column.name for column in self.kind.columns.values() for name in column.attnames}
        field = next((by_attribute[name] for name in reversed(unique.names) if name in by_attribute), "")
        line.tell(" ".join(filter(None, [unique.message, text])), field)


def _tell(line: Line, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        line.tell(" ".join(error.messages))
        return
    for name, messages in error.message_dict.items():
        line.tell(" ".join(messages), "" if name == NON_FIELD_ERRORS else name)
