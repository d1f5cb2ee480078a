"""Who can sign in: an account for each role of the secretariat, for the other seats around it, for representatives."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from umbel.accounts.models import User
from umbel.core.audience import Role
from umbel.core.periods import Period
from umbel.governance.models import Body
from umbel.groups.models import Participant
from umbel.network.models import Organisation, Person, Post
from umbel.website.generation.people import Crowd
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf

REPRESENTATIVES, AFFILIATES, BOARD = 40, 5, 3
ROLES = [role for role in Role if role != Role.NONE]


def fill(plan: Plan, shelf: Shelf, crowd: Crowd, board: Body, funder: Organisation) -> None:
    """Make accounts such as `membership@example.org` and `representative-1@example.org`, without passwords."""
    shelf.add([_user(plan, "reader"), _user(plan, "superuser", is_superuser=True, is_staff=True)])
    roles = shelf.add([_user(plan, role.value.replace("_", "-"), role=role) for role in ROLES])
    _seat(zip(crowd.staff, roles, strict=False))
    seated = set(board.mandates.values_list("person", flat=True))
    free = [person for person, _ in crowd.representatives if person not in seated]
    _seat_at(plan, shelf, "representative", free[:REPRESENTATIVES])
    _seat_at(plan, shelf, "affiliate", [person for person, _ in crowd.affiliates[:AFFILIATES]])
    on_board = board.mandates.in_force(Period.year(plan.year))
    _seat_at(plan, shelf, "board", list(on_board.values_list("person", flat=True)[:BOARD]))
    in_groups = Participant.objects.in_force(Period.year(plan.year)).filter(person__user=None)
    _seat_at(plan, shelf, "participant", list(in_groups.values_list("person", flat=True)[:1]))
    at_funder = Post.objects.filter(organisation=funder, end=None, person__user=None)
    _seat_at(plan, shelf, "funder", list(at_funder.values_list("person", flat=True)[:1]))


def _user(plan: Plan, name: str, **fields: Any) -> User:
    email = f"{name}@example.org"
    joined = datetime(plan.year, 1, 1, tzinfo=UTC)
    return User(
        email=email,
        name=name.replace("-", " ").title(),
        password=UNUSABLE_PASSWORD_PREFIX,
        date_joined=joined,
        **fields,
    )


def _seat_at(plan: Plan, shelf: Shelf, seat: str, people: list[int]) -> None:
    users = shelf.add([_user(plan, f"{seat}-{number}") for number, _ in enumerate(people, start=1)])
    _seat(zip(people, users, strict=True))


def _seat(pairs: Iterable[tuple[int, User]]) -> None:
    for person, user in pairs:
        user.vouch()
        Person.objects.filter(pk=person).update(user=user)
