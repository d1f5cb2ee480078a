"""What people who are to come to an event are told by mail, each in their own language."""

from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from umbel.accounts.adapters import house_name
from umbel.core.calendars import Invitation, as_ics
from umbel.core.head import at_site
from umbel.core.languages import lead_language
from umbel.core.translations.saying import localise, said
from umbel.events.models import Event, Registration
from umbel.events.wording import when, where
from umbel.network.models import Contact, Person

WAITING = Registration.State.WAITING
TOLD = {
    "registered": (_("Registered: %(event)s"), _("You are registered for this event.")),
    "waiting": (
        _("On the waiting list: %(event)s"),
        _("All places are taken. You are on the waiting list, and we write to you when a place becomes free for you."),
    ),
    "moved_up": (
        _("A place for you: %(event)s"),
        _("A place became free: you have moved up from the waiting list and are registered for this event."),
    ),
    "soon": (
        _("Soon: %(event)s"),
        _("You are registered for this event. If you cannot come, withdraw, so that somebody else can."),
    ),
}
"""What a mail is called and says first, by what it is about."""


def addresses(people: Iterable[Person]) -> dict[int, str]:
    """Return where people get mail, by their number: at their account, else at the first e-mail on record.

    Whoever has neither is left out.
    """
    everybody = list(people)
    found = {row.pk: row.user.email for row in everybody if row.user is not None and row.user.is_active}
    others = [row.pk for row in everybody if row.pk not in found]
    mails = Contact.objects.emails().filter(person__in=others).order_by("pk") if others else []
    for mail in mails:
        found.setdefault(mail.person_id, mail.value)
    return found


def confirm(registration: Registration) -> bool:
    """Tell somebody that they are registered, or wait; return whether no server refused the mail."""
    return _sent(registration, "waiting" if registration.state == WAITING else "registered")


def tell_moved_up(number: int) -> None:
    """Tell somebody that there is a place for them, if there still is."""
    row = Registration.objects.registered().filter(pk=number).first()
    if row is not None:
        _sent(row, "moved_up")


def remind() -> int:
    """Remind those who come within two days, each once; return how many mails went out.

    Several workers may be at it at once: whoever notes first that somebody is reminded writes to them.
    """
    sent = 0
    for row in Registration.objects.to_remind(timezone.localdate()):
        own = Registration.objects.filter(pk=row.pk)
        if not own.filter(reminded_at=None).update(reminded_at=timezone.now()):
            continue
        if row.person.user is not None and not row.person.user.wants("mail_events"):
            continue
        if _sent(row, "soon"):
            sent += 1
        else:
            own.update(reminded_at=None)
    return sent


def _sent(row: Registration, about: str) -> bool:
    """Write to somebody; whoever has no address is told nothing, which is no failure."""
    to = addresses([row.person]).get(row.person_id)
    if to is None:
        return True
    user = row.person.user
    with override((user and user.language) or lead_language()):
        try:
            _written(row, about, to).send()
        except (SMTPException, OSError):
            return False
    return True


def _written(row: Registration, about: str, to: str) -> EmailMultiAlternatives:
    localise([row.event])
    called = said(row.event, "title").text
    subject, sentence = TOLD[about]
    file = calendar_file(row.event) if about in ("registered", "moved_up") else ""
    own = reverse("events.registration", args=[row.event.key])
    told = {
        "person": row.person,
        "sentence": sentence,
        "title": called,
        "when": when(row.event),
        "where": where(row.event),
        "has_file": bool(file),
        "link": f"{settings.SITE_URL}{own}" if row.person.user is not None else "",
        "house": house_name(),
    }
    mail = EmailMultiAlternatives(
        f"{told['house']}: {subject % {'event': called}}",
        render_to_string("events/mail/registration.txt", told),
        to=[to],
    )
    mail.attach_alternative(render_to_string("events/mail/registration.html", told), "text/html")
    if file:
        mail.attach(f"{row.event.key}.ics", file, "text/calendar")
    return mail


def calendar_file(event: Event) -> str:
    """Return an event as a calendar, known there as in the calendars of the site; "" where its day is not known."""
    day: Any = event.date
    if day is None or day.precision != "day":
        return ""
    title, url = said(event, "title").text, at_site(event.get_absolute_url())
    return as_ics([(Invitation(f"events.event.{event.key}", title, url, event.place, event.ends), day)], title)
