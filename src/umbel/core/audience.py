"""Who may see a row, and who keeps it. A row names one audience; a person belongs to several, and has one role."""

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Any

import rules
from django.apps import apps
from django.db import models
from django.http import Http404
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


class Role(models.TextChoices):
    """The work that somebody does in the secretariat; most accounts have none."""

    NONE = "", _("none")
    SECRETARY_GENERAL = "secretary_general", _("secretary general")
    MEMBERSHIP = "membership", _("membership officer")
    ADVOCACY = "advocacy", _("advocacy officer")
    COMMUNICATION = "communication", _("communication officer")
    FINANCE = "finance", _("finance officer")
    ADMINISTRATOR = "administrator", _("administrator")


KEEP_EVERYTHING = frozenset({Role.SECRETARY_GENERAL, Role.ADMINISTRATOR})

Reason = Callable[[Any, models.Model], str]
Grant = Callable[[Any], Iterable[str]]
Circle = Callable[[Any, type[models.Model]], dict[str, Any] | None]
_grants: list[tuple[frozenset[str], Grant]] = []
_circles: list[tuple[str, Circle]] = []
_reasons: list[tuple[str, Reason]] = []
_ends: list[Callable[[Any], bool]] = []


def grant(*audiences: str) -> Callable[[Grant], Grant]:
    """Register a function that tells which of some audiences a signed-in user belongs to.

    Apps that know why somebody belongs (a post in a member organisation, a mandate on the board) declare it in
    their `rules.py` or `chronicle.py`. The widest are asked first; nobody is asked about what is known already.
    """

    def register(source: Grant) -> Grant:
        _grants.append((frozenset(audiences), source))
        _grants.sort(key=lambda each: len(each[0]), reverse=True)
        return source

    return register


def circle(audience: str) -> Callable[[Circle], Circle]:
    """Register a function that tells which rows of an audience one sees without belonging to all of it.

    The participants of a group see what is meant for the participants of that group only. The function takes a
    signed-in user and a model; it returns the lookups that keep the rows of the user's own circle, or `None` for a
    model that has none. The parts of a row follow from the row that they belong to.
    """

    def register(source: Circle) -> Circle:
        _circles.append((audience, source))
        return source

    return register


def ends_role(source: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Register a function that tells that the work behind the role of a user is over, whatever the account says."""
    _ends.append(source)
    return source


def role_of(user: Any) -> str:
    """Return the role that a user has today: that of the account, none once the work behind it is over."""
    role: str = getattr(user, "role", Role.NONE)
    if not role:
        return Role.NONE
    known: str | None = getattr(user, "_role", None)
    if known is None:
        known = user._role = Role.NONE if any(is_over(user) for is_over in _ends) else role
    return known


def reason(audience: str) -> Callable[[Reason], Reason]:
    """Register a function that tells a user in words why they see a row of an audience; "" where it is not why."""

    def register(source: Reason) -> Reason:
        _reasons.append((audience, source))
        return source

    return register


def why(user: Any, row: models.Model) -> str:
    """Return why a user sees a row: "Because COCETA is a member"."""
    audience = audience_of(row)
    if audience == Audience.PUBLIC:
        return str(_("Open to everybody"))
    whole = whole_of(row)
    told = (source(user, whole) for named, source in _reasons if named == audience)
    return next(filter(None, told), str(_("Because you work in the secretariat")) if is_secretariat(user) else "")


def circled(user: Any) -> frozenset[str]:
    """Return the audiences of which a user may see some rows without belonging to them."""
    is_known = user is not None and user.is_authenticated
    return frozenset(audience for audience, _source in _circles) if is_known else frozenset()


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
    known: frozenset[str] | None = getattr(user, "_audiences", None)
    if known is None:
        known = frozenset({Audience.PUBLIC})
        for given, source in _grants:
            known = known if given <= known else known.union(source(user))
        user._audiences = known
    return known


def audience_of(row: models.Model) -> str:
    """Return the audience of a row, which a part takes from its whole."""
    path = getattr(row, "audience_path", "audience").split("__")
    return str(reduce(getattr, path, row))


def whole_of(row: models.Model) -> models.Model:
    """Return the record from which a row takes its audience: itself, or the whole that it is a part of."""
    *path, _audience = getattr(row, "audience_path", "audience").split("__")
    whole: models.Model = reduce(getattr, path, row)
    return whole


def visible_rows(user: Any, model: type[Any], path: str = "") -> models.Q:
    """Return the condition that a row of a model is seen by a user: by its audience, or as one of the user's circle.

    `path` leads to the row from those that are asked for ("organisation").
    """
    mine, to = audiences_of(user), f"{path}__" if path else ""
    seen = models.Q(**{f"{to}{model.audience_path}__in": mine})
    for lookups in _lookups(user, model, mine):
        seen |= models.Q(**{f"{to}{name}": value for name, value in lookups.items()})
    return seen


def _lookups(user: Any, model: type[Any], mine: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield, for each circle to whose audience the user does not belong, what keeps the rows of the user's own."""
    if user is None or not user.is_authenticated:
        return
    for audience, source in _circles:
        if audience not in mine:
            for lookups in _own_rows(source, user, model):
                yield {model.audience_path: audience, **lookups}


def _own_rows(source: Circle, user: Any, model: type[Any]) -> Iterator[dict[str, Any]]:
    """Yield the lookups of a circle: on the model itself, and through the rows to which a part belongs."""
    path: list[str] = []
    for step in ["", *model.audience_path.split("__")[:-1]]:
        if step:
            path.append(step)
            model = model._meta.get_field(step).related_model
        if lookups := source(user, model):
            yield {"__".join([*path, name]): value for name, value in lookups.items()}


@rules.predicate
def is_in_audience(user: Any, row: models.Model | None) -> bool:
    """A person sees a row when its audience is one of theirs, or when it is meant for their own circle."""
    if row is None:
        return False
    mine, audience = audiences_of(user), audience_of(row)
    if audience in mine:
        return True
    if audience not in {named for named, _source in _circles} or row.pk is None:
        return False
    own = reduce(models.Q.__or__, (models.Q(**each) for each in _lookups(user, type(row), mine)), models.Q(pk__in=[]))
    return bool(type(row)._default_manager.filter(own, pk=row.pk).exists())


@rules.predicate
def is_secretariat(user: Any) -> bool:
    """Members of the secretariat see the desk."""
    return Audience.SECRETARIAT in audiences_of(user)


def keeps(user: Any, app: str, roles: tuple[str, ...] | None = None) -> bool:
    """Tell whether a user keeps the records of an app (its label): by role, as the app says in `kept_by`.

    `roles` stand in the place of those of the app, for a kind of record that others keep.
    """
    if user is None or not user.is_authenticated:
        return False
    role = role_of(user)
    return user.is_superuser or role in KEEP_EVERYTHING or role in (kept_by(app) if roles is None else roles)


def kept_by(app: str) -> tuple[str, ...]:
    """Return the roles that keep the records of an app (its label), beside those who keep everything."""
    return getattr(apps.get_app_config(app), "kept_by", ())


def keeper_of(app: str, roles: tuple[str, ...] | None = None) -> Any:
    """Return the predicate by which the records of an app, or of `roles`, are added, changed and deleted.

    Nobody changes a row that they may not see.
    """

    @rules.predicate(name=f"keeps_{app}")  # type: ignore[no-untyped-call]  # -- rules has no types
    def is_kept(user: Any, row: models.Model | None) -> bool:
        return keeps(user, app, roles) and (row is None or row.pk is None or is_in_audience(user, row))

    return is_kept


def require(user: Any, permission: str, row: models.Model | None = None) -> None:
    """Raise `Http404` unless the user has a permission by its full name, on a row where it is about one."""
    if not user.has_perm(permission, row):
        raise Http404(permission)
