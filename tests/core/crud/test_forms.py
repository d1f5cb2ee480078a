"""Forms of the desk: every section, whatever somebody types into it."""

import pytest

from tests import factories
from tests.core.crud.reading import form_of, toasts, words
from umbel.core.crud.sections import sections
from umbel.core.models import Deletion
from umbel.events.models import Event

pytestmark = pytest.mark.django_db


def changeable():
    # Rows that name any record have no text of their own; an edition of a report is never changed; there is one
    # confederation.
    known = [each for each in sections() if each.model in factories.FACTORIES]
    return [each for each in known if not (each.is_fixed or each.is_single)]


@pytest.fixture(params=changeable(), ids=lambda section: section.key)
def section(request):
    return request.param


@pytest.fixture
def row(section, cast):
    return factories.FACTORIES[section.model]()


def url(section, row):
    return section.url_of(row.pk)


def stored(row):
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "folded"
    }


def test_form_saves_what_it_showed(as_secretariat, section, row):
    row.refresh_from_db()
    before = stored(row)
    data, _texts = form_of(as_secretariat.get(url(section, row)))

    answer = as_secretariat.post(url(section, row), data, follow=True)

    assert answer.redirect_chain != [], words(answer)
    assert toasts(answer) == [f"“{_escaped(row)}” was saved."]
    row.refresh_from_db()
    assert stored(row) == before


def _escaped(row):
    from django.utils.html import escape

    return escape(str(row))


@pytest.mark.parametrize("text", ["x" * 10_000, "a\0b"], ids=["long", "nul"])
def test_text_that_cannot_be_kept_is_told_beside_its_field(as_secretariat, section, row, text):
    row.refresh_from_db()
    before = stored(row)
    data, texts = form_of(as_secretariat.get(url(section, row)))

    answer = as_secretariat.post(url(section, row), {**data, **dict.fromkeys(texts, text)})

    assert answer.status_code == (422 if texts else 302)
    row.refresh_from_db()
    assert stored(row) == before


def test_record_is_deleted_and_brought_back_whole(as_secretariat, section, row):
    row.refresh_from_db()
    before = stored(row)

    answer = as_secretariat.post(f"{url(section, row)}delete/")
    if answer.status_code == 409:
        pytest.skip("another record needs it")
    assert not section.model.objects.filter(pk=row.pk).exists()

    as_secretariat.post("/desk/bin/restore/", {"deletions": Deletion.objects.latest("pk").pk})
    assert stored(section.model.objects.get(pk=row.pk)) == before


def test_duplicate_begins_with_the_values_of_the_other_but_its_key(as_secretariat, section, row):
    given, _texts = form_of(as_secretariat.get(url(section, row)))

    begun, _texts = form_of(as_secretariat.get(f"{section.url}add/?from={row.pk}"))

    same = {"seen", "once", "key", "spellings"}
    own = {name: value for name, value in given.items() if name not in same and "-" not in name}
    assert {name: begun.get(name) for name in own} == own
    assert begun.get("key", [""]) == [""]


def test_duplicate_begins_with_the_rows_of_the_other_too(as_secretariat):
    event = factories.EventFactory(title="Assembly")
    speakers = [factories.SpeakerFactory(event=event) for _ in range(2)]
    factories.EventPartnerFactory(event=event)

    data, _texts = form_of(as_secretariat.get(f"/desk/events/add/?from={event.pk}"))
    answer = as_secretariat.post("/desk/events/add/", data)

    assert answer.status_code == 302, words(answer)[900:2500]
    copy = Event.objects.exclude(pk=event.pk).get()
    for rows in ("speakers", "partners"):
        kept = [
            [{**each, "id": 0, "event_id": 0, "key": ""} for each in getattr(one, rows).order_by("pk").values()]
            for one in (event, copy)
        ]
        assert kept[0] == kept[1] != []
    assert event.speakers.count() == len(speakers)


def test_record_is_added_by_its_form(as_secretariat):
    partner = factories.OrganisationFactory(name="Partner")
    data, _texts = form_of(as_secretariat.get("/desk/events/add/"))
    data |= {"title": "A hearing", "kind": "hearing", "part": "speaker", "date": "11 Dec 2024"}
    data |= {"event-partners-TOTAL_FORMS": "1", "event-partners-0-organisation": "partner"}
    data |= {"event-partners-0-role": "organiser"}

    answer = as_secretariat.post("/desk/events/add/", data, follow=True)

    assert toasts(answer) == ["“A hearing” was added."]
    [event] = section_of("events").model.objects.filter(key="a-hearing")
    assert str(event.date) == "2024-12-11"
    assert [(each.organisation, each.role) for each in event.partners.all()] == [(partner, "organiser")]


def section_of(key):
    return next(section for section in sections() if section.key == key)


def test_form_sent_twice_adds_one_record(as_secretariat):
    data, _texts = form_of(as_secretariat.get("/desk/indicators/add/"))
    data |= {"name": "Members"}

    first = as_secretariat.post("/desk/indicators/add/", data)
    second = as_secretariat.post("/desk/indicators/add/", data, follow=True)

    assert section_of("indicators").model.objects.count() == 1
    assert second.redirect_chain == [(first.url, 302)]
    assert toasts(second)[-1] == "This form was sent before. Here is what it made."


def test_row_is_added_without_a_script(as_secretariat):
    data, _texts = form_of(as_secretariat.get("/desk/events/add/"))

    page = as_secretariat.post("/desk/events/add/", {**data, "add-row-speakers": "1"})

    assert form_of(page)[0]["speakers-TOTAL_FORMS"] == ["1"]
    assert "speakers-0-person" in form_of(page)[0]


def test_error_stands_beside_the_last_field_that_it_is_about(as_secretariat):
    row = factories.GroupFactory()
    data, _texts = form_of(as_secretariat.get(f"/desk/groups/{row.pk}/"))

    page = as_secretariat.post(f"/desk/groups/{row.pk}/", {**data, "start": "2024", "end": "2023"})

    html = page.content.decode()
    assert page.status_code == 422
    assert '<a href="#id_end">To</a>: The end is not before the beginning.' in html
    assert html.split('id="id_end"')[1].split("</div>")[0].count("The end is not before the beginning.") == 1
    assert (
        "autofocus" in html.split('id="id_end"')[0].rsplit("<input", 1)[1] + html.split('id="id_end"')[1].split(">")[0]
    )


def test_key_stands_under_more(as_secretariat):
    page = as_secretariat.get("/desk/events/add/").content.decode()

    assert page.index('<details class="apart">') < page.index('name="key"')


def test_person_form_leaves_the_account_alone(as_secretariat, cast):
    person = cast.representative_a.person
    page = as_secretariat.get(f"/desk/people/{person.pk}/")

    as_secretariat.post(f"/desk/people/{person.pk}/", {**form_of(page)[0], "user": ""})

    person.refresh_from_db()
    assert person.user == cast.representative_a


def test_gathering_of_a_body_is_edited_as_such(as_secretariat):
    meeting = factories.MeetingFactory()

    answer = as_secretariat.get(f"/desk/events/{meeting.pk}/")

    assert answer.status_code == 302
    assert answer.url == f"/desk/statutory-meetings/{meeting.pk}/"


def test_date_is_shown_as_it_is_written(as_secretariat):
    event = factories.EventFactory(date="2024-10")

    assert form_of(as_secretariat.get(f"/desk/events/{event.pk}/"))[0]["date"] == ["Oct 2024"]
