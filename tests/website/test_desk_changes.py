"""The change log on the desk: the latest changes at home, all of them on a page, to each what they may see."""

import re
from html import unescape

import pytest
from django.utils import timezone

from tests import factories
from umbel.core.changelog import Change, by, gathered

pytestmark = pytest.mark.django_db

SECRETARY = "secretary_general@example.org"


@pytest.fixture(autouse=True)
def own(cast):
    """A confederation; nothing is logged of its beginning."""
    factories.ConfederationFactory()
    Change.objects.all().delete()


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def latest(client):
    """The lines of the card at home without their time."""
    card = re.search(r'<section class="card changes">.*?</section>', client.get("/desk/").text, re.DOTALL).group()
    told = [words(line) for line in re.findall(r'<p class="grow">(.*?)</p>', card, re.DOTALL)]
    return [re.sub(r"\d\d:\d\d · ", "· ", line) for line in told]


def changes(client, **asked):
    """The lines of the page: when, who, which record, what."""
    page = client.get("/desk/changes/", asked).text
    lines = re.findall(r"<tr>(<td.*?)</tr>", page, re.DOTALL)
    return [[words(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.DOTALL)] for line in lines]


def test_home_tells_what_somebody_did_by_name(as_secretariat):
    with by(SECRETARY):
        story = factories.StoryFactory(title="Vesti Solidale")
        story.title = "Vesti Solidale, Milan"
        story.save()

    assert latest(as_secretariat) == [
        f"changed Vesti Solidale, Milan · {SECRETARY}",
        f"added Vesti Solidale · {SECRETARY}",
    ]


def test_home_gathers_what_somebody_did_to_many(cast, as_secretariat):
    cast.secretariat.name = "Nora Smith"
    cast.secretariat.save()
    with by(SECRETARY):
        factories.StoryFactory.create_batch(14)

    assert latest(as_secretariat) == ["added 14 stories · Nora Smith"]


def test_home_tells_a_load_as_one(as_secretariat):
    with by("load cecop-2024"):
        factories.StoryFactory.create_batch(3)
        factories.EventFactory()

    assert latest(as_secretariat) == ["Loaded cecop-2024: 4 records · load cecop-2024"]


def test_of_a_large_load_home_tells_that_it_is_more(as_secretariat):
    with by("load federation"), gathered():
        factories.StoryFactory.create_batch(401)

    assert latest(as_secretariat) == ["Loaded federation: more than 400 records · load federation"]


def hidden_and_shown():
    """Two stories deleted and two kept, of each one for the administrator alone."""
    with by("somebody@example.org"):
        for title in ("gone", "kept"):
            for audience in ("administrator", "public"):
                row = factories.StoryFactory(title=f"{audience} {title}", audience=audience)
                if title == "gone":
                    row.delete()


@pytest.mark.parametrize(
    ("seat", "told"),
    [
        ("communication", ["public kept"]),
        ("secretary_general", ["public kept"]),
        ("administrator", ["2 stories"]),
    ],
)
def test_home_leaves_out_what_the_reader_may_not_see(client_of, seat, told):
    hidden_and_shown()

    lines = latest(client_of(seat))

    assert [line for line in lines if line.startswith("added")] == [
        f"added {each} · somebody@example.org" for each in told
    ]


@pytest.mark.parametrize(
    ("seat", "told"),
    [
        ("finance", [["public kept", "added"], ["public gone", "deleted"]]),
        ("advocacy", [["public kept", "added"], ["public gone", "deleted"]]),
        (
            "administrator",
            [
                ["public kept", "added"],
                ["administrator kept", "added"],
                ["public gone", "deleted"],
                ["administrator gone", "deleted"],
            ],
        ),
    ],
)
def test_the_page_names_nothing_hidden_not_even_what_was_deleted(client_of, seat, told):
    hidden_and_shown()

    assert [line[-2:] for line in changes(client_of(seat))] == told


@pytest.mark.parametrize(("seat", "told"), [("finance", []), ("administrator", [["Ada, Chair", "deleted"]])])
def test_a_deleted_part_is_named_to_whoever_sees_its_whole(client_of, seat, told):
    person = factories.PersonFactory(name="Ada", audience="administrator")
    factories.PostFactory(person=person, title="Chair").delete()

    assert [line[-2:] for line in changes(client_of(seat), kind="network.post")] == told


def test_the_change_of_an_event_shows_who_and_when(as_secretariat):
    event = factories.EventFactory(title="Rome", kind="workshop")
    with by(SECRETARY):
        event.kind = "conference"
        event.save()

    when = timezone.localtime(Change.objects.last().at)

    assert changes(as_secretariat)[0] == [
        f"{when.day} {when:%b %Y %H:%M}",
        SECRETARY,
        "Rome",
        "Type: Workshop → Conference",
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"who": "nora"}, ["Nora's article"]),
        ({"who": "SECRETARY"}, ["Nora's article"]),
        ({"kind": "events.event"}, ["Event of ben@example.org"]),
        ({"kind": "communication.story", "who": "ben"}, []),
        ({"day": "1999"}, []),
        ({"day": "today"}, ["Event of ben@example.org", "Nora's article"]),
        ({"day": "2 May 2024"}, ["Nora's article"]),
        ({}, ["Event of ben@example.org", "Nora's article"]),
    ],
)
def test_changes_are_narrowed_by_person_kind_and_day(cast, as_secretariat, asked, told):
    cast.secretariat.name = "Nora Smith"
    cast.secretariat.save()
    with by(SECRETARY):
        factories.StoryFactory(title="Nora's article")
    if asked.get("day") == "2 May 2024":
        Change.objects.filter(who=SECRETARY).update(at="2024-05-02T12:00Z")
    with by("ben@example.org"):
        factories.EventFactory(title="Event of ben@example.org")

    found = [line[2] for line in changes(as_secretariat, **asked)]

    assert found == told


def test_a_day_that_is_none_is_told_beside_the_box(as_secretariat):
    factories.StoryFactory()

    page = as_secretariat.get("/desk/changes/", {"day": "yesteryear"})

    assert (page.status_code, changes(as_secretariat, day="yesteryear")) == (200, [])
    assert re.findall(r'id="e-day">([^<]+)<', page.text) == [
        "“yesteryear” is not a date. Write 2024, Oct 2024 or 11 December 2024."
    ]


def test_changes_go_on_page_by_page(as_secretariat):
    titles = [f"Article {number:02}" for number in range(60)]
    for title in titles:
        factories.StoryFactory(title=title)
        factories.StoryFactory(title="Hidden", audience="administrator")

    page = as_secretariat.get("/desk/changes/", {"kind": "communication.story"})
    (earlier,) = re.findall(r'rel="next" href="([^"]+)"', page.text)
    asked = dict(part.split("=") for part in unescape(earlier).lstrip("?").split("&"))

    assert [line[2] for line in changes(as_secretariat, kind="communication.story")] == titles[:9:-1]
    assert [line[2] for line in changes(as_secretariat, **asked)] == titles[9::-1]


@pytest.mark.parametrize("count", [1, 3])
def test_changes_cost_the_same_however_many_there_are(as_secretariat, django_assert_num_queries, count):
    factories.StoryFactory.create_batch(count)
    as_secretariat.get("/desk/changes/")

    with django_assert_num_queries(7):
        as_secretariat.get("/desk/changes/")
