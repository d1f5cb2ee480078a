"""Quick capture: one line, or a file, becomes the form that records it."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.core.crud.reading import form_of, toasts
from umbel.core.crud.capture import understand
from umbel.events.models import Event
from umbel.governance.models import Body

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
ATTENDEE;CN=Petra Unknown:mailto:petra@example.org\r
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


@pytest.fixture
def known(cast):
    """What the lines name: an institution and its director, a member and a person of it, a body, a group, a file."""
    institution = factories.OrganisationFactory(key="dg-empl", name="DG EMPL", kind="body")
    member = factories.OrganisationFactory(key="coceta", name="COCETA")
    director = factories.PersonFactory(name="Mario Nava")
    factories.PostFactory(person=director, organisation=institution, title="Director General")
    person = factories.PersonFactory(name="Giuseppe Guerini")
    factories.PostFactory(person=person, organisation=member)
    board = Body.objects.get(key="board")
    board.name = "Board of directors"
    board.save()
    return {
        "institution": institution,
        "member": member,
        "director": director,
        "person": person,
        "board": board,
        "assembly": factories.BodyFactory(key="assembly", name="General Assembly", kind="assembly"),
        "group": factories.GroupFactory(name="Public procurement"),
        "topic": factories.TopicFactory(name="Action plan on skills and labour shortages"),
        "us": factories.OrganisationFactory(name="CECOP", kind="self"),
    }


def told(understood):
    """What a draft begins with: the kind, and what stands at each place but the title, by name."""
    draft = understood.draft
    values = {place: [str(each) for each in rows] for place, rows in draft.told.items() if place != "title"}
    return draft.section.key, {place: rows[0] if len(rows) == 1 else rows for place, rows in values.items()}


LINES = [
    (
        "met DG EMPL on 4 July about skills",
        "engagements",
        {
            "institution": "DG EMPL",
            "topics": "Action plan on skills and labour shortages",
            "subject": "skills",
            "date": "2024-07-04",
        },
    ),
    ("met Mario Nava yesterday", "engagements", {
        "institution": "DG EMPL", "level": "Director General", "date": "2024-12-16",
    }),
    ("call with Giuseppe Guerini", "events", {"speakers.person": "Giuseppe Guerini"}),
    ("Giuseppe Guerini and COCETA, 4 July", "events", {
        "event-partners.organisation": "COCETA", "speakers.person": "Giuseppe Guerini", "date": "2024-07-04",
    }),
    ("webinar next Monday with COCETA", "events", {
        "event-partners.organisation": "COCETA", "date": "2024-12-23", "kind": "webinar",
    }),
    ("CECOP seminar with COCETA and DG EMPL", "events", {
        "event-partners.organisation": ["COCETA", "DG EMPL"], "kind": "seminar",
    }),
    ("Board meeting tomorrow", "statutory-meetings", {
        "body": "Board of directors", "kind": "statutory", "date": "2024-12-18",
    }),
    ("General Assembly 11 December with COCETA", "statutory-meetings", {
        "body": "General Assembly", "kind": "statutory", "date": "2024-12-11", "event-partners.organisation": "COCETA",
    }),
    ("working group Public procurement tomorrow", "meetings-of-groups", {
        "group": "Public procurement", "kind": "group", "date": "2024-12-18",
    }),
    ("story about COCETA", "stories", {"portrayals.organisation": "COCETA"}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "values"), LINES, ids=[line for line, _kind, _values in LINES])
def test_line_becomes_the_draft_of_a_record(cast, known, line, kind, values):
    assert told(understand(line, cast.secretary_general, TODAY)) == (kind, values)


def test_what_is_named_is_told_with_the_word_before_it(as_secretariat, known):
    page = as_secretariat.get(reverse("desk.capture"), {"q": "met DG EMPL on 4 July 2024 about skills"}).text

    line = " ".join(re.sub("<[^>]*>", " ", page.split('<p class="row">')[1].split("</p>")[0]).split())
    assert line == "Engagement with DG EMPL on 4 July 2024 about Action plan on skills and labour shortages"


def test_one_form_is_proposed_and_the_others_stand_behind_one_button(as_secretariat, known):
    page = as_secretariat.get(reverse("desk.capture"), {"q": "met DG EMPL on 4 July 2024 about skills"}).text

    captured = page.split('class="card captured"')[1].split("</section>")[0]
    first, others = captured.split("<details")
    assert [first.count('class="btn'), others.count('class="btn')] == [1, 1]
    assert re.findall(r'<a class="btn btn-primary" href="([^?]+)', first) == ["/desk/engagements/add/"]
    assert "/desk/events/add/" in re.findall(r'<a href="([^?"]+)', others)


def test_words_that_say_no_kind_and_no_day_are_searched_for_first(as_secretariat, known):
    page = as_secretariat.get(reverse("desk.capture"), {"q": "COCETA"}).text

    assert page.index("On record") < page.index("Record it")
    assert "btn-primary" not in page


def test_member_is_never_taken_for_the_body_on_behalf_of_which_we_acted(cast, known):
    found = understand("conference with COCETA on 4 July", cast.secretary_general, TODAY)

    assert [draft.section.key for draft in [found.draft, *found.others] if "on_behalf_of" in draft.told] == []


def test_line_finds_the_longest_name_and_other_spellings(cast):
    europe = factories.OrganisationFactory(name="Cooperatives Europe", kind="umbrella")
    factories.OrganisationFactory(name="Europe")
    europe.aliases.create(name="Coops Europe")

    found = understand("met Coops Europe", cast.secretary_general, TODAY)

    assert found.draft.told["institution"] == [europe]


def test_who_records_an_act_is_not_a_speaker_of_it(cast, known):
    factories.PersonFactory(name="Ada Author", user=cast.secretary_general)

    found = understand("webinar with Ada Author", cast.secretary_general, TODAY)

    assert told(found) == ("events", {"kind": "webinar"})


@pytest.mark.parametrize(
    ("line", "make", "fields"),
    [
        ("met DG EMPL on 4 July about skills", factories.EngagementFactory, {"institution": "institution"}),
        ("Board meeting 4 July", factories.MeetingFactory, {"body": "board"}),
    ],
)
def test_line_tells_of_a_record_like_it(cast, known, line, make, fields):
    before = make(date="2024-07-11", **{name: known[row] for name, row in fields.items()})
    make(date="2024-05-11", **{name: known[row] for name, row in fields.items()})

    assert understand(line, cast.secretary_general, TODAY).alike == [before]


def test_line_tells_of_an_event_with_the_same_partner(cast, known):
    before = factories.EventFactory(date="2024-07-11")
    factories.EventPartnerFactory(event=before, organisation=known["member"])

    assert understand("webinar with COCETA 4 July", cast.secretary_general, TODAY).alike == [before]


def test_line_names_no_record_that_the_reader_may_not_see(cast):
    factories.OrganisationFactory(name="Secret circle", audience="administrator")

    found = understand("met Secret circle", cast.advocacy, TODAY)

    assert told(found) == ("engagements", {})


def test_kinds_that_the_reader_may_not_add_are_not_proposed(cast):
    found = understand("met DG EMPL", cast.communication, TODAY)

    assert "engagements" not in [draft.section.key for draft in (found.draft, *found.others)]
    assert understand("met DG EMPL", cast.finance, TODAY) is None


def test_form_opens_with_what_was_understood(as_secretariat, known):
    page = as_secretariat.get(reverse("desk.capture"), {"q": "met DG EMPL on 4 July 2024 about skills"})

    form = as_secretariat.get(page.context["draft"].url)
    text = form.content.decode()
    assert 'value="DG EMPL"' in text
    assert "Action plan on skills and labour shortages" in text
    assert 'value="2024-07-04"' in text or 'value="4 July 2024"' in text


def test_empty_line_says_what_can_be_written(as_secretariat):
    page = as_secretariat.get(reverse("desk.capture"))

    assert "Write what happened, with whom and when" in page.content.decode()


def send(client, name, content, **more):
    return client.post(reverse("desk.capture.file"), {"file": SimpleUploadedFile(name, content)}, **more)


def test_calendar_entry_opens_an_event_with_date_place_and_people(as_secretariat, known):
    amaya = factories.PersonFactory(name="Amaya Delgado")

    answer = send(as_secretariat, "invitation.ics", INVITATION)

    address = urlsplit(answer.url)
    assert address.path == "/desk/events/add/"
    assert parse_qs(address.query) == {
        "title": ["Conference on care"],
        "kind": ["conference"],
        "date": ["2024-11-27"],
        "ends": ["2024-11-28"],
        "place": ["Rome"],
        "event-partners-organisation": [str(known["member"].pk)],
        "speakers-person": [str(amaya.pk)],
        "note": ["With Petra Unknown."],
    }


def test_rows_of_people_and_partners_are_open_in_the_form_and_saved_with_it(as_secretariat, known):
    amaya = factories.PersonFactory(name="Amaya Delgado")
    page = send(as_secretariat, "invitation.ics", INVITATION, follow=True)
    data, _texts = form_of(page)

    as_secretariat.post(page.redirect_chain[-1][0], {**data, "part": "speaker"})

    event = Event.objects.get(title="Conference on care")
    assert [(each.organisation, each.role) for each in event.partners.all()] == [(known["member"], "partner")]
    assert [(each.person, each.role) for each in event.speakers.all()] == [(amaya, "speaker")]
    assert list(event.on_behalf_of.all()) == []


def entry(*lines):
    """A calendar entry called as in `INVITATION`, at a time of its own."""
    begin, end = INVITATION.index(b"DTSTART"), INVITATION.index(b"SUMMARY")
    return INVITATION[:begin] + "".join(f"{line}\r\n" for line in lines).encode() + INVITATION[end:]


@pytest.mark.parametrize(
    ("lines", "date", "ends", "hours"),
    [
        (("DTSTART:20241127T090000", "DURATION:P2DT3H"), "2024-11-27", "2024-11-29", "09:00–12:00. "),
        (("DTSTART;VALUE=DATE:20241127", "DURATION:P2D"), "2024-11-27", "2024-11-28", ""),
        (("DTSTART;VALUE=DATE:20241127", "DURATION:P1D"), "2024-11-27", None, ""),
        (("DTSTART;TZID=Europe/Rome:20241127T090000", "DURATION:PT90M"), "2024-11-27", None, "09:00–10:30. "),
        (("DTSTART:20241127T090000", "DTEND:20241129T000000"), "2024-11-27", "2024-11-28", "09:00–00:00. "),
        (("DTSTART:20241127T090000",), "2024-11-27", None, "09:00. "),
        (("DTSTART:20241127T090000", "DURATION:rubbish"), "2024-11-27", None, "09:00. "),
        (("DTSTART:20241127T090000", "DURATION:P99999999D"), "2024-11-27", None, "09:00. "),
        (("DTSTART:rubbish", "DURATION:P2D"), None, None, ""),
    ],
)
def test_calendar_entry_tells_its_last_day_and_its_hours(as_secretariat, known, lines, date, ends, hours):
    asked = parse_qs(urlsplit(send(as_secretariat, "invitation.ics", entry(*lines)).url).query)

    told = [asked.get(name, [None])[0] for name in ("date", "ends", "note")]
    assert told == [date, ends, f"{hours}With Amaya Delgado, Petra Unknown."]


def test_hour_for_which_a_form_has_no_place_is_told(as_secretariat, known):
    content = entry("DTSTART:20241127T090000", "DURATION:PT1H")
    for word, other in ((b"Conference on care", b"Meeting with us on skills"), (b"CN=COCETA", b'CN="DG EMPL"')):
        content = content.replace(word, other)

    page = send(as_secretariat, "meeting.ics", content, follow=True)

    assert urlsplit(page.redirect_chain[-1][0]).path == "/desk/engagements/add/"
    assert "This form has no place for the hour: 09:00–10:00." in toasts(page)


def test_letter_opens_an_engagement_with_its_sender_and_day(as_secretariat, known):
    page = send(as_secretariat, "letter.eml", LETTER, follow=True)

    address = urlsplit(page.redirect_chain[-1][0])
    assert address.path == "/desk/engagements/add/"
    assert parse_qs(address.query) == {
        "institution": [str(known["institution"].pk)],
        "date": ["2024-07-04"],
        "title": ["Meeting with us on skills"],
    }
    assert toasts(page) == ["Not on record, and not in this form: Diana."]


@pytest.mark.parametrize(
    "person", ["Nava, Mario", "Mario NAVA (EMPL)", "NAVA, Mario [EMPL]"], ids=["turned round", "with a unit", "both"]
)
def test_people_are_known_as_mail_programs_write_them(as_secretariat, known, person):
    answer = send(as_secretariat, "letter.eml", LETTER.replace(b"DG EMPL", person.encode()))

    asked = parse_qs(urlsplit(answer.url).query)
    assert (asked["institution"], asked["level"]) == ([str(known["institution"].pk)], ["Director General"])


def test_names_of_two_people_do_not_make_a_third(as_secretariat, known):
    factories.PersonFactory(name="Paul Martin")
    content = INVITATION.replace(b"COCETA", b"Jean Paul").replace(b"Amaya Delgado", b"Martin Duval")

    asked = parse_qs(urlsplit(send(as_secretariat, "invitation.ics", content).url).query)

    assert "speakers-person" not in asked
    assert asked["note"] == ["With Jean Paul, Martin Duval, Petra Unknown."]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.ics", b"\x89PNG\r\n", "neither a calendar entry"),
        ("broken.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nno colon", "calendar entry"),
        ("empty.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "holds 0 entries"),
        ("large.ics", b"BEGIN:VCALENDAR" + b" " * (2 * 1024 * 1024), "larger than 2 MB"),
        ("empty.eml", b"\r\n\r\nhello", "cannot be read as an e-mail"),
        ("hearing.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it in Outlook as .eml, or a calendar entry as .ics"),
        ("hearing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it in Outlook as .eml, or a calendar entry as .ics"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_the_reason(as_secretariat, name, content, message):
    answer = send(as_secretariat, name, content, follow=True)

    assert [str(each) for each in answer.context["messages"] if message in str(each)]


def test_capture_is_not_there_for_a_member(client_of):
    member, file = client_of("representative_a"), SimpleUploadedFile("letter.eml", LETTER)

    pages = [client.get(reverse("desk.capture")) for client in (member, client_of("membership"))]
    sent = member.post(reverse("desk.capture.file"), {"file": file})

    assert [page.status_code for page in (*pages, sent)] == [404, 200, 404]
    assert ["Write what happened" in page.text for page in pages] == [False, True]
