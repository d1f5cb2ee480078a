"""The tables that hold the records of a kind: how rows of values get into them, and out again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from umbel.core.bulk import AT_ONCE, batches, change, erase, pour, reserve, storable
from umbel.core.changelog import Change, snapshot
from umbel.core.exchange.cells import tidy
from umbel.core.imports.kinds import Kind
from umbel.core.imports.standing import has_aliases, list_columns
from umbel.core.names import Alias, fold

Told = Mapping[str, Any]
"""Values of a record by field name, as the change log holds them; lists of ids and spellings among them."""


class Table:
    """The own table of one model among those that hold a kind, parents first."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.key = model._meta.pk
        self.fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
        self._turn = {field.name: _turn(field) for field in self.fields}

    def row(self, number: int, told: Told) -> list[Any]:
        return [number, *[self._turn[field.name](told.get(field.name)) for field in self.fields]]

    def insert(self, rows: list[list[Any]]) -> None:
        pour(self.model, [self.key, *self.fields], rows)

    def bring(self, names: list[str], rows: Iterable[tuple[int, Told]]) -> None:
        """Set some fields of rows by id; those of other tables are not meant."""
        fields = [field for field in self.fields if field.name in names]
        if fields:
            turned = ([number, *[self._turn[one.name](told[one.name]) for one in fields]] for number, told in rows)
            change(self.model, fields, turned)


def _turn(field: Any) -> Any:
    """Return the function from a value as the log holds it to what the driver takes."""
    adapt = storable(field)
    if isinstance(field, models.CharField | models.TextField | models.BooleanField | models.IntegerField):
        return adapt
    if isinstance(field, models.ForeignKey) or field.get_internal_type() == "CharField":
        return adapt
    return lambda value: adapt(field.to_python(value))


@dataclass(frozen=True)
class Note:
    """What was done to a list of a record (id): rows linked or unlinked, or one spelling (`alias`: id, name)."""

    owner: int
    act: str
    before: dict[str, Any]
    after: dict[str, Any]
    alias: tuple[int, str] | None = None


class Tables:
    """All tables of a kind: its own, those that it inherits, the links of its lists, the other spellings.

    What is done to lists stands in `notes`, for the change log.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.notes: list[Note] = []
        self.tables = [Table(model) for model in kind.tables]
        self.lists = {column.name: column.field for column in list_columns(kind)}

    @cached_property
    def content_type(self) -> int:
        return int(ContentType.objects.get_for_model(self.kind.model).pk)

    def values_of(self, told: Told) -> dict[str, Any]:
        """Return the values of a record without its lists and spellings."""
        return {name: value for name, value in told.items() if name not in self.lists and name != "aliases"}

    def insert(self, told: list[dict[str, Any]]) -> list[int]:
        """Insert records with their lists and spellings; return their ids, in order."""
        numbers = reserve(self.tables[0].model, len(told))
        if self.kind.is_named:
            told = [one | {"folded": fold(one["name"])} for one in told]
        pairs = list(zip(numbers, told, strict=True))
        for table in self.tables:
            table.insert([table.row(number, one) for number, one in pairs])
        for name, field in self.lists.items():
            self._link(field, [(number, far) for number, one in pairs for far in one.get(name, ())])
        self._call([(number, name) for number, one in pairs for name in one.get("aliases", ())])
        return numbers

    def bring(self, rows: list[tuple[int, dict[str, Any], dict[str, Any]]]) -> None:
        """Bring records (id, values before, values after) to the values after."""
        groups: dict[tuple[str, ...], list[tuple[int, Told]]] = {}
        for number, before, after in rows:
            if "name" in after and self.kind.is_named:
                after = after | {"folded": fold(after["name"])}
            groups.setdefault(tuple(sorted(self.values_of(after))), []).append((number, after))
            for name, field in self.lists.items():
                if name in after:
                    self._unlink(field, number, set(before[name]) - set(after[name]))
                    self._link(field, [(number, far) for far in after[name] if far not in before[name]])
            if "aliases" in after:
                self._forget(number, set(before["aliases"]) - set(after["aliases"]))
                self._call([(number, name) for name in after["aliases"] if name not in before["aliases"]])
        for names, some in groups.items():
            for table in self.tables:
                table.bring(list(names), some)

    def erase(self, numbers: list[int]) -> None:
        """Delete records with their lists and spellings; nothing else may refer to them."""
        for field in self.lists.values():
            through = field.remote_field.through
            erase(through, through._meta.get_field(field.m2m_field_name()).column, numbers)
        if has_aliases(self.kind):
            for some in batches(numbers, AT_ONCE):
                self._forget_all(_spellings(self.content_type, some))
        for table in reversed(self.tables):
            erase(table.model, table.key.column, numbers)

    def _link(self, field: Any, pairs: list[tuple[int, int]]) -> None:
        through = field.remote_field.through
        ends = [through._meta.get_field(name) for name in (field.m2m_field_name(), field.m2m_reverse_field_name())]
        if pairs:
            ids = reserve(through, len(pairs))
            pour(through, [through._meta.pk, *ends], [[pk, *pair] for pk, pair in zip(ids, pairs, strict=True)])
        for owner, linked in groupby(pairs, key=itemgetter(0)):
            after = {str(through._meta.model_name): sorted(far for _owner, far in linked)}
            self.notes.append(Note(owner, Change.Act.CHANGE, {}, after))

    def _unlink(self, field: Any, number: int, gone: set[int]) -> None:
        near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
        through = field.remote_field.through
        if gone:
            through._base_manager.filter(**{near: number, f"{far}__in": gone})._raw_delete(connection.alias)
            before = {str(through._meta.model_name): sorted(gone)}
            self.notes.append(Note(number, Change.Act.CHANGE, before, {}))

    def _call(self, pairs: list[tuple[int, str]]) -> None:
        if pairs:
            fields = [Alias._meta.get_field(name) for name in ("id", "content_type", "object_id", "name", "folded")]
            numbered = list(zip(reserve(Alias, len(pairs)), pairs, strict=True))
            pour(Alias, fields, [[pk, self.content_type, *pair, fold(pair[1])] for pk, pair in numbered])
            for pk, (owner, name) in numbered:
                after = {"content_type": self.content_type, "object_id": owner, "name": name}
                self.notes.append(Note(owner, Change.Act.ADD, {}, after, (pk, name)))

    def _forget(self, number: int, gone: set[str]) -> None:
        for alias in _spellings(self.content_type, [number]):
            if tidy(alias.name, one_line=True) in gone:
                self._forget_all([alias])

    def _forget_all(self, aliases: list[Alias]) -> None:
        for alias in aliases:
            self.notes.append(Note(alias.object_id, Change.Act.DELETE, snapshot(alias), {}, (alias.pk, alias.name)))
        erase(Alias, "id", [alias.pk for alias in aliases])


def _spellings(content_type: int, numbers: list[int]) -> list[Alias]:
    return list(Alias.objects.filter(content_type=content_type, object_id__in=numbers))
