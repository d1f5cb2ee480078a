"""How long contact data and accounts are kept: some years after the last function of a person; the name stays."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from umbel.accounts.models import User
from umbel.core.models import Confederation
from umbel.core.records import not_over
from umbel.network.models import Contact, ContactQuerySet, Invitation, Person, Post

WARNED = timedelta(days=60)
"""How long before the desk tells what will be erased."""

Functions = Callable[[], models.QuerySet[Any]]
_functions: list[tuple[Functions, str]] = [(Post.objects.all, "person")]


Beside = Callable[[Mapping[int, Person], Any], dict[int, tuple[Any, str]]]
_besides: list[Beside] = []


def beside(find: Beside) -> Beside:
    """Register what tells whether there is more of people that stays, such as photographs: words and an address.

    The function takes people by number and the reader.
    """
    _besides.append(find)
    return find


def functions(rows: Functions, person: str = "person") -> None:
    """Register dated rows (`end`) that are functions of people; `person` names the link to whoever holds one."""
    _functions.append((rows, person))


def without_function_since(day: date) -> models.QuerySet[Person]:
    """Return the people all of whose functions were over before a day."""
    people = Person.objects.all()
    for rows, person in _functions:
        held = rows().filter(not_over("end", day.isoformat())).exclude(**{person: None})
        people = people.exclude(pk__in=held.values(person))
    return people


def since(day: date, years: int) -> date:
    """Return the day before which the last function must have ended, where contact data are kept for some years."""
    return day.replace(year=day.year - years, day=min(day.day, 28))


def overdue(day: date) -> ContactQuerySet:
    """Return the contacts that are to be erased on a day.

    Those of people without a function for as long as the confederation keeps contact data (`retention_years`), and on
    record for as long; none where no confederation is on record.
    """
    own = Confederation.objects.first()
    if own is None:
        none: ContactQuerySet = Contact.objects.none()
        return none
    first = since(day, own.retention_years)
    old: ContactQuerySet = Contact.objects.filter(recorded_on__lt=first.isoformat())
    return old.filter(person__in=without_function_since(first).values("pk"))


def overdue_accounts(day: date) -> models.QuerySet[User]:
    """Return the accounts that are to be erased on a day, by the rule for contacts; never one that has a role."""
    own = Confederation.objects.first()
    if own is None:
        return User.objects.none()
    first = since(day, own.retention_years)
    old = User.objects.filter(role="", is_superuser=False, is_staff=False, date_joined__date__lt=first)
    return old.filter(person__in=without_function_since(first).values("pk")).order_by("pk")


def erase() -> int:
    """Erase the contacts whose time is over; return how many those were. The log tells that, and not what they said."""
    _rows, kinds = overdue(timezone.localdate()).delete()
    return kinds.get(Contact._meta.label, 0)


def erase_accounts() -> int:
    """Erase the accounts whose time is over, and let go of the people to whom they belonged; return how many."""
    found = list(overdue_accounts(timezone.localdate()).select_related("person"))
    for user in found:
        with transaction.atomic():
            person = user.person
            person.user = None
            person.save(update_fields=["user"])
            user.erase()
    return len(found)


def erase_invitations() -> int:
    """Erase the invitations that have been over for ninety days; return how many."""
    rows, _kinds = Invitation.objects.stale().delete()
    return int(rows)


@dataclass
class Erasure:
    """What is erased of a person on a day: so many contacts, an account by its e-mail ("" for none)."""

    person: Person
    on: date
    contacts: int = 0
    account: str = ""
    beside: list[tuple[Any, str]] = field(default_factory=list)
    """What else there is of the person and stays: words for it, and the address where it is handled."""


def coming(today: date, user: Any) -> list[Erasure]:
    """Return what the rules erase within sixty days, of people whom a user sees; what is late comes today."""
    own = Confederation.objects.first()
    if own is None:
        return []
    contacts = overdue(today + WARNED).values_list("person", "recorded_on")
    accounts = overdue_accounts(today + WARNED).values_list("person", "date_joined", "email")
    kept = [(number, str(recorded), "") for number, recorded in contacts]
    kept += [(number, timezone.localdate(joined).isoformat(), email) for number, joined, email in accounts]
    people = Person.objects.visible_to(user).in_bulk({number for number, *_more in kept})
    last, found = _last_days(people), dict[tuple[int, date], Erasure]()
    for number, begun, email in kept:
        if number in people:
            on = _day_of(begun, last.get(number, date.min), today, own.retention_years)
            each = found.setdefault((number, on), Erasure(people[number], on))
            each.contacts, each.account = each.contacts + (not email), each.account or email
    more = [told(people, user) for told in _besides]
    for each in found.values():
        each.beside = [told[each.person.pk] for told in more if each.person.pk in told]
    return sorted(found.values(), key=lambda each: (each.on, each.person.name, each.person.pk))


def _day_of(begun: str, last: date, today: date, years: int) -> date:
    """Return the first day on which something is erased: on record since `begun`, of somebody whose `last` is over."""
    days = (today + timedelta(days=number) for number in range(WARNED.days))
    over = (day for day in days if begun < since(day, years).isoformat() and last < since(day, years))
    return next(over, today + WARNED)


def _last_days(people: Iterable[int]) -> dict[int, date]:
    """Return the last day of the last function of people all of whose functions end."""
    last: dict[int, date] = {}
    for rows, person in _functions:
        ends = rows().filter(**{f"{person}__in": list(people)}).exclude(end=None).order_by()
        for number, end in ends.values_list(person, "end"):
            last[number] = max(last.get(number, date.min), end.last_day)
    return last
