"""What the demonstration asks of its members: the example year lies behind, and nothing of it is open any more.

All of it is made up and said to be so. It lies ahead of the day on which it is made and is made once.
"""

from datetime import date, timedelta

from django.utils import timezone

from umbel.advocacy.models import Draft
from umbel.collection.models import Indicator, Round, RoundIndicator
from umbel.core.audience import Audience
from umbel.core.dates import PartialDate
from umbel.core.models import Confederation
from umbel.events.models import Event
from umbel.governance.models import Body, Poll
from umbel.network.models import Fee, Organisation
from umbel.network.rules import today

IBAN = "BE68539007547034"
"""The account that stands as an example in the registry of IBANs."""
FEE = 1200


def ask_the_members() -> None:
    """Open a vote, a round, a draft and a visit for the members, and call a fee."""
    day = timezone.localdate()
    _vote()
    _draft(day)
    _round(day)
    _visit(day)
    _fees(day)


def _on(day: date, days: int) -> PartialDate:
    return PartialDate.of(day + timedelta(days=days))


def _vote() -> None:
    now = timezone.now()
    for body in Body.objects.filter(kind=Body.Kind.ASSEMBLY)[:1]:
        told = {
            "name": "Demonstration: shall the next assembly meet online?",
            "text": "<p>A day in Brussels, or a morning at everybody's desk.</p>",
            "body": body,
            "opens_at": now,
            "closes_at": now + timedelta(days=14),
        }
        Poll.objects.get_or_create(key="demo-vote", defaults=told)


def _draft(day: date) -> None:
    told = {
        "name": "Demonstration: draft on public procurement",
        "text": "<p>Buyers should say what a service is worth to those who use it.</p><p>Price alone does not.</p>",
        "comments_from": _on(day, 0),
        "comments_to": _on(day, 21),
    }
    Draft.objects.get_or_create(key="demo-draft", defaults=told)


def _round(day: date) -> None:
    told = {
        "name": "Demonstration: workforce of the members",
        "audience": Audience.MEMBERS,
        "collected_from": _on(day, 0),
        "collected_to": _on(day, 45),
        "first_year": day.year - 2,
        "last_year": day.year - 1,
    }
    made, is_new = Round.objects.get_or_create(key="demo-round", defaults=told)
    counted = {
        "name": "Demonstration: workers",
        "unit": "persons",
        "explanation": "On 31 December, part-time included.",
    }
    workers, _made = Indicator.objects.get_or_create(key="demo-workers", defaults=counted)
    if is_new:
        RoundIndicator.objects.create(round=made, indicator=workers)


def _visit(day: date) -> None:
    told = {
        "title": "Demonstration: visit to the institutions",
        "kind": Event.Kind.ORIENTATION,
        "part": Event.Part.ORGANISER,
        "audience": Audience.MEMBERS,
        "date": _on(day, 40),
        "place": "Brussels",
        "country": "BE",
        "registration_to": _on(day, 30),
        "places": 12,
    }
    Event.objects.get_or_create(key="demo-visit", defaults=told)


def _fees(day: date) -> None:
    own = Confederation.current()
    if not own.iban:
        own.account_holder, own.iban = own.name, IBAN
        own.save()
    told = {"amount": FEE, "due_on": _on(day, 30)}
    for member in Organisation.objects.members(today()):
        Fee.objects.get_or_create(organisation=member, year=day.year, defaults=told)
