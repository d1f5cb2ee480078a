"""Stores checked rows: saves what changed, links it, takes away the parts that vanished."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from umbel.core.exchange.cells import tidy
from umbel.core.exchange.columns import Target
from umbel.core.exchange.problems import LoadError, Place, Problem
from umbel.core.exchange.rows import Row
from umbel.core.exchange.sheets import Sheet
from umbel.core.exchange.stock import Stock
from umbel.core.names import Alias
from umbel.core.tracking import expect


@dataclass
class Alteration:
    """What a load does to one record."""

    row: Row
    values: bool
    lists: dict[str, list[Target]]
    aliases: bool

    def __bool__(self) -> bool:
        return self.values or bool(self.lists) or self.aliases


def alteration(row: Row, stock: Stock) -> Alteration:
    """Compare a row with its record as it is stored; to be asked before anything is."""
    known = [tidy(name, one_line=True) for name in row.known_aliases(stock)]
    aliases = sorted(row.aliases) != sorted(known)
    return Alteration(row, row.is_altered, row.changed_lists(stock), aliases)


@dataclass(frozen=True)
class Removal:
    """A part on record that the file no longer has."""

    row: Row
    sheet: Sheet
    instance: Any


def removals(rows: list[Row], stock: Stock) -> Iterator[Removal]:
    """Yield the parts on record of the given wholes that no row stands for any more."""
    kept = {id(row.instance) for row in rows}
    for row in rows:
        for part in row.given_parts:
            if row.is_new and part.whole:
                continue
            for instance in stock.parts(part, row.number):
                if id(instance) not in kept:
                    yield Removal(row, part, instance)


def store(alterations: list[Alteration], gone: list[Removal]) -> None:
    """Save in the given order, then link, then remove. Raises `LoadError` for what the database refuses."""
    for one in alterations:
        if one.values:
            _save(one.row)
    for one in alterations:
        _link(one)
    problems = [problem for removal in gone for problem in _remove(removal)]
    if problems:
        raise LoadError(problems)


def _save(row: Row) -> None:
    instance = row.instance
    for name, target in row.links.items():
        field = instance._meta.get_field(name)
        attname = field.attname if field.concrete else field.fk_field
        setattr(instance, attname, target.number)
        if field.concrete and target.instance is not None:
            field.set_cached_value(instance, target.instance)
    if not row.is_new:
        expect(instance, row.before)
    try:
        instance.save()
    except IntegrityError as error:
        raise LoadError([Problem(row.place, _("the database refuses it: %s") % error)]) from error
    row.number = instance.pk


def _link(one: Alteration) -> None:
    row, instance = one.row, one.row.instance
    for name, targets in one.lists.items():
        manager = getattr(instance, name)
        numbers = [target.number for target in targets]
        if row.is_new:
            manager.add(*numbers)
        else:
            manager.set(numbers)
    if one.aliases:
        named = Alias.objects.of(instance)
        named.exclude(name__in=row.aliases).delete()
        known = set(named.values_list("name", flat=True))
        for name in row.aliases:
            if name not in known:
                Alias(record=instance, name=name).save()


def _remove(removal: Removal) -> Iterator[Problem]:
    row, instance = removal.row, removal.instance
    kind, number = ContentType.objects.get_for_model(instance), instance.pk
    try:
        instance.delete()
        Alias.objects.filter(content_type=kind, object_id=number).delete()
    except models.ProtectedError as error:
        user = next(iter(error.protected_objects))
        told = _("“%(gone)s” cannot be taken away: %(kind)s “%(user)s” refers to it")
        text = told % {"gone": instance, "kind": user._meta.verbose_name, "user": user}
        yield Problem(Place(row.file, row.line_of(removal.sheet.name), f"{row.path}{removal.sheet.name}"), text)
