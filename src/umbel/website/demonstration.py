"""The cast of the demonstration: an account for each seat around the confederation, to be taken without a password.

Nobody of them is real: names say the function, addresses end in example.org. They are kept out of what the public sees.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from umbel.accounts.models import User
from umbel.core.audience import Audience, Role
from umbel.governance.models import Mandate
from umbel.groups.models import Group, Participant
from umbel.network.models import Organisation, OrganisationLink, Person, Post
from umbel.network.rules import today
from umbel.projects.models import Grant, Heading
from umbel.reports.freezing import freeze_grant
from umbel.reports.models import GrantReport

SEATS = {
    Role.SECRETARY_GENERAL: ("Secretary general", _("Keeps every record, publishes and invites.")),
    Role.MEMBERSHIP: ("Membership officer", _("Keeps organisations, people, bodies and groups; invites.")),
    Role.ADVOCACY: ("Advocacy officer", _("Keeps positions, policy files, engagements and events.")),
    Role.COMMUNICATION: ("Communication officer", _("Keeps stories, newsletters, pages, reports and events.")),
    Role.FINANCE: ("Finance officer", _("Keeps projects, grants and fees, and reads everything else.")),
    Role.ADMINISTRATOR: ("Administrator", _("Keeps everything, and gives roles to accounts.")),
}
REPRESENTATIVE = _("Speaks for a member: sees what is meant for members, and invites its people.")
AFFILIATE = _("Sees what is public, and what is on record of its own cooperative; invites its people.")
BOARD = _("Holds a mandate on the Board: sees what is meant for the board.")
PARTICIPANT = _("Sees what is meant for the participants of one working group.")
FUNDER = _("Sees one grant, and what proves its lines.")
READER = _("Has an account, and sees what is public.")


def assemble() -> list[User]:
    """Make the cast beside the records that are loaded, or find it again; return the accounts."""
    staff = [_user(str(role), name, may, role=role) for role, (name, may) in SEATS.items()]
    return [*staff, *_representatives(), *_affiliates(), *_board(), *_participants(), *_funders(), _reader()]


def _user(key: str, name: str, may: str, **fields: Any) -> User:
    email = f"{key.replace('_', '-')}@example.org"
    user, _made = User.objects.update_or_create(
        email=email, defaults={"name": name, "preferences": {"demo": may}, **fields}
    )
    user.set_unusable_password()
    user.save()
    user.vouch()
    return user


def _sitting(key: str, name: str, may: str, organisation: Organisation, audience: str = Audience.SECRETARIAT) -> User:
    user = _user(key, name, may)
    person, _made = Person.objects.update_or_create(
        key=f"demo-{key}", defaults={"name": name, "audience": audience, "user": user}
    )
    Post.objects.update_or_create(
        person=person, organisation=organisation, title="Representative", kind=Post.Kind.REPRESENTATIVE
    )
    return user


def _representatives() -> list[User]:
    members = Organisation.objects.members(today()).order_by("key")[:2]
    return [
        _sitting(f"representative-{each.key}", f"Representative of {each}", REPRESENTATIVE, each, Audience.MEMBERS)
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
        name = f"Cooperative affiliated to {member}"
        found.append(_sitting("affiliate", name, AFFILIATE, cooperative, Audience.MEMBERS))
    return found


def _board() -> list[User]:
    """Give an account to somebody who holds a mandate; another mandate would change the figures."""
    seats = Mandate.objects.board().in_force(today()).select_related("person").order_by("order", "pk")
    for person in [seat.person for seat in seats][-1:]:
        user = _user("board-member", "Member of the Board", BOARD)
        Person.objects.filter(pk=person.pk).update(user=user)
        return [user]
    return []


def _participants() -> list[User]:
    found = []
    expert = Organisation.objects.filter(kind=Organisation.Kind.RESEARCH).order_by("key").first()
    for group in Group.objects.working().order_by("key")[:1]:
        user = _user("participant", f"Participant of {group}", PARTICIPANT)
        person, _made = Person.objects.update_or_create(
            key="demo-participant", defaults={"name": user.name, "audience": Audience.SECRETARIAT, "user": user}
        )
        Participant.objects.update_or_create(group=group, person=person, defaults={"organisation": expert})
        found.append(user)
    return found


def _funders() -> list[User]:
    return [_sitting("funder", f"Project officer of {grant.funder}", FUNDER, grant.funder) for grant in _grants()]


def _grants() -> QuerySet[Grant]:
    grants: QuerySet[Grant] = Grant.objects.select_related("funder").order_by("key")[:1]
    return grants


def tell_the_funder() -> None:
    """Freeze the latest report on the grant of the cast's funder, who would find nothing else; once is enough.

    The example year prints two values of some measures, as its report did, and is frozen all the same.
    """
    for grant in _grants():
        programmes = Heading.objects.filter(grant=grant).order_by("-year").values_list("year", flat=True)
        if programmes and not GrantReport.objects.filter(grant=grant).exists():
            freeze_grant(grant, programmes[0], by="demonstration", anyway=True)


def _reader() -> User:
    return _user("reader", "Reader", READER)
