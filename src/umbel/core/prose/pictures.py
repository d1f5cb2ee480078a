"""Photographs in texts: whoever keeps them tells here how they are shown and which of them may be placed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Source = Callable[[Iterable[str]], Mapping[str, "Picture"]]
_sources: list[Source] = []


@dataclass(frozen=True)
class Picture:
    """A photograph as a page shows it: addresses by width in pixels, its size, what it shows, whom to thank."""

    addresses: Mapping[int, str]
    width: int
    height: int
    alternative: str
    credit: str
    licence: str = ""


def source(found: Source) -> Source:
    """Register a function from keys to the pictures that may be placed; keys of others are left out."""
    _sources.append(found)
    return found


def pictures(keys: Iterable[str]) -> dict[str, Picture]:
    """Return the pictures of some keys that may be placed: whole, with credit and alternative text."""
    wanted = list(dict.fromkeys(keys))
    return {key: picture for each in _sources if wanted for key, picture in each(wanted).items()}
