"""How text is cut into words for the search, the same for both databases; `names.fold` is the one folding rule."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from umbel.core.names import fold

LONGEST_QUERY = 200
MOST_WORDS = 12
LONGEST_WORD = 60
LONGEST_TEXT = 100_000
"""So many letters are kept of the words of a text; PostgreSQL refuses a record with more than a million."""
LONGEST_REMEMBERED = 400
SHORTEST_MISSPELT, LONGEST_MISSPELT = 4, 30
INNER_SIGNS = re.compile(r"\w[^\w\s]+\w|_")
SIGNS = re.compile(r"[\W_]+")


folded = lru_cache(maxsize=10_000)(fold)
"""The folding rule, with what was folded lately: the same names and places come again and again."""


def words_of(*texts: str) -> str:
    """Return the different words of some texts, folded, in their order and parted by spaces.

    A word with signs inside is found whole and in pieces: “EU-level” is `eulevel eu level`. Of very long texts the
    first words are kept.
    """
    words = " ".join(dict.fromkeys(word[:LONGEST_WORD] for text in texts for word in _words(text)))
    return words if len(words) <= LONGEST_TEXT else words[:LONGEST_TEXT].rpartition(" ")[0]


def _words(text: str) -> Iterable[str]:
    plain = folded if len(text) <= LONGEST_REMEMBERED else fold
    yield from plain(text).split()
    if INNER_SIGNS.search(text):
        yield from plain(SIGNS.sub(" ", text)).split()


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: `name` folded as a whole, and its words, each in one piece or in several.

    The last word is the beginning of one; all others are whole.
    """

    name: str
    words: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str) -> "Wanted":
        """Read what was typed. Signs have no meaning; what is very long is cut."""
        text = text[:LONGEST_QUERY]
        found: dict[tuple[str, ...], None] = {}
        for chunk in text.split():
            if whole := fold(chunk).replace(" ", "")[:LONGEST_WORD]:
                pieces = [piece[:LONGEST_WORD] for piece in fold(SIGNS.sub(" ", chunk)).split()]
                # Put last again, if it stood before: the last one may be unfinished.
                found.pop(forms := (whole, *pieces) if len(pieces) > 1 else (whole,), None)
                found[forms] = None
        return cls(fold(text), tuple(found)[:MOST_WORDS])

    def __bool__(self) -> bool:
        return bool(self.words)

    def shortened(self, lengths: Sequence[int]) -> tuple["Wanted", str]:
        """Return the same with a beginning of one of some lengths (longest first) for the last word, and that word.

        The word is empty where it is as long as that already, or has pieces, and nothing is shortened.
        """
        *whole, last = self.words
        if len(last) > 1 or len(last[0]) in lengths:
            return self, ""
        length = next(length for length in lengths if length < len(last[0]))
        return replace(self, words=(*whole, (last[0][:length],))), last[0]

    def is_in(self, words: str) -> bool:
        """Tell whether all words stand among some, as `words_of` returns them."""
        padded = f" {words} "
        *whole, last = self.words
        return all(_stands(forms, padded, " ") for forms in whole) and _stands(last, padded, "")


def _stands(forms: tuple[str, ...], padded: str, end: str) -> bool:
    """Tell whether a word stands in padded text whole, or all its pieces do; `end` follows its last letter."""
    whole, *pieces = forms
    if f" {whole}{end}" in padded:
        return True
    return bool(pieces) and all(f" {piece} " in padded for piece in pieces[:-1]) and f" {pieces[-1]}{end}" in padded


def is_misspelt(word: str) -> bool:
    """Tell whether a word is found where a letter of it is wrong: it is neither too short nor long, nor a number."""
    return SHORTEST_MISSPELT <= len(word) <= LONGEST_MISSPELT and word.isalpha()


def spellings(word: str) -> set[str]:
    """Return a word and what is left of it when one letter is missing; nothing for a word that is too short or long.

    Two words that share one of these differ by a letter missing, added, changed or swapped with its neighbour.
    """
    if not is_misspelt(word):
        return set()
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def distance(one: str, other: str) -> int:
    """Return how many letters have to be taken out, put in, changed or swapped with their neighbours."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            least = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                least = min(least, before[column - 2] + 1)
            line.append(least)
        before, last = last, line
    return last[-1]
