"""Revisions of a page: every state that the change log remembers, what changed from one to the next, the way back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.utils.text import capfirst

from umbel.core.changelog import Change
from umbel.core.crud.counted import history
from umbel.core.crud.editing import told as in_words
from umbel.core.crud.telling import tell
from umbel.core.prose.fields import ProseField
from umbel.core.prose.reading import read

TEXTS = ("title", "lead", "body")
WORD = re.compile(r"\{[^{}]+\}|\w+|\s+|[^\w\s]")
CONTEXT = 25


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same`, `gone` (it stood in the older state only) or `come` (in the newer one only)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A field that changed: its label, and its words piece by piece."""

    label: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Revision:
    """A state of a page: the line of the log that made it, the texts as they then were, what changed."""

    line: Change
    state: dict[str, Any]
    differences: list[Difference]
    is_latest: bool = False

    @property
    def number(self) -> int:
        return int(self.line.pk)


def revisions(row: Any, user: Any, language: str) -> list[Revision]:
    """Return the states of a page, the latest first."""
    lines = list(history(row))
    told = dict(
        zip([line.pk for line in lines], [fields for _line, fields in tell(lines, user, language)], strict=True)
    )
    found = []
    for number, (line, state) in enumerate(states(row, lines)):
        found.append(Revision(line, state, list(_differences(row, line, told[line.pk])), is_latest=number == 0))
    return found


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


def _differences(row: Any, line: Change, told: list[Any]) -> Iterator[Difference]:
    """Yield what a line changed: texts word by word, other fields as the log says them."""
    texts = {str(capfirst(row._meta.get_field(name).verbose_name)): name for name in TEXTS}
    for each in told:
        name = texts.get(each.label)
        if name is None:
            yield Difference(each.label, _sides(each))
            continue
        is_prose = isinstance(row._meta.get_field(name), ProseField)
        sides = [str(side.get(name) or "") for side in (line.before, line.after)]
        plain = ["\n\n".join(read(side).blocks) if is_prose else side for side in sides]
        yield Difference(each.label, shortened(compared(*plain)))


def _sides(told: Any) -> list[Piece]:
    """Return a value before and after; nothing before, or nothing after, is left out."""
    nothing = in_words(None)
    sides = (("gone", told.before), ("come", told.after))
    shown = [(kind, "\n\n".join(read(text).blocks) if text.startswith("<") else text) for kind, text in sides]
    return [Piece(kind, text) for kind, text in shown if text != nothing]


def compared(older: str, newer: str) -> list[Piece]:
    """Return two texts as one, word by word: what stayed, what went, what came."""
    one, other = WORD.findall(older), WORD.findall(newer)
    pieces: list[Piece] = []
    for act, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if act == "equal":
            pieces.append(Piece("same", "".join(one[a:b])))
            continue
        pieces += [
            Piece(kind, text) for kind, text in (("gone", "".join(one[a:b])), ("come", "".join(other[c:d]))) if text
        ]
    return pieces


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with long stretches that stayed cut to the words beside what changed."""
    last = len(pieces) - 1
    return [
        Piece("same", _cut(piece.text, number > 0, number < last)) if piece.kind == "same" else piece
        for number, piece in enumerate(pieces)
    ]


def _cut(text: str, after_change: bool, before_change: bool) -> str:
    words = WORD.findall(text)
    if len(words) <= 3 * CONTEXT:
        return text
    head = "".join(words[:CONTEXT]) if after_change else ""
    tail = "".join(words[-CONTEXT:]) if before_change else ""
    return f"{head} … {tail}"
