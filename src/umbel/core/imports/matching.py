"""Tells which record a row stands for: the one with its natural key, or perhaps one that is called the same."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from umbel.core.bulk import AT_ONCE, batches
from umbel.core.imports.finding import Finder
from umbel.core.imports.kinds import Kind
from umbel.core.imports.lines import Line, folded

KEY_LENGTH = 80
SAME_NAME = 50
"""How many records of one name get keys of their own: name, name-2, …"""

Key = tuple[Any, ...]
Identity = tuple[str, ...]


class Matching:
    """The records of one kind, as far as the rows of a file are about them; remembers the rows seen so far."""

    def __init__(self, kind: Kind, finder: Finder) -> None:
        self.kind = kind
        self.finder = finder
        self._seen: dict[Key, int] = {}
        self._made: dict[str, Identity] = {}
        self._holders: dict[str, Identity | None] = {}
        self._called: dict[tuple[str, str], int] = {}

    def recognise(self, lines: list[Line]) -> None:
        """Give each line the record with its natural key, if there is one; tell those that come twice."""
        if self.kind.naming:
            self._make_keys([line for line in lines if line.is_even and "key" not in line.values.keys() | line.given])
        keyed = [(self._key(line), line) for line in lines if self._is_keyed(line)]
        known = self._existing([key for key, _line in keyed])
        for key, line in keyed:
            self.claim(line)
            line.existing = known.get(key)

    def claim(self, line: Line) -> None:
        """Note that a line is about a record; only one line of a file may be."""
        first = self._seen.setdefault(self._key(line), line.number)
        if first != line.number:
            line.tell(_("says the same thing as row %d of the file") % first, self.kind.key[-1])

    def _is_keyed(self, line: Line) -> bool:
        return line.is_even and all(name in line.values for name in self.kind.key_attributes)

    def _key(self, line: Line) -> Key:
        return tuple(line.values.get(name) for name in self.kind.key_attributes)

    def _existing(self, keys: list[Key]) -> dict[Key, Any]:
        names = self.kind.key_attributes
        found: dict[Key, Any] = {}
        for some in batches(keys, AT_ONCE // len(names)):
            wanted = Q()
            for index, name in enumerate(names):
                values = {key[index] for key in some}
                among = Q(**{f"{name}__in": values - {None}})
                wanted &= among | Q(**{name: None}) if None in values else among
            rows = self.finder.visible(self.kind.model).filter(wanted)
            for row in rows if self.kind.sheet.is_keyed else rows.select_related(*self._told_with()):
                found[tuple(getattr(row, name) for name in names)] = row
        return found

    def _told_with(self) -> list[str]:
        """The rows that the texts of the records may name."""
        return [field.name for field in self.kind.model._meta.concrete_fields if field.many_to_one]

    def _make_keys(self, lines: list[Line]) -> None:
        """Make a key out of the name where a row has none: the same one each time the row comes."""
        naming = self.kind.naming
        named = [line for line in lines if line.values.get(naming)]
        for line in lines:
            if naming not in line.given:
                line.tell(_("a new record needs a key, or a name out of which one is made"), naming)
        self._look_up({key for line in named for key in islice(self._candidates(line), 2)})
        for line in named:
            if key := self._free_key(line):
                line.values["key"] = key

    def _look_up(self, keys: set[str]) -> None:
        self._holders = dict.fromkeys(keys)
        for (key,), row in self._existing([(key,) for key in keys]).items():
            self._holders[key] = self._identity(partial(getattr, row))

    def _candidates(self, line: Line) -> Iterator[str]:
        base = slugify(folded(line.values[self.kind.naming]))[: KEY_LENGTH - 12].strip("-") or self.kind.sheet.name
        yield base
        marks = [str(value).lower() for name in self.kind.telling if (value := line.values.get(name))]
        for mark in [*marks, *map(str, range(2, SAME_NAME))]:
            yield f"{base}-{mark}"

    def _free_key(self, line: Line) -> str:
        """Return the first key that is free, or whose record or row is the same as this one."""
        wanted = self._identity(line.values.get)
        for key in self._candidates(line):
            holder = self._made.get(key) or self._holder(key)
            if holder is None or _is_same(holder, wanted):
                self._made.setdefault(key, wanted)
                return key
        line.tell(_("more than %d records have this name; give each a key") % SAME_NAME, self.kind.naming)
        return ""

    def _holder(self, key: str) -> Identity | None:
        if key not in self._holders:
            found = self._existing([(key,)]).get((key,))
            self._holders[key] = self._identity(partial(getattr, found)) if found else None
        return self._holders[key]

    def _identity(self, value: Callable[[str], Any]) -> Identity:
        """Return what tells records apart to people: the name and, where the kind has them, country and date."""
        return (folded(value(self.kind.naming)), *(str(value(name) or "") for name in self.kind.telling))

    def liken(self, lines: list[Line]) -> None:
        """Note for new lines which record, or which row before, is called the same and may be the same."""
        if not self.kind.is_named:
            return
        called = self.finder.called(self.kind.model, {folded(line.values.get("name")) for line in lines})
        for line in lines:
            name, country = folded(line.values.get("name")), line.values.get("country") or ""
            alike = [row for row in called.get(name, []) if not country or getattr(row, "country", "") in ("", country)]
            first = self._called.setdefault((name, country), line.number)
            if alike:
                line.alike = alike[0]
                line.likeness = {"pk": alike[0].pk, "text": str(alike[0]), "key": alike[0].key}
            elif first != line.number:
                line.likeness = {"row": first, "text": _("row %d of the file") % first}


def _is_same(one: Identity, other: Identity) -> bool:
    """Whether two rows are about the same: what one of them leaves open does not tell them apart."""
    return one[0] == other[0] and all(
        here == there or not (here and there) for here, there in zip(one, other, strict=True)
    )
