"""Writes the change log as records are saved and deleted, whoever saves them: page, command or engine room."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from umbel.core.changelog import Change, record_change, snapshot
from umbel.core.records import Record


def expect(row: Record, before: dict[str, Any]) -> None:
    """Tell the log what a row on record holds, by field name as in `snapshot`, so that its save need not read it."""
    row.__dict__["_expected"] = before


def remember(sender: type[Any], instance: Any, raw: bool = False, **_: Any) -> None:
    """Before a save: keep what the row held, for the line that will follow."""
    if issubclass(sender, Record) and not raw:
        if (expected := instance.__dict__.pop("_expected", None)) is not None:
            instance._before = expected
            return
        stored = sender.objects.filter(pk=instance.pk).first() if instance.pk else None
        instance._before = snapshot(stored) if stored else {}


def log_save(sender: type[Any], instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    if issubclass(sender, Record) and not raw:
        record_change(instance, Change.Act.ADD if created else Change.Act.CHANGE, instance._before, snapshot(instance))


def log_delete(sender: type[Any], instance: Any, **_: Any) -> None:
    if issubclass(sender, Record):
        record_change(instance, Change.Act.DELETE, snapshot(instance), {})


def log_links(sender: type[Any], instance: Any, action: str, pk_set: set[int] | None, **_: Any) -> None:
    """Log what was linked to a record and unlinked from it; both sides of the line name the link's table."""
    if not isinstance(instance, Record) or action not in ("post_add", "post_remove") or not pk_set:
        return
    name, links = sender._meta.model_name, sorted(pk_set)
    before, after = ({}, {name: links}) if action == "post_add" else ({name: links}, {})
    record_change(instance, Change.Act.CHANGE, before, after)


def connect() -> None:
    """Start logging; called once, when the apps are ready."""
    pre_save.connect(remember, dispatch_uid="umbel.remember")
    post_save.connect(log_save, dispatch_uid="umbel.log_save")
    post_delete.connect(log_delete, dispatch_uid="umbel.log_delete")
    m2m_changed.connect(log_links, dispatch_uid="umbel.log_links")
