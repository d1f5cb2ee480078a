"""Who may see a row. A row names one audience; a person belongs to several."""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

import rules
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The circles for whom a record can be meant, from the widest to the narrowest."""

    PUBLIC = "public", _("public")
    MEMBERS = "members", _("members")
    PARTICIPANTS = "participants", _("participants of a group or body")
    BOARD = "board", _("board")
    SECRETARIAT = "secretariat", _("secretariat")
    FUNDER = "funder", _("funder")
    ADMINISTRATOR = "administrator", _("administrator")


Grant = Callable[[Any], Iterable[str]]
_grants: list[Grant] = []


def grant(source: Grant) -> Grant:
    """Register a function that tells which audiences a signed-in user belongs to, beyond the public.

    Apps that know why somebody belongs (a post in a member organisation, a mandate on the board) declare it in
    their `chronicle.py`.
    """
    _grants.append(source)
    return source


class Operator:
    """Whoever runs a command on the machine sees everything."""

    is_authenticated = True
    is_superuser = True


def audiences_of(user: Any) -> frozenset[str]:
    """Return the audiences of a user; `None` and anonymous visitors are the public."""
    if user is None or not user.is_authenticated:
        return frozenset({Audience.PUBLIC})
    if user.is_superuser:
        return frozenset(Audience.values)
    known: frozenset[str] | None = user.__dict__.get("_audiences")
    if known is None:
        known = frozenset({Audience.PUBLIC}.union(*(source(user) for source in _grants)))
        user.__dict__["_audiences"] = known
    return known


def audience_of(row: models.Model) -> str:
    """Return the audience of a row, which a part takes from its whole."""
    path = getattr(row, "audience_path", "audience").split("__")
    return str(reduce(getattr, path, row))


@rules.predicate
def is_in_audience(user: Any, row: models.Model | None) -> bool:
    """A person sees a row when its audience is one of theirs."""
    return row is not None and audience_of(row) in audiences_of(user)


@rules.predicate
def is_secretariat(user: Any) -> bool:
    """Members of the secretariat keep the records."""
    return Audience.SECRETARIAT in audiences_of(user)
