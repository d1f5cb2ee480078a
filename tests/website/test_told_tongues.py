"""What records say beside their titles, in the reader's language, else with the language it is in."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.website.page import page_of
from umbel.core import languages
from umbel.core.translations.models import translate
from umbel.website.telling import calling
from umbel.website.urls import all_shelves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own():
    """A confederation that writes first in English and offers French."""
    yield factories.ConfederationFactory(languages="en fr")
    languages._offered.clear()


def english(page):
    """The texts that say they are English, in the order of the page."""
    return [text for text, around in page.texts if around[-1][0] == "span" and around[-1][1].get("lang") == "en"]


def queries(address):
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def told_file():
    """A policy file with a pillar, two steps of its stage, an ask and a milestone."""
    pillar = factories.PillarFactory(name="Rights", centre="decent work")
    file = factories.PolicyFileFactory(
        name="Platform work", pillar=pillar, stage="voted", standing="support with a remark", instrument="directive"
    )
    ask = factories.AskFactory(file=file, text="keep the presumption")
    step = factories.MilestoneFactory(file=file, title="Vote in plenary", date="2024-04")
    return file, {
        "name": (pillar, "Droits"),
        "stage": (file, "voté"),
        "standing": (file, "soutien nuancé"),
        "instrument": (file, "directive européenne"),
        "text": (ask, "garder la présomption"),
        "title": (step, "Vote en plénière"),
    }


def test_policy_file_marks_every_text_that_is_not_translated():
    file, _told = told_file()

    marked = english(page_of(f"/fr/policy-files/{file.key}/"))

    assert {"Rights", "Voted", "Support with a remark", "Directive", "Keep the presumption", "Vote in plenary"} <= set(
        marked
    )


def test_policy_file_is_told_in_french_in_its_list_and_on_its_page():
    file, told = told_file()
    for field, (row, text) in told.items():
        translate(row, field, "fr", text)

    page, listed = page_of(f"/fr/policy-files/{file.key}/"), page_of("/fr/policy-files/")

    assert {"Droits", "Voté", "Vote en plénière"} <= set(page.words("ol"))
    assert "Garder la présomption" in page.words("li")
    assert "Soutien nuancé" in page.words("p")
    assert {"Droits", "Voté", "Soutien nuancé"} <= {text for text, _around in listed.texts}
    assert "Platform work" in english(page)


def test_leading_language_is_told_as_it_was_written():
    file, told = told_file()
    for field, (row, text) in told.items():
        translate(row, field, "fr", text)

    page = page_of(f"/policy-files/{file.key}/")

    assert english(page) == []
    assert "Keep the presumption" in page.words("li")


def test_policy_file_costs_as_much_for_many_asks_and_steps_as_for_one():
    file, _told = told_file()
    address = f"/fr/policy-files/{file.key}/"
    queries(address)
    few = queries(f"{address}?few")
    for number in range(3):
        factories.AskFactory(file=file, text=f"Ask {number}")
        factories.MilestoneFactory(file=file, title=f"Step {number}", date="2024-05")
    queries(address)

    assert queries(f"{address}?many") == few


@pytest.mark.parametrize(
    "slug",
    ["bodies", "campaigns", "consultations", "documents", "grants", "groups", "outcomes", "policy-files/pillar",
     "projects", "seats", "series", "stories/series"],
)  # fmt: skip
def test_lists_of_what_lasts_cost_one_query_more_in_another_language(slug):
    model = next(shelf.model for shelf in all_shelves() if shelf.slug == slug)
    for row in factories.FACTORIES[model].create_batch(3):
        translate(row, calling(model), "fr", "Nom traduit")
    queries(f"/{slug}/"), queries(f"/fr/{slug}/")

    assert page_of(f"/fr/{slug}/").words("a").count("Nom traduit") == 3
    assert queries(f"/fr/{slug}/?sort=x") - queries(f"/{slug}/?sort=x") == 1


def test_people_are_listed_for_as_many_queries_whatever_their_number():
    def listed(rows):
        for post in factories.PostFactory.create_batch(rows, title="Director"):
            factories.MandateFactory(person=post.person)
        return queries(f"/fr/people/?n={rows}")

    listed(1)

    assert listed(2) == listed(5)


def test_functions_of_a_person_say_their_language():
    post = factories.PostFactory(title="Director", organisation=factories.OrganisationFactory(name="Legacoop"))
    address = f"/fr{post.person.get_absolute_url()}"
    before = page_of(address)
    translate(post, "title", "fr", "directrice")

    after = page_of(f"{address}?n=1")

    assert "Director" in english(before)
    assert "Director" not in english(after)
    assert "directrice" in " ".join(text for text, _around in after.texts)


def test_choices_of_a_filter_say_their_language():
    factories.PillarFactory(name="Rights")
    translate(factories.PillarFactory(name="Growth"), "name", "fr", "Croissance")

    choices = {
        text: around[-1][1].get("lang")
        for text, around in page_of("/fr/policy-files/").texts
        if around[-1][0] == "option"
    }

    assert (choices["Rights"], choices["Croissance"]) == ("en", None)


def test_heads_and_feeds_hold_no_mark_of_html():
    post = factories.PostFactory(title="Director")

    page = Client().get(f"/fr{post.person.get_absolute_url()}").text
    feed = Client().get("/fr/people.json").text

    head = page[: page.index("</head>")]
    assert "<span" not in head
    assert "\\u003cspan" not in head
    assert "<span" not in feed


def test_name_made_of_others_says_the_language_of_each():
    edition = factories.EditionFactory(series=factories.SeriesFactory(name="Learning sessions"), year=2024, theme="")
    address = f"/fr/records/events.edition/{edition.handle}/"
    before = page_of(address).words("h1")
    translate(edition.series, "name", "fr", "Sessions d’échange")

    assert before == ["Learning sessions", "Anglais", "2024"]
    assert page_of(f"{address}?n=1").words("h1") == ["Sessions d’échange 2024"]
