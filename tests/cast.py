"""Who acts in the tests: one person for each seat around the confederation."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from tests import factories
from umbel.accounts.models import User
from umbel.core.audience import Role
from umbel.network.models import Organisation

SECRETARIAT = (
    "secretary_general",
    "membership",
    "advocacy",
    "communication",
    "finance",
    "administrator",
)
SEATS = (
    *SECRETARIAT,
    "board",
    "representative_a",
    "representative_b",
    "affiliate",
    "participant",
    "funder",
    "reader",
    "nobody",
    "superuser",
)


@dataclass(frozen=True)
class Cast:
    """The people by seat, and the organisations in which they sit; `secretariat` is the secretary general."""

    people: dict[str, User | AnonymousUser]
    member_a: Organisation
    member_b: Organisation
    cooperative: Organisation

    def __getattr__(self, seat):
        if seat not in SEATS and seat != "secretariat":
            raise AttributeError(seat)
        return self.people[seat]


def assemble() -> Cast:
    """Make members A and B, a cooperative affiliated to A, a group, a funder, and somebody for each seat."""
    member_a = factories.OrganisationFactory(key="member-a", name="Member A")
    member_b = factories.OrganisationFactory(key="member-b", name="Member B", country="IT")
    cooperative = factories.OrganisationFactory(key="cooperative", name="Cooperative", kind="enterprise")
    expert = factories.OrganisationFactory(key="expert", name="Expert", kind="university")
    funder = factories.OrganisationFactory(key="funder", name="Funder", kind="institution")
    for member in (member_a, member_b):
        factories.MembershipFactory(organisation=member, start="2020")
    factories.OrganisationLinkFactory(child=cooperative, parent=member_a)
    factories.GrantFactory(key="grant", funder=funder)
    people = {seat: _user(seat, role=Role(seat)) for seat in SECRETARIAT} | {
        "board": _user("board"),
        "representative_a": _sitting("representative_a", member_a),
        "representative_b": _sitting("representative_b", member_b),
        "affiliate": _sitting("affiliate", cooperative),
        "participant": _sitting("participant", expert),
        "funder": _sitting("funder", funder),
        "reader": _user("reader"),
        "nobody": AnonymousUser(),
        "superuser": _user("superuser", is_superuser=True, is_staff=True),
    }
    people["secretariat"] = people["secretary_general"]
    member_of_the_board = factories.PersonFactory(key="board", user=people["board"])
    board = factories.BodyFactory(key="board")
    factories.MandateFactory(body=board, person=member_of_the_board, organisation=member_b, start="2020")
    group = factories.GroupFactory(key="group")
    factories.ParticipantFactory(group=group, person=people["participant"].person, organisation=expert)
    return Cast(people, member_a, member_b, cooperative)


def end(rows, day) -> None:
    """End posts, mandates or memberships on a day as a form does: each is saved, and stands in the change log."""
    for row in rows:
        row.end = day
        row.save()


def _user(name: str, **fields) -> User:
    user = factories.UserFactory(email=f"{name}@example.org", **fields)
    user.vouch()
    return user


def _sitting(name: str, organisation: Organisation) -> User:
    user = _user(name)
    person = factories.PersonFactory(key=name.replace("_", "-"), user=user)
    factories.PostFactory(person=person, organisation=organisation)
    return user
