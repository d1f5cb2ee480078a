"""The page of a record as it would be with what is typed: shown to who may change it, and nothing is kept."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.core.crud.reading import form_of, words
from umbel.core.changelog import Change, verify
from umbel.events.models import Event, EventPartner

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    factories.ConfederationFactory()
    return factories.EventFactory(title="A hearing", place="Rome", has_page=True)


def sent(client, url, **values):
    """Send the form of a record to its preview with other values."""
    filled, _texts = form_of(client.get(url))
    return client.post(f"{url}as-typed/", {**filled, **values})


def test_preview_shows_the_page_as_it_would_be_and_saves_nothing(as_secretariat, cast, event, client_of):
    before = client_of("nobody").get(f"/events/{event.key}/")
    lines = list(Change.objects.values_list("hash", flat=True))

    page = sent(as_secretariat, f"/desk/events/{event.pk}/", title="<b>Boats</b>", place="Turin")

    event.refresh_from_db()
    after = client_of("nobody").get(f"/events/{event.key}/")
    assert page.status_code == 200
    assert '<h1 class="display">&lt;b&gt;Boats&lt;/b&gt;</h1>' in page.text
    assert "Preview: nothing is saved." in page.text
    assert (event.title, event.place) == ("A hearing", "Rome")
    assert list(Change.objects.values_list("hash", flat=True)) == lines
    assert (after["ETag"], after.content) == (before["ETag"], before.content)
    assert "no-store" in page["Cache-Control"]


def test_preview_shows_rows_that_were_added(as_secretariat, cast, event):
    partner = factories.OrganisationFactory(name="Boat Builders")
    rows = {
        "event-partners-TOTAL_FORMS": "1",
        "event-partners-0-organisation": "Boat Builders",
        "event-partners-0-organisation-number": str(partner.pk),
        "event-partners-0-role": "guest",
    }

    page = sent(as_secretariat, f"/desk/events/{event.pk}/", **rows)

    assert "Boat Builders" in words(page)
    assert EventPartner.objects.count() == 0


def test_files_that_were_chosen_are_not_stored_by_a_preview(as_secretariat, cast, event):
    document = factories.DocumentFactory(record=event)
    picked = SimpleUploadedFile("notes.txt", BytesIO(b"words").read())

    page = sent(as_secretariat, f"/desk/documents/{document.pk}/", file=picked)

    assert page.status_code == 200
    assert default_storage.exists("notes.txt") is False
    document.refresh_from_db()
    assert "notes" not in document.file.name


def test_preview_of_what_is_wrong_is_the_form_with_the_errors(as_secretariat, cast, event):
    page = sent(as_secretariat, f"/desk/events/{event.pk}/", title="")

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["title"])
    assert f'action="/desk/events/{event.pk}/"' in page.text
    assert Event.objects.get().title == "A hearing"


def test_only_who_may_change_a_record_has_a_preview_of_it(client_of, event):
    filled, _texts = form_of(client_of("secretary_general").get(f"/desk/events/{event.pk}/"))

    answers = {
        seat: client_of(seat).post(f"/desk/events/{event.pk}/as-typed/", filled).status_code
        for seat in ("secretary_general", "membership", "finance", "board", "reader", "nobody")
    }

    assert answers == {
        "secretary_general": 200, "membership": 200, "finance": 404, "board": 404, "reader": 404, "nobody": 302,
    }  # fmt: skip


def test_preview_cannot_be_sent_from_another_site(client_of, event):
    client = client_of("secretary_general")
    client.handler.enforce_csrf_checks = True

    answer = client.post(f"/desk/events/{event.pk}/as-typed/", {"title": "Boats"})

    assert answer.status_code == 403


@pytest.mark.parametrize("number", [0, 999_999])
def test_record_that_is_not_there_has_no_preview(as_secretariat, cast, number):
    assert as_secretariat.post(f"/desk/events/{number}/as-typed/", {}).status_code == 404


def test_preview_that_is_only_read_leads_to_the_form(as_secretariat, cast, event):
    answer = as_secretariat.get(f"/desk/events/{event.pk}/as-typed/")

    assert (answer.status_code, answer["Location"]) == (302, f"/desk/events/{event.pk}/")


def test_settings_of_the_confederation_have_no_preview(as_secretariat, cast):
    own = factories.ConfederationFactory(languages="en")

    assert as_secretariat.post(f"/desk/confederation/{own.pk}/as-typed/", {"languages": "fr"}).status_code == 404


def test_log_stands_after_a_preview(as_secretariat, cast, event):
    sent(as_secretariat, f"/desk/events/{event.pk}/", title="Boats")
    event.title = "A meeting"
    event.save()

    assert verify().broken is None


def test_draft_of_a_free_page_is_previewed_as_it_is_typed(as_secretariat, cast, event):
    page = factories.PageFactory(path="news", status="draft", title="To come")

    shown = sent(as_secretariat, f"/desk/pages/{page.pk}/", title="It came")

    assert (shown.status_code, '<h1 class="display">It came</h1>' in shown.text) == (200, True)
