"""Mail goes where UMBEL_MAIL_URL says, over a real connection."""

import pytest

from tests.accounts.mailbox import mail_server
from tests.factories import UserFactory
from umbel import settings as own

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def sent_over(settings):
    """A function that lets mail go over an address, as the settings read it."""

    def switch(address):
        server = own.mail_server(address)
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = server.backend, server.host, server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = server.starts_tls, server.is_tls

    return switch


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example", own.MailServer(SMTP, "mail.example", 587, starts_tls=True)),
        ("smtps://mail.example", own.MailServer(SMTP, "mail.example", 465, is_tls=True)),
        ("smtp://127.0.0.1:25?tls=off", own.MailServer(SMTP, "127.0.0.1", 25)),
        (
            "smtp://us%40er:p%2Fw@mail.example:2525",
            own.MailServer(SMTP, "mail.example", 2525, "us@er", "p/w", starts_tls=True),
        ),
        ("console:", own.MailServer("django.core.mail.backends.console.EmailBackend")),
        ("file:///srv/mail", own.MailServer("django.core.mail.backends.filebased.EmailBackend", folder="/srv/mail")),
    ],
)
def test_address_of_a_mail_server_is_read(address, server):
    assert own.mail_server(address) == server


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", ""])
def test_other_addresses_are_refused(address):
    with pytest.raises(ValueError, match="UMBEL_MAIL_URL begins with"):
        own.mail_server(address)


def test_an_invitation_reaches_the_mail_server_as_text_and_html(cast, client_of, sent_over):
    with mail_server() as (address, mails):
        sent_over(address)
        client_of("membership").post("/desk/users/invite/", {"name": "Hélène Ôtée", "email": "helene@example.org"})

    [mail] = mails
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "helene@example.org",
        "umbel@localhost",
        "Umbel: your account",
    )
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Good day, Hélène Ôtée," in mail.get_body(["plain"]).get_content()
    assert 'href="http://testserver/account/invitations/' in mail.get_body(["html"]).get_content()


def test_an_invitation_is_kept_where_the_mail_server_takes_none(cast, client_of, sent_over):
    from umbel.network.models import Invitation

    with mail_server(is_full=True) as (address, mails):
        sent_over(address)
        page = client_of("membership").post(
            "/desk/users/invite/", {"name": "Ada", "email": "ada@example.org"}, follow=True
        )

    assert (mails, Invitation.objects.pending().count()) == ([], 1)
    assert "The mail server took no mail." in page.content.decode()


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_told_in_words(client, sent_over):
    sent_over("smtp://127.0.0.1:9?tls=off")
    admin = UserFactory(role="administrator")
    client.force_login(admin, backend="umbel.accounts.backends.PasswordBackend")

    page = client.post("/desk/users/invite/", {"name": "Ada", "email": "ada@example.org"}, follow=True)

    assert "The mail server took no mail." in page.content.decode()
