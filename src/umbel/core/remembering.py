"""What follows from the records and takes long to find out: a process remembers it for each state of the records."""

import pickle
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db.models.expressions import RawSQL
from django.utils import timezone

Kind = TypeVar("Kind")

USERS = 4_000_000
"""How many bytes of what was found out about users are kept in a process."""


def last_seal() -> RawSQL:
    """Return the seal of the last line of the change log, which no other state of the records has, as an expression."""
    return RawSQL("SELECT hash FROM core_change ORDER BY id DESC LIMIT 1", [])


class Store(Generic[Kind]):
    """What was made lately, by what it was made from; beyond `size` what was not asked for longest is thrown away."""

    def __init__(self, size: int) -> None:
        self.size, self.lock = size, Lock()
        self.weight = 0
        self.kept: OrderedDict[Any, tuple[Kind, int]] = OrderedDict()

    def get(self, key: Any) -> Kind | None:
        with self.lock:
            if key not in self.kept:
                return None
            self.kept.move_to_end(key)
            return self.kept[key][0]

    def put(self, key: Any, made: Kind, weight: int = 1) -> Kind:
        with self.lock:
            self.weight += weight - self.kept.pop(key, (None, 0))[1]
            self.kept[key] = made, weight
            while self.weight > self.size:
                self.weight -= self.kept.popitem(last=False)[1][1]
        return made


_users: Store[bytes] = Store(USERS)


def of_user(user: Any, name: str, find: Callable[[], Kind]) -> Kind:
    """Return what `find` finds out about a user, asked once as long as no record changes and the day lasts.

    Each asks for a copy of their own. A user whose `seal` is not known, who was not read by a session, is asked about
    each time.
    """
    seal = getattr(user, "seal", None)
    if not seal:
        return find()
    key = seal, timezone.localdate(), user.pk, name
    if (kept := _users.get(key)) is not None:
        return pickle.loads(kept)  # type: ignore[no-any-return]  # noqa: S301 -- this process wrote it
    found = find()
    copy = pickle.dumps(found)
    _users.put(key, copy, len(copy))
    return found
