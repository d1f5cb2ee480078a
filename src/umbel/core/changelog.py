"""The change log: who changed what, when, before and after; each line sealed by the hash of the one before."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.bulk import PLAIN, pour, storable

UNTOLD = {"id", "folded", "password", "last_login", "preferences"}
STORED = ("at", "who", "act", "type", "record", "text", "before", "after", "previous", "hash")
TOLD_AS_THEY_ARE = (int, str, type(None))
LOG_LOCK = 0x756D62656C  # "umbel"

_author: ContextVar[str] = ContextVar("author", default="system")
_held: ContextVar[list["Change"] | None] = ContextVar("held", default=None)


class Change(models.Model):
    """One change of one record. Rows are only ever added; `umbel log verify` proves that none was altered."""

    class Act(models.TextChoices):
        ADD = "add", _("added")
        CHANGE = "change", _("changed")
        DELETE = "delete", _("deleted")

    at = models.DateTimeField(_("when"))
    who = models.CharField(_("who"), max_length=150)
    act = models.CharField(_("what"), max_length=8, choices=Act)
    type = models.CharField(_("type"), max_length=80)
    record = models.CharField(_("record"), max_length=100)
    text = models.CharField(_("text"), max_length=400)
    before = models.JSONField(_("before"), encoder=DjangoJSONEncoder, default=dict)
    after = models.JSONField(_("after"), encoder=DjangoJSONEncoder, default=dict)
    previous = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [models.Index(fields=["type", "record"], name="change_of_record")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.text}"

    def seal(self, previous: str) -> str:
        """Set and return the hash over this line and the hash of the line before."""
        self.previous = previous
        self.hash = self.expected_hash()
        return self.hash

    def expected_hash(self) -> str:
        """Return the SHA-256 (hex) that the line must carry."""
        told = [self.at.isoformat(), self.who, self.act, self.type, self.record, self.text]
        body = json.dumps([*told, self.before, self.after, self.previous], cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()


def author() -> str:
    """Return the name with which changes are signed at this moment."""
    return _author.get()


@contextmanager
def by(who: str) -> Iterator[None]:
    """Sign the changes made inside with a name: of a user, a file, a command."""
    token = _author.set(who)
    try:
        yield
    finally:
        _author.reset(token)


@contextmanager
def gathered() -> Iterator[list[Change]]:
    """Hold the changes made inside and write them at once at the end, in the order in which they were made."""
    held: list[Change] = []
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)
    write(held)


def record_change(row: models.Model, act: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Add a line on one record; a change that changes nothing leaves none."""
    touched = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if not touched:
        return
    change = Change(
        at=timezone.now(),
        who=_author.get(),
        act=act,
        type=row._meta.label_lower,
        record=str(getattr(row, "handle", row.pk)),
        text=str(row)[:400],
        before={name: before[name] for name in touched if name in before},
        after={name: after[name] for name in touched if name in after},
    )
    held = _held.get()
    if held is None:
        write([change])
    else:
        held.append(change)


def write(changes: list[Change]) -> None:
    """Seal and store lines, one writer at a time, so that two cannot follow the same line."""
    if not changes:
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
        last = Change.objects.order_by("-pk").first()
        previous = last.hash if last else ""
        for change in changes:
            change.before, change.after = (_plain(_logged(change.type, side)) for side in (change.before, change.after))
            previous = change.seal(previous)
        # Lines that are written together bear the same time, for the most part.
        at = lru_cache(maxsize=8)(storable(Change._meta.get_field("at")))
        pour(Change, [Change._meta.get_field(name) for name in STORED], (_stored(change, at) for change in changes))


def _logged(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return values without those that a kind of record keeps out of the log, because they can be erased."""
    hidden = _unlogged(kind)
    return {name: value for name, value in values.items() if name not in hidden} if hidden else values


@cache
def _unlogged(kind: str) -> tuple[str, ...]:
    try:
        return getattr(apps.get_model(kind), "unlogged", ())
    except LookupError:  # a line about no record: a whole load, a confederation made up
        return ()


def _stored(change: Change, at: Callable[[Any], Any]) -> list[Any]:
    """Return a line as the driver takes it, in the order of `STORED`."""
    told = [change.who, change.act, change.type, change.record, change.text]
    sides = [json.dumps(side) if side else "{}" for side in (change.before, change.after)]
    return [at(change.at), *told, *sides, change.previous, change.hash]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON will give them back, so that a line hashes alike before and after storage."""
    if PLAIN.issuperset(map(type, values.values())):
        return values
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: the number of lines read and the number (id) of the first broken one, if any."""

    lines: int
    broken: int | None


def verify() -> Verdict:
    """Read the log from its first line and tell whether each follows from the one before."""
    previous, lines = "", 0
    for change in Change.objects.order_by("pk").iterator():
        lines += 1
        if change.previous != previous or change.hash != change.expected_hash():
            return Verdict(lines, change.pk)
        previous = change.hash
    return Verdict(lines, None)


def snapshot(row: models.Model) -> dict[str, Any]:
    """Return the stored values of a row by field name, many-to-many fields not included."""
    return {
        name: value if isinstance(value := getattr(row, attname), TOLD_AS_THEY_ARE) else str(value)
        for name, attname in _told_fields(type(row))
    }


@cache
def _told_fields(model: type[models.Model]) -> list[tuple[str, str]]:
    """Return the names of the fields that the log tells, each with its attribute."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [(field.name, field.attname) for field in fields if field.name not in UNTOLD]
