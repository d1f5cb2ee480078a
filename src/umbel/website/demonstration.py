"""The cast of the demonstration: an account for each seat around the confederation, to be taken without a password.

Nobody of them is real: names say the function, addresses end in example.org. They are kept out of what the public sees.
"""

from typing import Any

from umbel.accounts.models import User
from umbel.core.audience import Audience, Role
from umbel.governance.models import Mandate
from umbel.groups.models import Group, Participant
from umbel.network.models import Organisation, OrganisationLink, Person, Post
from umbel.network.rules import today
from umbel.projects.models import Grant

SEATS = {
    Role.SECRETARY_GENERAL: "Secretary general",
    Role.MEMBERSHIP: "Membership officer",
    Role.ADVOCACY: "Advocacy officer",
    Role.COMMUNICATION: "Communication officer",
    Role.FINANCE: "Finance officer",
    Role.ADMINISTRATOR: "Administrator",
}


def assemble() -> list[User]:
    """Make the cast beside the records that are loaded, or find it again; return the accounts."""
    staff = [_user(str(role), name, "works in the secretariat", role=role) for role, name in SEATS.items()]
    return [*staff, *_representatives(), *_affiliates(), *_board(), *_participants(), *_funders(), _reader()]


def _user(key: str, name: str, note: str, **fields: Any) -> User:
    email = f"{key.replace('_', '-')}@example.org"
    user, _made = User.objects.update_or_create(
        email=email, defaults={"name": name, "preferences": {"demo": note}, **fields}
    )
    user.set_unusable_password()
    user.save()
    user.vouch()
    return user


def _sitting(key: str, name: str, note: str, organisation: Organisation) -> User:
    user = _user(key, name, note)
    person, _made = Person.objects.update_or_create(
        key=f"demo-{key}", defaults={"name": name, "audience": Audience.SECRETARIAT, "user": user}
    )
    Post.objects.update_or_create(
        person=person, organisation=organisation, title="Representative", kind=Post.Kind.REPRESENTATIVE
    )
    return user


def _representatives() -> list[User]:
    members = Organisation.objects.members(today()).order_by("key")[:2]
    return [
        _sitting(f"representative-{each.key}", f"Representative of {each}", "speaks for a member", each)
        for each in members
    ]


def _affiliates() -> list[User]:
    """Add a cooperative affiliated to a member, where the records hold none."""
    found = []
    for member in Organisation.objects.members(today()).order_by("key")[:1]:
        cooperative, _made = Organisation.objects.get_or_create(
            key="demo-cooperative",
            defaults={
                "name": "Demonstration Cooperative",
                "kind": Organisation.Kind.ENTERPRISE,
                "country": member.country,
                "audience": Audience.MEMBERS,
            },
        )
        OrganisationLink.objects.get_or_create(child=cooperative, parent=member, kind=OrganisationLink.Kind.AFFILIATED)
        found.append(
            _sitting("affiliate", "Cooperative affiliated to a member", f"affiliated to {member}", cooperative)
        )
    return found


def _board() -> list[User]:
    """Give an account to somebody who holds a mandate; another mandate would change the figures."""
    seats = Mandate.objects.board().in_force(today()).select_related("person").order_by("order", "pk")
    for person in [seat.person for seat in seats][-1:]:
        user = _user("board-member", "Member of the Board", "holds a mandate on the Board")
        Person.objects.filter(pk=person.pk).update(user=user)
        return [user]
    return []


def _participants() -> list[User]:
    found = []
    expert = Organisation.objects.filter(kind=Organisation.Kind.RESEARCH).order_by("key").first()
    for group in Group.objects.working().order_by("key")[:1]:
        user = _user("participant", "Participant of a working group", f"takes part in {group}")
        person, _made = Person.objects.update_or_create(
            key="demo-participant", defaults={"name": user.name, "audience": Audience.SECRETARIAT, "user": user}
        )
        Participant.objects.update_or_create(group=group, person=person, defaults={"organisation": expert})
        found.append(user)
    return found


def _funders() -> list[User]:
    grants = Grant.objects.select_related("funder").order_by("key")[:1]
    return [
        _sitting("funder", f"Project officer of {grant.funder}", f"funds {grant}", grant.funder) for grant in grants
    ]


def _reader() -> User:
    return _user("reader", "Reader", "has an account and no rights")
