"""Suggests what may have been meant: each word that is in no name is replaced by the nearest that is."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from umbel.core.names import fold
from umbel.core.search.finding import find
from umbel.core.search.models import Spelling
from umbel.core.search.words import Wanted, distance, spellings

SHOWN = 3
TRIED = 6


def suggest(text: str, user: Any) -> list[str]:
    """Return up to three texts that find something, for one that finds nothing; spelt as in the best hit of each.

    Only what the user may see is suggested.
    """
    words = [forms[0] for forms in Wanted.of(text).words]
    found: dict[str, None] = {}
    for changed in islice(_changed(words), TRIED):
        hits = find(" ".join(changed), user, limit=1).hits
        if hits:
            found[_as_spelt(changed, hits[0].title)] = None
        if len(found) == SHOWN:
            break
    return list(found)


def _changed(words: list[str]) -> Iterator[list[str]]:
    """Yield the words with every one replaced that is misspelt: by the nearest first, then one by one by others."""
    near = [_near(word, known) for word, known in zip(words, _known(words), strict=True)]
    best = [names[0] if names else word for word, names in zip(words, near, strict=True)]
    if best == words:
        return
    yield best
    for place, names in enumerate(near):
        for name in names[1:]:
            yield [*best[:place], name, *best[place + 1 :]]


def _known(words: list[str]) -> list[set[str]]:
    """Return for each word those of names that share a spelling with it."""
    asked = [spellings(word) for word in words]
    rows = Spelling.objects.filter(spelling__in=set().union(*asked)).values_list("spelling", "word")
    found: dict[str, set[str]] = defaultdict(set)
    for spelling, word in rows:
        found[spelling].add(word)
    return [set().union(*(found[spelling] for spelling in spellings)) for spellings in asked]


def _near(word: str, known: set[str]) -> list[str]:
    """Return the words nearest first; none when the word itself is one."""
    return [] if word in known else sorted(known, key=lambda other: (distance(word, other), other))


def _as_spelt(words: list[str], title: str) -> str:
    """Return folded words as a title spells them, where it holds them."""
    spelt = {fold(chunk): chunk.strip(".,:;!?()“”\"'") for chunk in title.split()}
    return " ".join(spelt.get(word, word) for word in words)
