"""Two versions of a text as one, word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\{[^{}]+\}|\w+|\s+|[^\w\s]")
CONTEXT = 25
PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
COMPARED = 400_000
"""Up to so many pairs of words are compared; a longer paragraph that changed is told whole, as it was and as it is."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same`, `gone` (it stood in the older version only) or `come` (in the newer one only)."""

    kind: str
    text: str


def compared(older: str, newer: str) -> list[Piece]:
    """Return two texts as one, word by word; of very long ones first paragraph by paragraph."""
    one, other = WORD.findall(older), WORD.findall(newer)
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    end, other_end = len(one) - tail, len(other) - tail
    pieces = [
        Piece("same", "".join(one[:head])),
        *_between(one[head:end], other[head:other_end]),
        Piece("same", "".join(one[end:])),
    ]
    return [piece for piece in pieces if piece.text]


def _common(one: list[str], other: list[str]) -> int:
    """Return with how many of the same words two texts begin."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _between(one: list[str], other: list[str]) -> list[Piece]:
    if _is_short(one, other):
        return list(_pieces(one, other))
    paragraphs = PARAGRAPH.findall("".join(one)), PARAGRAPH.findall("".join(other))
    if not _is_short(*paragraphs):
        return _told("replace", "".join(one), "".join(other))
    pieces: list[Piece] = []
    for act, gone, come in _steps(*paragraphs):
        words = WORD.findall(gone), WORD.findall(come)
        pieces += _pieces(*words) if act == "replace" and _is_short(*words) else _told(act, gone, come)
    return pieces


def _is_short(one: list[str], other: list[str]) -> bool:
    return len(one) * len(other) <= COMPARED


def _pieces(one: list[str], other: list[str]) -> Iterator[Piece]:
    for step in _steps(one, other):
        yield from _told(*step)


def _steps(one: list[str], other: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield how one list becomes the other: the act, what stood in the one, what stands in the other."""
    for act, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield act, "".join(one[a:b]), "".join(other[c:d])


def _told(act: str, gone: str, come: str) -> list[Piece]:
    return [Piece("same", gone)] if act == "equal" else [Piece("gone", gone), Piece("come", come)]


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
