"""Revisions of a page: every state that the change log remembers, what changed from one to the next, the way back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from umbel.core.changelog import Change
from umbel.core.crud.counted import history
from umbel.core.crud.telling import Told, tell

TEXTS = ("title", "lead", "body")


@dataclass(frozen=True)
class Revision:
    """A state of a page: the line of the log that made it, the texts as they then were, what changed."""

    line: Change
    state: dict[str, Any]
    differences: list[Told]
    is_latest: bool = False

    @property
    def number(self) -> int:
        return int(self.line.pk)


def revisions(row: Any, user: Any, language: str) -> list[Revision]:
    """Return the states of a page, the latest first."""
    lines = list(history(row))
    both = zip(states(row, lines), tell(lines, user, language), strict=True)
    return [
        Revision(line, state, told, is_latest=number == 0) for number, ((line, state), (_line, told)) in enumerate(both)
    ]


def states(row: Any, lines: list[Change]) -> Iterator[tuple[Change, dict[str, Any]]]:
    """Yield each line of the log, the latest first, with the texts as they stood after it."""
    state = {name: getattr(row, name) for name in TEXTS}
    for line in lines:
        yield line, dict(state)
        state |= {name: line.before[name] for name in TEXTS if name in line.before}
        if line.act == Change.Act.ADD:
            state |= {name: "" for name in TEXTS}


@transaction.atomic
def restore(row: Any, number: int) -> bool:
    """Give a page the texts that it had after a line of the log; tell whether that changed it. Raises `LookupError`."""
    then = next((state for line, state in states(row, list(history(row))) if line.pk == number), None)
    if then is None:
        raise LookupError(number)
    changed = [name for name in TEXTS if getattr(row, name) != then[name]]
    for name in changed:
        setattr(row, name, then[name])
    if changed:
        row.full_clean(exclude=["body"])
        row.save()
    return bool(changed)
