"""Pages of the desk that are no list of records: imports, users, outbox, bin. Apps declare theirs in `desk.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from umbel.core.audience import is_secretariat


@dataclass(frozen=True)
class Room:
    """A page in the navigation of the desk: the name of its address, what it is called, who may come in."""

    name: str
    label: Any
    icon: str
    may: Callable[[Any], bool] = is_secretariat
    group: str = "settings"

    @property
    def url(self) -> str:
        return reverse(self.name)


_rooms: list[Room] = []


def room(
    name: str, label: Any, icon: str, may: Callable[[Any], bool] = is_secretariat, group: str = "settings"
) -> Room:
    """Put a page into the navigation of the desk; see `Room`."""
    made = Room(name, label, icon, may, group)
    _rooms.append(made)
    return made


def rooms_for(user: Any, group: str) -> list[Room]:
    """Return the pages of a group of the navigation that a person may open."""
    return [each for each in _rooms if each.group == group and each.may(user)]
