"""The records that a line, or the people of a file, name: under every spelling, within what the reader may see."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from umbel.core.names import Alias, fold

LONGEST_NAME = 7
OFTEN = 200


class Names:
    """What a line and a list of people name; each kind of record is asked for once.

    In the line a name may stand among other words. People are called by their whole name, as mail programs write it.
    The reader's own name is nobody's: who records an act is not met, nor a speaker.
    """

    def __init__(self, line: str, user: Any, people: Iterable[str] = ()) -> None:
        self.line, self.user = line, user
        self.people = {person: {fold(spelt) for spelt in spellings(person)} for person in people}
        self._found: dict[Any, dict[Any, str]] = {}

    def of(self, model: Any) -> list[Any]:
        """Return the records of a kind, in the order of the line and then of the people."""
        return list(self._named(model))

    def unknown(self, kinds: Iterable[Any]) -> list[str]:
        """Return the people who are no record of some kinds, nor the reader."""
        known = {name for kind in kinds for name in self._named(kind).values()}
        known |= {fold(self.user.name), fold(self.user.email)}
        return [person for person, spelt in self.people.items() if spelt.isdisjoint(known)]

    def _named(self, model: Any) -> dict[Any, str]:
        if model not in self._found:
            told = fold(self.line)
            whole = [spelt for each in self.people.values() for spelt in each]
            found = _called(model, {*_spans(told), *whole}, self.user)
            order = f" {told}  {'  '.join(whole)} "
            mine = {row: name for row, name in found.items() if getattr(row, "user_id", None) != self.user.pk}
            kept = dict(_outermost(mine))
            self._found[model] = dict(sorted(kept.items(), key=lambda pair: order.find(f" {pair[1]} ")))
        return self._found[model]


def spellings(person: str) -> list[str]:
    """Return how somebody may be on record: as written, without "(DG EMPL)", with "Delgado, Amaya" turned round."""
    plain = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", person).strip()
    last, comma, first = plain.partition(",")
    return [person, plain, *([f"{first} {last}"] if comma else [])]


def _spans(told: str) -> set[str]:
    words = told.split()
    return {" ".join(words[i : i + n]) for n in range(1, LONGEST_NAME + 1) for i in range(len(words) - n + 1)}


def _called(model: Any, names: set[str], user: Any) -> dict[Any, str]:
    """Return the records of a kind that are called so, with the name by which each was found."""
    rows = model._default_manager.visible_to(user)
    found = {row: row.folded for row in rows.filter(folded__in=names)[:OFTEN]}
    spelt = Alias.objects.filter(
        folded__in=names, content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
    )
    aliases = dict(spelt.values_list("object_id", "folded")[:OFTEN])
    for row in rows.filter(pk__in=aliases):
        found.setdefault(row, aliases[row.pk])
    return found


def _outermost(found: dict[Any, str]) -> Iterator[tuple[models.Model, str]]:
    """Yield the rows whose name is not part of a longer name that was found too."""
    for row, name in found.items():
        if not any(other != name and f" {name} " in f" {other} " for other in found.values()):
            yield row, name
