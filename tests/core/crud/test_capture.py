"""Quick capture: one line, or a file, becomes the form that records it."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from umbel.core.crud.capture import find_date, understand

TODAY = date(2024, 12, 17)

INVITATION = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//example.org//calendar//EN\r
BEGIN:VEVENT\r
UID:1@example.org\r
DTSTART;VALUE=DATE:20241127\r
DTEND;VALUE=DATE:20241129\r
SUMMARY:Conference on care\r
LOCATION:Rome\r
ORGANIZER;CN=COCETA:mailto:office@example.org\r
ATTENDEE;CN=Amaya Delgado:mailto:amaya@example.org\r
END:VEVENT\r
END:VCALENDAR\r
"""

LETTER = b"""From: "DG EMPL" <dg@example.org>\r
To: Diana <diana@example.org>\r
Subject: Meeting with us on skills\r
Date: Thu, 04 Jul 2024 10:00:00 +0200\r
\r
We look forward to meeting you.\r
"""


@pytest.mark.parametrize(
    ("line", "found", "rest"),
    [
        ("met DG EMPL on 4 July about skills", "2024-07-04", "met DG EMPL about skills"),
        ("4 July 2023 met them", "2023-07-04", "met them"),
        ("conference in Rome, 31 December", "2023-12-31", "conference in Rome,"),
        ("webinar yesterday", "2024-12-16", "webinar"),
        ("today webinar", "2024-12-17", "webinar"),
        ("webinar Oct 2024", "2024-10", "webinar"),
        ("webinar on 2024-11-05", "2024-11-05", "webinar"),
        ("webinar 5.11.2024", "2024-11-05", "webinar"),
        ("the members may march in", None, "the members may march in"),
        ("met on 32 July", None, "met on 32 July"),
    ],
)
def test_date_is_found_in_a_line(line, found, rest):
    day, left = find_date(line, TODAY, "en")

    assert (str(day) if day else None, left) == (found, rest)


def test_date_is_found_in_the_language_of_the_reader():
    day, _rest = find_date("réunion le 4 juillet avec la DG EMPL", TODAY, "fr")

    assert str(day) == "2024-07-04"


@pytest.fixture
def known(db):
    institution = factories.OrganisationFactory(key="dg-empl", name="DG EMPL", kind="body")
    topic = factories.TopicFactory(name="Action plan on skills and labour shortages")
    return {"institution": institution, "topic": topic}


def test_line_about_a_meeting_opens_an_engagement_with_all_that_was_said(cast, known):
    found = understand("met DG EMPL on 4 July about skills", cast.secretary_general, TODAY)

    address = urlsplit(found.url())
    assert address.path == "/desk/engagements/add/"
    assert parse_qs(address.query) == {
        "institution": [str(known["institution"].pk)],
        "topics": [str(known["topic"].pk)],
        "date": ["2024-07-04"],
        "title": ["Met DG EMPL about skills"],
        "subject": ["skills"],
    }


def test_line_finds_the_longest_name_and_other_spellings(cast):
    europe = factories.OrganisationFactory(name="Cooperatives Europe", kind="umbrella")
    factories.OrganisationFactory(name="Europe")
    europe.aliases.create(name="Coops Europe")

    found = understand("met Coops Europe", cast.secretary_general, TODAY)

    assert found.named["institution"] == [europe]


def test_line_tells_of_a_record_like_it(cast, known):
    before = factories.EngagementFactory(institution=known["institution"], date="2024-07-11")

    found = understand("met DG EMPL on 4 July about skills", cast.secretary_general, TODAY)

    assert found.alike == [before]


def test_line_names_no_record_that_the_reader_may_not_see(cast):
    factories.OrganisationFactory(name="Secret circle", audience="administrator")

    found = understand("met Secret circle", cast.advocacy, TODAY)

    assert found.named == {}


def test_kinds_that_the_reader_may_not_add_are_not_proposed(cast):
    found = understand("met DG EMPL", cast.finance, TODAY)

    assert found is None or "engagements" not in [found.section.key, *(section.key for section in found.others)]


def test_form_opens_with_what_was_understood(as_secretariat, known):
    page = as_secretariat.get(reverse("desk.capture"), {"q": "met DG EMPL on 4 July 2024 about skills"})

    form = as_secretariat.get(page.context["url"])
    text = form.content.decode()
    assert 'value="DG EMPL"' in text
    assert "Action plan on skills and labour shortages" in text
    assert 'value="2024-07-04"' in text or 'value="4 July 2024"' in text


def test_empty_line_says_what_can_be_written(as_secretariat):
    page = as_secretariat.get(reverse("desk.capture"))

    assert "Write what happened, with whom and when" in page.content.decode()


def test_calendar_entry_opens_an_event_with_date_place_and_people(as_secretariat):
    file = SimpleUploadedFile("invitation.ics", INVITATION)

    answer = as_secretariat.post(reverse("desk.capture.file"), {"file": file})

    address = urlsplit(answer.url)
    assert address.path == "/desk/events/add/"
    assert parse_qs(address.query) == {
        "title": ["Conference on care"],
        "date": ["2024-11-27"],
        "ends": ["2024-11-28"],
        "place": ["Rome"],
        "note": ["With COCETA, Amaya Delgado."],
    }


def test_letter_opens_an_engagement_with_its_sender_and_day(as_secretariat, known):
    file = SimpleUploadedFile("letter.eml", LETTER)

    answer = as_secretariat.post(reverse("desk.capture.file"), {"file": file})

    address = urlsplit(answer.url)
    asked = parse_qs(address.query)
    assert address.path == "/desk/engagements/add/"
    assert (asked["institution"], asked["date"], asked["title"]) == (
        [str(known["institution"].pk)], ["2024-07-04"], ["Meeting with us on skills"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.ics", b"\x89PNG\r\n", "neither a calendar entry"),
        ("broken.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nno colon", "calendar entry"),
        ("empty.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "holds 0 entries"),
        ("large.ics", b"BEGIN:VCALENDAR" + b" " * (2 * 1024 * 1024), "larger than 2 MB"),
        ("empty.eml", b"\r\n\r\nhello", "cannot be read as an e-mail"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_the_reason(as_secretariat, name, content, message):
    answer = as_secretariat.post(reverse("desk.capture.file"), {"file": SimpleUploadedFile(name, content)}, follow=True)

    assert [str(each) for each in answer.context["messages"] if message in str(each)]


def test_capture_is_not_there_for_a_member(client_of):
    member, file = client_of("representative_a"), SimpleUploadedFile("letter.eml", LETTER)

    pages = [client.get(reverse("desk.capture")) for client in (member, client_of("membership"))]
    sent = member.post(reverse("desk.capture.file"), {"file": file})

    assert [page.status_code for page in (*pages, sent)] == [404, 200, 404]
    assert ["Write what happened" in page.text for page in pages] == [False, True]
