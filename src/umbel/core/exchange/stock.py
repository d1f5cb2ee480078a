"""What is on record, read once a model: rows, what files call them, what they are linked to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType

from umbel.core.exchange.columns import Model, field_of, has_own_key
from umbel.core.exchange.sheets import Sheet, referable, sheet_of
from umbel.core.exchange.values import DeclarationError
from umbel.core.names import Alias


@dataclass(frozen=True)
class Stored:
    """A row on record: its id, its object where it has been read."""

    number: int
    instance: Any = None


class Stock:
    """The records as they were when first asked for; one query for each model, whatever the number of rows."""

    def __init__(self) -> None:
        self._rows: dict[Model, dict[int, Any]] = {}
        self._parts: dict[Model, dict[int, list[Any]]] = {}
        self._handles: dict[Model, dict[str, int]] = {}
        self._names: dict[Model, dict[int, str]] = {}
        self._links: dict[Model, dict[int, list[int]]] = {}
        self._aliases: dict[Model, dict[int, list[str]]] = {}

    def rows(self, model: Model) -> dict[int, Any]:
        """Return the rows of exactly this model by id, in its order; not those of models that inherit its table."""
        if model not in self._rows:
            children = {
                f"{relation.name}__isnull": True
                for relation in model._meta.related_objects
                if relation.one_to_one and getattr(relation.field.remote_field, "parent_link", False)
            }
            rows = model._base_manager.filter(**children).order_by(*model._meta.ordering or (), "pk")
            self._rows[model] = {row.pk: row for row in rows}
        return self._rows[model]

    def parts(self, sheet: Sheet, whole: int) -> list[Any]:
        """Return the rows of a part within a whole (id), in the model's order."""
        rows = self.rows(sheet.model)
        if not sheet.whole:
            return list(rows.values())
        if sheet.model not in self._parts:
            above = field_of(sheet.model, sheet.whole)
            self._parts[sheet.model] = _gather((getattr(row, above.attname), row) for row in rows.values())
        return self._parts[sheet.model].get(whole, [])

    def handles(self, model: Model) -> dict[str, int]:
        """Return the ids of a model's rows by what files call them, those of inheriting models among them.

        Raises `DeclarationError` for a model whose rows have no name in files.
        """
        if model not in self._handles:
            if has_own_key(model):
                self._handles[model] = dict(model._base_manager.values_list("key", "pk"))
            else:
                self._handles[model] = self._composed(model)
        return self._handles[model]

    def _composed(self, model: Model) -> dict[str, int]:
        sheet = sheet_of(model)
        if sheet is None or not sheet.whole:
            raise DeclarationError(f"rows of {model._meta.label} have no name in files; exclude what refers to them")
        above = field_of(model, sheet.whole)
        return {
            compose(self.name(above.related_model, getattr(row, above.attname)), self.key_texts(sheet, row)): row.pk
            for row in self.rows(model).values()
        }

    def key_texts(self, sheet: Sheet, row: Any) -> list[str]:
        return [str(column.content(row, self)) for column in sheet.key_columns]

    def name(self, model: Model, number: int) -> str:
        if model not in self._names:
            self._names[model] = {pk: handle for handle, pk in self.handles(model).items()}
        return self._names[model][number]

    def name_record(self, content_type: int, number: int) -> str:
        model = ContentType.objects.get_for_id(content_type).model_class()
        kept = referable()[str(model._meta.model_name) if model else ""]
        return f"{kept._meta.model_name}/{self.name(kept, number)}"

    def linked(self, field: Any, number: int) -> list[int]:
        through: Model = field.remote_field.through
        if through not in self._links:
            pairs = through._base_manager.values_list(field.m2m_field_name(), field.m2m_reverse_field_name())
            self._links[through] = _gather(pairs)
        return self._links[through].get(number, [])

    def aliases(self, model: Model, number: int) -> list[str]:
        if model not in self._aliases:
            kind = ContentType.objects.get_for_model(model)
            self._aliases[model] = _gather(Alias.objects.filter(content_type=kind).values_list("object_id", "name"))
        return self._aliases[model].get(number, [])

    def get(self, model: Model, handle: str) -> Stored | None:
        """Return a row of a model, or of one that inherits its table, by what files call it."""
        number = self.handles(model).get(handle)
        return None if number is None else Stored(number, self.rows(model).get(number))


def compose(whole: str, key: Iterable[str]) -> str:
    """Return what files call a row that is known by its whole and its key within it."""
    return "-".join([whole, *key])


def _gather(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    gathered = defaultdict(list)
    for number, item in pairs:
        gathered[number].append(item)
    return dict(gathered)
