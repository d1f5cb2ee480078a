"""The page of the search as a visitor finds it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    ConfederationFactory,
    EventFactory,
    IssueFactory,
    OrganisationFactory,
    PageFactory,
    PersonFactory,
    PositionFactory,
)
from tests.website.page import page_of
from umbel.core.models import Alias
from umbel.website.models import Page

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
    own = [link for link in page.named("a") if link.get("href", "").startswith("?q=zebra")]
    links = {link["href"]: link.get("aria-current") for link in own}

    assert page.titles() == ["Zebra talk"]
    assert links == {
        "?q=zebra": None,
        "?q=zebra&kind=events.event": "true",
        "?q=zebra&kind=network.person": None,
    }
    assert {"type": "hidden", "name": "kind", "value": "events.event"} in page.named("input")


@pytest.mark.parametrize("word", ["zebra", "introduced", "striped", "history", "about-us"])
def test_free_page_is_found_by_title_introduction_text_and_address(confederation, word):
    PageFactory(title="Zebras", path="about-us/history", lead="Here introduced.", body="<p>They are striped.</p>")

    page = page_of(f"/search/?q={word}")

    assert page.titles() == ["Zebras"]
    assert "/about-us/history/" in {link.get("href") for link in page.named("a")}
    assert "Page" in page.words("p")


def test_drafts_and_pages_to_come_are_found_and_counted_for_the_secretariat_alone(confederation, client_of):
    ahead = timezone.now() + timedelta(days=1)
    draft = PageFactory(title="Zebra draft", status="draft")
    later = PageFactory(title="Zebra to come", publish_on=ahead)
    PageFactory(title="Zebra of the board", status="draft", audience="board")
    PageFactory(title="Zebra there", publish_on=timezone.now() - timedelta(days=1))

    told = {
        seat: client_of(seat).get("/search.json?q=zebra").json()
        for seat in ("nobody", "representative_a", "board", "communication")
    }

    assert {seat: (each["total"], each["kinds"]) for seat, each in told.items()} == {
        "nobody": (1, {"website.page": 1}),
        "representative_a": (1, {"website.page": 1}),
        "board": (1, {"website.page": 1}),
        "communication": (4, {"website.page": 4}),
    }
    assert [hit["title"] for hit in told["nobody"]["hits"]] == ["Zebra there"]
    urls = {hit["title"]: hit["url"] for hit in told["communication"]["hits"]}
    assert (urls["Zebra draft"], urls["Zebra to come"]) == (draft.get_absolute_url(), later.get_absolute_url())
    assert client_of("nobody").get("/search.json?q=zebra+dra").json()["total"] == 0


def test_page_is_found_once_its_instant_has_come_without_being_saved_again(confederation):
    later = PageFactory(title="Zebra", path="later", publish_on=timezone.now() + timedelta(days=1))
    before = Client().get("/search.json?q=zebra").json()

    Page.objects.filter(pk=later.pk).update(publish_on=timezone.now() - timedelta(seconds=1))
    after = Client().get("/search.json?q=zebra").json()

    assert (before["hits"], before["total"], before["kinds"]) == ([], 0, {})
    assert [hit["url"] for hit in after["hits"]] == ["/later/"]
    assert (after["total"], after["kinds"]) == (1, {"website.page": 1})


def test_page_taken_back_is_not_found(confederation):
    page = PageFactory(title="Zebra")

    page.status = "draft"
    page.save()

    assert Client().get("/search.json?q=zebra").json()["total"] == 0


@pytest.mark.parametrize("address", ["/search/", "/positions/"])
def test_text_of_a_position_is_found_by_its_words_and_not_by_its_markup(confederation, address):
    PositionFactory(
        title="Opinion",
        text="<h2>Whole<strong>some</strong> grass</h2>"
        '<p>Of the <a href="https://savannah.example/">zebra &amp; gnu</a>: '
        '<span data-figure="advocacy.positions" data-period="2024"></span>.</p>',
    )

    found = {
        word: "Opinion" in page_of(f"{address}?q={word}").words("a")
        for word in ("zebra", "grass", "wholesome", "gnu", "savannah", "strong", "href", "amp", "advocacy", "2024")
    }

    assert [word for word, is_found in found.items() if is_found] == ["zebra", "grass", "wholesome", "gnu"]


def test_years_are_offered_with_their_counts_beside_the_kinds(confederation):
    EventFactory.create_batch(2, title="Zebra talk", date="2024-03")
    PositionFactory(title="On zebras", date="2023")
    PersonFactory(name="Zebra")

    def offered(query):
        page = page_of(f"/search/?q=zebra{query}")
        chosen = [each["value"] for each in page.named("option") if "selected" in each]
        return page.words("option")[-3:], chosen, len(page.titles())

    assert offered("") == (["Any year", "2024 (2)", "2023 (1)"], [], 4)
    assert offered("&year=2023") == (["Any year", "2024 (2)", "2023 (1)"], ["2023"], 1)
    assert offered("&kind=events.event&year=2023") == (["Any year", "2024 (2)", "2023 (0)"], ["2023"], 0)
    assert page_of("/search/?q=zebra").typed_numbers() == []
    assert Client().get("/search.json?q=zebra&year=2023").json()["kinds"] == {"advocacy.position": 1}
    assert Client().get("/search.json?q=zebra&kind=events.event").json()["years"] == {"2024": 2}


def test_year_is_written_where_nothing_dated_matches(confederation):
    PersonFactory(name="Zebra")

    assert [each["name"] for each in page_of("/search/?q=zebra").named("input") if each["name"] == "year"] == ["year"]


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
