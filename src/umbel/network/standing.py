"""What lists tell and ask of organisations and people today: category, first contact, post, membership on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Value

from umbel.core.crud.filters import Filter, Rows, number_in, read_day
from umbel.core.crud.prepared import Numbers, Prepared
from umbel.core.crud.seen import Told, seen, seen_at
from umbel.core.models import MembershipCategory
from umbel.core.periods import Period
from umbel.network.models import Membership, Organisation, Person, Post


def _standing(numbers: Numbers, today: Period, category: Told, person: Q) -> Any:
    members = Membership.objects.in_force(today).filter(organisation__pk__among=numbers).order_by()
    posts = Post.objects.in_force(today).filter(person, organisation__pk__among=numbers).order_by()
    told = members.values_list(Value("category"), "organisation", Value(0), category)
    return told.union(posts.values_list(Value("contact"), "organisation", "order", "person__name"), all=True)


STANDING = Prepared(_standing)


def standing(numbers: Sequence[int], user: Any) -> dict[str, dict[int, Any]]:
    """Return the category in which organisations are members today, `None` where it is not recorded; and who holds
    the first post there of those that a person may see.
    """
    found: dict[str, dict[int, Any]] = {"category": {}, "contact": {}}
    rows = STANDING.rows(
        numbers, read_day("today"), seen("category__name", Membership, user), seen_at("person", Person, user)
    )
    for name, number, _order, text in sorted(rows, key=lambda row: (row[2], row[3] or "")):
        found[name].setdefault(number, text)
    return found


def functions(numbers: Sequence[int], user: Any) -> dict[str, dict[int, Any]]:
    """Return what people are today: their first post and where it is, if a person may see the place."""
    posts = Post.objects.in_force(read_day("today")).filter(person__in=numbers).order_by("-order", "-pk")
    found: dict[str, dict[int, Any]] = {"post": {}, "organisation": {}}
    organisation_name = seen("organisation__name", Post, user)
    for number, title, organisation in posts.values_list("person", "title", organisation_name):
        found["post"][number], found["organisation"][number] = title, organisation
    return found


@dataclass(frozen=True)
class MemberOn(Filter):
    """Organisations that are members on a day."""

    widget: str = "text"

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        members = Membership.objects.in_force(read_day(value))
        return rows.filter(pk__in=members.values("organisation"))


@dataclass(frozen=True)
class MemberAs(Filter):
    """Organisations that are members today in a category."""

    def options(self, user: Any) -> Sequence[tuple[str, Any]]:
        rows = MembershipCategory.objects.visible_to(user)
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        members = Membership.objects.in_force(read_day("today")).filter(category=number_in(value) or 0)
        return rows.filter(pk__in=members.values("organisation"))


INSTITUTIONS = Q(kind__in=(Organisation.Kind.INSTITUTION, Organisation.Kind.BODY, Organisation.Kind.AUTHORITY))
