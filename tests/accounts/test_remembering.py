"""What is remembered of a user's rights, and for how long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.cast import end

pytestmark = pytest.mark.django_db


def asked(browser, address="/my/documents/"):
    """The tables of rights that a page asks for."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(address).status_code == 200
    return [name for name in ("network_post", "governance_mandate")
            if any(f'FROM "{name}"' in query["sql"] for query in queries)]  # fmt: skip


def test_posts_and_mandates_are_asked_for_once_until_a_record_changes(cast, client_of):
    factories.ConfederationFactory()
    browser = client_of("representative_a")

    first, second = asked(browser), asked(browser)
    factories.EventFactory()
    third, fourth = asked(browser), asked(browser)

    assert (first, second, third, fourth) == (["network_post", "governance_mandate"], [], first, [])


def test_each_user_has_their_own(cast, client_of):
    paper = factories.DocumentFactory(audience="members")

    found = {seat: client_of(seat).get(paper.get_absolute_url()).status_code for seat in ("representative_a", "reader")}
    again = {seat: client_of(seat).get(paper.get_absolute_url()).status_code for seat in ("representative_a", "reader")}

    assert found == again == {"representative_a": 200, "reader": 404}


def test_what_ends_today_is_over_tomorrow_though_no_record_changes(cast, client_of, monkeypatch):
    today = timezone.localdate()
    paper = factories.DocumentFactory(audience="members")
    end(cast.member_a.posts.all(), today)
    browser = client_of("representative_a")
    on_the_last_day = browser.get(paper.get_absolute_url()).status_code

    monkeypatch.setattr(timezone, "localdate", lambda *_when: today + timedelta(days=1))

    assert (on_the_last_day, browser.get(paper.get_absolute_url()).status_code) == (200, 404)
