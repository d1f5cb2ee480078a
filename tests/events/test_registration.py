"""Members register for events: who may, until when, and where it is told."""

import pytest
from django.utils import timezone

from tests import factories
from tests.cast import end
from tests.events.registering import PAGE, colleague, day, names, open_event, send, states
from umbel.events import registering
from umbel.events.models import Event, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast):
    return open_event()


# Who may


def test_representative_registers_themselves_and_colleagues(cast, client_of, event):
    own, other = cast.representative_a.person, colleague(cast.member_a, name="Ada")
    browser = client_of("representative_a")

    answer = send(browser, own, other)

    assert (answer.redirect_chain, names(answer)) == ([(PAGE, 302)], [("Ada", None), (own.name, None)])
    assert sorted(Registration.objects.values_list("person", "organisation", "state")) == sorted(
        (person.pk, cast.member_a.pk, "registered") for person in (own, other)
    )
    assert f"Ada and {own.name} are registered." in answer.text.replace(f"{own.name} and Ada", f"Ada and {own.name}")


def test_other_members_see_nothing_of_it(cast, client_of, event):
    ada = colleague(cast.member_a, name="Ada")
    row = factories.RegistrationFactory(event=event, person=ada, organisation=cast.member_a)
    browser = client_of("representative_b")

    page = browser.get(PAGE)

    assert (page.status_code, "Ada" in page.text, names(page)) == (200, False, [])
    assert browser.post(f"/my/registrations/{row.pk}/withdraw/").status_code == 404
    assert browser.get(row.get_absolute_url()).status_code == 404
    assert states() == ["registered"]


@pytest.mark.parametrize(
    ("seat", "status"),
    [("representative_a", 200), ("representative_b", 404), ("nobody", 404), ("board", 404), ("secretariat", 200)],
)
def test_record_of_a_registration_is_for_its_organisation_and_the_secretariat(cast, client_of, event, seat, status):
    factories.ConfederationFactory()
    row = factories.RegistrationFactory(event=event, organisation=cast.member_a)

    assert client_of(seat).get(row.get_absolute_url()).status_code == status


def test_secretariat_sees_it_on_the_desk(cast, as_secretariat, event):
    factories.RegistrationFactory(event=event, person__name="Ada", organisation=cast.member_a)
    factories.RegistrationFactory(event__title="Another", person__name="Bob")

    page = as_secretariat.get("/desk/registrations/?event=visit")
    of_event = as_secretariat.get(f"/desk/events/{event.pk}/")

    assert ("Ada" in page.text, "Bob" in page.text) == (True, False)
    assert "/desk/registrations/?event=visit" in of_event.text
    assert "Registrations (1)" in of_event.text


@pytest.mark.parametrize(
    ("seat", "audience", "status"),
    [
        ("representative_a", "members", 200),
        ("affiliate", "members", 404),
        ("affiliate", "public", 200),
        ("representative_a", "board", 404),
        ("board", "members", 404),
        ("secretariat", "members", 404),
        ("nobody", "members", 302),
    ],
)
def test_page_is_there_for_who_speaks_for_an_organisation_and_sees_the_event(cast, client_of, seat, audience, status):
    open_event(audience=audience)

    assert client_of(seat).get(PAGE).status_code == status


def test_event_that_takes_no_registrations_has_no_such_page(cast, client_of):
    open_event(registration_to=None)

    assert client_of("representative_a").get(PAGE).status_code == 404


def test_people_of_others_and_people_who_left_cannot_be_registered(cast, client_of, event):
    left = colleague(cast.member_a, name="Left")
    end(left.posts.all(), day(-1))
    browser = client_of("representative_a")

    answers = [send(browser, person) for person in (cast.representative_b.person, left)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert Registration.objects.exists() is False


def test_nobody_chosen_is_said_beside_the_boxes(cast, client_of, event):
    answer = send(client_of("representative_a"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["people"] == ["Choose at least one person."]


def test_somebody_registered_by_another_organisation_is_not_offered(cast, client_of, event):
    both = colleague(cast.member_a, name="Of both")
    factories.PostFactory(person=both, organisation=cast.member_b)
    factories.RegistrationFactory(event=event, person=both, organisation=cast.member_b)

    page = client_of("representative_a").get(PAGE)

    assert names(page) == []
    assert [each.person.name for each in page.context["standing"].elsewhere] == ["Of both"]
    assert "Of both" not in [each.person.name for each in page.context["standing"].free]


def test_form_that_is_sent_twice_registers_once(cast, client_of, event):
    browser, ada = client_of("representative_a"), colleague(cast.member_a, name="Ada")
    once = browser.get(PAGE).context["once"]

    answers = [send(browser, ada, once=once) for _ in range(2)]

    assert "This form was sent before." in answers[1].text
    assert (answers[1].status_code, states()) == (200, ["registered"])


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_whatever_the_number_of_people(cast, client_of, django_assert_num_queries, event, count):
    for number in range(count):
        colleague(cast.member_a, name=f"Free {number}")
        factories.RegistrationFactory(
            event=event, person=colleague(cast.member_a), organisation=cast.member_a, state="waiting"
        )
    browser = client_of("representative_a")
    browser.get(PAGE)

    with django_assert_num_queries(9):
        browser.get(PAGE)


@pytest.mark.parametrize("count", [1, 3])
def test_list_on_the_desk_asks_the_same_whatever_its_length(cast, as_secretariat, django_assert_num_queries, count):
    factories.RegistrationFactory.create_batch(count, organisation=cast.member_a)
    as_secretariat.get("/desk/registrations/")

    with django_assert_num_queries(5):
        as_secretariat.get("/desk/registrations/")


# Dates


@pytest.mark.parametrize(
    ("date", "ends", "until", "is_open"),
    [
        (20, None, 0, True),
        (20, None, -1, False),
        (0, None, 0, True),
        (-1, None, 3, False),
        (-1, 0, 3, True),
        (None, None, 3, True),
        (20, None, None, False),
    ],
)
def test_registration_is_open_until_its_last_day_and_the_end_of_the_event(date, ends, until, is_open):
    known = {"date": date, "ends": ends, "registration_to": until}
    event = open_event(**{name: None if number is None else day(number) for name, number in known.items()})
    event.refresh_from_db()

    found = Event.objects.taking_registrations(timezone.localdate())

    assert (event.takes_registrations(timezone.localdate()), list(found)) == (is_open, [event] if is_open else [])


def test_after_the_last_day_the_page_says_so_and_one_can_still_withdraw(cast, client_of):
    event = open_event(registration_to=day(-1))
    row = factories.RegistrationFactory(event=event, organisation=cast.member_a)
    browser = client_of("representative_a")

    page = browser.get(PAGE)
    refused = send(browser, cast.representative_a.person)
    withdrawn = browser.post(f"/my/registrations/{row.pk}/withdraw/", follow=True)

    assert ("Registration is closed." in page.text, 'name="people"' in page.text) == (True, False)
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (422, ["Registration is closed."])
    assert (f"{row.person} is withdrawn." in withdrawn.text, states()) == (True, ["withdrawn"])


def test_of_an_event_that_is_over_nothing_changes(cast, client_of):
    event = open_event(date=day(-1), registration_to=day(-5))
    row = factories.RegistrationFactory(event=event, organisation=cast.member_a)
    browser = client_of("representative_a")

    page = browser.get(PAGE)
    answer = browser.post(f"/my/registrations/{row.pk}/withdraw/", follow=True)

    assert ("The event is over." in page.text, "/withdraw/" in page.text) == (True, False)
    assert ("The event is over." in answer.text, states()) == (True, ["registered"])


# Where it is told


@pytest.mark.parametrize(("seat", "buttons"), [("representative_a", 1), ("secretariat", 0), ("nobody", 0)])
def test_page_of_the_event_tells_the_places_left(cast, client_of, seat, buttons):
    factories.ConfederationFactory()
    event = open_event(audience="public", places=3, registration_to="2999-12-03", date="2999-12-20")
    factories.RegistrationFactory(event=event)
    factories.RegistrationFactory(event=event, state="withdrawn")

    page = client_of(seat).get("/events/visit/").text

    assert "Registration until 3 December 2999, 2 of 3 places left" in page
    assert page.count(f'href="{PAGE}"') == buttons


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (None, "Registration until 3 December 2999"),
        (3, "Registration until 3 December 2999, 1 of 3 places left"),
        (2, "Registration until 3 December 2999, no place is left: there is a waiting list"),
    ],
)
def test_places_are_told_as_far_as_they_are_limited(cast, client_of, places, told):
    event = open_event(places=places, registration_to="2999-12-03", date="2999-12-20")
    factories.RegistrationFactory.create_batch(2, event=event)

    assert f"{told}." in client_of("representative_a").get(PAGE).text


def test_task_stands_until_somebody_of_the_organisation_is_on_the_list(cast, client_of, event):
    def asked(seat):
        todos = client_of(seat).get("/my/").context["todos"]
        return [(todo.url, str(todo.until)) for todo, _days in todos if todo.text == "Register for Visit to Imola"]

    before = [asked(seat) for seat in ("representative_a", "representative_b", "affiliate")]
    row = factories.RegistrationFactory(event=event, organisation=cast.member_a, state="waiting")
    after = [asked(seat) for seat in ("representative_a", "representative_b")]
    registering.withdraw(row)

    assert before == [[(PAGE, day(10))], [(PAGE, day(10))], []]
    assert after == [[], [(PAGE, day(10))]]
    assert asked("representative_a") == [(PAGE, day(10))]


@pytest.mark.parametrize(("state", "shown"), [("registered", ["Visit to Imola"]), ("waiting", []), ("withdrawn", [])])
def test_event_stands_in_the_calendar_of_who_comes(cast, client_of, event, state, shown):
    factories.RegistrationFactory(event=event, person=cast.representative_b.person, state=state)

    entries = client_of("representative_b").get("/my/").context["coming"]

    assert [entry.text for entry in entries if entry.text == event.title] == shown


def test_closing_of_registration_falls_due_on_the_desk(as_secretariat, event):
    assert "Registration for Visit to Imola closes" in as_secretariat.get("/desk/due/").text
