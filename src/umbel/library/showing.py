"""Whom photographs show: what is told where the data of these people are erased."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import ngettext

from umbel.core.crud.sections import section_of
from umbel.library.models import Photo
from umbel.network.models import Person


def photographs_of(people: Mapping[int, Person], user: Any) -> dict[int, tuple[str, str]]:
    """Return how many photographs show each of some people, and the address of their list; they are not erased."""
    shown = Photo.objects.visible_to(user).filter(people__in=list(people)).order_by()
    counts = Counter(shown.values_list("people", flat=True))
    return {number: (_words(counts[number]), _list_of(people[number])) for number in counts if number in people}


def _words(number: int) -> str:
    told = ngettext(
        "%(number)s photograph stays: look at its consent", "%(number)s photographs stay: look at their consent", number
    )
    return told % {"number": number}


def _list_of(person: Person) -> str:
    return f"{section_of(Photo).url}?{urlencode({'people': person.name})}"
