"""Pages of visitors are made once for each state of the records, and never those of somebody who is signed in."""

import pytest
from django.test import Client

from tests import factories
from tests.website.page import Page
from umbel.website import freshness

pytestmark = pytest.mark.django_db


@pytest.fixture
def confederation():
    return factories.ConfederationFactory(name="COOPS", long_name="confederation of cooperatives")


@pytest.mark.parametrize("address", ["/", "/positions/", "/positions.atom", "/about/", "/sitemap.xml", "/colours.css"])
def test_page_that_did_not_change_is_not_sent_again(confederation, address, django_assert_num_queries):
    first = Client().get(address)

    with django_assert_num_queries(1):
        again = Client().get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert (first["Cache-Control"], first["Vary"]) == (again["Cache-Control"], again["Vary"]) == ("no-cache", "Cookie")


@pytest.mark.parametrize("order", [("secretary_general", "nobody"), ("nobody", "secretary_general")])
def test_quick_capture_of_the_secretariat_is_in_no_page_that_visitors_share(confederation, client_of, order):
    shown = {seat: "/desk/capture/" in client_of(seat).get("/positions/").text for seat in order}

    assert shown == {"secretary_general": True, "nobody": False}


def test_page_is_made_anew_when_a_record_changes(confederation):
    position = factories.PositionFactory(title="Opinion on care")
    first = Client().get("/positions/")

    position.title = "Opinion on long-term care"
    position.save()
    again = Client().get("/positions/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert "Opinion on long-term care" in again.text


def test_page_that_was_made_is_sent_again_as_it_was(confederation, django_assert_num_queries):
    factories.PositionFactory()
    first = Client().get("/positions/")

    with django_assert_num_queries(1):
        again = Client().get("/positions/")

    assert (again.content, again["Content-Type"]) == (first.content, first["Content-Type"])


def test_tag_of_one_page_is_none_of_another(confederation):
    first = Client().get("/positions/")

    other = Client().get("/events/", headers={"If-None-Match": first["ETag"]})

    assert (other.status_code, other["ETag"] == first["ETag"]) == (200, False)
    assert Page(other.text).words("h1") == ["Events"]


def test_page_of_somebody_signed_in_is_kept_by_nobody(confederation, as_secretariat):
    factories.PositionFactory(title="For us alone", audience="secretariat")

    own = as_secretariat.get("/positions/")
    others = Client().get("/positions/")

    assert "For us alone" in own.text
    assert "For us alone" not in others.text
    assert own["Cache-Control"] == "private, no-cache"
    assert "ETag" not in own


def test_page_for_visitors_is_not_shown_to_somebody_signed_in(confederation, as_secretariat):
    factories.PositionFactory(title="For us alone", audience="secretariat")
    Client().get("/positions/")

    assert "For us alone" in as_secretariat.get("/positions/").text


def test_what_is_not_there_is_not_kept(confederation):
    answer = Client().get("/positions/none/")

    assert answer.status_code == 404
    assert "ETag" not in answer


def test_nothing_is_kept_before_there_are_records():
    assert "ETag" not in Client().get("/")


def test_store_throws_away_what_was_not_asked_for_longest():
    store = freshness.Store(3)

    store.put("a", "first", 1)
    store.put("b", "second", 1)
    store.get("a")
    store.put("c", "third", 2)

    assert [store.get(key) for key in "abc"] == ["first", None, "third"]
    assert store.weight == 3


def test_store_weighs_what_is_put_twice_once():
    store = freshness.Store(3)

    store.put("a", "first", 2)
    store.put("a", "second", 3)

    assert (store.get("a"), store.weight) == ("second", 3)
