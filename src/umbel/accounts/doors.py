"""Where somebody arrives after signing in: each app that has a room for them says so."""

from collections.abc import Callable
from typing import Any

from django.urls import Resolver404, resolve

from umbel.core.audience import is_secretariat

DESK, MEMBER_AREA, FRONT = "/desk/", "/my/", "/"

Door = Callable[[Any], bool]
_doors: list[tuple[str, Door]] = [(DESK, is_secretariat)]


def door(path: str) -> Callable[[Door], Door]:
    """Register a function that tells whether a path of the site is where a user belongs; the first that fits leads."""

    def register(opens: Door) -> Door:
        _doors.append((path, opens))
        return opens

    return register


def door_of(user: Any) -> str:
    """Return the path where a user arrives: the desk, the member area, else the front page."""
    return next((path for path, opens in _doors if _leads_somewhere(path) and opens(user)), FRONT)


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
