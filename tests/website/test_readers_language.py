"""Lists, feeds, front page and menu in the language of their address; what is not translated says which it is in."""

import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests import factories
from tests.website.page import page_of
from umbel.core import languages
from umbel.core.translations.models import translate
from umbel.website.shelf import get_shelf

pytestmark = pytest.mark.django_db

MARK = {"fr": "Anglais", "pl": "Angielski"}
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def own():
    """A confederation that writes first in English and offers French and Polish."""
    yield factories.ConfederationFactory(
        name="COOPS", long_name="Confederation of cooperatives", purpose="Speaks for them.", languages="en fr pl"
    )
    languages._offered.clear()


def tongues(page, place):
    """The language, name and address of each link to another language, inside an element of a class."""
    inside = [
        (dict(around[-1][1]), text)
        for text, around in page.texts
        if any(place in (attributes.get("class") or "").split() for _, attributes in around)
        and "hreflang" in around[-1][1]
    ]
    return [(link["hreflang"], link["lang"], text, link["href"]) for link, text in inside]


def marked(page):
    """Texts in another language than the page, and the names of languages that mark them."""
    texts = [text for text, around in page.texts if around[-1][0] == "span" and "lang" in around[-1][1]]
    return texts, [text for text, around in page.texts if around[-1][1].get("class") == "in-tongue"]


@pytest.mark.parametrize("place", ["masthead", "sheet", "foot"])
def test_page_leads_to_itself_in_each_language(own, place):
    page = page_of("/fr/positions/?year=2024")

    assert tongues(page, place)[-3:] == [
        ("en", "en", "English", "/positions/?year=2024"),
        ("fr", "fr", "Français", "/fr/positions/?year=2024"),
        ("pl", "pl", "Polski", "/pl/positions/?year=2024"),
    ]


def test_one_language_offers_no_choice(own):
    own.languages = "en"
    own.save()

    assert "tongues" not in Client().get("/positions/").text


@pytest.mark.parametrize(("code", "title"), [("fr", "Avis sur les soins"), ("pl", "Opinia o opiece")])
def test_list_tells_titles_in_the_language_of_its_address(own, code, title):
    care = factories.PositionFactory(title="Opinion on care", date="2024-03-02")
    factories.PositionFactory(title="Reaction on tax", date="2024-03-01")
    translate(care, "title", code, title)

    page = page_of(f"/{code}/positions/")

    assert [text for text in page.words("a") if text in (title, "Opinion on care", "Reaction on tax")] == [
        title,
        "Reaction on tax",
    ]
    texts, marks = marked(page)
    assert ("Reaction on tax" in texts, title in texts) == (True, False)
    assert set(marks) == {MARK[code]}


def test_leading_language_marks_nothing(own):
    translate(factories.PositionFactory(), "title", "fr", "Avis")

    assert marked(page_of("/positions/")) == ([], [])


SLUGS = ["positions", "events", "stories", "publications", "newsletters"]


@pytest.mark.parametrize("slug", SLUGS)
def test_another_language_costs_one_query_more_for_each_kind(own, slug):
    shelf = get_shelf(slug)
    for row in factories.FACTORIES[shelf.model].create_batch(3):
        translate(row, "title", "fr", "Titre")
    Client().get(f"/{slug}/"), Client().get(f"/fr/{slug}/")

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        return len(captured)

    assert queries(f"/fr/{slug}/?sort=x") - queries(f"/{slug}/?sort=x") == 1


def test_lines_filters_and_about_tell_categories_and_topics(own):
    category = factories.MembershipCategoryFactory(key="full", name="Full members")
    kind = factories.EnterpriseTypeFactory(name="Worker cooperatives")
    factories.MembershipFactory(category=category)
    topic = factories.PolicyFileFactory(name="Care strategy")
    for row, text in ((category, "Membres effectifs"), (kind, "Coopératives de travail"), (topic, "Stratégie")):
        translate(row, "name", "fr", text)
    translate(own, "purpose", "fr", "Parle pour elles.")
    translate(own, "long_name", "fr", "Confédération des coopératives")

    about = page_of("/fr/about/")

    assert page_of("/fr/members/").words("span").count("Membres effectifs") == 1
    assert "Membres effectifs" in page_of("/fr/members/").words("option")
    assert "Stratégie" in page_of("/fr/positions/").words("option")
    assert "Stratégie" in page_of("/fr/policy-files/").words("a")
    assert {"Membres effectifs", "Coopératives de travail"} <= set(about.words("li"))
    assert "Parle pour elles." in about.words("p")
    assert "Confédération des coopératives" in about.words("small")


def test_front_page_tells_what_is_latest_in_polish(own):
    position, story = factories.PositionFactory(title="Opinion"), factories.StoryFactory(title="A bakery")
    event = factories.EventFactory(title="Fair", kind="conference")
    for row, text in ((position, "Opinia"), (story, "Piekarnia"), (event, "Targi")):
        translate(row, "title", "pl", text)

    page = page_of("/pl/")

    assert page.words("h1") == ["Opinia"]
    assert {"Piekarnia", "Targi"} <= set(page.words("a"))


def test_year_is_told_in_french_with_its_months(own):
    translate(factories.EventFactory(title="Fair", kind="conference", has_page=True), "title", "fr", "Foire")
    factories.PositionFactory(title="Opinion")

    page = page_of("/fr/year/2024/")

    assert [title for title in page.titles() if title in ("Foire", "Fair", "Opinion")] == ["Foire", "Opinion"]
    assert "juin" in page.words("h2")
    assert "Opinion" in marked(page)[0]


def test_feeds_say_their_language_and_that_of_what_is_not_translated(own):
    care = factories.PositionFactory(key="care", title="Opinion on care", date="2024-03-02")
    factories.PositionFactory(key="tax", title="Reaction on tax", date="2024-03-01")
    translate(care, "title", "fr", "Avis sur les soins")

    feed = json.loads(Client().get("/fr/positions.json").content)
    atom = ElementTree.fromstring(Client().get("/fr/positions.atom").content)
    calendar = Calendar.from_ical(Client().get("/fr/positions.ics").content)

    assert feed["language"] == "fr"
    assert [(item["title"], item.get("language")) for item in feed["items"]] == [
        ("Avis sur les soins", None),
        ("Reaction on tax", "en"),
    ]
    assert atom.get(XML_LANGUAGE) == "fr"
    assert [(entry.find(f"{ATOM}title").text, entry.get(XML_LANGUAGE)) for entry in atom.iter(f"{ATOM}entry")] == [
        ("Avis sur les soins", None),
        ("Reaction on tax", "en"),
    ]
    assert [(each["summary"], each["summary"].params.get("language")) for each in calendar.walk("VEVENT")] == [
        ("Avis sur les soins", None),
        ("Reaction on tax", "en"),
    ]


def test_menu_marks_what_is_not_translated(own):
    for label, text in (("Work", "Travail"), ("News", "")):
        translate(factories.MenuItemFactory(label=label, address="/x/"), "label", "fr", text)

    links = [
        (text, dict(around[-1][1]).get("lang"))
        for text, around in page_of("/fr/positions/").texts
        if any(attributes.get("class") == "nav" for _, attributes in around)
    ]

    assert links == [("Travail", None), ("News", "en")]


def test_hits_of_the_search_are_called_as_the_reader_calls_them(own):
    story = factories.StoryFactory(title="Zebra in the care home")
    factories.StoryFactory(title="Zebra at work")
    topic = factories.PolicyFileFactory(name="Zebra crossings")
    factories.OrganisationFactory(name="Zebra")
    translate(story, "title", "fr", "Le zèbre à la maison")
    translate(topic, "name", "fr", "Passages pour piétons")

    page = page_of("/fr/search/?q=zebra")
    told = json.loads(Client().get("/fr/search.json?q=zebra").content)

    assert {"Le zèbre à la maison", "Passages pour piétons", "Zebra"} <= set(page.words("a"))
    assert marked(page) == ([own.long_name, "Zebra at work"], [MARK["fr"]] * 2)
    assert {hit["title"] for hit in told["hits"]} == {
        *["Le zèbre à la maison", "Passages pour piétons", "Zebra", "Zebra at work"]
    }


def test_hits_in_another_language_take_one_query_more(own):
    story = factories.StoryFactory(title="Zebra in the care home")
    translate(story, "title", "fr", "Le zèbre à la maison")

    def queries(path):
        with CaptureQueriesContext(connection) as captured:
            Client().get(path)
        return len(captured)

    queries("/search/?q=other"), queries("/fr/search/?q=other")

    assert queries("/fr/search/?q=zebra") == queries("/search/?q=zebra") + 1


@pytest.mark.parametrize("address", ["/fr/search/?q=strategie", "/fr/positions/?q=strategie", "/search/?q=strategie"])
def test_record_is_found_by_its_title_in_another_language(own, address):
    translate(factories.PositionFactory(title="The plan", date="2024"), "title", "fr", "Notre stratégie")
    factories.PositionFactory(title="Another plan", date="2024")

    page = page_of(address)

    name = "Notre stratégie" if address.startswith("/fr/") else "The plan"
    assert [text for text in page.words("a") if text in ("The plan", "Another plan", "Notre stratégie")] == [name]
    assert [text for text in page.words("span") if "“" in text] == (
        [] if address.startswith("/fr/") else ["also written “Notre stratégie”"]
    )
