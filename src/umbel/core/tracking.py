"""Writes the change log as records are saved and deleted, whoever saves them: page, command or engine room."""

from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext

from umbel.core.changelog import Change, record_change, snapshot
from umbel.core.names import Alias
from umbel.core.records import Record


def is_tracked(model: type[Any]) -> bool:
    """Tell whether changes of a model are logged: records, other spellings of them, and accounts."""
    return issubclass(model, (Record, Alias, get_user_model()))


def expect(row: Record, before: dict[str, Any]) -> None:
    """Tell the log what a row on record holds, by field name as in `snapshot`, so that its save need not read it."""
    row.__dict__["_expected"] = before


def remember(sender: type[Any], instance: Any, raw: bool = False, **_: Any) -> None:
    """Before a save: keep what the row held, for the line that will follow."""
    if is_tracked(sender) and not raw:
        if (expected := instance.__dict__.pop("_expected", None)) is not None:
            instance._before = expected
            return
        stored = sender.objects.filter(pk=instance.pk).first() if instance.pk else None
        instance._before = snapshot(stored) if stored else {}


def log_save(sender: type[Any], instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    if is_tracked(sender) and not raw:
        record_change(instance, Change.Act.ADD if created else Change.Act.CHANGE, instance._before, snapshot(instance))


def keep_referenced(sender: type[Any], instance: Any, **_: Any) -> None:
    """Refuse to delete a record that another one names as evidence or tells in a chapter."""
    if not issubclass(sender, Record):
        return
    kinds = [ContentType.objects.get_for_model(kind) for kind in (sender, *sender._meta.get_parent_list())]
    for model in _referring():
        rows = set(model.objects.filter(content_type__in=kinds, object_id=instance.pk))
        if rows:
            message = gettext("“%(record)s” cannot be deleted: %(rows)s names it.")
            kind = model._meta.verbose_name
            raise ProtectedError(message % {"record": instance, "rows": kind}, rows)


@cache
def _referring() -> list[Any]:
    """Return the models whose rows point at any record by a generic key named `record`."""
    models = [model for model in apps.get_models() if issubclass(model, Record) and not model.lets_go]
    return [model for model in models if any(field.name == "record" for field in model._meta.private_fields)]


def log_delete(sender: type[Any], instance: Any, **_: Any) -> None:
    if is_tracked(sender):
        record_change(instance, Change.Act.DELETE, snapshot(instance), {})


def log_links(
    sender: type[Any],
    instance: Any,
    action: str,
    pk_set: set[int] | None,
    model: type[Any],
    **_: Any,
) -> None:
    """Log what was linked to a record and unlinked from it; both sides of the line name the link's table."""
    if not isinstance(instance, Record):
        return
    name = str(sender._meta.model_name)
    if action == "pre_clear":
        near, far = instance._meta.model_name, model._meta.model_name
        pk_set = set(sender.objects.filter(**{str(near): instance.pk}).values_list(f"{far}_id", flat=True))
    if pk_set and action == "post_add":
        record_change(instance, Change.Act.CHANGE, {}, {name: sorted(pk_set)})
    elif pk_set and action in ("post_remove", "pre_clear"):
        record_change(instance, Change.Act.CHANGE, {name: sorted(pk_set)}, {})


def connect() -> None:
    """Start logging; called once, when the apps are ready."""
    pre_save.connect(remember, dispatch_uid="umbel.remember")
    post_save.connect(log_save, dispatch_uid="umbel.log_save")
    pre_delete.connect(keep_referenced, dispatch_uid="umbel.keep_referenced")
    post_delete.connect(log_delete, dispatch_uid="umbel.log_delete")
    m2m_changed.connect(log_links, dispatch_uid="umbel.log_links")
