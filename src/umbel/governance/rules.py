"""Who governs, today."""

from functools import lru_cache
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext as _

from umbel.accounts.doors import MEMBER_AREA, NETWORK, door
from umbel.accounts.seats import seat
from umbel.core.audience import Audience, circle, grant, reason
from umbel.core.periods import Period
from umbel.core.remembering import of_user
from umbel.events.models import Event
from umbel.governance.models import Body, Mandate, MandateQuerySet, Meeting, Poll, Resolution, Voter
from umbel.library.models import Document
from umbel.network.models import Membership
from umbel.network.rules import own_organisations, today

BODY_OF: dict[type[Model], str] = {Body: "pk__in", Meeting: "body__in", Event: "meeting__body__in"}


def mandates_of(user: Any) -> MandateQuerySet:
    """Return the mandates that a user holds today."""
    found: MandateQuerySet = Mandate.objects.in_force(today()).filter(person__user=user)
    return found


def _mandates(user: Any) -> list[Any]:
    """Return the mandates that a user holds today, asked for once; `is_for_member` says for whom each is held."""
    known: list[Any] | None = getattr(user, "_mandates", None)
    if known is None:
        known = user._mandates = of_user(user, "mandates", lambda: list(_held(today()).filter(person__user=user)))
    return known


def _bodies(user: Any) -> list[int]:
    return [mandate.body_id for mandate in _mandates(user)]


@lru_cache(maxsize=1)
def _held(day: Period) -> MandateQuerySet:
    """Return the mandates held on a day with whether that is for a member, unasked: putting the question takes long."""
    members = Membership.objects.in_force(day).filter(organisation=OuterRef("organisation"))
    rows = Mandate.objects.in_force(day).select_related("body", "organisation")
    held: MandateQuerySet = rows.annotate(is_for_member=Exists(members))
    return held


@seat(Audience.BOARD)
@grant(Audience.BOARD)
def sits_on_board(user: Any) -> set[str]:
    """Whoever holds a mandate on the Board today belongs to the board."""
    is_seated = any(mandate.body.kind == Body.Kind.BOARD for mandate in _mandates(user))
    return {Audience.BOARD} if is_seated else set()


@seat(Audience.MEMBERS)
@grant(Audience.MEMBERS)
def sits_for_a_member(user: Any) -> set[str]:
    """Whoever holds a mandate today for an organisation that is a member today belongs to the members."""
    return {Audience.MEMBERS} if any(mandate.is_for_member for mandate in _mandates(user)) else set()


@reason(Audience.MEMBERS)
def holds_it_for_a_member(user: Any, _row: Model) -> str:
    """Name the member for which a user holds a mandate."""
    for mandate in _mandates(user):
        if mandate.is_for_member:
            return _("Because %(organisation)s is a member") % {"organisation": mandate.organisation}
    return ""


@circle(Audience.PARTICIPANTS)
def own_bodies(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever holds a mandate in a body sees what is meant for that body."""
    path, bodies = BODY_OF.get(model), _bodies(user)
    return {path: bodies} if path and bodies else None


@reason(Audience.BOARD)
def sits_with_them(user: Any, _row: Model) -> str:
    """Say that a user sees what is meant for the Board as one of it."""
    return _("Because you sit on the Board") if sits_on_board(user) else ""


@circle(Audience.PARTICIPANTS)
def own_papers(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever holds a mandate in a body sees the papers of that body and of its meetings."""
    if model is not Document or not _bodies(user):
        return None
    bodies = Body.objects.filter(pk__in=_bodies(user))
    meetings = Meeting.objects.filter(body__in=bodies)
    return {"pk__in": Document.objects.of_any(bodies, meetings).values("pk")}


@reason(Audience.PARTICIPANTS)
def holds_a_mandate(user: Any, row: Model) -> str:
    """Name the body by which a user sees what is meant for it."""
    held = getattr(row, "record", row)
    held = getattr(held, "meeting", held)
    body = held if isinstance(held, Body) else getattr(held, "body", None)
    is_held = any(mandate.body_id == body.pk for mandate in _mandates(user)) if isinstance(body, Body) else False
    return _("Because you hold a mandate in %(body)s") % {"body": body} if is_held else ""


@seat(Audience.PARTICIPANTS)
@door(NETWORK)
@door(MEMBER_AREA)
def has_a_mandate(user: Any) -> bool:
    return bool(_mandates(user))


def own_votes(user: Any) -> Q:
    """Return the condition that a vote on a roll is the user's to cast: of a mandate of theirs, or of an organisation
    for which they speak.
    """
    own = [organisation.pk for organisation in own_organisations(user)]
    return Q(organisation__in=own) | Q(mandate__person__user=user)


def _members(user: Any) -> list[Any]:
    """Return the members for which a user speaks."""
    own: list[Any] = own_organisations(user)
    return [organisation for organisation in own if organisation.is_member]


@circle(Audience.PARTICIPANTS)
def own_polls(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever votes sees the vote: people with a mandate in the body, the members where the General Assembly votes.

    Who was on the roll sees it as long as they are of the network, whatever became of their mandate.
    """
    if model not in (Poll, Resolution):
        return None
    theirs = Q(body__in=_bodies(user))
    if _members(user):
        theirs |= Q(body__kind=Body.Kind.ASSEMBLY)
    if model is Poll:
        theirs |= Q(pk__in=Voter.objects.filter(own_votes(user)).values("poll"))
    return {"pk__in": model._default_manager.filter(theirs).values("pk")}


@reason(Audience.PARTICIPANTS)
def has_a_vote(user: Any, row: Model) -> str:
    """Name the member for which a user sees what the General Assembly votes on, or say that the user votes."""
    if not isinstance(row, Poll | Resolution):
        return ""
    own = _members(user)
    if own and row.body.kind == Body.Kind.ASSEMBLY:
        return _("Because %(organisation)s is a member") % {"organisation": own[0]}
    votes = Voter.objects.filter(own_votes(user), poll=row) if isinstance(row, Poll) else Voter.objects.none()
    return _("Because you have a vote") if votes.exists() else ""
