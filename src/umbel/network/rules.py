"""Who speaks for whom in the network, today: rights follow from posts in force and are stored nowhere."""

from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from umbel.accounts.doors import MEMBER_AREA, door
from umbel.core.audience import Audience, circle, grant
from umbel.core.periods import Period
from umbel.network.models import Membership, Organisation, OrganisationLink, OrganisationQuerySet, Person, Post


def today() -> Period:
    """Return the present year as at this day."""
    day = timezone.localdate()
    return Period.year(day.year).as_at(day)


def posts_of(user: Any) -> Any:
    """Return the posts that a user holds today, wherever."""
    return Post.objects.in_force(today()).filter(person__user=user)


def speaks_for_member(user: Any) -> bool:
    """Tell whether the user holds a post today in an organisation that is a member today."""
    members = Membership.objects.in_force(today()).values("organisation")
    return bool(posts_of(user).filter(organisation__in=members).exists())


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


def people_without_account(organisations: Any) -> Any:
    """Return the people who hold a post today in one of some organisations and have no account yet."""
    posts = Post.objects.in_force(today()).filter(organisation__in=organisations)
    return Person.objects.filter(user=None, pk__in=posts.values("person"))


@grant
def members(user: Any) -> set[str]:
    """Whoever holds a post today in an organisation that is a member today belongs to the members."""
    return {Audience.MEMBERS} if speaks_for_member(user) else set()


@circle(Audience.MEMBERS)
def own_organisation(user: Any, model: type[Model]) -> dict[str, Any] | None:
    """An affiliated cooperative sees what is recorded of itself and of its own people."""
    if model is Organisation:
        return {"pk__in": organisations_of(user).values("pk")}
    if model is Person:
        posts = Post.objects.in_force(today()).filter(organisation__in=organisations_of(user).values("pk"))
        return {"pk__in": posts.values("person")}
    return None


@door(MEMBER_AREA)
def has_an_organisation(user: Any) -> bool:
    return bool(organisations_of(user).exists())
