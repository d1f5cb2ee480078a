"""The menu and the blocks of the front page, as the communications officer arranges them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import override

from tests import factories
from umbel.core.translations.models import translate
from umbel.website.editing import blocks, menu
from umbel.website.models import MenuItem

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def told(links):
    return [(link["label"], link["url"], link["here"], told(link["below"])) for link in links]


def test_menu_leads_to_pages_parts_of_the_site_and_addresses():
    page = factories.PageFactory(path="about-us/history")
    first = factories.MenuItemFactory(label="Work", address="", place="positions", order=1)
    factories.MenuItemFactory(label="History", address="", page=page, parent=first)
    factories.MenuItemFactory(label="Year", address="", place="year", order=2)
    factories.MenuItemFactory(label="Union", address="https://example.org", order=3)

    assert told(menu.items(NOBODY, "/about-us/history/", 2024)) == [
        ("Work", "/positions/", True, [("History", "/about-us/history/", True, [])]),
        ("Year", "/year/2024/", False, []),
        ("Union", "https://example.org", False, []),
    ]


def test_menu_leaves_out_what_a_reader_does_not_find():
    draft = factories.PageFactory(status="draft")
    later = factories.PageFactory(publish_on=timezone.now() + timedelta(days=1))
    for page in (draft, later):
        factories.MenuItemFactory(address="", page=page)
    factories.MenuItemFactory(audience="members")
    factories.MenuItemFactory(address="", place="no-such-part")

    assert menu.items(NOBODY, "/", 2024) == []


@pytest.mark.parametrize("count", [1, 3])
def test_menu_costs_two_queries(django_assert_num_queries, count):
    for _ in range(count):
        factories.MenuItemFactory(address="", page=factories.PageFactory())

    with django_assert_num_queries(2):
        assert len(menu.items(NOBODY, "/", 2024)) == count


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"address": ""}, "address", "Choose one: a page, a part of the site, or an address."),
        ({"place": "positions"}, "address", "Choose one: a page, a part of the site, or an address."),
        ({"address": "javascript:alert(1)"}, "address", "Write /a/path/ of this site, or an address with https://."),
        (
            {"address": "", "place": "nowhere"},
            "place",
            "Select a valid choice. nowhere is not one of the available choices.",
        ),
    ],
)
def test_menu_entry_leads_to_one_place(own, as_officer, sent, field, words):
    answer = as_officer.post(
        "/desk/menu/add/", {"label": "One", "page": "", "address": "/x/", "order": 0, "audience": "public", **sent}
    )

    assert answer.context["form"].errors[field] == [words]


def test_menu_has_two_levels(own, as_officer):
    first = factories.MenuItemFactory()
    second = factories.MenuItemFactory(parent=first)

    answer = as_officer.post(
        "/desk/menu/add/",
        {"label": "One", "page": "", "address": "/x/", "order": 0, "audience": "public", "parent": second.pk},
    )

    assert answer.context["form"].errors["parent"] == ["The menu has two levels: choose an entry of the first one."]
    assert MenuItem.objects.filter(label="One").first() is None


def test_front_page_has_the_usual_blocks_until_somebody_arranges_them():
    assert [block.kind for block in blocks.blocks(NOBODY)] == [
        "latest",
        "dates",
        "figures",
        "stories",
        "members",
        "newsletter",
    ]


def test_blocks_stand_in_their_order_and_only_when_they_are_shown():
    factories.FrontBlockFactory(kind="stories", order=2)
    factories.FrontBlockFactory(kind="latest", order=3, is_shown=False)
    factories.FrontBlockFactory(kind="figures", order=1, figures="network.members no.such advocacy.positions")
    factories.FrontBlockFactory(kind="dates", order=4, audience="members")

    shown = blocks.blocks(NOBODY)

    assert [(block.kind, block.figures) for block in shown] == [
        ("figures", ("network.members", "advocacy.positions")),
        ("stories", ()),
    ]


def test_arranging_begins_with_the_usual_blocks(own, as_officer):
    as_officer.post("/desk/site/begin/", {"blocks": "1"})
    as_officer.post("/desk/site/begin/", {"blocks": "1"})

    assert [block.kind for block in blocks.blocks(NOBODY)] == [
        "latest",
        "dates",
        "figures",
        "stories",
        "members",
        "newsletter",
    ]


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"kind": "prose"}, "body", "A block of text needs a text."),
        ({"figures": "no.such"}, "figures", "No figure has the key “no.such”."),
    ],
)
def test_block_that_would_show_nothing_is_refused(own, as_officer, sent, field, words):
    answer = as_officer.post("/desk/front-page/add/", {"kind": "figures", "order": 1, "audience": "public", **sent})

    assert answer.context["form"].errors[field] == [words]


def test_photograph_without_credit_or_alternative_text_cannot_be_placed(own, as_officer, photo):
    bare = factories.PhotoFactory(key="bare")
    sent = {"kind": "stories", "order": 1, "audience": "public", "is_shown": "on"}

    refused = as_officer.post("/desk/front-page/add/", {**sent, "photo": str(bare), "photo-number": bare.pk})
    taken = as_officer.post("/desk/front-page/add/", {**sent, "photo": str(photo), "photo-number": photo.pk})

    words = "This photograph cannot be placed: it needs a file, a credit and an alternative text."
    assert refused.context["form"].errors["photo"] == [words]
    assert taken.status_code == 302


def test_block_is_told_in_the_readers_language(own):
    block = factories.FrontBlockFactory(kind="stories", title="Stories")
    translate(block, "title", "fr", "Histoires")

    with override("fr"):
        assert [block.title for block in blocks.blocks(NOBODY)] == ["Histoires"]


def test_front_page_shows_the_blocks_that_were_arranged(own, as_officer, as_nobody):
    factories.PositionFactory.create_batch(2, date="2024-05-02")
    factories.FrontBlockFactory(kind="prose", title="Welcome", body="<p>We are here.</p>", order=1)
    factories.FrontBlockFactory(kind="figures", title="Papers", figures="advocacy.positions", order=2)
    factories.FrontBlockFactory(kind="latest", order=3)
    factories.FrontBlockFactory(kind="dates", order=4)
    factories.FrontBlockFactory(kind="newsletter", title="Letters", order=5)
    factories.FrontBlockFactory(kind="stories", title="Hidden", is_shown=False, order=6)

    shown = as_nobody.get("/").content.decode()

    places = [shown.find(words) for words in ("We are here.", "Papers", "Latest position", "Letters")]
    assert places == sorted(place for place in places if place >= 0)
    assert ">2</data>" in shown
    assert "Hidden" not in shown


def test_menu_that_was_arranged_replaces_the_parts_of_the_site(own, as_nobody):
    page = factories.PageFactory(path="about-us")
    factories.MenuItemFactory(label="Who we are", address="", page=page)

    shown = as_nobody.get("/about-us/").content.decode()

    assert '<a href="/about-us/" aria-current="page">Who we are</a>' in shown
    assert ">Publications</a>" not in shown.partition("<main")[0]


def entries(page, name):
    """The links of a navigation, each with the labels around it and how it says that it is the place."""
    nav = page.partition(f'aria-label="{name}"')[2].partition("</nav>")[0]
    pattern = r'(<ul class="nav-below">)|(</ul>)|<a href="([^"]*)"(?: aria-current="(\w+)")?>([^<]*)</a>'
    depth, found = 0, []
    for opened, closed, url, here, label in re.findall(pattern, nav):
        depth += bool(opened) - bool(closed)
        if url:
            found.append((depth, label, url, here))
    return found


@pytest.mark.parametrize("name", ["Main", "Menu"])
def test_menu_shows_entries_below_others(own, as_nobody, name):
    history = factories.PageFactory(path="about-us/history")
    first = factories.MenuItemFactory(label="Who we are", address="/about/", order=1)
    factories.MenuItemFactory(label="History", address="", page=history, parent=first, order=1)
    factories.MenuItemFactory(label="Board", address="", place="board", parent=first, order=2)
    factories.MenuItemFactory(label="Draft", address="", page=factories.PageFactory(status="draft"), parent=first)
    factories.MenuItemFactory(label="Papers", address="", place="positions", order=2)

    shown = as_nobody.get("/about-us/history/").content.decode()

    assert entries(shown, name)[:4] == [
        (0, "Who we are", "/about/", "true"),
        (1, "History", "/about-us/history/", "page"),
        (1, "Board", "/board/", ""),
        (0, "Papers", "/positions/", ""),
    ]


def test_only_an_entry_with_others_below_it_opens(own, as_nobody):
    first = factories.MenuItemFactory(label="Who we are", address="/about/")
    factories.MenuItemFactory(label="Board", address="", place="board", parent=first)
    factories.MenuItemFactory(label="Papers", address="", place="positions")

    shown = as_nobody.get("/").content.decode()

    assert shown.count('<details name="nav">') == 1
    assert '<summary aria-label="More of “Who we are”">' in shown


@pytest.mark.parametrize("count", [1, 3])
def test_entries_below_ask_nothing_more(own, as_nobody, count, django_assert_num_queries):
    first = factories.MenuItemFactory(label="Who we are", address="/about/")
    for _ in range(count):
        factories.MenuItemFactory(address="", page=factories.PageFactory(), parent=first)

    with django_assert_num_queries(10):
        as_nobody.get("/about/")


def test_front_form_of_the_newsletter_subscribes(own, as_nobody):
    factories.NewsletterFactory(readers="external")
    factories.FrontBlockFactory(kind="newsletter")
    front = as_nobody.get("/")

    answer = as_nobody.post("/newsletters/subscribe/", {"email": "ana@example.org", "language": "en"})

    assert 'action="/newsletters/subscribe/"' in front.content.decode()
    assert dict(front.cookies) == {}
    assert answer["Location"] == "/newsletters/subscribe/sent/"
