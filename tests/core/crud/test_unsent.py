"""A form that is sent after the session has ended is not lost."""

import re

import pytest

from tests import factories
from tests.core.crud.reading import form_of, words
from umbel.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory(title="A hearing", note="As it was")


@pytest.fixture
def browser(client_of, event):
    """A browser whose session ended while somebody typed, and that has sent the form; the address of the form."""
    client = client_of("secretary_general")
    url = f"/desk/events/{event.pk}/"
    data, _texts = form_of(client.get(url))
    client.logout()
    answer = client.post(url, {**data, "note": ["Line one\nline <b>two</b>"]})
    return client, url, answer


def sign_in(client, person):
    client.force_login(person, backend="umbel.accounts.backends.PasswordBackend")


def sent_again(page):
    """What the page sends again: the fields of the form that waits, as a browser reads them."""
    html = page.content.decode().split('method="post"')
    form = next(part for part in html if "Send it now" in part)
    return form_of(type(page)(f"<form data-unsaved>{form.split('>', 1)[1]}"))[0]


def test_form_waits_for_who_signs_in_and_is_sent_then(browser, cast):
    client, url, answer = browser
    assert (answer.status_code, answer.url) == (302, f"/account/login/?next={url}")
    assert Event.objects.get().note == "As it was"

    sign_in(client, cast.secretary_general)
    page = client.get(url)
    assert "Your form has not been sent yet" in words(page)
    assert "Line one<br>line &lt;b&gt;two&lt;/b&gt;" in page.content.decode()
    client.post(url, sent_again(page))

    assert Event.objects.get().note == "Line one\nline <b>two</b>"
    assert "Your form has not been sent yet" not in words(client.get(url))


def test_form_that_waits_is_told_in_the_words_of_its_fields(client_of, cast):
    client, url = client_of("secretary_general"), "/desk/events/add/"
    data, _texts = form_of(client.get(url))
    client.logout()
    typed = {"title": "Fair", "part": "speaker", "ends": "2024-06-12", "has_page": "on", "speakers-0-function": "Chair"}
    client.post(url, {"whose": data["whose"], "speakers-TOTAL_FORMS": "1", **typed, "odd_name": "odd"})
    sign_in(client, cast.secretary_general)

    page = client.get(url)

    assert re.findall(r"<dt>([^<]+)</dt><dd><?p?>?([^<]+)", page.text) == [
        ("Title", "Fair"), ("Own part", "Speaker"), ("Last day", "2024-06-12"), ("Has a page", "yes"),
        ("People at events 1: Function that day", "Chair"), ("Odd name", "odd"),
    ]  # fmt: skip


def test_page_of_the_sign_in_tells_that_what_was_typed_is_kept(browser):
    client, _url, answer = browser

    assert "What you typed is kept: sign in to see it." in words(client.get(answer.url))


def test_several_values_of_a_field_stand_in_one_line(client_of, cast):
    factories.ConfederationFactory(languages="en")
    client, url = client_of("secretary_general"), "/desk/site/"
    data, _texts = form_of(client.get(url))
    client.logout()
    client.post(url, {"whose": data["whose"], "street": "Rue Neuve 1", "others": ["fr", "pl"]})
    sign_in(client, cast.secretary_general)

    page = client.get(url)

    assert re.findall(r"<dt>([^<]+)</dt><dd><?p?>?([^<]+)", page.text) == [
        ("Street", "Rue Neuve 1"),
        ("Others", "fr, pl"),
    ]


def test_demonstration_leads_back_to_where_somebody_was(settings, client_of, cast):
    settings.DEMO = True
    cast.secretary_general.preferences = {"demo": "Secretary general"}
    cast.secretary_general.save()
    client = client_of("nobody")
    door = re.search(r'href="(/account/as/\?[^"]+)"', client.get("/account/login/?next=/desk/events/add/").text)[1]

    asked = re.search(r'name="next" value="([^"]+)"', client.get(door).text)[1]
    answer = client.post("/account/as/", {"user": cast.secretary_general.pk, "next": asked})

    assert answer.url == "/desk/events/add/"


def test_form_that_waits_can_be_forgotten(browser, cast):
    client, url, _answer = browser
    sign_in(client, cast.secretary_general)

    answer = client.post(url, {"unsent": "forget"})

    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert "Your form has not been sent yet" not in words(client.get(url))
    assert Event.objects.get().note == "As it was"


@pytest.mark.parametrize("seat", ["reader", "representative_a"])
def test_form_that_waits_is_not_shown_to_others(browser, cast, seat):
    client, url, _answer = browser
    sign_in(client, cast.people[seat])

    page = client.get(url)

    assert page.status_code == 404
    assert "Line one" not in page.content.decode()


def test_form_that_waits_stands_at_its_own_address_only(browser, cast):
    client, url, _answer = browser
    sign_in(client, cast.secretary_general)

    pages = [client.get(other) for other in ("/desk/events/", f"{url}history/", f"{url}?x=1")]

    assert [page for page in pages if "Line one" in words(page)] == []


def test_very_long_form_does_not_wait(as_nobody, cast, event):
    url = f"/desk/events/{event.pk}/"

    as_nobody.post(url, {"note": "x" * 200_001})
    sign_in(as_nobody, cast.secretary_general)

    assert "Your form has not been sent yet" not in words(as_nobody.get(url))


def test_form_waits_for_the_person_who_typed_it_alone(browser, cast):
    client, url, _answer = browser

    sign_in(client, cast.administrator)

    assert "Your form has not been sent yet" not in words(client.get(url))
