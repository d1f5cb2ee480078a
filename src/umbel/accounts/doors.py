"""Where somebody arrives after signing in: each app that has a room for them says so."""

from collections.abc import Callable
from typing import Any

from umbel.core.audience import is_secretariat

DESK, MEMBER_AREA, FRONT = "/desk/", "/my/", "/"
NETWORK = "/my/directory/"
"""What the member area holds for the network itself: directory, groups, calendar. Whoever only pays has none."""

Door = Callable[[Any], bool]
_doors: list[tuple[str, Door]] = [(room, is_secretariat) for room in (DESK, MEMBER_AREA, NETWORK)]


def door(path: str) -> Callable[[Door], Door]:
    """Register a function that tells whether a path of the site is where a user belongs."""

    def register(opens: Door) -> Door:
        _doors.append((path, opens))
        return opens

    return register


def may_enter(path: str, user: Any) -> bool:
    """Tell whether a user belongs in the room at a path."""
    return any(opens(user) for each, opens in _doors if each == path)


def door_of(user: Any) -> str:
    """Return the path where a user arrives: the desk, the member area, else the front page."""
    return next((path for path in (DESK, MEMBER_AREA) if may_enter(path, user)), FRONT)
