"""A record whose key was changed is still found under the addresses that it had."""

import pytest

from tests import factories
from tests.core.crud.reading import form_of, words
from umbel.website.editing.checking import inside
from umbel.website.models import Redirect

pytestmark = pytest.mark.django_db


def renamed(row, key):
    row.key = key
    row.save()


def led(client, url):
    """The addresses through which a page is found, and what it answers in the end."""
    answer = client.get(url, follow=True)
    return [step for step, _status in answer.redirect_chain], answer.status_code


def test_key_that_is_changed_on_the_desk_leaves_a_way_from_the_old_address(own, as_secretariat, as_nobody):
    event = factories.EventFactory(key="t56", has_page=True)
    url = f"/desk/events/{event.pk}/"
    data, _texts = form_of(as_secretariat.get(url))

    as_secretariat.post(url, {**data, "key": "forum"})

    assert led(as_nobody, "/events/t56/") == (["/events/forum/"], 200)
    assert led(as_nobody, "/records/events.event/t56/") == (["/events/forum/"], 200)
    assert led(as_nobody, "/fr/events/t56/?a=1") == (["/fr/events/forum/?a=1"], 200)
    assert as_nobody.get("/events/t56/").status_code == 301


def test_old_address_of_a_member_leads_to_its_page(own, as_nobody):
    member = factories.MembershipFactory(organisation__key="coceta").organisation
    renamed(member, "coceta-es")

    assert led(as_nobody, "/members/coceta/")[0][-1] == "/members/coceta-es/"
    assert led(as_nobody, "/organisations/coceta/")[0][-1] == "/members/coceta-es/"


def test_old_address_of_a_meeting_leads_to_it_as_an_event(own, as_nobody):
    meeting = factories.MeetingFactory(key="assembly", has_page=True)
    renamed(meeting, "general-assembly")

    assert led(as_nobody, "/events/assembly/") == (["/events/general-assembly/"], 200)
    assert led(as_nobody, "/records/governance.meeting/assembly/") == (["/events/general-assembly/"], 200)


def test_old_address_of_a_kind_without_a_shelf_leads_on(own, as_nobody):
    renamed(factories.IndicatorFactory(key="jobs"), "workers")

    old, new = (f"/records/collection.indicator/{key}/" for key in ("jobs", "workers"))
    assert led(as_nobody, old) == ([new], 200)


def test_every_address_that_a_record_had_leads_to_the_last_in_one_step(own, as_nobody):
    event = factories.EventFactory(key="one", has_page=True)
    for key in ("two", "three", "one", "four"):
        renamed(event, key)

    ways = [led(as_nobody, f"/events/{key}/") for key in ("one", "two", "three", "four")]

    assert ways == [*[(["/events/four/"], 200)] * 3, ([], 200)]


@pytest.mark.parametrize("audience", ["public", "administrator"])
def test_key_that_another_record_took_leads_to_that_one(own, as_nobody, audience):
    renamed(factories.EventFactory(key="t56", has_page=True), "forum")
    factories.EventFactory(key="t56", title="Another", has_page=True, audience=audience)

    way, status = led(as_nobody, "/events/t56/")

    assert (way, status) == ([], 200 if audience == "public" else 404)
    assert ("Another" in words(as_nobody.get("/events/t56/"))) == (audience == "public")


@pytest.mark.parametrize(("then", "now"), [("public", "members"), ("members", "members"), ("members", "public")])
def test_old_address_of_what_a_reader_may_not_see_is_as_unknown_as_any(own, client_of, then, now):
    event = factories.EventFactory(key="t56", audience=then, has_page=True)
    renamed(event, "hush")
    event.audience = now
    event.save()
    nobody, member = client_of("nobody"), client_of("representative_a")

    pages = [nobody.get(url) for url in ("/events/t56/", "/records/events.event/t56/", "/events/unknown/")]

    assert [page.status_code for page in pages] == [404, 404, 404]
    assert ["hush" in page.text for page in pages] == [False, False, False]
    assert led(member, "/events/t56/") == (["/events/hush/"], 200)


def test_old_address_of_a_record_that_was_deleted_is_unknown(own, as_secretariat, as_nobody):
    event = factories.EventFactory(key="t56")
    renamed(event, "forum")
    as_secretariat.post(f"/desk/events/{event.pk}/delete/")

    assert led(as_nobody, "/events/t56/") == ([], 404)


def test_saving_a_record_under_its_key_leaves_no_redirect(own, as_secretariat):
    event = factories.EventFactory(key="t56")
    event.title = "Another title"
    event.save()

    assert not Redirect.objects.exists()


@pytest.mark.parametrize("path", ["/records/nothing/t56/", "/records/accounts.user/1/", "/records/a.b.c/x/"])
def test_address_of_no_kind_of_record_is_unknown(own, as_nobody, path):
    assert led(as_nobody, path) == ([], 404)


@pytest.mark.parametrize(("audience", "state"), [("public", "fine"), ("members", "missing")])
def test_link_to_an_old_address_is_no_dead_link(own, audience, state):
    event = factories.EventFactory(key="t56")
    renamed(event, "forum")
    event.audience = audience
    event.save()

    assert inside("/events/t56/") == (state, "")
