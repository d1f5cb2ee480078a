"""Places are limited: who gets one, who waits, and who moves up."""

import threading

import pytest
from django.db import connection

from tests import factories
from tests.core.crud.reading import form_of
from tests.events.registering import colleague, day, names, open_event, send, states
from umbel.events import registering
from umbel.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast):
    return open_event()


def test_whoever_finds_no_place_waits(cast, client_of):
    open_event(places=1)
    own, ada = cast.representative_a.person, colleague(cast.member_a, name="Ada")
    browser = client_of("representative_a")

    first = send(browser, own)
    second = send(browser, ada)

    assert (names(first), "waiting list" in first.text) == ([(own.name, None)], True)
    assert (names(second), "Ada is on the waiting list." in second.text) == ([(own.name, None), ("Ada", 1)], True)


def test_place_on_the_waiting_list_counts_those_of_others(cast, client_of):
    event = open_event(places=1)
    factories.RegistrationFactory(event=event)
    factories.RegistrationFactory(event=event, state="waiting", organisation=cast.member_b)

    answer = send(client_of("representative_a"), cast.representative_a.person)

    assert names(answer) == [(cast.representative_a.person.name, 2)]


def test_withdrawing_moves_up_who_waits_longest(cast, client_of):
    event = open_event(places=1)
    rows = [
        factories.RegistrationFactory(event=event, organisation=cast.member_a, state=state)
        for state in ("registered", "waiting", "waiting")
    ]

    answer = client_of("representative_a").post(f"/my/registrations/{rows[0].pk}/withdraw/", follow=True)

    assert states() == ["withdrawn", "registered", "waiting"]
    assert f"{rows[0].person} is withdrawn. If that was a mistake, register them again below." in answer.text


def test_whoever_registers_again_stands_at_the_end(cast, client_of):
    event = open_event(places=1)
    own = factories.RegistrationFactory(event=event, person=cast.representative_a.person, organisation=cast.member_a)
    factories.RegistrationFactory(event=event, state="waiting")
    factories.RegistrationFactory(event=event, state="waiting")
    browser = client_of("representative_a")

    browser.post(f"/my/registrations/{own.pk}/withdraw/")
    answer = send(browser, own.person)

    assert (names(answer), states()) == ([(own.person.name, 2)], ["waiting", "registered", "waiting"])


def test_withdrawing_twice_does_not_move_two_up(cast, client_of):
    event = open_event(places=1)
    row = factories.RegistrationFactory(event=event, organisation=cast.member_a)
    factories.RegistrationFactory.create_batch(2, event=event, state="waiting")
    browser = client_of("representative_a")

    for _ in range(2):
        browser.post(f"/my/registrations/{row.pk}/withdraw/")

    assert states() == ["withdrawn", "registered", "waiting"]


def test_more_places_in_the_desk_move_people_up(cast, as_secretariat):
    event = open_event(places=1)
    factories.RegistrationFactory(event=event)
    factories.RegistrationFactory.create_batch(3, event=event, state="waiting")
    page = f"/desk/events/{event.pk}/"
    data, _texts = form_of(as_secretariat.get(page))

    answer = as_secretariat.post(page, {**data, "places": 3})

    assert answer.status_code == 302
    assert states() == ["registered", "registered", "registered", "waiting"]


def test_registration_that_is_deleted_leaves_its_place_to_others(event):
    Event.objects.filter(pk=event.pk).update(places=1)
    row = factories.RegistrationFactory(event=event)
    factories.RegistrationFactory(event=event, state="waiting")

    row.delete()

    assert states() == ["registered"]


def test_event_goes_with_its_registrations(event):
    factories.RegistrationFactory(event=event)
    factories.RegistrationFactory(event=event, state="waiting")

    event.delete()

    assert states() == []


def test_nobody_moves_up_when_the_event_is_over():
    event = open_event(places=1, date=day(-1), registration_to=day(-9))
    row = factories.RegistrationFactory(event=event)
    factories.RegistrationFactory(event=event, state="waiting")

    row.state = "withdrawn"
    row.save()

    assert states() == ["withdrawn", "waiting"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one_of_two_who_register_at_once():
    event = open_event(places=1)
    people = factories.PersonFactory.create_batch(4)
    start = threading.Barrier(4)

    def write(person):
        start.wait()
        registering.register(event, [(person, None)])
        connection.close()

    writers = [threading.Thread(target=write, args=[person]) for person in people]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(states()) == ["registered", "waiting", "waiting", "waiting"]
