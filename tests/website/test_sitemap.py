"""The maps of the site: every address that visitors find, in every language, and none that they do not."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests import factories
from umbel.core import languages
from umbel.website import sitemap

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
SPACES = {"m": sitemap.SPACE, "x": sitemap.XHTML}


@pytest.fixture
def confederation():
    yield factories.ConfederationFactory(languages="en", reporting_year=2024)
    languages._offered.clear()


@pytest.fixture
def translated(confederation):
    confederation.languages = "en fr pl"
    confederation.save()


def read(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, sitemap.XML)
    return ElementTree.fromstring(answer.getvalue())


def named(tree):
    """The addresses that a map or the index names, without the site."""
    return [found.text.removeprefix(SITE) for found in tree.iterfind("*/m:loc", SPACES)]


def others(tree):
    """Of each page of a map the languages that it names with their addresses."""
    return [
        {link.get("hreflang"): link.get("href").removeprefix(SITE) for link in url.iterfind("x:link", SPACES)}
        for url in tree.iterfind("m:url", SPACES)
    ]


def test_index_names_the_maps_that_hold_something(confederation):
    factories.PositionFactory()
    factories.PageFactory()
    factories.PositionFactory(audience="board")
    factories.EventFactory(audience="board")

    assert named(read("/sitemap.xml")) == [
        "/sitemaps/pages-1.xml",
        "/sitemaps/texts-1.xml",
        "/sitemaps/positions-1.xml",
    ]


def test_map_of_a_shelf_holds_what_visitors_find(confederation):
    factories.PositionFactory(key="t45")
    factories.PositionFactory(key="draft", audience="secretariat")

    assert named(read("/sitemaps/positions-1.xml")) == ["/positions/t45/"]


def test_member_stands_under_its_one_address(confederation):
    factories.MembershipFactory(start="2020", organisation__key="coceta")
    factories.OrganisationFactory(key="dg-empl")

    maps = {name: named(read(f"/sitemaps/{name}-1.xml")) for name in ("members", "organisations")}

    assert maps == {"members": ["/members/coceta/"], "organisations": ["/organisations/dg-empl/"]}
    assert [Client().get(address).status_code for (address,) in maps.values()] == [200, 200]


def test_map_of_texts_holds_the_pages_that_are_out(confederation):
    factories.PageFactory(path="history")
    factories.PageFactory(path="history/people")
    factories.PageFactory(path="draft", status="draft")
    factories.PageFactory(path="later", publish_on=datetime(2100, 1, 1, tzinfo=UTC))
    factories.PageFactory(path="inside", audience="members")

    assert named(read("/sitemaps/texts-1.xml")) == ["/history/", "/history/people/"]


def test_map_of_pages_holds_lists_years_and_public_reports(confederation):
    factories.ReportFactory(year=2023, audience="public")
    factories.ReportFactory(year=2022, audience="board")

    found = named(read("/sitemaps/pages-1.xml"))

    assert [address for address in found if any(letter.isdigit() for letter in address)] == [
        "/reports/2023/",
        "/year/2023/",
        "/figures/2023/",
        "/audit/2023/",
        "/year/2024/",
        "/figures/2024/",
        "/audit/2024/",
    ]
    assert found[:6] == ["/", "/about/", "/board/", "/staff/", "/umbrellas/", "/newsletters/subscribe/"]
    assert {"/members/", "/positions/", "/events/"} < set(found)


def test_every_address_of_the_map_of_pages_opens(confederation):
    factories.ReportFactory(year=2024, audience="public")

    answers = {address: Client().get(address).status_code for address in named(read("/sitemaps/pages-1.xml"))}

    assert answers == dict.fromkeys(answers, 200)


def test_page_is_named_in_each_language(translated):
    factories.PositionFactory(key="t45")

    [position] = others(read("/sitemaps/positions-1.xml"))

    assert position == {
        "en": "/positions/t45/",
        "fr": "/fr/positions/t45/",
        "pl": "/pl/positions/t45/",
        "x-default": "/positions/t45/",
    }


def test_map_in_another_language_names_the_same(translated):
    factories.PageFactory(path="history")

    tree = read("/fr/sitemaps/texts-1.xml")

    assert named(tree) == ["/fr/history/"]
    assert others(tree) == others(read("/sitemaps/texts-1.xml"))


def test_one_language_names_no_others(confederation):
    factories.PositionFactory(key="t45")

    assert others(read("/sitemaps/positions-1.xml")) == [{}]


@pytest.mark.parametrize(("codes", "sizes"), [("en", [4, 1]), ("en fr", [2, 2, 1])])
def test_map_holds_no_more_addresses_than_it_may(confederation, monkeypatch, codes, sizes):
    monkeypatch.setattr(sitemap, "LIMIT", 4)
    confederation.languages = codes
    confederation.save()
    for number in range(5):
        factories.PositionFactory(key=f"p{number}")

    maps = [address for address in named(read("/sitemap.xml")) if "positions" in address]

    assert [len(named(read(address))) for address in maps] == sizes
    assert Client().get(f"/sitemaps/positions-{len(sizes) + 1}.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_map_is_read_by_as_many_queries_for_more_records(translated, count, django_assert_num_queries):
    factories.PositionFactory.create_batch(count)

    with django_assert_num_queries(3):
        assert len(named(read("/sitemaps/positions-1.xml"))) == count
