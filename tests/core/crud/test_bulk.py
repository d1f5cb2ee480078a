"""What is done to many rows at once."""

import re

import pytest

from tests import factories
from tests.core.crud.reading import names, toasts, words
from umbel.core.models import Deletion
from umbel.events.models import Event

pytestmark = pytest.mark.django_db

BULK = "/desk/events/bulk/"


def sure(client, page, **changes):
    """Send the question back as its button does."""
    html = page.content.decode()
    sent = {name: re.findall(rf'name="{name}" value="([^"]*)"', html) for name in ("pick", "act", "set-audience")}
    return client.post(BULK, {**sent, "sure": "1", **changes}, follow=True)


def test_field_is_set_for_picked_rows_and_for_no_other(as_secretariat):
    first, second, third = factories.EventFactory.create_batch(3)

    answer = as_secretariat.post(
        BULK,
        {"pick": [first.pk, third.pk], "act": "set:audience", "set-audience": "members", "set-kind": "jury"},
        follow=True,
    )

    assert toasts(answer) == ["2 records were changed."]
    events = Event.objects.order_by("pk")
    assert list(events.values_list("audience", flat=True)) == ["members", "public", "members"]
    assert set(events.values_list("kind", flat=True)) == {"conference"}


def test_value_outside_the_list_changes_nothing(as_secretariat):
    event = factories.EventFactory()

    answer = as_secretariat.post(BULK, {"pick": event.pk, "act": "set:kind", "set-kind": "party"}, follow=True)

    assert "Nothing was changed." in words(answer)
    event.refresh_from_db()
    assert event.kind == "conference"


@pytest.mark.parametrize("act", ["set:title", "set:pk", "set:", "burn", "", "delete:kind"])
def test_other_acts_are_not_there(as_secretariat, act):
    event = factories.EventFactory()
    before = Event.objects.values().get()

    answers = [as_secretariat.post(BULK, {"pick": event.pk, "act": act, **more}) for more in ({}, {"sure": "1"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Event.objects.values().get() == before


def test_deletion_of_several_is_asked_first_and_can_be_undone(as_secretariat):
    events = factories.EventFactory.create_batch(3)
    factories.SpeakerFactory(event=events[0])
    factories.ConfederationFactory(reporting_year=2024)

    page = as_secretariat.post(BULK, {"pick": [events[0].pk, events[1].pk], "act": "delete"})
    assert "Delete 2 records?" in words(page)
    assert "One row that belongs to them goes with them." in words(page)
    assert re.search(r"\d+ figures of 2024 count some of them.", words(page))
    assert Event.objects.count() == 3

    answer = sure(as_secretariat, page)
    assert toasts(answer)[0].startswith("2 records were deleted.")
    assert names(answer) == [events[2].title]

    numbers = ",".join(map(str, Deletion.objects.values_list("pk", flat=True)))
    as_secretariat.post("/desk/bin/restore/", {"deletions": numbers})
    assert Event.objects.count() == 3
    assert events[0].speakers.count() == 1


def test_all_that_fit_are_asked_first(as_secretariat):
    factories.EventFactory.create_batch(60, kind="visit")
    factories.EventFactory.create_batch(3, kind="jury")
    assert "All 60 that fit" in words(as_secretariat.get("/desk/events/?kind=visit"))

    asked = {"all": "1", "address": "?kind=visit", "act": "set:audience", "set-audience": "board"}
    page = as_secretariat.post(BULK, asked)
    assert "Set audience of 60 records to “Board”?" in words(page)

    sure(as_secretariat, page)
    assert Event.objects.filter(audience="board").count() == 60
    assert Event.objects.filter(kind="jury", audience="public").count() == 3


def test_more_than_the_limit_are_refused(as_secretariat, monkeypatch):
    from umbel.core.crud.views import bulk

    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    factories.EventFactory.create_batch(3)

    answer = as_secretariat.post(BULK, {"all": "1", "act": "delete", "address": "?"}, follow=True)

    assert toasts(answer) == ["These are more than 2 rows: narrow the list, so that fewer fit."]
    assert Event.objects.count() == 3


def test_nothing_is_deleted_where_one_row_is_needed(as_secretariat):
    free, needed = factories.OrganisationFactory(), factories.OrganisationFactory(name="Needed")
    factories.EngagementFactory(title="A meeting", institution=needed)

    page = as_secretariat.post("/desk/organisations/bulk/", {"pick": [free.pk, needed.pk], "act": "delete"})
    assert "Nothing was deleted: “A meeting” needs it. Change or delete this first." in words(page)

    sent = {"pick": [free.pk, needed.pk], "act": "delete", "sure": "1"}
    as_secretariat.post("/desk/organisations/bulk/", sent)
    free.refresh_from_db()


def test_nothing_picked_says_so(as_secretariat):
    answer = as_secretariat.post(BULK, {"act": "delete"}, follow=True)

    assert toasts(answer) == ["Nothing was picked: tick the rows first."]


@pytest.mark.parametrize("number", ["1e9", "-1", "9" * 30, "x", "\0"])
def test_forged_number_picks_nothing(as_secretariat, number):
    factories.EventFactory()

    answer = as_secretariat.post(BULK, {"act": "delete", "pick": number}, follow=True)

    assert toasts(answer) == ["Nothing was picked: tick the rows first."]


def test_what_was_set_is_undone_but_for_rows_that_were_changed_since(as_secretariat):
    first, second, third = factories.EventFactory.create_batch(3)
    Event.objects.filter(pk=second.pk).update(audience="board")
    sent = {"pick": [first.pk, second.pk, third.pk], "act": "set:audience", "set-audience": "members"}

    page = as_secretariat.post(BULK, sent, follow=True)
    Event.objects.filter(pk=third.pk).update(audience="funder")
    assert '<button type="submit" class="btn btn-sm" name="act" value="undo">' in page.text
    answer = as_secretariat.post(BULK, {"act": "undo"}, follow=True)

    assert toasts(answer) == ["2 records are as they were."]
    assert list(Event.objects.order_by("pk").values_list("audience", flat=True)) == ["public", "board", "funder"]


@pytest.mark.parametrize("address", [BULK, "/desk/stories/bulk/"])
def test_only_what_one_has_set_oneself_is_undone_and_once(client_of, address):
    event = factories.EventFactory()
    setter, other = client_of("advocacy"), client_of("secretary_general")
    setter.post(BULK, {"pick": event.pk, "act": "set:audience", "set-audience": "members"})

    refused = toasts(other.post(address, {"act": "undo"}, follow=True))

    assert refused == ["This can no longer be undone."]
    assert Event.objects.get().audience == "members"


def test_undoing_needs_the_right_to_change(client_of):
    assert client_of("finance").post(BULK, {"act": "undo"}).status_code == 404
