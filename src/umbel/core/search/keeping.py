"""Keeps the index as records, their other names and their parts are saved and deleted; makes it where it is missing."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_delete, post_migrate, post_save

from umbel.core.names import Alias
from umbel.core.search.engines import engine
from umbel.core.search.filling import (
    OF_ROW,
    add_name,
    is_gathering,
    mark,
    of_row,
    rebuild,
    refresh_names,
    refresh_parts,
    write,
    write_spellings,
)
from umbel.core.search.models import SearchEntry
from umbel.core.search.subjects import Subject, entry_number, is_searched, root_of, subject_of, subjects, wholes
from umbel.core.translations.models import Translation


def keep_saved(sender: type[Any], instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    """After a save: bring up to date what the index tells of the row, or of the record that it belongs to."""
    if is_searched(sender):
        if raw or is_gathering():
            mark(root_of(sender), [instance.pk])
        else:
            _write_row(subject_of(sender), instance)
    elif issubclass(sender, Alias):
        _keep_name(instance, is_new=created and not raw)
    elif issubclass(sender, Translation):
        _keep_translation(instance)
    _keep_parts(instance)


def keep_deleted(sender: type[Any], instance: Any, **_: Any) -> None:
    if is_searched(sender):
        SearchEntry.objects.filter(pk=entry_number(root_of(sender), instance.pk)).delete()
    elif issubclass(sender, Alias):
        _keep_name(instance, is_new=False)
    elif issubclass(sender, Translation):
        _keep_translation(instance)
    _keep_parts(instance)


def _write_row(subject: Subject, instance: Any) -> None:
    """Store what the row itself tells, unless it is known that nothing of that has changed.

    A row saved as what it is derived from, a meeting as the event, stays the meeting that it is.
    """
    values = {name: getattr(instance, name) for name in subject.columns}
    before = {**instance.__dict__.get("_before", {})}
    altered = {name for name, value in values.items() if name not in before or before[name] != _plain(value)}
    if not altered:
        return
    entry = {"id": entry_number(subject.root, instance.pk), **of_row(subject, {"pk": instance.pk, **values})}
    write([entry], OF_ROW, kept=_left(subject))
    if subject.title_field in altered:
        write_spellings(entry["name_words"].split())


def _left(subject: Subject) -> list[str]:
    """Return what an entry may know of a row as one of a derived kind, and this kind does not."""
    if not subject.has_lower:
        return []
    known = {"sort": subject.kind_field, "date": subject.date_field, "text_words": subject.is_told}
    return ["type", *(name for name, is_known in known.items() if not is_known)]


def _plain(value: Any) -> Any:
    """Return a value as the change log keeps it."""
    return value if isinstance(value, int | bool | str | None) else str(value)


def _keep_name(alias: Alias, is_new: bool) -> None:
    model = alias.content_type.model_class()
    if model is None or not is_searched(model):
        return
    if is_gathering():
        mark(root_of(model), [alias.object_id])
    elif is_new and subject_of(model).title_field not in subject_of(model).translated:
        add_name(root_of(model), alias.object_id, alias.name)
    else:
        refresh_names(subject_of(model), alias.object_id)


def _keep_translation(translation: Translation) -> None:
    model = translation.content_type.model_class()
    if model is not None and is_searched(model):
        mark(root_of(model), [translation.object_id])


def _keep_parts(instance: Any) -> None:
    for subject, parts in wholes().get(type(instance), []):
        pk = getattr(instance, instance._meta.get_field(parts.whole).attname)
        if is_gathering():
            mark(subject.root, [pk])
        else:
            refresh_parts(subject, pk)


def prepare(sender: Any, using: str, **_: Any) -> None:
    """Make the index in the database when its tables are there; fill it where records are older than it."""
    tables = connection.introspection.table_names()
    if using != connection.alias or SearchEntry._meta.db_table not in tables:
        return
    with connection.cursor() as cursor:
        engine().prepare(cursor)
    if not SearchEntry.objects.exists() and _has_records(tables) and not _is_behind():
        rebuild()


def _has_records(tables: list[str]) -> bool:
    models_there = [each.model for each in subjects().values() if each.model._meta.db_table in tables]
    return any(model._base_manager.exists() for model in models_there)


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def connect(app: Any) -> None:
    """Start keeping; called once with the app of the index, when the apps are ready."""
    post_save.connect(keep_saved, dispatch_uid="umbel.search.keep_saved")
    post_delete.connect(keep_deleted, dispatch_uid="umbel.search.keep_deleted")
    post_migrate.connect(prepare, sender=app, dispatch_uid="umbel.search.prepare")
