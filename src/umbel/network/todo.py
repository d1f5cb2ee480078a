"""What is asked of an organisation of the network; the apps that ask say so in their `todo.py`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core.audience import Audience
from umbel.core.dates import PartialDate
from umbel.core.formatting import join, partial_date, reading_language
from umbel.network.fees import euro
from umbel.network.models import Contact, Fee, Invitation, Organisation, label_of
from umbel.network.rules import people_of, today


@dataclass(frozen=True)
class Todo:
    """Something to do: what, where it is done, what the button says; `until` is the last day, `about` says more.

    What `is_quiet` stays out of the calendar that others may read who know its address.
    """

    text: str
    url: str
    act: str
    icon: str
    about: str = ""
    until: PartialDate | None = None
    is_quiet: bool = False


Source = Callable[[Any, Sequence[Organisation]], Iterable[Todo]]
_sources: list[Source] = []


def asks(source: Source) -> Source:
    """Register a function that yields what is asked of a user and the organisations that they speak for."""
    _sources.append(source)
    return source


def todos(user: Any, organisations: Sequence[Organisation]) -> list[Todo]:
    """Return what is asked of a user, what ends first at the top."""
    found = [todo for source in _sources for todo in source(user, organisations)]
    return sorted(found, key=lambda todo: (todo.until is None, str(todo.until or "")))


WANTED = ("description", "website", "city", "email", "founded")


@asks
def own_page(_user: Any, organisations: Sequence[Organisation]) -> Iterable[Todo]:
    """Yield the pages on which something is missing that every organisation can say."""
    for organisation in organisations:
        missing = [str(label_of(name)) for name in WANTED if not getattr(organisation, name)]
        if missing:
            yield Todo(
                _("Complete the page of %(organisation)s") % {"organisation": organisation},
                reverse("network.own.edit", args=[organisation.key]),
                _("Complete"),
                "building-2",
                about=_("Missing: %(fields)s") % {"fields": join(missing, reading_language())},
            )


@asks
def own_contact(_user: Any, organisations: Sequence[Organisation]) -> Iterable[Todo]:
    """Ask whom others may write to, as long as nobody of an organisation has said so."""
    for organisation in organisations:
        shown = (
            Contact.objects.emails()
            .filter(person__in=people_of([organisation]))
            .filter(audience__in=(Audience.MEMBERS, Audience.PUBLIC))
        )
        if not shown.exists():
            yield Todo(
                _("Say how members reach %(organisation)s") % {"organisation": organisation},
                reverse("network.own.contacts"),
                _("Add an address"),
                "mail",
                about=_("Nobody of yours has an e-mail in the directory."),
            )


@asks
def invitations_left(_user: Any, organisations: Sequence[Organisation]) -> Iterable[Todo]:
    """Yield that colleagues have not taken up the invitations of their organisation."""
    left = list(Invitation.objects.pending().filter(organisation__in=organisations, role=""))
    late = [invitation for invitation in left if invitation.is_over]
    if late:
        yield Todo(
            ngettext("An invitation was not taken up", "%(number)s invitations were not taken up", len(late))
            % {"number": len(late)},
            reverse("network.invitation.own"),
            _("Send again"),
            "user",
            about=join([invitation.name for invitation in late], reading_language()),
        )


@asks
def open_fees(user: Any, organisations: Sequence[Organisation]) -> Iterable[Todo]:
    """Yield the fees of which something is still to be paid."""
    if not organisations:
        return
    for fee in Fee.objects.visible_to(user).unpaid().of_organisations(organisations):
        told = [str(fee.organisation)] if len(organisations) > 1 else []
        if fee.is_late(today().on):
            told.append(_("late: it was due on %(day)s") % {"day": partial_date(fee.due_on, reading_language())})
        yield Todo(
            _("Pay the fee of %(year)s: %(amount)s") % {"year": fee.year, "amount": euro(fee.open_amount)},
            f"{reverse('network.own.fees')}#fee-{fee.pk}",
            _("How to pay"),
            "landmark",
            about=", ".join(told),
            until=fee.due_on,
            is_quiet=True,
        )
