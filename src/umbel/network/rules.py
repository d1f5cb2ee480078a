"""Who speaks for whom in the network, today: rights follow from posts in force and are stored nowhere."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import rules
from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.accounts.doors import MEMBER_AREA, NETWORK, door
from umbel.accounts.models import User
from umbel.accounts.seats import seat
from umbel.core.audience import Audience, Role, circle, ends_role, grant, is_in_audience, keeps, reason
from umbel.core.periods import Period
from umbel.core.records import is_in_force, is_over
from umbel.core.remembering import of_user
from umbel.network.models import Fee, Membership, Organisation, OrganisationLink, OrganisationQuerySet, Person, Post

_standings: dict[str, Callable[[], Any]] = {}


def today() -> Period:
    """Return the present year as at this day."""
    day = timezone.localdate()
    return Period.year(day.year).as_at(day)


def posts_of(user: Any) -> Any:
    """Return the posts that a user holds today, wherever."""
    return Post.objects.in_force(today()).filter(person__user=user)


def speaks_for_member(user: Any) -> bool:
    """Tell whether the user holds a post today in an organisation that is a member today."""
    return any(post.is_held and post.is_at_member for post in posts_ever(user))


def posts_ever(user: Any) -> list[Any]:
    """Return all posts of a user with their standing today, asked for once.

    Of each is known whether it is held (`is_held`), whether it is held or still to come (`is_going`), whether its
    organisation is a member (`is_at_member`) or affiliated to one (`is_at_affiliate`), and what apps declared with
    `standing`.
    """
    known: list[Any] | None = getattr(user, "_posts", None)
    if known is None:
        known = user._posts = of_user(user, "posts", lambda: list(_posts(today()).filter(person__user=user)))
        for post in known:
            post.is_held = is_in_force(post.start, post.end, today().on)
            post.is_going = not is_over(post.end, today().on)
    return known


def standing(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register what else is asked of the organisation in which a post is held, with the same query.

    The function returns an expression over posts; what it comes to stands on each of `posts_ever` under the name.
    """

    def register(asked: Callable[[], Any]) -> Callable[[], Any]:
        _standings[name] = asked
        return asked

    return register


@lru_cache(maxsize=1)
def _posts(day: Period) -> Any:
    """Return all posts with what their organisations are on a day, unasked: putting the question takes long."""
    members = Membership.objects.in_force(day)
    links = OrganisationLink.objects.in_force(day).filter(
        Exists(members.filter(organisation=OuterRef("parent"))), kind=OrganisationLink.Kind.AFFILIATED
    )
    return (
        Post.objects.select_related("organisation")
        .order_by("organisation__name", "pk")
        .annotate(
            is_at_member=Exists(members.filter(organisation=OuterRef("organisation"))),
            is_at_affiliate=Exists(links.filter(child=OuterRef("organisation"))),
            **{name: asked() for name, asked in _standings.items()},
        )
    )


def own_organisations(user: Any) -> list[Organisation]:
    """Return the organisations for which a user speaks today by name, the same as `organisations_of`.

    Of each is known whether it is a member (`is_member`).
    """
    found: dict[int, Organisation] = {}
    for post in posts_ever(user) if user.is_authenticated else ():
        if post.is_held and (post.is_at_member or post.is_at_affiliate):
            post.organisation.is_member = post.is_at_member
            found.setdefault(post.organisation_id, post.organisation)
    return list(found.values())


@ends_role
def has_left(user: Any) -> bool:
    """Tell that a user held posts in the confederation's own organisation, all of which are over."""
    ever = posts_ever(user) if user.pk else []
    own = [post for post in ever if post.organisation.kind == Organisation.Kind.SELF]
    return bool(own) and not any(post.is_going for post in own)


def roles_without_end() -> Any:
    """Return the open accounts whose role no post in the confederation's own organisation will end."""
    own = Post.objects.own().filter(person__user=OuterRef("pk"))
    return User.objects.exclude(role=Role.NONE).filter(~Exists(own), is_active=True, is_superuser=False)


def organisations_of(user: Any) -> OrganisationQuerySet:
    """Return the organisations for which a user speaks today: members, and cooperatives affiliated to a member.

    The user holds a post in force there; membership and affiliation are in force too. Of a visitor: none.
    """
    if not user.is_authenticated:
        found: OrganisationQuerySet = Organisation.objects.none()
        return found
    members = Membership.objects.in_force(today()).values("organisation")
    links = OrganisationLink.objects.in_force(today()).filter(kind=OrganisationLink.Kind.AFFILIATED, parent__in=members)
    own = Organisation.objects.filter(pk__in=posts_of(user).values("organisation"))
    found = own.filter(Q(pk__in=members) | Q(pk__in=links.values("child")))
    return found


def people_of(organisations: Any) -> Any:
    """Return the people who hold a post today in one of some organisations."""
    posts = Post.objects.in_force(today()).filter(organisation__in=organisations)
    return Person.objects.filter(pk__in=posts.values("person"))


def people_without_account(organisations: Any) -> Any:
    """Return those of them who have no account yet."""
    return people_of(organisations).filter(user=None)


@grant(Audience.MEMBERS)
def members(user: Any) -> set[str]:
    """Whoever holds a post today in an organisation that is a member today belongs to the members."""
    return {Audience.MEMBERS} if speaks_for_member(user) else set()


@circle(Audience.MEMBERS)
def own_organisation(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """An affiliated cooperative sees what is recorded of itself and of its own people."""
    if model not in (Organisation, Person):
        return None
    own = [organisation.pk for organisation in own_organisations(user)]
    if model is Organisation:
        return {"pk__in": own}
    return {"pk__in": Post.objects.in_force(today()).filter(organisation__in=own).values("person")}


@reason(Audience.MEMBERS)
def speaks_for_somebody(user: Any, _row: Model) -> str:
    """Name the organisation by which a user sees what is meant for members."""
    own: list[Any] = own_organisations(user)
    for organisation in own:
        if organisation.is_member:
            return _("Because %(organisation)s is a member") % {"organisation": organisation}
    return _("Because it is about %(organisation)s") % {"organisation": own[0]} if own else ""


@circle(Audience.PARTICIPANTS)
def own_fees(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """Whoever speaks for an organisation sees its fees."""
    own = [organisation.pk for organisation in own_organisations(user)]
    return {"organisation__in": own} if model is Fee and own else None


@reason(Audience.PARTICIPANTS)
def owes_it(user: Any, row: Model) -> str:
    """Name the organisation for which a user sees a fee."""
    if isinstance(row, Fee) and row.organisation in own_organisations(user):
        return _("Because you speak for %(organisation)s") % {"organisation": row.organisation}
    return ""


@seat(Audience.MEMBERS)
@door(NETWORK)
@door(MEMBER_AREA)
def has_an_organisation(user: Any) -> bool:
    return bool(own_organisations(user))


@rules.predicate
def may_know_of(user: Any, proposal: Any) -> bool:
    """Whoever keeps the network knows what is proposed for organisations that they see, anybody else their own."""
    if proposal is None or not user.is_authenticated:
        return False
    if keeps(user, "network"):
        return bool(is_in_audience(user, proposal.organisation))
    return bool(proposal.made_by_id == user.pk)


rules.add_perm("network.view_proposal", may_know_of)  # type: ignore[no-untyped-call]  # -- rules has no types
