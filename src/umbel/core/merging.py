"""Two records of one thing become one: everything that named the one names the other, and it can be undone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience, audiences_of
from umbel.core.changelog import Change, author, record_change
from umbel.core.names import Alias, fold
from umbel.core.records import Named
from umbel.core.wastebasket import Deletion, discard, restore

CLOSED = "accounts closed"
"""Where a merge keeps, among the values before, the accounts that it closed."""

LIKE_A_KEY = re.compile(r"[a-z0-9_-]+")


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges by who may know of them."""

    def visible_to(self, user: Any) -> Self:
        """Keep the merges of two records that the user could see both."""
        mine = audiences_of(user)
        return self.filter(audience__in=mine, deletion__audience__in=mine)


class Merge(models.Model):
    """One act of merging: which record was kept, which one went, and every link that was moved."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    who = models.CharField(_("who"), max_length=150)
    type = models.CharField(_("type"), max_length=80)
    kept = models.PositiveBigIntegerField(_("kept"))
    text = models.CharField(_("text"), max_length=620)
    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.ADMINISTRATOR)
    deletion = models.ForeignKey(Deletion, verbose_name=_("what went"), on_delete=models.CASCADE, related_name="merges")
    doubles = models.JSONField(_("rows that were there twice"), default=list)
    moved = models.JSONField(_("links moved"), default=list)
    spellings = models.JSONField(_("spellings added"), default=list)
    before = models.JSONField(_("values before"), encoder=DjangoJSONEncoder, default=dict)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects: ClassVar[Any] = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        return self.text

    @property
    def has_closed_account(self) -> bool:
        return bool(self.before.get(CLOSED))


@dataclass(frozen=True)
class Reference:
    """A field of another kind of record that can name the one in question; `is_many` for a link without a row."""

    model: type[models.Model]
    field: str
    is_many: bool = False
    is_generic: bool = False

    def rows(self, row: models.Model) -> models.QuerySet[Any]:
        """Return the rows that name `row` here."""
        if self.is_generic:
            kind = ContentType.objects.get_for_model(row)
            return self.model._base_manager.filter(content_type=kind, object_id=row.pk)
        return self.model._base_manager.filter(**{self.field: row.pk})


def references(model: type[models.Model]) -> Iterator[Reference]:
    """Yield every field in the whole installation that can name a record of the model, other spellings left out."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            far: Any = relation
            if not getattr(far.field.remote_field, "parent_link", False):
                yield Reference(far.related_model, far.field.name, is_many=bool(far.related_model._meta.auto_created))
    for other in apps.get_models():
        for field in other._meta.private_fields:
            if isinstance(field, GenericForeignKey) and other is not Alias:
                yield Reference(other, field.fk_field, is_generic=True)


def standing(gone: models.Model) -> list[tuple[Any, int]]:
    """Return what a merge would move: the name of each kind of row, and how many of them."""
    found: dict[Any, int] = {}
    for reference in references(type(gone)):
        kind = reference.model._meta.verbose_name_plural
        if number := reference.rows(gone).count():
            found[kind] = found.get(kind, 0) + number
    return list(found.items())


def accounts_of_both(kept: models.Model, gone: models.Model) -> list[Any]:
    """Return the accounts of two records where each is tied to one; of them only one can stay tied."""
    found = [getattr(row, "user", None) for row in (kept, gone)]
    return found if all(isinstance(account, get_user_model()) for account in found) else []


@transaction.atomic
def merge(kept: Named, gone: Named, values: Mapping[str, Any] | None = None) -> Merge:
    """Make two records one: `kept` takes every link, name and key of `gone`, and the `values` given by field.

    A row that would then stand twice (the same post, the same partner of an event) goes with the one that is gone.
    Of two accounts the one named as the value of `user` stays, else the one that is open; the other is closed.
    Raises `ValidationError` where the two are not of one kind, are the same record, a value breaks a rule, or two
    accounts are open and none was named.
    """
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        raise ValidationError(gettext("Two different records of one kind can be merged."))
    list(type(kept)._base_manager.select_for_update().filter(pk__in=[kept.pk, gone.pk]))
    taken = {**_lent(kept, gone), **(values or {})}
    before = {name: _stored(kept, name) for name in taken}
    if both := accounts_of_both(kept, gone):
        staying = taken["user"] = taken.get("user") or _staying(both)
        before |= {"user": _stored(kept, "user"), CLOSED: _close(account for account in both if account != staying)}
    moved, doubles = _move_all(kept, gone)
    spellings = _take_names(kept, gone)
    deletion = discard(type(gone)._base_manager.get(pk=gone.pk))
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    record_change(kept, Change.Act.CHANGE, {}, {"merged": f"{deletion.text} ({deletion.record})"})
    return Merge.objects.create(
        who=author(),
        type=kept._meta.label_lower,
        kept=kept.pk,
        text=f"{deletion.text} → {kept}"[:620],
        audience=kept.audience,
        deletion=deletion,
        doubles=[double.pk for double in doubles],
        moved=moved,
        spellings=spellings,
        before=before,
    )


@transaction.atomic
def undo(act: Merge) -> Named:
    """Take a merge back: the record that went returns with everything that was moved; return it.

    What was changed since stays as it is now. Raises `ValidationError` where it was undone before, where it is more
    than thirty days ago, or where the record that was kept is gone.
    """
    fresh = Merge.objects.select_for_update().select_related("deletion").get(pk=act.pk)
    model: Any = apps.get_model(fresh.type)
    kept = model._base_manager.filter(pk=fresh.kept).first()
    if fresh.undone_at or kept is None:
        raise ValidationError(gettext("This can no longer be undone."))
    Alias.objects.of(kept).filter(name__in=fresh.spellings).delete()
    held = {**fresh.before}
    _open(held.pop(CLOSED, []))
    for name, value in held.items():
        setattr(kept, kept._meta.get_field(name).attname, value)
    kept.save()
    back: Any = restore(fresh.deletion)
    for label, field, pk in fresh.moved:
        _put_back(apps.get_model(label), field, pk, kept, back)
    for number in reversed(fresh.doubles):
        restore(Deletion.objects.get(pk=number))
    record_change(kept, Change.Act.CHANGE, {"merged": f"{fresh.deletion.text} ({fresh.deletion.record})"}, {})
    Merge.objects.filter(pk=fresh.pk).update(undone_at=timezone.now())
    return back  # type: ignore[no-any-return]  # -- merged records are named ones


def _lent(kept: Named, gone: Named) -> dict[str, Any]:
    """Return what only one record can hold, such as an account, where the one that is kept has none."""
    names = [field.name for field in gone._meta.concrete_fields if isinstance(field, models.OneToOneField)]
    return {name: getattr(gone, name) for name in names if getattr(gone, name) and not getattr(kept, name)}


def _staying(accounts: list[Any]) -> Any:
    """Return which of two accounts stays where nobody said so: the one that is open, else the first."""
    if all(account.is_active for account in accounts):
        raise ValidationError(gettext("Both have an account: say which one stays, or close one of them first."))
    return next((account for account in accounts if account.is_active), accounts[0])


def _close(accounts: Iterable[Any]) -> list[int]:
    """Let accounts sign in no more; return the numbers of those that could so far."""
    closed = []
    for account in accounts:
        if account.is_active:
            account.is_active = False
            account.save(update_fields=["is_active"])
            closed.append(account.pk)
    return closed


def _open(numbers: Iterable[int]) -> None:
    for account in get_user_model()._default_manager.filter(pk__in=numbers):
        account.is_active = True
        account.save(update_fields=["is_active"])


def _stored(row: models.Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)
    value = field.value_from_object(row)
    return value if isinstance(value, int | bool | None) else str(value)


def _move_all(kept: Named, gone: Named) -> tuple[list[tuple[str, str, int]], list[Deletion]]:
    moved: list[tuple[str, str, int]] = []
    doubles: list[Deletion] = []
    for reference in references(type(gone)):
        for row in reference.rows(gone):
            if _move(reference, row, kept):
                moved.append((reference.model._meta.label, reference.field, row.pk))
            elif not reference.is_many:
                fresh = reference.model._base_manager.filter(pk=row.pk).first()
                doubles += [_given_up(fresh)] if fresh else []
    return moved, doubles


def _given_up(double: models.Model) -> Deletion:
    """Delete a row that says what another one says already. Raises `ValidationError` where something stands on it."""
    try:
        return discard(double)
    except models.ProtectedError as error:
        told = gettext("Both stand in one place, and “%(row)s” cannot be given up: something else stands on it.")
        raise ValidationError(told % {"row": double}) from error


def _move(reference: Reference, row: models.Model, kept: models.Model) -> bool:
    """Let a row name the record that is kept; tell whether it could, or says then what another row says already."""
    field = row._meta.get_field(reference.field)
    setattr(row, getattr(field, "attname", reference.field), kept.pk)
    try:
        with transaction.atomic():
            row.validate_constraints()
            row.validate_unique()
            row.save(update_fields=[reference.field])
    except (ValidationError, IntegrityError):
        return False
    return True


def spellings(names: Iterable[str]) -> list[str]:
    """Return those of some aliases that people write: not the keys of merged records, to which old addresses lead."""
    told = list(names)
    likely = [name for name in told if LIKE_A_KEY.fullmatch(name)]
    if not likely:
        return told
    merged = Merge.objects.filter(undone_at=None, deletion__record__in=likely)
    keys = set(merged.values_list("deletion__record", flat=True))
    return [name for name in told if name not in keys]


def _put_back(model: Any, field: str, pk: int, kept: models.Model, back: models.Model) -> None:
    row = model._base_manager.filter(pk=pk, **{field: kept.pk}).first()
    if row is not None:
        setattr(row, model._meta.get_field(field).attname, back.pk)
        row.save(update_fields=[field])


def _take_names(kept: Named, gone: Named) -> list[str]:
    """Let the record that is kept be found under every name of the other, its key among them; return those added."""
    known = {fold(kept.name), *(alias.folded for alias in Alias.objects.of(kept))}
    names = [gone.name, gone.key, *(alias.name for alias in Alias.objects.of(gone))]
    added = []
    for name in names:
        if fold(name) not in known:
            known.add(fold(name))
            Alias.objects.create(record=kept, name=name)
            added.append(name)
    return added
