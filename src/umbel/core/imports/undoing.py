"""Takes an import back: what it made goes, what it changed becomes as it was, unless something happened to it since."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType

from umbel.core.changelog import Change
from umbel.core.imports.kinds import Kind
from umbel.core.imports.models import ImportJob, ImportRow
from umbel.core.imports.standing import list_columns
from umbel.core.imports.tables import Tables
from umbel.core.imports.writing import ChangedSinceError, Progress, log, refuse_changed, rows_of
from umbel.core.names import Alias

FEW = 20
State = ImportRow.State


def undo(job: ImportJob, kind: Kind, who: str, progress: Progress) -> None:
    """Take back what a job wrote, inside the caller's transaction.

    Raises `ChangedSinceError`, which names the first of them, where records were changed since or where others
    refer to records that would go.
    """
    for some in rows_of(job, State.NEW, State.CHANGED):
        refuse_changed(kind, some, "after")
    if referring := _referring(job, kind):
        raise ChangedSinceError(referring)
    tables, done = Tables(kind), 0
    for some in rows_of(job, State.NEW, State.CHANGED):
        tables.bring([(row.target, row.after, row.before) for row in some if row.state == State.CHANGED])
        tables.erase([row.target for row in some if row.state == State.NEW])
        for row in some:
            row.before, row.after = row.after, row.before
        log(tables, who, [(row, _act(row)) for row in some])
        done += len(some)
        progress(done)


def _act(row: ImportRow) -> str:
    return Change.Act.DELETE if row.state == State.NEW else Change.Act.CHANGE


def _referring(job: ImportJob, kind: Kind) -> list[str]:
    """Return the first rows elsewhere that refer to records which the job made."""
    made = job.rows.filter(state=State.NEW).values("record")
    found: list[str] = []
    for rows in _rows_about(kind, made):
        found += [f"{row._meta.verbose_name}: {row}" for row in rows[: FEW - len(found)]]
        if len(found) >= FEW:
            break
    return found


def _rows_about(kind: Kind, made: Any) -> Iterator[Any]:
    """Yield the rows of each table that can refer to the records `made` (a query of their ids), and does."""
    own = {column.field.remote_field.through for column in list_columns(kind)}
    for table in kind.tables:
        for relation in table._meta.related_objects:
            if relation.related_model in own or getattr(relation, "parent_link", False):
                continue
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": made})
            yield rows.exclude(pk__in=made) if relation.related_model in kind.tables else rows
    types = [ContentType.objects.get_for_model(model).pk for model in kind.tables]
    for model, field in _generic_links():
        yield model._base_manager.filter(**{f"{field.ct_field}__in": types, f"{field.fk_field}__in": made})


def _generic_links() -> Iterator[tuple[Any, Any]]:
    """Yield the fields that point at records of any kind; other spellings are left out, they are the record's own."""
    for model in apps.get_models():
        for field in model._meta.private_fields:
            if isinstance(field, GenericForeignKey) and model is not Alias:
                yield model, field
