"""The mail server as it is set, and a message that shows whether it works."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from umbel.core import outbox
from umbel.core.models import Confederation


@dataclass(frozen=True)
class Outcome:
    """What became of a test message: taken by the mail server, held in the outbox, or refused with a reason."""

    to: str
    is_held: bool = False
    reason: str = ""


def server() -> dict[str, Any]:
    """Return what is known of the mail server, without its password."""
    mail = settings.MAIL
    return {
        "is_set": settings.OUTGOING_BACKEND.endswith("smtp.EmailBackend"),
        "host": mail.host,
        "port": mail.port,
        "user": mail.user,
        "is_encrypted": mail.is_tls or mail.starts_tls,
        "sender": settings.DEFAULT_FROM_EMAIL,
    }


def send_test(to: str, own: Confederation) -> Outcome:
    """Send a test message and tell what became of it."""
    told = {"own": own, "site": settings.SITE_URL}
    mail = EmailMultiAlternatives(
        _("Test message of %(name)s") % {"name": own.name}, render_to_string("website/starting/mail.txt", told), to=[to]
    )
    try:
        mail.send()
    except OSError as failure:  # an SMTPException is one
        return Outcome(to, reason=f"{type(failure).__name__}: {failure}")
    return Outcome(to, is_held=outbox.is_held())
