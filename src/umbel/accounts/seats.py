"""The seats around the confederation whose people can be asked for a second step: each app says who sits there."""

from collections.abc import Callable, Collection
from typing import Any

from umbel.core.audience import Audience

SEATS = frozenset({Audience.BOARD, Audience.MEMBERS, Audience.PARTICIPANTS, Audience.FUNDER})

Taken = Callable[[Any], Any]
_seats: list[tuple[str, Taken]] = []


def seat(name: str) -> Callable[[Taken], Taken]:
    """Register a function that tells whether a user has a seat by what they are in the network, not by role."""

    def register(is_taken: Taken) -> Taken:
        _seats.append((name, is_taken))
        return is_taken

    return register


def sits_in(names: Collection[str], user: Any) -> bool:
    """Tell whether a user has one of some seats today."""
    return any(is_taken(user) for name, is_taken in _seats if name in names)
