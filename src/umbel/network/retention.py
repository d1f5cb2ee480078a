"""How long contact data are kept: some years after the last function of a person; what they did stays with the name."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from umbel.core.models import Confederation
from umbel.core.records import not_over
from umbel.network.models import Contact, ContactQuerySet, Person, Post

Functions = Callable[[], models.QuerySet[Any]]
_functions: list[tuple[Functions, str]] = [(Post.objects.all, "person")]


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


def overdue(day: date) -> ContactQuerySet:
    """Return the contacts that are to be erased on a day.

    Those of people without a function for as long as the confederation keeps contact data (`retention_years`), and on
    record for as long; none where no confederation is on record.
    """
    own = Confederation.objects.first()
    if own is None:
        none: ContactQuerySet = Contact.objects.none()
        return none
    since = day.replace(year=day.year - own.retention_years, day=min(day.day, 28))
    old: ContactQuerySet = Contact.objects.filter(recorded_on__lt=since.isoformat())
    return old.filter(person__in=without_function_since(since).values("pk"))


def erase() -> int:
    """Erase the contacts whose time is over; return how many those were. The log tells that, and not what they said."""
    _rows, kinds = overdue(timezone.localdate()).delete()
    return kinds.get(Contact._meta.label, 0)
