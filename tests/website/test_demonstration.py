"""A demonstration says on every page that it is one, and lets anybody take every seat around the confederation."""

import re

import pytest

from tests import factories
from umbel.accounts.models import User
from umbel.network.models import Person
from umbel.projects.models import Grant
from umbel.website import demonstration, demonstration_asked

STRIP = (
    '<aside class="demonstration" aria-label="Demonstration"><p>Demonstration: anybody may change these records, '
    'and no mail leaves the house. <a href="/account/as/">Sign in as somebody else</a></p></aside>'
)
BACKEND = "umbel.accounts.backends.PasswordBackend"
PAGES = [
    ("nobody", "/"),
    ("nobody", "/members/"),
    ("nobody", "/nowhere/"),
    ("nobody", "/account/login/"),
    ("nobody", "/account/as/"),
    ("representative_a", "/account/email/"),
    ("representative_a", "/my/invitations/"),
    ("secretariat", "/members/"),
    ("secretariat", "/desk/"),
    ("secretariat", "/desk/organisations/"),
    ("secretariat", "/desk/capture/"),
    ("secretariat", "/desk/outbox/"),
]


@pytest.mark.parametrize(("seat", "address"), PAGES)
def test_every_page_of_a_demonstration_says_so(client_of, settings, seat, address):
    factories.ConfederationFactory()
    pages = []
    for demo in (False, True):
        settings.DEMO = demo
        pages.append(client_of(seat).get(address).text.count(STRIP))

    assert pages == [0, 1]


@pytest.fixture
def page(db, client, settings):
    """The page on which a seat is taken, of a confederation with members, a board, a group and a grant."""
    settings.DEMO = True
    for name in ("Member A", "Member B", "Member C"):
        factories.MembershipFactory(organisation__key=name[-1].lower(), organisation__name=name, start="2020")
    factories.MandateFactory(body=factories.BodyFactory(key="board"), start="2020")
    factories.GroupFactory(name="Public procurement")
    factories.OrganisationFactory(kind="university")
    factories.GrantFactory(funder__name="Commission")
    demonstration.assemble()
    return client.get("/account/as/").text


def test_cast_covers_every_seat_and_says_what_each_may_do(page):
    told = re.findall(r'<strong>(.+?)</strong><span class="origin">(.+?)</span>', page)

    assert told == [
        ("Secretary general", "Keeps every record, publishes and invites."),
        ("Membership officer", "Keeps organisations, people, bodies and groups; invites."),
        ("Advocacy officer", "Keeps positions, policy files, engagements and events."),
        ("Communication officer", "Keeps stories, newsletters, pages, reports and events."),
        ("Finance officer", "Keeps projects, grants and fees, and reads everything else."),
        ("Administrator", "Keeps everything, and gives roles to accounts."),
        ("Representative of Member A", "Speaks for a member: sees what is meant for members, and invites its people."),
        ("Representative of Member B", "Speaks for a member: sees what is meant for members, and invites its people."),
        (
            "Cooperative affiliated to Member A",
            "Sees what is public, and what is on record of its own cooperative; invites its people.",
        ),
        ("Member of the Board", "Holds a mandate on the Board: sees what is meant for the board."),
        ("Participant of Public procurement", "Sees what is meant for the participants of one working group."),
        ("Project officer of Commission", "Sees one grant, and what proves its lines."),
        ("Reader", "Has an account, and sees what is public."),
    ]


def test_people_of_members_are_known_to_members_alone(page):
    people = Person.objects.filter(key__startswith="demo-").order_by("key").values_list("key", "audience")

    assert list(people) == [
        ("demo-affiliate", "members"),
        ("demo-funder", "secretariat"),
        ("demo-participant", "secretariat"),
        ("demo-representative-a", "members"),
        ("demo-representative-b", "members"),
    ]


@pytest.mark.parametrize("email", ["representative-a@example.org", "affiliate@example.org"])
def test_whoever_speaks_for_an_organisation_stands_among_its_people(page, client, email):
    client.post("/account/as/", {"user": User.objects.get(email=email).pk})

    people = client.get("/my/organisation/", follow=True).context["people"]

    assert [each["is_you"] for each in people] == [True]


def test_the_funder_finds_the_report_on_its_grant(page, client):
    line = factories.DeliverableFactory(heading__grant=Grant.objects.get(), heading__year=2024)
    factories.ProofFactory(deliverable=line, record=factories.EventFactory(title="Rome"))
    factories.ConfederationFactory()
    report = factories.ReportFactory(year=2024)
    for value in (3411, 3495):
        factories.ClaimFactory(report=report, measure="readers", value=value)
    for _time in range(2):
        demonstration.tell_the_funder()
    client.post("/account/as/", {"user": User.objects.get(email="funder@example.org").pk})

    [told] = client.get("/my/").context["reports"]

    assert (told.year, told.number) == (2024, 1)
    assert [row["title"] for row in client.get(told.get_absolute_url()).context["doc"]["annex"]] == ["Rome"]


def test_cast_is_the_same_when_the_demonstration_is_made_again(page, client):
    demonstration.assemble()

    assert client.get("/account/as/").text.count('name="user"') == page.count('name="user"') == 13


def test_members_of_a_demonstration_are_asked_for_everything_that_can_be_asked(page, client):
    factories.ConfederationFactory()
    factories.BodyFactory(kind="assembly")
    for _time in range(2):
        demonstration_asked.ask_the_members()
    client.force_login(User.objects.get(email="representative-a@example.org"), backend=BACKEND)

    home = client.get("/my/").context["todos"]

    asked = [todo.text for todo, _days in home if "emonstration" in todo.text or "fee" in todo.text]
    assert sorted(text.split()[0] for text in asked) == ["Answer", "Comment", "Pay", "Register", "Vote"]
