"""Every mail is kept, with what became of it, and without what opens a door for one person."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.accounts.mailbox import mail_server
from umbel.core import outbox
from umbel.core.models import Mail
from umbel.core.outbox.masking import masked
from umbel.settings import mail_server as read_address

pytestmark = pytest.mark.django_db
CONSOLE = "django.core.mail.backends.console.EmailBackend"
LINK = "https://umbel.example/account/invitations/WzEsIjIi:1tAB:cd_ef/"


@pytest.fixture
def kept(settings):
    """Mail goes through the outbox; no mail server is set."""
    settings.EMAIL_BACKEND = "umbel.core.outbox.Backend"
    settings.OUTGOING_BACKEND = CONSOLE
    return settings


@pytest.fixture
def posted(kept):
    """Mail goes through the outbox to a real server; yields what that was given."""
    with mail_server() as (address, mails):
        use(kept, address)
        yield mails


@pytest.fixture
def refused(kept):
    """Mail goes through the outbox to a server that refuses it."""
    with mail_server(is_full=True) as (address, mails):
        use(kept, address)
        yield mails


def use(settings, address):
    server = read_address(address)
    settings.OUTGOING_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = server.backend, server.host, server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = server.starts_tls, server.is_tls


def write(subject="Hello", to="ada@example.org", **fields):
    return send_mail(subject, fields.pop("text", "How are you?"), "us@example.org", [to], **fields)


def test_mail_reaches_the_server_and_the_outbox(posted):
    mail = EmailMultiAlternatives("Minutes", "Plain", "us@example.org", ["ada@example.org"], cc=["bob@example.org"])
    mail.attach_alternative("<p>Fine</p>", "text/html")
    mail.attach("minutes.pdf", b"%PDF-1", "application/pdf")

    taken = mail.send()

    row = Mail.objects.get()
    assert (taken, row.outcome, row.reason) == (1, "sent", "")
    assert (row.sender, row.recipients, row.subject) == (
        "us@example.org",
        "ada@example.org, bob@example.org",
        "Minutes",
    )
    assert (row.text, row.html) == ("Plain", "<p>Fine</p>")
    assert row.attachments == [{"name": "minutes.pdf", "type": "application/pdf", "size": 6}]
    assert [(each["Subject"], each["Message-ID"]) for each in posted] == [("Minutes", row.headers["Message-ID"])]


def test_mail_without_a_server_is_held(kept, capsys):
    assert write() == 1

    assert Mail.objects.values_list("outcome", "text").get() == ("held", "How are you?")
    assert capsys.readouterr().out.count("Subject: Hello") == 1


def test_mail_that_the_server_refuses_is_kept_with_the_reason(refused):
    with pytest.raises(SMTPException):
        write()

    row = Mail.objects.get()
    assert (row.outcome, row.reason.split(":")[0]) == ("failed", "SMTPRecipientsRefused")


def test_refusal_is_kept_quiet_for_who_asks_for_silence(refused):
    assert write(fail_silently=True) == 0
    assert Mail.objects.get().outcome == "failed"


def test_server_that_is_not_there_is_a_failure(kept):
    with mail_server() as (address, _mails):
        use(kept, address)
    with pytest.raises(OSError, match="refused"):
        write()

    assert Mail.objects.get().outcome == "failed"


def test_mail_to_nobody_is_left_out(posted):
    assert EmailMessage("Hello", "Nobody reads this", "us@example.org", []).send() == 0
    assert Mail.objects.exists() is False


def test_demonstration_sends_nothing(posted, settings):
    settings.DEMO = True

    write(text=f"Your account: {LINK}")

    row = Mail.objects.get()
    assert (posted, row.outcome, row.is_masked) == ([], "held", False)
    assert row.text == f"Your account: {LINK}"


def test_link_for_one_person_is_not_kept(posted):
    write(text=f"Your account: {LINK}.", html_message=f'<a href="{LINK}">Your account</a>')

    row = Mail.objects.get()
    assert row.text == "Your account: https://umbel.example/account/invitations/…/."
    assert row.html == '<a href="https://umbel.example/account/invitations/…/">Your account</a>'
    assert row.is_masked is True
    assert LINK in posted[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (
            "https://a.example/account/password/reset/key/1-c2x9-0f3a/",
            "https://a.example/account/password/reset/key/…-…/",
        ),
        ("https://a.example/account/confirm-email/MQ:1t:ab/", "https://a.example/account/confirm-email/…/"),
        ("http://a.example/start/?token=0123456789abcdef", "http://a.example/start/?token=…"),
        ("https://a.example/?a=1&amp;key=9f", "https://a.example/?a=1&amp;key=…"),
        ("https://a.example/events/t50/", "https://a.example/events/t50/"),
        ("https://b.example/?page=2&q=key", "https://b.example/?page=2&q=key"),
    ],
)
def test_links_are_masked_where_they_open_a_door(link, told):
    assert masked(f"Look: {link}, now") == f"Look: {told}, now"


def test_mails_are_forgotten_after_thirty_days(kept):
    for days in (29, 31):
        Mail.objects.create(at=timezone.now() - timedelta(days=days), subject=str(days), outcome="sent")

    assert outbox.forget() == 1
    assert Mail.objects.get().subject == "29"


def test_tidy_erases_what_is_kept_for_a_time_only(capsys, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Mail.objects.create(at=timezone.now() - timedelta(days=31), outcome="sent")

    call_command("tidy")

    assert capsys.readouterr().out == (
        "Erased: 1 mails, 0 deleted records, 0 marks of forms, 0 imports, 0 files, 0 contacts, 0 accounts, "
        "0 invitations, 0 pictures made of photographs.\n"
    )


# On the desk


def test_outbox_lists_what_fits(as_secretariat):
    for subject, outcome in (("Round of 2024", "sent"), ("Round of 2023", "failed"), ("Assembly", "sent")):
        Mail.objects.create(subject=subject, recipients="ada@example.org", outcome=outcome)

    found = [
        list(as_secretariat.get("/desk/outbox/", asked).context["leaf"].rows)
        for asked in ({"q": "round ADA"}, {"outcome": "failed"})
    ]

    assert [sorted(mail.subject for mail in mails) for mails in found] == [
        ["Round of 2023", "Round of 2024"],
        ["Round of 2023"],
    ]


@pytest.mark.parametrize(
    ("asked", "numbers", "steps"),
    [
        ("?q=mail", range(119, 69, -1), ["?q=mail&amp;page=2"]),
        ("?q=mail&page=2", range(69, 19, -1), ["?q=mail&amp;page=1", "?q=mail&amp;page=3"]),
        ("?page=3", range(19, -1, -1), ["?page=2"]),
        ("?page=4", range(119, 69, -1), ["?page=2"]),
        ("?page=-1", range(119, 69, -1), ["?page=2"]),
        (f"?page={'9' * 30}", range(119, 69, -1), ["?page=2"]),
    ],
)
def test_outbox_has_pages_that_are_not_counted(as_secretariat, asked, numbers, steps):
    made = [Mail(subject=f"Mail {number}", outcome="sent") for number in range(120)]
    Mail.objects.bulk_create(made)

    with CaptureQueriesContext(connection) as queries:
        page = as_secretariat.get(f"/desk/outbox/{asked}")

    assert [mail.subject for mail in page.context["leaf"].rows] == [f"Mail {number}" for number in numbers]
    assert re.findall(r'href="([^"]*page=[^"]*)" rel', page.text) == steps
    assert [query["sql"] for query in queries if "COUNT(" in query["sql"]] == []


@pytest.mark.parametrize("count", [1, 3])
def test_outbox_asks_as_much_for_three_mails_as_for_one(as_secretariat, django_assert_num_queries, count):
    for number in range(count):
        Mail.objects.create(subject=str(number), outcome="sent")

    with django_assert_num_queries(6):
        as_secretariat.get("/desk/outbox/")


@pytest.mark.parametrize(
    ("seat", "demo", "status"),
    [
        ("secretary_general", False, 200),
        ("administrator", False, 200),
        ("superuser", False, 200),
        ("communication", False, 404),
        ("communication", True, 200),
        ("board", True, 404),
        ("nobody", True, 302),
    ],
)
def test_outbox_opens_for_who_keeps_everything(client_of, settings, seat, demo, status):
    settings.DEMO = demo
    mail = Mail.objects.create(subject="Hello", html="<p>Hello</p>", outcome="sent")
    paths = [reverse("desk.outbox"), *(reverse(f"desk.outbox.{name}", args=[mail.pk]) for name in ("show", "html"))]

    pages = [client_of(seat).get(path) for path in paths]

    assert [page.status_code for page in pages] == [status] * 3
    assert ["Hello" in page.text for page in pages] == [status == 200] * 3


def test_html_of_a_mail_can_do_nothing(as_secretariat):
    mail = Mail.objects.create(html="<script>alert(1)</script><p>Hello</p>", outcome="sent")

    page = as_secretariat.get(f"/desk/outbox/{mail.pk}/html/")

    policy = dict(part.strip().partition(" ")[::2] for part in page["Content-Security-Policy"].split(";"))
    assert (policy["sandbox"], policy["default-src"], policy["frame-ancestors"]) == ("", "'none'", "'self'")
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_text_of_a_mail_is_told_as_text(as_secretariat):
    mail = Mail.objects.create(subject="<b>Bold</b>", text="<script>alert(1)</script>", outcome="sent")

    page = as_secretariat.get(f"/desk/outbox/{mail.pk}/")

    assert (page.text.count("<script>alert"), page.text.count("<b>Bold")) == (0, 0)


def test_mail_that_failed_is_sent_again(as_secretariat, posted):
    mail = Mail.objects.create(
        subject="Hello",
        text="Text",
        sender="us@example.org",
        recipients="ada@example.org",
        outcome="failed",
        reason="full",
    )

    as_secretariat.post(f"/desk/outbox/{mail.pk}/resend/")

    mail.refresh_from_db()
    assert (mail.outcome, mail.reason, [each["To"] for each in posted]) == ("sent", "", ["ada@example.org"])


def test_mail_that_fails_again_says_why(as_secretariat, refused):
    mail = Mail.objects.create(subject="Hello", sender="us@example.org", recipients="ada@example.org", outcome="failed")

    page = as_secretariat.post(f"/desk/outbox/{mail.pk}/resend/", follow=True)

    mail.refresh_from_db()
    assert (mail.outcome, mail.reason.split(":")[0]) == ("failed", "SMTPRecipientsRefused")
    assert "It failed again" in page.text


@pytest.mark.parametrize("lacking", [{"is_masked": True}, {"attachments": [{"name": "a", "type": "", "size": 1}]}])
def test_mail_that_is_not_kept_whole_is_not_sent_again(as_secretariat, posted, lacking):
    mail = Mail.objects.create(subject="Hello", recipients="ada@example.org", outcome="failed", **lacking)

    as_secretariat.post(f"/desk/outbox/{mail.pk}/resend/")

    mail.refresh_from_db()
    assert (mail.outcome, posted) == ("failed", [])


def test_mail_that_was_sent_is_not_sent_again(as_secretariat, posted):
    mail = Mail.objects.create(subject="Hello", recipients="ada@example.org", outcome="sent")

    assert as_secretariat.post(f"/desk/outbox/{mail.pk}/resend/").status_code == 404
    assert posted == []
