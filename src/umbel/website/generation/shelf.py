"""Stores rows by the slice, those of multi-table models too."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import sql

from umbel.core.models import Named
from umbel.core.names import Alias, fold

Row = TypeVar("Row", bound=models.Model)

SLICE = 1000


class Shelf:
    """Takes rows, stores them past `save()` and signals, and keeps the number of each kind in `stored`."""

    def __init__(self) -> None:
        self.stored: Counter[str] = Counter()

    def add(self, rows: Sequence[Row]) -> list[Row]:
        """Store rows of one model and return them with their primary keys."""
        if not rows:
            return []
        model = type(rows[0])
        for row in rows:
            if isinstance(row, Named):
                row.folded = fold(row.name)
        if model._meta.parents:
            _store_with_parent(model, rows)
        else:
            model._base_manager.bulk_create(rows, batch_size=SLICE)
        self.stored[model._meta.label_lower] += len(rows)
        return list(rows)

    def call(self, spellings: Sequence[tuple[Named, str]]) -> None:
        """Store other spellings of stored rows of one model; one that is the name itself is left out."""
        others = [(row, name) for row, name in spellings if name != row.name]
        if others:
            kind = ContentType.objects.get_for_model(others[0][0])
            self.add([Alias(content_type=kind, object_id=row.pk, name=name, folded=fold(name)) for row, name in others])

    def link(self, through: type[models.Model], pairs: Iterable[tuple[models.Model, models.Model]]) -> None:
        """Store links of a many-to-many field between rows that are stored."""
        ends = [field.attname for field in through._meta.concrete_fields if field.remote_field]
        links = [through(**{ends[0]: one.pk, ends[1]: other.pk}) for one, other in pairs]
        through._base_manager.bulk_create(links, batch_size=SLICE)


def _store_with_parent(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """`bulk_create` refuses models with a parent table: store the parents, then the model's own table."""
    [(parent, pointer)] = model._meta.parents.items()
    if pointer is None:
        raise TypeError(f"{model._meta.label} is a proxy: store the rows as {parent._meta.label}")
    fields = [field.attname for field in parent._meta.concrete_fields]
    wholes = [parent(**{name: getattr(row, name) for name in fields}) for row in rows]
    parent._base_manager.bulk_create(wholes, batch_size=SLICE)
    for row, whole in zip(rows, wholes, strict=True):
        setattr(row, parent._meta.pk.attname, whole.pk)
        setattr(row, pointer.attname, whole.pk)
        row._state.adding = False
    own = model._meta.local_concrete_fields
    for part in _slices(rows, min(SLICE, connection.ops.bulk_batch_size(own, rows))):
        query = sql.InsertQuery(model)
        query.insert_values(own, list(part), raw=True)
        query.get_compiler(connection=connection).execute_sql()


def _slices(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
