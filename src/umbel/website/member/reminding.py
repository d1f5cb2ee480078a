"""The weekly mail that tells people of the network what is asked of them."""

from datetime import date
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from umbel.accounts.adapters import house_name
from umbel.accounts.models import User
from umbel.core.languages import lead_language
from umbel.network.rules import own_organisations
from umbel.network.todo import todos

REMINDED = "reminded_on"


def remind(day: date) -> dict[str, int]:
    """Send everybody who is asked something, and does not refuse it, what that is; nobody twice on one day.

    Returns how many mails went out, how many people are asked nothing, and how many mails no server took.
    """
    counts = {"sent": 0, "nothing": 0, "failed": 0}
    for user in User.objects.filter(is_active=True, role="", person__isnull=False).order_by("pk").iterator():
        if not user.wants("mail_tasks") or user.preferences.get(REMINDED) == day.isoformat():
            continue
        organisations = own_organisations(user)
        with override(user.language or lead_language()):
            asked = todos(user, organisations) if organisations else []
            outcome = _sent(user, asked) if asked else "nothing"
        counts[outcome] += 1
        if outcome == "sent":
            _mark(user, day)
    return counts


@transaction.atomic
def _mark(user: User, day: date) -> None:
    """Note the mail of a day; what the user chose while it was sent stays."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    fresh.preferences = {**fresh.preferences, REMINDED: day.isoformat()}
    fresh.save(update_fields=["preferences"])


def _sent(user: User, asked: list[Any]) -> str:
    told = {
        "user": user,
        "todos": [(todo, f"{settings.SITE_URL}{todo.url}") for todo in asked],
        "house": house_name(),
        "preferences": f"{settings.SITE_URL}{reverse('member.preferences')}",
    }
    mail = EmailMultiAlternatives(
        _("%(house)s: what is asked of you") % told, render_to_string("member/mail/reminder.txt", told), to=[user.email]
    )
    mail.attach_alternative(render_to_string("member/mail/reminder.html", told), "text/html")
    try:
        mail.send()
    except (SMTPException, OSError):
        return "failed"
    return "sent"
