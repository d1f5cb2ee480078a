"""Titles and opening sentences of lists, worded by the communications officer."""

import re

import pytest
from django.test import Client

from tests import factories
from umbel.core.models import Confederation
from umbel.core.translations.models import translate
from umbel.website.models import Wording

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own():
    return factories.ConfederationFactory(name="COOPS", languages="en fr")


def above(address):
    """The title and the sentence above a page."""
    page = Client().get(address).text
    return [
        re.sub("<[^>]+>", "", found[0]).strip() if (found := re.findall(rf"<{tag}>(.*?)</{end}>", page)) else ""
        for tag, end in (("h1", "h1"), ('p class="lede"', "p"))
    ]


def test_list_is_called_as_the_officer_words_it(client_of):
    usual = above("/positions/")

    answer = client_of("communication").post(
        "/desk/titles/add/", {"place": "positions", "title": "What we say", "about": "", "audience": "public"}
    )

    assert answer.status_code == 302
    assert above("/positions/") == ["What we say", usual[1]]
    assert "<title>What we say" in Client().get("/positions/").text
    assert re.search(r'<a href="/positions/"[^>]*>What we say</a>', Client().get("/joint-letters/").text)


@pytest.mark.parametrize("place", ["members", "board", "staff", "umbrellas", "policy-files/pillar"])
def test_every_page_that_titles_can_be_given_shows_it(place):
    factories.WordingFactory(place=place, title="Another title", about="Another sentence.")

    assert above(f"/{place}/") == ["Another title", "Another sentence."]


def test_other_language_shows_its_words_or_marks_the_original():
    row = factories.WordingFactory(place="events", title="Dates", about="Come and see.")
    translate(row, "title", "fr", "Rendez-vous")

    page = Client().get("/fr/events/").text

    assert "<h1>Rendez-vous</h1>" in page
    assert '<p class="lede"><span lang="en">Come and see.</span>' in page


def test_words_for_the_secretariat_are_not_shown_to_visitors():
    factories.WordingFactory(place="events", title="Not yet", audience="secretariat")

    assert above("/events/")[0] == "Events"


@pytest.mark.parametrize("place", ["year", "report", "nowhere"])
def test_a_page_that_titles_itself_is_not_offered(client_of, place):
    answer = client_of("communication").post("/desk/titles/add/", {"place": place, "title": "X", "audience": "public"})

    assert (answer.status_code, Wording.objects.count(), Confederation.objects.count()) == (422, 0, 1)
