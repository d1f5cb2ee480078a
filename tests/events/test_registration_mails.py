"""What people who are to come are told by mail: once registered, when a place becomes free, two days before."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests import factories
from tests.accounts.mailbox import mail_server
from tests.events.registering import PAGE, day
from umbel.core.models import Mail
from umbel.core.work import do_hourly
from umbel.events import mails, registering
from umbel.events.models import Registration
from umbel.settings import mail_server as read_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast):
    factories.ConfederationFactory(name="COOPS", languages="en fr")
    return factories.EventFactory(
        key="visit", title="Visit to Imola", audience="members", place="Imola", country="IT",
        date="2999-12-20", ends="2999-12-21", registration_to="2999-12-03", places=1,
    )  # fmt: skip


@pytest.fixture
def server(settings):
    """Mail goes through the outbox to a real server; a function that starts it, full or not."""

    def use(address):
        read = read_address(address)
        settings.EMAIL_BACKEND, settings.OUTGOING_BACKEND = "umbel.core.outbox.Backend", read.backend
        settings.EMAIL_HOST, settings.EMAIL_PORT = read.host, read.port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = read.starts_tls, read.is_tls

    return use


def register(browser, person):
    return browser.post(PAGE, {"people": [person.pk]}, follow=True)


def told():
    return [(each.to, each.subject) for each in mail.outbox]


def soon(days=2, made=5, **fields):
    """A registration of some days ago for an event in two days."""
    fields.setdefault("event", factories.EventFactory(title="Visit", date=day(days)))
    return factories.RegistrationFactory(made_at=timezone.now() - timedelta(days=made), **fields)


def test_confirmation_reaches_the_server_with_the_event_for_the_calendar(cast, client_of, event, server):
    with mail_server() as (address, posted):
        server(address)
        register(client_of("representative_a"), cast.representative_a.person)

    [letter] = posted
    [file] = list(letter.iter_attachments())
    assert (letter["To"], letter["Subject"]) == ("representative_a@example.org", "COOPS: Registered: Visit to Imola")
    assert letter.get_body(("plain",)).get_content().splitlines()[4:7] == [
        "Visit to Imola",
        "20 December 2999 – 21 December 2999",
        "Imola, Italy",
    ]
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "visit.ics")
    lines = file.get_content().split()
    assert {"SUMMARY:Visit", "DTSTART;VALUE=DATE:29991220", "DTEND;VALUE=DATE:29991222"} <= set(lines)
    assert Mail.objects.values_list("outcome", "attachments__0__name").get() == ("sent", "visit.ics")


def test_confirmation_that_is_refused_leaves_the_registration_and_is_said(cast, client_of, event, server):
    own = cast.representative_a.person
    with mail_server(is_full=True) as (address, _posted):
        server(address)
        answer = register(client_of("representative_a"), own)

    assert f"The mail to {own.name} could not be sent." in answer.text
    assert Registration.objects.values_list("person", "state").get() == (own.pk, "registered")


def test_whoever_waits_is_told_so_without_a_file(cast, client_of, event):
    factories.RegistrationFactory(event=event)

    register(client_of("representative_a"), cast.representative_a.person)

    assert told() == [(["representative_a@example.org"], "COOPS: On the waiting list: Visit to Imola")]
    assert mail.outbox[0].attachments == []


def test_event_without_a_day_has_no_file(cast, client_of, event):
    type(event).objects.filter(pk=event.pk).update(date="2999-12", ends=None)

    register(client_of("representative_a"), cast.representative_a.person)

    assert (len(mail.outbox), mail.outbox[0].attachments) == (1, [])
    assert "The file attached" not in mail.outbox[0].body


def test_whoever_has_no_account_is_written_to_at_their_address(cast, client_of, event):
    person = factories.PersonFactory(name="Ada")
    factories.PostFactory(person=person, organisation=cast.member_a)
    factories.ContactFactory(person=person, value="ada@example.org", audience="secretariat")

    register(client_of("representative_a"), person)

    assert told() == [(["ada@example.org"], "COOPS: Registered: Visit to Imola")]
    assert PAGE not in mail.outbox[0].body


def test_whoever_has_no_address_is_not_written_to_and_the_page_says_so(cast, client_of, event):
    person = factories.PersonFactory(name="Ada")
    factories.PostFactory(person=person, organisation=cast.member_a)

    page = register(client_of("representative_a"), person).text

    assert (told(), "no e-mail on record: tell them yourself" in page) == ([], True)


def test_mail_speaks_the_language_of_its_reader(cast, client_of, event):
    cast.representative_a.language = "fr"
    cast.representative_a.save()

    register(client_of("representative_a"), cast.representative_a.person)

    assert "20 décembre 2999" in mail.outbox[0].body


def test_whoever_moves_up_is_told(cast, event, django_capture_on_commit_callbacks):
    first = factories.RegistrationFactory(event=event)
    for person in (cast.representative_a.person, cast.representative_b.person):
        factories.RegistrationFactory(event=event, person=person, state="waiting")

    with django_capture_on_commit_callbacks(execute=True):
        registering.withdraw(first)

    assert told() == [(["representative_a@example.org"], "COOPS: A place for you: Visit to Imola")]
    assert [name for name, _content, _type in mail.outbox[0].attachments] == ["visit.ics"]


def test_reminder_goes_out_once_two_days_before(cast):
    soon(person=cast.representative_a.person)

    do_hourly()
    do_hourly()

    assert told() == [(["representative_a@example.org"], "Umbel: Soon: Visit")]


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"days": 1}, 1),
        ({"days": 3}, 0),
        ({"days": 0}, 0),
        ({"made": 0}, 0),
        ({"state": "waiting"}, 0),
        ({"state": "withdrawn"}, 0),
    ],
)
def test_reminder_is_for_who_comes_within_two_days_and_did_not_register_today(cast, fields, number):
    soon(person=cast.representative_a.person, **fields)

    assert (mails.remind(), len(mail.outbox)) == (number, number)


def test_reminder_can_be_refused(cast):
    cast.representative_a.preferences = {"mail_events": False}
    cast.representative_a.save()
    soon(person=cast.representative_a.person)

    assert (mails.remind(), told()) == (0, [])


def test_reminder_that_no_server_took_is_tried_again(cast, server):
    soon(person=cast.representative_a.person)
    with mail_server(is_full=True) as (address, _posted):
        server(address)
        refused = mails.remind()

    with mail_server() as (address, posted):
        server(address)
        taken = mails.remind()

    assert (refused, taken, [letter["To"] for letter in posted]) == (0, 1, ["representative_a@example.org"])


def test_registrations_of_two_records_of_one_person_become_one(cast):
    from umbel.core.merging import merge, undo

    kept, gone = factories.PersonFactory(name="Ada"), factories.PersonFactory(name="Ada L.")
    event = factories.EventFactory(date=day(9))
    for person in (kept, gone):
        factories.RegistrationFactory(event=event, person=person)
    other = factories.RegistrationFactory(person=gone)

    act = merge(kept, gone)
    merged = sorted(Registration.objects.filter(person=kept).values_list("event", flat=True))
    undo(act)

    assert merged == sorted([event.pk, other.event_id])
    assert Registration.objects.filter(person__name="Ada L.").count() == 2
