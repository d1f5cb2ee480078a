"""The page of the search as a visitor finds it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import ConfederationFactory, EventFactory, IssueFactory, OrganisationFactory, PersonFactory
from tests.website.page import page_of
from umbel.core.models import Alias

pytestmark = pytest.mark.django_db


@pytest.fixture
def confederation():
    return ConfederationFactory(name="COOPS", reporting_year=2024)


def test_members_titles_are_found_by_members_only(confederation, client_of):
    IssueFactory(title="Zebra for members", audience="members")
    IssueFactory(title="Zebra for all")

    found = {seat: page_of("/search/?q=zebra", client_of(seat)).titles() for seat in ("nobody", "representative_a")}

    assert found == {"nobody": ["Zebra for all"], "representative_a": ["Zebra for all", "Zebra for members"]}


def test_hit_tells_kind_date_place_and_other_spelling(confederation):
    EventFactory(title="Zebra talk", kind="webinar", date="2024-06-11", place="online", country="BE")
    Alias.objects.create(record=OrganisationFactory(name="Ally", country="IT"), name="Zebra")

    page = page_of("/search/?q=zebra")

    assert page.titles() == ["Ally", "also written “Zebra”", "Zebra talk"]
    meta = [text for text, around in page.texts if "meta" in {name.get("class") for _, name in around}]
    assert meta == ["Organisation · Italy", "Webinar ·", "11 Jun 2024", "· online, Belgium"]
    assert page.typed_numbers() == []


def test_facets_keep_the_words_and_are_taken_away_again(confederation):
    EventFactory(title="Zebra talk")
    PersonFactory(name="Zebra")

    page = page_of("/search/?q=zebra&kind=events.event&page=1")
    links = {link["href"]: link.get("aria-current") for link in page.named("a") if "?q=zebra" in link.get("href", "")}

    assert page.titles() == ["Zebra talk"]
    assert links == {
        "?q=zebra": None,
        "?q=zebra&kind=events.event": "true",
        "?q=zebra&kind=network.person": None,
    }
    assert {"type": "hidden", "name": "kind", "value": "events.event"} in page.named("input")


def test_many_hits_stand_on_pages(confederation):
    for number in range(23):
        OrganisationFactory(name=f"Zebra {number:02}")

    first, second = page_of("/search/?q=zebra"), page_of("/search/?q=zebra&page=2")

    assert (len(first.titles()), second.titles()) == (20, ["Zebra 20", "Zebra 21", "Zebra 22"])
    assert [link["href"] for link in first.named("a") if link.get("rel") == "next"] == ["?q=zebra&page=2"]
    assert [link["href"] for link in second.named("a") if link.get("rel")] == ["?q=zebra&page=1"]


def test_misspelt_name_is_suggested(confederation):
    PersonFactory(name="Jarmo Hänninen")

    page = page_of("/search/?q=haninen")

    assert page.titles() == []
    assert "Hänninen" in page.words("a")


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("?q=zebra", "Nothing matches"),
        ("?q=ally&kind=events.event", "Nothing of this kind and year matches"),
        ("?q=ally&year=1999", "Nothing of this kind and year matches"),
    ],
)
def test_nothing_found_says_what_to_do(confederation, query, heading):
    OrganisationFactory(name="Ally")

    assert heading in page_of(f"/search/{query}").words("h2")


def test_page_without_words_says_what_can_be_found(confederation):
    page = page_of("/search/")

    assert page.titles() == []
    assert page.named("nav")[-1].get("aria-label") != "Kinds of record"
    assert {"name": "robots", "content": "noindex"} in page.named("meta")


@pytest.mark.parametrize(
    "query",
    ["?q=ally&page=0", "?q=ally&page=x", "?q=ally&year=x", "?q=ally&year=٢٠٢٤", "?q=ally&kind=no.such", "?q=ally%00"],
)
def test_what_makes_no_sense_in_an_address_is_left_out(confederation, query):
    OrganisationFactory(name="Ally")

    assert page_of(f"/search/{query}").titles() == ["Ally"]


def test_text_is_shown_as_text(confederation):
    response = Client().get("/search/", {"q": "<script>alert(1)</script>"})

    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert" in response.text


def test_very_long_text_is_cut(confederation):
    (field,) = [field for field in page_of(f"/search/?q={'x' * 5000}").named("input") if field["name"] == "q"]

    assert len(field["value"]) == 200


def test_fragment_lists_eight_and_leads_to_all(confederation):
    for number in range(9):
        OrganisationFactory(name=f"Zebra {number}")

    page = page_of("/search/suggest/?q=zeb")

    assert [link["href"] for link in page.named("a")][-1] == "/search/?q=zeb"
    assert len(page.named("a")) == 9
    assert page.named("html") == []


def test_page_takes_as_many_queries_for_many_hits_as_for_one(confederation):
    def queries(rows):
        for _ in range(rows):
            EventFactory(title="Zebra")
        with CaptureQueriesContext(connection) as captured:
            page = page_of("/search/?q=zebra")
        return len(captured), len(page.titles())

    queries(0)
    (few, one), (many, four) = queries(1), queries(3)

    assert (one, four) == (1, 4)
    assert few == many
