"""Who of one's organisations comes to an event, and who can be registered."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from umbel.core.audience import visible_rows
from umbel.events.mails import addresses
from umbel.events.models import Event, Registration
from umbel.network.models import Organisation, Person, Post
from umbel.network.rules import own_organisations, today


def registrations_of(user: Any) -> QuerySet[Registration]:
    """Return the registrations that a user keeps: of people whom they see, for their organisations, and their own."""
    own = [organisation.pk for organisation in own_organisations(user)]
    of_others = Q(organisation__in=own) & visible_rows(user, Person, "person")
    found: QuerySet[Registration] = Registration.objects.filter(of_others | Q(person__user=user))
    return found


@dataclass
class Colleague:
    """Somebody who works in one's organisation today; `email` is "" for whoever gets no mail."""

    person: Person
    organisation: Organisation
    title: str
    email: str = ""


@dataclass
class Line:
    """A registration as its organisation sees it; `place` is that on the waiting list, `None` for whoever comes."""

    row: Registration
    email: str
    place: int | None


@dataclass
class Standing:
    """An event as somebody who speaks for organisations finds it on a day."""

    event: Event
    user: Any
    day: date
    organisations: list[Organisation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.organisations = own_organisations(self.user)
        rows = list(self.event.registrations.select_related("organisation", "person__user"))
        kept = set(registrations_of(self.user).filter(event=self.event).values_list("pk", flat=True))
        live = [row for row in rows if row.state != Registration.State.WITHDRAWN]
        self.known = any(row.pk in kept for row in rows)
        self.kept = [row for row in live if row.pk in kept]
        self.others = {row.person_id for row in live if row.pk not in kept}
        waiting = [row for row in live if row.state == Registration.State.WAITING]
        self.places = {row.pk: number for number, row in enumerate(sorted(waiting, key=_since), 1)}

    @property
    def is_open(self) -> bool:
        return self.event.takes_registrations(self.day)

    @property
    def is_past(self) -> bool:
        return self.event.is_past(self.day)

    @cached_property
    def colleagues(self) -> list[Colleague]:
        """Those who hold a post today, oneself first; each once, for the first of the organisations."""
        posts = Post.objects.told_to(self.user).in_force(today()).filter(organisation__in=self.organisations)
        found: dict[int, Colleague] = {}
        for post in posts.select_related("person__user", "organisation").order_by("organisation__name", "person__name"):
            found.setdefault(post.person_id, Colleague(post.person, post.organisation, post.title))
        return sorted(found.values(), key=lambda each: each.person.user_id != self.user.pk)

    @cached_property
    def emails(self) -> dict[int, str]:
        return addresses([*(row.person for row in self.kept), *(each.person for each in self.colleagues)])

    @property
    def lines(self) -> list[Line]:
        """The registrations of one's organisations, those first who wait for nothing."""
        lines = [Line(row, self.emails.get(row.person_id, ""), self.places.get(row.pk)) for row in self.kept]
        return sorted(lines, key=lambda line: (line.place or 0, line.row.person.name))

    @property
    def free(self) -> list[Colleague]:
        """Those who are not on the list yet."""
        listed = {row.person_id for row in self.kept} | self.others
        return [each for each in self.colleagues if each.person.pk not in listed]

    @property
    def elsewhere(self) -> list[Colleague]:
        """Those whom another organisation or the secretariat has put on the list."""
        return [each for each in self.colleagues if each.person.pk in self.others]


def _since(row: Registration) -> tuple[Any, int]:
    return row.made_at, row.pk
