"""Deleting with a way back: what is deleted is kept whole for thirty days, outside the tables that are counted."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError, RestrictedError, signals
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience, audience_of, audiences_of
from umbel.core.changelog import Change, author, record_change, snapshot
from umbel.core.records import Record
from umbel.core.tracking import is_tracked

KEPT_FOR = timedelta(days=30)


class DeletionQuerySet(models.QuerySet["Deletion"]):
    """Deletions by whether they can still be undone, and by who may know of them."""

    def visible_to(self, user: Any) -> Self:
        """Keep the deletions of records that the user could see."""
        return self.filter(audience__in=audiences_of(user))

    def open(self) -> Self:
        return self.filter(restored_at=None, at__gte=timezone.now() - KEPT_FOR)

    def over(self) -> Self:
        """Keep those whose rows may be forgotten: restored, or older than thirty days."""
        return self.exclude(pk__in=self.open().values("pk"))


class Deletion(models.Model):
    """One act of deleting: the record, all that went with it, and what pointed at it and was let go."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    who = models.CharField(_("who"), max_length=150)
    type = models.CharField(_("type"), max_length=80)
    record = models.CharField(_("record"), max_length=100)
    text = models.CharField(_("text"), max_length=400)
    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.ADMINISTRATOR)
    rows = models.JSONField(_("rows"), encoder=DjangoJSONEncoder, default=list)
    unlinked = models.JSONField(_("unlinked"), default=list)
    restored_at = models.DateTimeField(_("restored"), null=True, blank=True)

    objects: ClassVar[Any] = DeletionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        indexes = [models.Index(fields=["type", "-at"], name="deletion_of_type")]

    def __str__(self) -> str:
        return self.text

    @property
    def until(self) -> Any:
        """The instant until which it can be undone."""
        return self.at + KEPT_FOR


Unlinked = list[tuple[str, int, str, Any]]
"""Rows that pointed at something deleted and were let go: model label, number, field, the number it held."""


def touched_by(*rows: models.Model) -> list[models.Model]:
    """Return what the deletion of rows of one model takes along: not the rows, their parents and bare links.

    Raises `ProtectedError` or `RestrictedError` where something that stays stands on it.
    """
    gathered, _unlinked = _collect(*rows)
    family = {kind for row in rows for kind in (type(row), *row._meta.get_parent_list())}
    return [other for other in gathered if type(other) not in family and not type(other)._meta.auto_created]


def let_go_by(row: models.Model) -> list[models.Model]:
    """Return the records that name a row in a list of theirs: they stay, without it."""
    links = [each for each in row._meta.related_objects if each.many_to_many and issubclass(each.related_model, Record)]
    return [other for each in links for other in each.related_model._default_manager.filter(**{each.field.name: row})]


@transaction.atomic
def discard(row: models.Model) -> Deletion:
    """Delete a row with all that belongs to it, and keep what is needed to bring it back.

    Raises `ProtectedError` or `RestrictedError`, and then deletes nothing, where something that stays stands on it.
    """
    gathered, unlinked = _collect(row)
    deletion = Deletion(
        who=author(),
        type=row._meta.label_lower,
        record=str(getattr(row, "handle", row.pk)),
        text=str(row)[:400],
        audience=audience_of(row) if isinstance(row, Record) else Audience.ADMINISTRATOR,
        rows=[_saved(other) for other in gathered],
        unlinked=unlinked,
    )
    row.delete()
    deletion.save()
    return deletion


def standing_in_the_way(error: ProtectedError | RestrictedError) -> list[Any]:
    """Return the rows that stay and need what was to be deleted, in the order of their names."""
    rows = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    return sorted(rows, key=str)


@transaction.atomic
def restore(deletion: Deletion) -> models.Model:
    """Bring back everything that a deletion took, under the numbers it had; return the record.

    Raises `ValidationError` where it is too late, or where something else has taken its place since.
    """
    open_one = Deletion.objects.select_for_update().open().filter(pk=deletion.pk).first()
    if open_one is None:
        raise ValidationError(gettext("This can no longer be undone."))
    try:
        with transaction.atomic():
            back = [_bring_back(saved) for saved in serializers.deserialize("python", open_one.rows)]
            for name, pk, field, held in open_one.unlinked:
                _link_again(name, pk, field, held)
            connection.check_constraints()
    except (IntegrityError, serializers.base.DeserializationError) as error:
        message = gettext(
            "“%(record)s” cannot be brought back: another record has taken its key, or one that it needs is gone."
        )
        raise ValidationError(message % {"record": open_one.text}) from error
    rows = [type(row)._base_manager.get(pk=row.pk) for row in back if is_tracked(type(row))]
    for row in rows:
        record_change(row, Change.Act.ADD, {}, snapshot(row))
        signals.post_save.send(type(row), instance=row, created=True, raw=True, update_fields=None, using=None)
    Deletion.objects.filter(pk=open_one.pk).update(restored_at=timezone.now(), rows=[], unlinked=[])
    return next(row for row in rows if row._meta.label_lower == open_one.type)


def known_to(user: Any, lines: Iterable[Change]) -> list[Change]:
    """Keep those lines on deletions that a person may read: the record had an audience of theirs when it went.

    A part is known with its whole, while that is there. One query for each kind of whole.
    """
    lines = list(lines)
    wholes: dict[Any, set[int]] = defaultdict(set)
    told = {line.pk: _whole_of(line) for line in lines}
    for whole in filter(None, told.values()):
        wholes[whole[0]].add(whole[1])
    seen = {
        (model, number)
        for model, numbers in wholes.items()
        for number in model._default_manager.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True)
    }
    mine = audiences_of(user)
    return [line for line in lines if line.before.get("audience", "") in mine or told[line.pk] in seen]


def _whole_of(line: Change) -> tuple[Any, int] | None:
    """Return the model and the number of the record of which the one that went was a part."""
    try:
        model: Any = apps.get_model(line.type)
    except LookupError:
        return None
    step, _mark, rest = getattr(model, "audience_path", "").partition("__")
    number = line.before.get(step) if rest else None
    return (model._meta.get_field(step).related_model, int(number)) if number else None


def forget() -> int:
    """Erase the rows of deletions that can no longer be undone; return how many deletions that were."""
    return int(Deletion.objects.over().exclude(rows=[]).update(rows=[], unlinked=[]))


def _collect(*rows: models.Model) -> tuple[list[models.Model], Unlinked]:
    """Return every row that goes with a deletion, and every row whose link to one of them would be emptied."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    collector.collect(list(rows))
    gathered = [other for found in collector.data.values() for other in found]
    querysets: Any = collector.fast_deletes
    gathered += [other for queryset in querysets for other in queryset]
    updates: Any = collector.field_updates
    unlinked = [
        (other._meta.label_lower, other.pk, field.name, field.value_from_object(other))
        for (field, _value), groups in updates.items()
        for group in groups
        for other in group
    ]
    return gathered, unlinked


def _saved(row: models.Model) -> dict[str, Any]:
    """Return a row as data; its many-to-many links are rows of their own."""
    saved: dict[str, Any] = serializers.serialize("python", [row])[0]
    linked = {field.name for field in row._meta.many_to_many}
    saved["fields"] = {name: value for name, value in saved["fields"].items() if name not in linked}
    return saved


def _bring_back(saved: Any) -> models.Model:
    """Store one row under its old number; one that is taken is never overwritten."""
    row: models.Model = saved.object
    if type(row)._base_manager.filter(pk=row.pk).exists():
        raise IntegrityError(row._meta.label)
    saved.save()
    return row


def _link_again(name: str, pk: int, field: str, held: Any) -> None:
    model = apps.get_model(name)
    model._base_manager.filter(pk=pk, **{field: None}).update(**{field: held})
