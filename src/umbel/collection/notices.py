"""What whoever sent a return hears of it."""

from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from umbel.accounts.adapters import house_name
from umbel.collection.models import Return
from umbel.core.languages import lead_language


def tell(request: HttpRequest, found: Return) -> bool:
    """Tell whoever sent a return what became of it, in their language, unless they want no such mail.

    Returns whether no mail server refused it.
    """
    reader = found.sent_by
    if reader is None or not reader.is_active or not reader.wants("mail_decisions"):
        return True
    link = request.build_absolute_uri(reverse("collection.own.answer", args=[found.round.key, found.organisation.key]))
    with override(reader.language or lead_language()):
        told = {"answer": found, "reader": reader, "link": link, "house": house_name()}
        mail = EmailMultiAlternatives(
            _("%(house)s: your return to %(round)s") % {**told, "round": found.round},
            render_to_string("collection/mail/decided.txt", told),
            to=[reader.email],
        )
        mail.attach_alternative(render_to_string("collection/mail/decided.html", told), "text/html")
    try:
        mail.send()
    except (SMTPException, OSError):
        return False
    return True
