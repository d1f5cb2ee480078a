"""Handing mail on, noting what became of it, sending it again, forgetting it."""

from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.core.mail.utils import DNS_NAME

from umbel.core.outbox.masking import masked
from umbel.core.outbox.models import Mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"
TOLD_APART = {"Subject", "From", "To", "Cc", "Bcc", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


def is_held() -> bool:
    """Tell whether mail stays in the house: in a demonstration, and where no mail server is set."""
    return bool(settings.DEMO or settings.OUTGOING_BACKEND != SMTP)


def outgoing() -> Any:
    """Return a connection to where mail is handed on; in a demonstration it goes nowhere."""
    return get_connection(
        "django.core.mail.backends.dummy.EmailBackend" if settings.DEMO else settings.OUTGOING_BACKEND
    )


def deliver(message: EmailMessage, through: BaseEmailBackend) -> Exception | None:
    """Hand a mail on and keep it with its outcome; return what the mail server said against it."""
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=DNS_NAME))
    mail = _kept(message)
    failure = _handed_on(message, through)
    mail.outcome = Mail.Outcome.FAILED if failure else Mail.Outcome.HELD if is_held() else Mail.Outcome.SENT
    mail.reason = _reason(failure)
    mail.save()
    return failure


def resend(mail: Mail) -> bool:
    """Send a mail that failed once more, as it was kept; return whether the mail server took it."""
    message = EmailMultiAlternatives(
        mail.subject, mail.text, mail.sender, mail.recipients.split(", "), headers=mail.headers
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    failure = _handed_on(message, outgoing())
    if failure is None:
        mail.outcome = Mail.Outcome.HELD if is_held() else Mail.Outcome.SENT
    mail.reason = _reason(failure)
    mail.save()
    return failure is None


def forget() -> int:
    """Erase the mails of more than thirty days ago; return how many those were."""
    erased, _kinds = Mail.objects.over().delete()
    return int(erased)


def _handed_on(message: EmailMessage, through: BaseEmailBackend) -> Exception | None:
    try:
        through.send_messages([message])
    except OSError as failure:  # an SMTPException is one
        through.close()
        return failure
    return None


def _reason(failure: Exception | None) -> str:
    return f"{type(failure).__name__}: {failure}"[:500] if failure else ""


def _kept(message: EmailMessage) -> Mail:
    """Return a mail as it is kept: outside a demonstration without what opens a door for one person."""
    text, html = _bodies(message)
    told = (text, html) if settings.DEMO else (masked(text), masked(html))
    headers = {name: str(value) for name, value in message.message().items() if name not in TOLD_APART}
    return Mail(
        sender=message.from_email,
        recipients=", ".join(message.recipients()),
        subject=str(message.subject),
        text=told[0],
        html=told[1],
        headers=headers,
        attachments=[_attached(attachment) for attachment in message.attachments],
        is_masked=told != (text, html),
    )


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """Return the plain text of a mail and its HTML, "" for what it lacks."""
    body = str(message.body)
    alternatives = getattr(message, "alternatives", None) or []
    html = next((str(content) for content, mimetype in alternatives if mimetype == "text/html"), "")
    return ("", body) if message.content_subtype == "html" else (body, html)


def _attached(attachment: Any) -> dict[str, Any]:
    """Return name, type and size of an attachment, which Django keeps as a tuple or as a part of a mail."""
    if isinstance(attachment, tuple):
        name, content, mimetype = attachment
        size = len(content.encode() if isinstance(content, str) else content)
        return {"name": name or "", "type": mimetype or "", "size": size}
    content = attachment.get_payload(decode=True) or b""
    return {"name": attachment.get_filename() or "", "type": attachment.get_content_type(), "size": len(content)}
